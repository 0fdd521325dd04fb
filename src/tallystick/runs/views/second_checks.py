"""The doors of second checks: given for several rows at once, put off by a question, answered, taken back."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tallystick.parties.policy.decision import is_granted, may, needs_factor
from tallystick.parties.request import Request
from tallystick.runs import excluded, operations, second_checks
from tallystick.runs.forms import WordsForm
from tallystick.runs.models import Exclusion

FACTOR_IS_OLD = "Show your second factor again, then give the second check."
MOST_AT_ONCE = 200
FROM_THE_LIST = "waiting"


@require_POST
def check_several(request: Request, code: str) -> HttpResponse:
    """Confirm or refuse the rows that were ticked: all of them, or none."""
    answer = request.POST.get("answer")
    if answer not in ("confirm", "refuse"):
        raise Http404
    rows = _named(request)
    if not 0 < len(rows) <= MOST_AT_ONCE:
        many = f"At most {MOST_AT_ONCE} rows are settled at once" if rows else "No row was ticked"
        messages.error(request, f"{many}. Nothing was changed.")
        return _back(request, code)
    return checked(request, code, rows, agrees=answer == "confirm")


def checked(request: Request, code: str, rows: Sequence[Exclusion], *, agrees: bool) -> HttpResponse:
    """Give the second check on rows, and offer to take it back."""
    now = timezone.now()
    if any(needs_factor(request.acting, "u", row, now=now) for row in rows):
        messages.error(request, FACTOR_IS_OLD)
        return _back(request, code, rows)
    if not all(may(request.acting, "u", row, now=now) for row in rows):
        raise PermissionDenied
    try:
        second_checks.check_all(exclusions=rows, agrees=agrees, by=request.acting, at=now)
    except operations.UnableToCheckExclusion as refusal:
        messages.error(request, f"{refusal} Nothing was changed.")
        return _back(request, code, rows)
    said = _said(rows, agrees=agrees)
    query = urlencode({"of": [row.reference for row in rows]}, doseq=True)
    messages.success(request, said, extra_tags=f"{reverse('take_back_checks', args=[code])}?{query}")
    return _back(request, code, rows)


@require_POST
def take_back(request: Request, code: str) -> HttpResponse:
    """Take back second checks that were just given: each waits for one again."""
    rows, now = _named(request), timezone.now()
    for row in rows:
        _let(request, "u", row)
    done = []
    for row in rows:
        try:
            done.append(second_checks.take_back_check(exclusion=row, by=request.acting, at=now))
        except second_checks.UnableToTakeBack as refusal:
            messages.error(request, str(refusal))
    if done:
        names = ", ".join(row.reference for row in done)
        verb = "waits" if len(done) == 1 else "wait"
        messages.success(request, f"Taken back. {names} {verb} for a second check again.")
    return _back(request, code, rows)


@require_POST
def ask(request: Request, code: str, reference: str) -> HttpResponse:
    """Send an exclusion back to whoever entered it, with a question."""
    row = _row(request, reference)
    _let(request, "u", row)

    def act(text: str) -> None:
        second_checks.ask_about_exclusion(exclusion=row, text=text, by=request.acting, at=timezone.now())
        undo = reverse("take_back_question", args=[code, reference])
        messages.success(request, f"Asked. {reference} waits for its answer.", extra_tags=undo)

    return _worded(request, code, row, act)


@require_POST
def answer(request: Request, code: str, reference: str) -> HttpResponse:
    """Answer the question about an exclusion that one entered."""
    row = _row(request, reference)
    _let(request, "c", row)

    def act(text: str) -> None:
        second_checks.answer_question(exclusion=row, text=text, by=request.acting, at=timezone.now())
        messages.success(request, f"Answered. {reference} waits for its second check again.")

    return _worded(request, code, row, act)


@require_POST
def take_back_question(request: Request, code: str, reference: str) -> HttpResponse:
    """Take back a question that nobody has answered."""
    row = _row(request, reference)
    _let(request, "u", row)
    try:
        second_checks.take_back_question(exclusion=row, by=request.acting, at=timezone.now())
    except second_checks.UnableToTakeBack as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The question was taken back.")
    return redirect("exclusion", code, reference)


def block(request: Request, rows: Sequence[Exclusion]) -> dict[str, Any]:
    """Return the rows that wait for a second check, and those that need a second factor shown for it.

    Where the address names rows, those alone, each ticked; else the first of all that wait, none ticked.
    """
    acting, now, of = request.acting, timezone.now(), set(request.GET.getlist("of"))
    mine = [row for row in rows if is_granted(acting, "exclusion", "u")]
    if of:
        mine = [row for row in mine if row.reference in of]
    return {
        "to_check": [row for row in mine if may(acting, "u", row, now=now)][:MOST_AT_ONCE],
        "for_a_factor": [row for row in mine if needs_factor(acting, "u", row, now=now)],
        "of": of,
    }


def _worded(request: Request, code: str, row: Exclusion, act: Callable[[str], None]) -> HttpResponse:
    """Do what was worded in a form; a refusal is told on the page of the exclusion."""
    form = WordsForm(request.POST)
    try:
        act(form.cleaned_data["text"] if form.is_valid() else "")
    except (second_checks.UnableToAsk, second_checks.UnableToAnswer) as refusal:
        messages.error(request, str(refusal))
    return redirect("exclusion", code, row.reference)


def _let(request: Request, act: str, row: Exclusion) -> None:
    """Stop whoever may not do so with the row, or showed no second factor lately where that is asked."""
    if not may(request.acting, act, row, now=timezone.now()):
        raise PermissionDenied


def _row(request: Request, reference: str) -> Exclusion:
    row = excluded.exclusion(request.acting, reference)
    if row is None:
        raise Http404
    return row


def _named(request: Request) -> list[Exclusion]:
    """Return the rows that are ticked in a form, or named in the address of an undoing."""
    named = [*request.POST.getlist("of"), *request.GET.getlist("of")]
    found = excluded.exclusions_named(request.acting, dict.fromkeys(named))
    if len(found) < len(set(named)):
        raise Http404
    return found


def _said(rows: Sequence[Exclusion], *, agrees: bool) -> str:
    names = ", ".join(row.reference for row in rows)
    if len(rows) == 1:
        stays = "The next run leaves the row out." if agrees else "The row stays in."
    else:
        stays = "The next run leaves the rows out." if agrees else "The rows stay in."
    return f"{'Confirmed' if agrees else 'Refused'} {names}. {stays}"


def _back(request: Request, code: str, rows: Sequence[Exclusion] = ()) -> HttpResponse:
    """Lead back to where the act was begun: the list of what waits, the one row, or all of them."""
    if request.POST.get("then") == FROM_THE_LIST:
        return redirect("home", code)
    if request.POST.get("then") == "row" and len(rows) == 1:
        return redirect("exclusion", code, rows[0].reference)
    return redirect("exclusions", code)
