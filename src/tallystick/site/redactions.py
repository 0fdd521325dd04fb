"""The doors of redaction: whose words are to be removed, on whose authority, and the second person's answer.

The register tells which entry it is about, and never what the entry said.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tallystick.cases.operations.attaching import remove_attachments
from tallystick.decisions.worded import remove_words
from tallystick.journal import erasing, redacting
from tallystick.journal.models import Redaction
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person
from tallystick.parties.policy.decision import facts, is_granted, may, needs_factor
from tallystick.parties.readings import note_class
from tallystick.parties.request import BOTH, Request
from tallystick.parties.waiting import Waiting

SHOWN = 100


def remove_all_of(seq: int) -> None:
    """Remove what came with the words of an entry, and these words where they stand besides."""
    remove_attachments(seq)
    remove_words(seq)


ANSWERS: dict[str, Callable[..., Redaction]] = {
    "remove": partial(redacting.redact, also=remove_all_of),
    "leave": redacting.refuse_redaction,
}
FACTOR_IS_OLD = "Show your second factor again, then go on. Nothing was changed."
NUMBER = "The number after # in the history of a record."


class RedactionForm(forms.Form):
    """Which entry's words are to go, why, and who says so."""

    entry = forms.IntegerField(label="Entry", min_value=0, max_value=2**53, help_text=NUMBER)
    reason = forms.ChoiceField(label="Reason", choices=Redaction.REASONS)
    authority = forms.CharField(
        label="Authority",
        max_length=redacting.LONGEST,
        help_text="Who ordered it, under which reference. It stays in the journal: name no private person.",
    )


@require_http_methods(BOTH)
def redactions(request: Request, code: str) -> HttpResponse:
    """List what was asked for, and take in another request."""
    form = RedactionForm(
        request.POST if request.method == "POST" else None,
        initial={"entry": request.GET.get("entry", "")[:16]},
    )
    if request.method == "POST":
        if not _let(request, "c"):
            return redirect("redactions", code)
        if form.is_valid() and _asked(request, form):
            return redirect("redactions", code)
    return _page(request, form)


@require_POST
def decide_redaction(request: Request, code: str, handle: str) -> HttpResponse:
    """Remove the words that another person asked to be removed, or leave them."""
    row = Redaction.objects.filter(code=code, handle=handle).first()
    decide = ANSWERS.get(request.POST.get("answer", ""))
    if row is None or decide is None:
        raise Http404
    if _let(request, "t"):
        try:
            done = decide(redaction=row, by=request.acting.actor, at=timezone.now())
        except redacting.UnableToRedact as refusal:
            messages.error(request, str(refusal))
        else:
            erasing.cut_log()
            was = "are gone for good" if done.state == Redaction.DONE else "stay where they are"
            messages.success(request, f"The words of entry {row.entry_id:,} {was}.")
    return redirect("redactions", code)


def waiting(acting: Acting) -> list[Waiting]:
    """List requests of other people that somebody may decide on."""
    if acting.person is None or not is_granted(acting, "redaction", "t"):
        return []
    rows = Redaction.objects.filter(code=acting.code, state=Redaction.ASKED)
    href = reverse("redactions", args=[acting.code])
    return [
        Waiting(
            f"Words of entry {row.entry_id:,}",
            f"{row.get_reason_display()}, by order of {row.authority}",
            "Decide",
            href,
        )
        for row in rows.exclude(asked_by=acting.person.handle).order_by("asked_at")
    ]


def _asked(request: Request, form: RedactionForm) -> bool:
    told = form.cleaned_data
    asked = redacting.Asked(request.acting.code, told["entry"], told["reason"], told["authority"])
    try:
        redacting.ask_redaction(asked=asked, by=request.acting.actor, at=timezone.now())
    except redacting.UnableToRedact as refusal:
        form.add_error("entry", str(refusal))
        return False
    messages.success(request, "Asked for. It waits for another person to decide.")
    return True


def _let(request: Request, act: str) -> bool:
    """Let somebody go on who may and has just shown a second factor; say what is wanting if only that is."""
    thing, now = facts(request.acting, "redaction", classification="amber"), timezone.now()
    if may(request.acting, act, thing, now=now):
        return True
    if not needs_factor(request.acting, act, thing, now=now):
        raise PermissionDenied
    messages.error(request, FACTOR_IS_OLD)
    return False


def _page(request: Request, form: RedactionForm) -> HttpResponse:
    acting = request.acting
    rows = list(
        Redaction.objects.filter(code=acting.code).select_related("entry", "order").order_by("-pk")[:SHOWN]
    )
    note_class(request, Subject(acting.code, redacting.KIND, "", "amber"), timezone.now())
    handles = {row.asked_by for row in rows} | {row.decided_by for row in rows}
    shown: dict[str, Any] = {
        "code": acting.code,
        "form": form,
        "rows": rows,
        "names": dict(Person.objects.filter(handle__in=handles).values_list("handle", "name")),
        "own": acting.person.handle if acting.person else "",
        "may_ask": is_granted(acting, "redaction", "c"),
        "may_decide": is_granted(acting, "redaction", "t"),
        "wants_factor": needs_factor(
            acting, "t", facts(acting, "redaction", classification="amber"), now=timezone.now()
        ),
    }
    return render(request, "site/redactions.html", shown, status=422 if form.errors else 200)
