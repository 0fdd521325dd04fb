"""What the office does with the register: each act asked for on a page of its own."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.parties.models import Body
from tallystick.parties.policy.decision import facts, facts_of, needs_factor
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.views.asked import INCOMPLETE, Act, answered, posted
from tallystick.risks import queries
from tallystick.risks.forms import (
    AddForm,
    AnswerForm,
    MergeForm,
    OpenForm,
    ProposeForm,
    ScoreForm,
    SplitForm,
    WordForm,
)
from tallystick.risks.methods import Method, title_of, value_of, value_of_period
from tallystick.risks.models import OperatingPeriod, Proposal, Risk, Score, Wording
from tallystick.risks.operations.descent import merge_risks, split_risk
from tallystick.risks.operations.entries import class_for
from tallystick.risks.operations.opening import open_register
from tallystick.risks.operations.proposing import answer_likelihood, propose_likelihood
from tallystick.risks.operations.scoring import score_again, score_risk
from tallystick.risks.operations.wording import add_risk, reword_risk
from tallystick.risks.views.asked import REFUSALS, about, found, period_of
from tallystick.risks.words import of_wording


@require_http_methods(BOTH)
def open_one(request: Request, code: str) -> HttpResponse:
    """Open the register of an operating period."""
    bodies = [
        one for one in Body.objects.filter(code=code).order_by("name") if one.is_in_force(request.acting.day)
    ]
    form = OpenForm(posted(request), rulebook=rulebook_of(code), bodies=bodies)

    def do() -> tuple[str, str]:
        made = open_register(opened=form.opened, by=request.acting, at=moment())
        return f"The register of {made.name} is open.", ""

    says = "Risks go on from the period before; those of the rulebook that are not there yet are added."
    return _new(request, ("Open a register", says, "Open it"), form, do)


@require_http_methods(BOTH)
def add(request: Request, code: str) -> HttpResponse:
    """Add a risk to the register."""
    form = AddForm(posted(request), rulebook=rulebook_of(code))

    def do() -> tuple[str, str]:
        made = add_risk(worded=form.worded, by=request.acting, at=moment())
        return f"{made.reference} is in the register.", made.reference

    says = "Its words are read from now on by whom its class allows. Score it next."
    return _new(request, ("Add a risk", says, "Add it"), form, do)


@require_http_methods(BOTH)
def merge(request: Request, code: str) -> HttpResponse:
    """Merge risks into one."""
    there = [one for one in queries.risks(request.acting) if one.ended_on is None]
    words = queries.words_by_risk(request.acting, there)
    of = {one.reference: (one, of_wording(words[one.pk][0])) for one in there if words[one.pk]}
    form = MergeForm(posted(request), of=of)

    def do() -> tuple[str, str]:
        made = merge_risks(risks=form.chosen, descent=form.descent, by=request.acting, at=moment())
        return f"{made.reference} came of it.", made.reference

    says = "They end today under their references; what they named goes on in the one that comes of them."
    return _new(request, ("Merge risks", says, "Merge them"), form, do)


@require_http_methods(BOTH)
def reword(request: Request, code: str, reference: str) -> HttpResponse:
    """Word a risk otherwise."""
    row, words = found(request, reference)
    form = WordForm(posted(request), rulebook=rulebook_of(code), words=of_wording(words[0]))

    def do() -> str:
        made = reword_risk(risk=row, worded=form.worded, by=request.acting, at=moment())
        return f"Version {made.number} stands."

    says = "The versions before stay to be read. What is worded here counts as not checked against the code."
    return _answered(request, (row, words[0]), ("Word it otherwise", says, "Word it so", "u"), (form, do))


@require_http_methods(BOTH)
def split(request: Request, code: str, reference: str) -> HttpResponse:
    """Split a risk into several."""
    row, words = found(request, reference)
    form = SplitForm(posted(request), words=of_wording(words[0]))

    def do() -> str:
        made = split_risk(risk=row, descent=form.descent, by=request.acting, at=moment())
        return f"It went into {', '.join(one.reference for one in made)}."

    says = "It ends today; each part begins under a reference of its own with the rest of its words."
    return _answered(request, (row, words[0]), ("Split it", says, "Split it", "c"), (form, do))


@require_http_methods(BOTH)
def score(request: Request, code: str, reference: str, period: str) -> HttpResponse:
    """Score a risk for a period by the period's own method."""
    of = period_of(request, period)
    return _scores(request, reference, of, (of.method, value_of_period(of)), score_risk)


@require_http_methods(BOTH)
def again(request: Request, code: str, reference: str, period: str, method: str) -> HttpResponse:
    """Score a risk for a period again by another method, or by another version of its own."""
    known = value_of(code, method, request.acting.day)
    return _scores(request, reference, period_of(request, period), (method, known), score_again)


def _scores(
    request: Request,
    reference: str,
    of: OperatingPeriod,
    by: tuple[str, tuple[dt.date, Method] | None],
    does: Callable[..., Score],
) -> HttpResponse:
    """Show the form of a method, filled in as it was last by the same value, or score by it.

    :raises Http404: if there is no such method
    """
    row, words = found(request, reference)
    (name, known), drivers = by, rulebook_of(of.code).code.drivers
    if known is None:
        raise Http404
    named = {key: drivers[key] for key in words[0].drivers if key in drivers}
    scores = queries.scores_by_risk(request.acting, [row])[row.pk]
    last = next((one for one in scores if (one.method, one.method_on) == (name, known[0])), None)
    first = _initial(last.inputs, last.appetite, last.target) if last else {}
    form = ScoreForm(posted(request), method=known[1], name=name, drivers=named, initial=first)

    def do() -> str:
        made = does(risk=row, period=of, scored=form.scored, by=request.acting, at=moment())
        return f"Score {made.number} of {of.name} stands as a draft."

    says = f"{title_of(of.code, name, known[1])}. A draft until the register of {of.name} is approved."
    title = f"Score it for {of.name}" + ("" if does is score_risk else " again")
    return _answered(request, (row, words[0]), (title, says, "Score it", "c"), (form, do))


@require_http_methods(BOTH)
def propose(request: Request, code: str, reference: str) -> HttpResponse:
    """Propose the likelihood of a risk from the findings of the last twelve landed months."""
    row, words = found(request, reference)
    of = period_of(request, "")
    form = ProposeForm(posted(request))

    def do() -> str:
        made = propose_likelihood(risk=row, period=of, asked=form.asked, by=request.acting, at=moment())
        return f"Likelihood {made.step} is proposed. It scores nothing until somebody accepts it and scores."

    says = (
        "From the months of parties its indicators were seen in, and those with a finding. It scores nothing."
    )
    told = ("Propose a likelihood", says, "Propose it", "c")
    return _answered(request, (row, words[0]), told, (form, do))


@require_http_methods(BOTH)
def answer(request: Request, code: str, reference: str, period: str, number: int) -> HttpResponse:
    """Accept or decline a proposed likelihood.

    :raises Http404: if there is no such proposal
    """
    row, words = found(request, reference)
    there = queries.proposals(request.acting, [row])
    proposal = next((one for one in there if (one.period.name, one.number) == (period, number)), None)
    if proposal is None:
        raise Http404
    form = AnswerForm(posted(request))

    def do() -> str:
        told = form.cleaned_data
        is_accepted = told["answer"] == "accepted"
        answer_likelihood(
            proposal=proposal,
            is_accepted=is_accepted,
            reason=told["reason"],
            key=told["key"],
            by=request.acting,
            at=moment(),
        )
        return f"It is {told['answer']}."

    says = (
        f"Likelihood {proposal.step}: {proposal.found} of {proposal.seen} months had a finding, after a "
        f"prior of {proposal.prior_found} with and {proposal.prior_clear} without."
    )
    told = (f"Answer proposal {proposal.number} of {period}", says, "Answer", "t")
    return _answered(request, (row, words[0]), told, (form, do), proposal)


def _initial(inputs: dict[str, str], appetite: Decimal, target: Decimal) -> dict[str, Any]:
    return {**inputs, "appetite": f"{appetite.normalize():f}", "target": f"{target.normalize():f}"}


def _answered(
    request: Request,
    of: tuple[Risk, Wording],
    said: tuple[str, str, str, str],
    doing: tuple[Any, Callable[[], str]],
    row: Proposal | None = None,
) -> HttpResponse:
    """Show or do an act on a risk, or on something of it.

    :param said: the title, what the page says, the word on the button, and the act that rights are asked for
    """
    (title, says, button, act), (form, do) = said, doing
    asked = facts_of(request.acting, row or of[0])
    made = Act(title=title, says=says, button=button, form=form, facts=asked, act=act, do=do)
    return answered(request, about(*of, row), made, REFUSALS)


def _new(
    request: Request, said: tuple[str, str, str], form: Any, do: Callable[[], tuple[str, str]]
) -> HttpResponse:
    """Show the form of what is not there yet; or write it, and lead to its page or to the register."""
    acting, status = request.acting, 200
    asked = facts(acting, Risk.TYPE, classification=class_for(acting), state=Risk.ISSUED)
    if request.method == "POST":
        status = INCOMPLETE
        if form.is_valid() and is_let(request, "c", asked):
            try:
                told, reference = do()
            except REFUSALS as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                messages.success(request, told)
                return redirect(*(("risk", acting.code, reference) if reference else ("risks", acting.code)))
    title, says, button = said
    shown = {
        "code": acting.code,
        "form": form,
        "title": title,
        "says": says,
        "button": button,
        "wants_factor": needs_factor(acting, "c", asked, now=timezone.now()),
        "here": request.path,
    }
    return render(request, "risks/new.html", shown, status=status)
