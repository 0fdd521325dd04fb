"""The door by which the office serves a decision on its party."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tallystick.cases.models import Case
from tallystick.cases.queries import cases_of
from tallystick.challenges.forms import ServeForm
from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.serving import (
    PROCESS,
    Served,
    deciding_body,
    refusal_of,
    serve_decision,
)
from tallystick.challenges.queries import unserved
from tallystick.challenges.views.asked import REFUSALS
from tallystick.decisions import queries as of_decisions
from tallystick.decisions.models import Motion
from tallystick.decisions.views.asked import moment
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import facts, is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.request import BOTH, Request
from tallystick.processes.decided import Decided
from tallystick.processes.models import CarriedOut
from tallystick.processes.queries import process_of
from tallystick.processes.views.asked import About, Act, posted
from tallystick.processes.views.asked import answered as asked

OF_ONE_SEEN = "Leaves out what was served or carried out before of what somebody may see."
MOST = 50


@require_http_methods(BOTH)
def serve(request: Request, code: str) -> HttpResponse:
    """Serve a decision of the board on its party: of a case, or by itself."""
    acting = request.acting
    if not is_granted(acting, Challenge.TYPE, "c") or acting.organisation is not None:
        raise Http404
    case = _case(request)
    there = _of_case(acting, case) if case is not None else _by_themselves(acting)
    if case is not None and not there:
        raise Http404
    offered = [(one.reference, words) for one, words in there]
    asks_for = request.GET.get("decided", "")[:20]
    initial = {"received_on": acting.day, "decided": asks_for}
    form = ServeForm(posted(request), decided=offered, initial=initial)

    def done() -> str:
        told = form.cleaned_data
        decided = next(one for one, _ in there if one.reference == told["decided"])
        served = Served(decided, told["received_on"], told["key"])
        made = serve_decision(served=served, by=acting, at=moment())
        return f"{made.reference}: the time to query runs from {told['received_on']:%d %B %Y}."

    act = Act(
        title="Serve the decision",
        says="The party may query it from its receipt on, in the time that the code gives it.",
        button="Serve it",
        form=form,
        facts=facts(acting, Challenge.TYPE, classification=Challenge.AMBER),
        act="c",
        do=done,
        icon="message",
        then=reverse("case", args=[code, case.reference]) if case else reverse("challenges", args=[code]),
    )
    if case is None and not there:
        return redirect("challenges", code)
    return asked(request, _about(code, case, there[0][0]), act, REFUSALS)


def _case(request: Request) -> Case | None:
    """Return the case that is named, if one is.

    :raises Http404: if it is none that whoever is acting may see
    """
    reference = request.GET.get("case", "")[:20]
    if not reference:
        return None
    found = cases_of(request.acting).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def _of_case(acting: Acting, case: Case) -> list[tuple[Decided, str]]:
    """Return what the board decided on a case and was carried out in it, not served yet, each in words."""
    body = deciding_body(case.code, acting.day)
    if body is None:
        return []
    moves = process_of(case.course).moves
    found: list[tuple[Decided, str]] = []
    for one in unserved(Case.objects.visible_to(acting).filter(pk=case.pk), body):
        decided = one.motion or one.decision
        if decided is not None:
            found.append((decided, f"{decided.reference}, carried out: {moves[one.step.move].title}"))
    return found


def _by_themselves(acting: Acting) -> list[tuple[Decided, str]]:
    """Return what the board decided about parties besides cases, and was not served, each in words."""
    found: list[Decided] = [
        *of_decisions.motions(acting)
        .filter(state=Motion.CLOSED, party__isnull=False)
        .order_by("-closed_at")[:MOST],
        *[one for one in of_decisions.decisions(acting) if one.party_id is not None][:MOST],
    ]
    with unscoped(OF_ONE_SEEN):
        ended = _ended(Challenge.objects.filter(code=acting.code).values_list("motion", "decision"))
        # Those of a case are served from its page; what answers a query is none to be queried.
        done = CarriedOut.objects.filter(course__code=acting.code, course__process__in=("case", PROCESS))
        ended |= _ended(done.values_list("motion", "decision"))
    return [
        (one, f"{one.reference}: {one.title}")
        for one in found
        if (isinstance(one, Motion), one.pk) not in ended and not refusal_of(one, acting.day)
    ]


def _ended(rows: object) -> set[tuple[bool, int]]:
    """Return the motions and decisions of rows, each with whether it is a motion."""
    return {
        (is_motion, key)
        for motion, decision in rows  # type: ignore[attr-defined]  # pairs of keys
        for is_motion, key in ((True, motion), (False, decision))
        if key is not None
    }


def _about(code: str, case: Case | None, first: Decided) -> About:
    """Return what the page is about: the case, or the decisions that wait."""
    register = ("Challenges", reverse("challenges", args=[code]))
    if case is None:
        return About(first, "New", "Decisions about parties", "", register[1], register, moment())
    href = reverse("case", args=[code, case.reference])
    return About(case, case.reference, case.title, case.party.name, href, register, case.opened_at)
