"""The doors of holds of the market: every matter of some processes is put on hold, and let go again."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tallystick.decisions.views.asked import moment
from tallystick.parties.policy.decision import facts_of
from tallystick.parties.request import BOTH, Request
from tallystick.processes.forms import LiftForm, MarketHoldForm
from tallystick.processes.holding import OVER, processes_held_by, scope_of, state_of
from tallystick.processes.models import Hold
from tallystick.processes.operations.holds import Placed, UnableToHold, UnableToLift, lift_hold, place_hold
from tallystick.processes.views.asked import About, Act, answered, posted


@require_http_methods(BOTH)
def hold_market(request: Request, code: str) -> HttpResponse:
    """Put every matter of some processes on hold.

    :raises Http404: if whoever is acting may hold none
    """
    offered = processes_held_by(request.acting)
    if not offered:
        raise Http404
    form = MarketHoldForm(posted(request), processes=offered.items(), initial={"from_on": request.acting.day})

    def do() -> str:
        told = form.cleaned_data
        placed = Placed(
            why=told["why"],
            key=told["key"],
            from_on=told["from_on"],
            until_on=told["until_on"],
            processes=tuple(told["processes"]),
        )
        hold = place_hold(placed=placed, by=request.acting, at=moment())
        return f"On hold from {hold.from_on.day} {hold.from_on:%B %Y}: {scope_of(hold)}."

    fresh = Hold(code=code, classification=Hold.GREEN, publicity=Hold.ISSUED, placed_at=timezone.now())
    act = Act(
        title="Hold the market",
        says="Every matter of these processes stands still, with what begins meanwhile: its clocks count no "
        "day, and nothing is done on it. One matter can be let go on its own page.",
        button="Hold the market",
        form=form,
        facts=facts_of(request.acting, fresh),
        act="c",
        do=do,
        icon="clock-pause",
    )
    return answered(request, _about(fresh, "The whole market"), act, (UnableToHold,))


@require_http_methods(BOTH)
def lift_market_hold(request: Request, code: str, handle: str) -> HttpResponse:
    """Lift a hold of the market.

    :raises Http404: if there is none of that name that whoever is acting may lift
    """
    hold = Hold.objects.visible_to(request.acting).filter(handle=handle, course=None).first()
    if hold is None or not set(hold.keys) <= set(processes_held_by(request.acting)):
        raise Http404
    if state_of(hold, request.acting.day) == OVER and request.method != "POST":
        raise Http404
    form = LiftForm(posted(request))

    def do() -> str:
        lift_hold(hold=hold, because=form.cleaned_data["because"], by=request.acting, at=moment())
        return "The hold is lifted. What was left of each clock counts again from today."

    act = Act(
        title="Lift the hold",
        says="Every matter that it holds goes on today, unless another hold holds it.",
        button="Lift the hold",
        form=form,
        facts=facts_of(request.acting, hold),
        act="t",
        do=do,
        icon="player-play",
    )
    return answered(request, _about(hold, scope_of(hold)), act, (UnableToLift,))


def _about(hold: Hold, title: str) -> About:
    """Return a hold of the market as the page of an act names it."""
    href = reverse("holds", args=[hold.code])
    return About(hold, "The market", title, "", href, ("Holds", href), hold.placed_at)
