"""The doors by which a case is put on hold, and let go again."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tallystick.cases.matter import Matter
from tallystick.cases.models import Case
from tallystick.cases.views.asked import Act, answered, facts_as, found, posted
from tallystick.decisions.views.asked import moment
from tallystick.parties.policy.decision import facts_of
from tallystick.parties.request import BOTH, Request
from tallystick.processes.forms import HoldForm, LiftForm
from tallystick.processes.holding import Shown, holding, may_hold
from tallystick.processes.models import Hold
from tallystick.processes.operations.holds import Placed, lift_hold, place_hold

STANDS_STILL = (
    "Its clocks stand still, those of its remedy too, and nothing is done on it but to lift the hold. "
    "Both sides still write to each other."
)


@require_http_methods(BOTH)
def hold(request: Request, code: str, reference: str) -> HttpResponse:
    """Put a case on hold, with the versions of its remedy."""
    case = _of_holder(request, reference)
    form = HoldForm(posted(request), initial={"from_on": request.acting.day})

    def do() -> str:
        told = form.cleaned_data
        placed = Placed(
            why=told["why"],
            key=told["key"],
            from_on=told["from_on"],
            until_on=told["until_on"],
            course=case.course,
        )
        made = place_hold(placed=placed, by=request.acting, at=moment())
        return f"{case.reference} is on hold from {made.from_on.day} {made.from_on:%B %Y}."

    act = Act(
        title="Put on hold",
        says=STANDS_STILL,
        button="Put on hold",
        form=form,
        facts=facts_as(request, case, Hold.TYPE),
        act="c",
        do=do,
        icon="clock-pause",
    )
    return answered(request, case, act)


@require_http_methods(BOTH)
def lift(request: Request, code: str, reference: str, handle: str) -> HttpResponse:
    """Lift the hold of a case; or let the case go from a hold of the market, which holds the others on.

    :raises Http404: if no hold of that name holds it
    """
    case = _of_holder(request, reference)
    shown = _shown(request, case, handle)
    form = LiftForm(posted(request))

    def do() -> str:
        only = case.course if shown.is_of_market else None
        because = form.cleaned_data["because"]
        lift_hold(hold=shown.hold, because=because, by=request.acting, at=moment(), only=only)
        return f"{case.reference} goes on, unless another hold holds it."

    title = "Let it go from the hold" if shown.is_of_market else "Lift the hold"
    others = " The hold of the market goes on for all others." if shown.is_of_market else ""
    act = Act(
        title=title,
        says=f"What was left of its clocks counts again from today.{others}",
        button=title,
        form=form,
        facts=facts_of(request.acting, shown.hold),
        act="t",
        do=do,
        icon="player-play",
    )
    return answered(request, case, act)


def _of_holder(request: Request, reference: str) -> Case:
    """Return a case to somebody whom its rule lets hold it.

    :raises Http404: if whoever is acting is none of them, or may not see the case
    """
    case = found(request, reference)
    if not may_hold(request.acting, case.course):
        raise Http404
    return case


def _shown(request: Request, case: Case, handle: str) -> Shown:
    """Return a hold of a case by its name; to a form that was sent also one that is over, as the act says so.

    :raises Http404: if there is none
    """
    rows, is_sent = Matter(case).rows[case.course_id], request.method == "POST"
    holds = holding(request.acting, case.course, rows, every=is_sent)
    there = (one for one in holds if one.hold.handle == handle)
    shown = next(there, None)
    if shown is None:
        raise Http404
    return shown
