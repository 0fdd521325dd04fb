"""The plan of a year: what a budget buys, why each technique is in or out, and when each runs."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.optimiser.chosen import UnableToPlan
from tallystick.assessments.optimiser.question import UnableToAsk
from tallystick.assessments.planning import curve, money, shown, sources
from tallystick.assessments.planning.asking import Exposed, question_of
from tallystick.assessments.planning.drawn import Drawn, draw
from tallystick.assessments.planning.terms import STEP, Terms
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks import queries
from tallystick.risks.models import OperatingPeriod, Risk
from tallystick.risks.views.asked import period_of

TYPE = "plan"


@dataclass(frozen=True)
class Asked:
    """What a page draws: the risks and terms, and where both come from.

    `whys` are what was said of techniques that somebody put in or left out.
    """

    period: OperatingPeriod
    risks: tuple[Exposed, ...]
    terms: Terms
    whys: dict[str, str] = field(default_factory=dict)


@require_safe
def plan(request: Request, code: str, period: str = "") -> HttpResponse:
    """Show the plan of the latest operating period, or of one that is asked for."""
    with one_page():
        acting = request.acting
        periods = queries.periods(acting)
        page: dict[str, Any] = {
            "code": code,
            "periods": periods,
            "period": None,
            "may_write": is_granted(acting, TYPE, "c"),
        }
        if period or periods:
            of = period_of(request, period)
            page |= {"period": of, **_told(request, of)}
        return render(request, "assessments/plan.html", page)


def _told(request: Request, period: OperatingPeriod) -> dict[str, Any]:
    stood = sources.standing(request.acting, period)
    note(request, Risk.TYPE, [one.score for one in stood], timezone.now())
    rules = rulebook_of(period.code)
    terms = sources.first_terms(rules)
    own = money.read(request.GET.get("budget", ""))
    is_trial = own is not None and own != terms.budget
    asked = Asked(
        period, tuple(one.exposed for one in stood), terms.within(own) if own is not None else terms
    )
    return {
        "stages": _stages(period, stood),
        "is_trial": is_trial,
        "provisions": rules.code.provisions,
        "unit": sources.unit_of(period),
        **(_shown(asked) if stood else {"drawn": None, "refusal": ""}),
    }


def _shown(asked: Asked) -> dict[str, Any]:
    """Return what is drawn; where nothing fits what is asked, why not."""
    rules = rulebook_of(asked.period.code)
    most = sources.most_of(rules, asked.terms.budget)
    page: dict[str, Any] = {
        "budget": asked.terms.budget,
        "most": most,
        "step": STEP,
        "thousands": money.thousands,
        "plain": money.plain,
        "percent": curve.percent,
    }
    year = sources.year_of(asked.period)
    try:
        question = question_of(asked.risks, rules, year, asked.terms)
        drawn = draw(question, most)
    except (UnableToAsk, UnableToPlan) as refusal:
        return {**page, "drawn": None, "refusal": str(refusal)}
    paid, free, others = shown.rows_of(drawn, question, rules, asked.whys)
    return {
        **page,
        "drawn": drawn,
        "refusal": "",
        "amount": shown.amount,
        "more": _more(drawn, rules.techniques),
        "chart": curve.chart(drawn),
        "paid": paid,
        "free": free,
        "others": others,
        "is_unchecked": not all(one.is_checked for one in (*paid, *free)),
        "bars": shown.year_of(drawn, rules, year, asked.terms),
        "heads": shown.heads_of(year),
    }


def _more(drawn: Drawn, techniques: Any) -> str:
    """Return in words what a further £10,000 buys."""
    if drawn.more is None:
        return ""

    def named(keys: tuple[str, ...]) -> str:
        return ", ".join(techniques[key].short or techniques[key].title for key in keys)

    share = (drawn.more.covered - drawn.covered) * 100
    if not drawn.more.comes and not drawn.more.goes:
        return "nothing: no other choice does more."
    comes = f"{named(drawn.more.comes)}" if drawn.more.comes else "nothing new"
    goes = f", instead of {named(drawn.more.goes)}" if drawn.more.goes else ""
    return f"{share:.1f}% more: {comes}{goes}."


def _stages(period: OperatingPeriod, stood: list[sources.Stood]) -> list[tuple[str, str, str]]:
    """Return the way of a plan: each step in words, where it stands, and what is said of it."""
    scored = max((one.score.at for one in stood), default=None)
    day = timezone.localtime(scored).date() if scored else None
    return [
        ("Risks scored", "done" if day else "now", f"{day.day} {day:%b %Y}" if day else "none yet"),
        ("Plan drafted", "now" if day else "", "not saved"),
        ("Consulted", "", "15 working days"),
        ("Board recommends", "", ""),
        ("Parties and Panel endorse", "", ""),
        ("In force", "", f"{period.from_on.day} {period.from_on:%b %Y}"),
    ]
