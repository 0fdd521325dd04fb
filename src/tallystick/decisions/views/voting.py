"""The doors of whoever votes: a ballot, a casting vote, a conflict declared, a vote passed on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tallystick.decisions import queries
from tallystick.decisions.forms import ASIDE, DeclareForm, PaperForm, PassForm
from tallystick.decisions.models import Ballot, Motion, SeatAtMotion
from tallystick.decisions.operations import voting
from tallystick.decisions.operations.conflicts import UnableToDeclare, declare_no_conflict, stand_aside
from tallystick.decisions.operations.voting import Paper, UnableToCastVote, UnableToPassVote
from tallystick.decisions.rights import ballot_facts, declaring_facts
from tallystick.decisions.views import own
from tallystick.decisions.views.asked import CONFLICT, found, is_let, moment
from tallystick.decisions.views.motion import REFUSED, page, to_declare
from tallystick.decisions.views.own import CASTING, Sent
from tallystick.parties.policy.decision import Facts
from tallystick.parties.request import Request

Cast = Callable[[Motion, Paper], Ballot]


@require_POST
def cast(request: Request, code: str, reference: str, seat: str) -> HttpResponse:
    """Cast the vote of a seat, or stand aside. However often it is sent, one form casts one ballot."""
    one = found(request, reference)
    row = _seat(one, seat)

    def act(one: Motion, paper: Paper) -> Ballot:
        return voting.cast_vote(motion=one, seat=row, paper=paper, by=request.acting, at=moment())

    return _voted(request, one, seat, act)


@require_POST
def casting(request: Request, code: str, reference: str) -> HttpResponse:
    """Give the casting vote."""

    def act(one: Motion, paper: Paper) -> Ballot:
        return voting.give_casting_vote(motion=one, paper=paper, by=request.acting, at=moment())

    return _voted(request, found(request, reference), CASTING, act)


@require_POST
def declare(request: Request, code: str, reference: str) -> HttpResponse:
    """Say whether one has a conflict in a matter, before one reads of it."""
    acting, form = request.acting, DeclareForm(request.POST)
    seen = queries.motion(acting, reference)
    one = seen or queries.undeclared_motion(acting, reference)
    if one is None:
        raise Http404
    if not form.is_valid() and seen is None:
        return to_declare(request, reference, form)
    if not form.is_valid():
        messages.error(request, "Say whether you have a conflict, and which.")
        return redirect("motion", code, reference)
    if not is_let(request, "c", declaring_facts(acting, one)):
        return to_declare(request, reference, form) if seen is None else redirect("motion", code, reference)
    try:
        if form.cleaned_data["conflict"] == ASIDE:
            return _stood_aside(request, one, form.cleaned_data["words"])
        declare_no_conflict(motion=one, by=acting, at=moment())
    except UnableToDeclare as refusal:
        messages.error(request, str(refusal))
        return redirect("decisions", code)
    messages.success(request, "You declared that you have no conflict. The motion is open to you now.")
    return redirect("motion", code, reference)


@require_POST
def pass_on(request: Request, code: str, reference: str, seat: str) -> HttpResponse:
    """Let another member vote for one's own seat."""
    one = found(request, reference)
    row = _seat(one, seat)
    form = PassForm(request.POST, members=own.members(one, request.acting.person))

    def act() -> str:
        if not form.is_valid():
            raise UnableToPassVote("Choose a member of the body.")
        made = voting.pass_vote(motion=one, seat=row, to=form.member, by=request.acting, at=moment())
        return f"{made.to.name} votes for {row.name} on this motion."

    return _passed(request, one, act)


@require_POST
def take_back(request: Request, code: str, reference: str, seat: str) -> HttpResponse:
    """Take back a vote that one passed on."""
    one = found(request, reference)
    row = _seat(one, seat)

    def act() -> str:
        voting.take_back_vote(motion=one, seat=row, by=request.acting, at=moment())
        return f"You vote for {row.name} yourself again."

    return _passed(request, one, act)


def _voted(request: Request, one: Motion, seat: str, act: Cast) -> HttpResponse:
    """Take in a ballot paper; what is refused comes back with what was written on it."""
    rule = own.rule_of(request, one)
    choices = own.paper(rule, casting=seat == CASTING) if rule else []
    form = PaperForm(request.POST, choices=choices)
    sent = Sent(papers={seat: form})
    if not form.is_valid():
        return page(request, one, sent, REFUSED)
    told = form.cleaned_data
    try:
        if not is_let(request, "c", _facts(request, one, form)):
            return page(request, one, sent, REFUSED)
        if form.stands_aside:
            return _stood_aside(request, one, told["reason"])
        paper = Paper(told["choice"], told["key"], has_no_conflict=True, reason=told["reason"])
        ballot = act(one, paper)
    except (UnableToCastVote, UnableToDeclare) as refusal:
        form.add_error(None, str(refusal))
        is_other = isinstance(refusal, UnableToCastVote) and (refusal.is_late or refusal.is_cast)
        return page(request, found(request, one.reference), sent, CONFLICT if is_other else REFUSED)
    messages.success(
        request, f"Your vote is cast: {dict(choices)[ballot.choice]}. Its receipt stands beside it."
    )
    return redirect(f"{reverse('motion', args=[one.code, one.reference])}#vote")


def _facts(request: Request, one: Motion, form: PaperForm) -> Facts:
    """Return the facts of what a paper asks for: whoever has a conflict may stand aside, and not vote."""
    return declaring_facts(request.acting, one) if form.stands_aside else ballot_facts(request.acting, one)


def _stood_aside(request: Request, one: Motion, words: str) -> HttpResponse:
    """Stand aside, and lead to where one may still read: a matter that is confidential is closed by it."""
    stand_aside(motion=one, words=words, by=request.acting, at=moment())
    messages.success(request, "You stood aside. Your seat has no vote on it.")
    if queries.motion(request.acting, one.reference) is None:
        return redirect("decisions", one.code)
    return redirect("motion", one.code, one.reference)


def _passed(request: Request, one: Motion, act: Callable[[], str]) -> HttpResponse:
    if is_let(request, "c", ballot_facts(request.acting, one)):
        try:
            messages.success(request, act())
        except UnableToPassVote as refusal:
            messages.error(request, str(refusal))
    return redirect("motion", one.code, one.reference)


def _seat(one: Motion, handle: str) -> SeatAtMotion:
    row = one.seats.select_related("seat").filter(seat__handle=handle).first()
    if row is None:
        raise Http404
    return row
