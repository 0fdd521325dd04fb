"""The plan of a year: what a budget buys, why each technique is in or out, and when each runs."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.models import Document, Draft
from tallystick.assessments.optimiser.chosen import UnableToPlan
from tallystick.assessments.optimiser.question import UnableToAsk
from tallystick.assessments.planning import curve, money, shown, sources
from tallystick.assessments.planning import seen as finding
from tallystick.assessments.planning.against import compared
from tallystick.assessments.planning.asking import Exposed, exposed_of, hash_of, question_of
from tallystick.assessments.planning.drawn import Drawn, draw, drawn_of, weigh
from tallystick.assessments.planning.experience import accepted, answers
from tallystick.assessments.planning.names import short_of, title_of
from tallystick.assessments.planning.progress import progress
from tallystick.assessments.planning.terms import STEP, Terms, terms_of
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks import queries
from tallystick.risks.models import OperatingPeriod, Risk
from tallystick.risks.views.asked import period_of
from tallystick.rulebook.rulebook import Rulebook

REGISTER = "register"  # in the place of a draft's number: drawn from the register as it stands


@dataclass(frozen=True)
class Asked:
    """What a page draws: the risks and terms, and the draft that both come from, if they do.

    `whys` are what was said of techniques that somebody put in or left out. `weighed` is the technique of
    which somebody asks why it is in or out.
    """

    period: OperatingPeriod
    risks: tuple[Exposed, ...]
    terms: Terms
    draft: Draft | None = None
    whys: dict[str, str] = field(default_factory=dict)
    weighed: str = ""

    @property
    def is_trial(self) -> bool:
        """Tell whether another budget is tried than the draft's own."""
        return self.draft is not None and self.draft.budget != self.terms.budget


@require_safe
def plan(request: Request, code: str, period: str = "") -> HttpResponse:
    """Show the plan of the latest operating period, or of one that is asked for."""
    with one_page():
        acting = request.acting
        periods = queries.periods(acting)
        page: dict[str, Any] = {"code": code, "periods": periods, "period": None}
        page["may_write"] = is_granted(acting, Draft.TYPE, "c")
        if period or periods:
            of = period_of(request, period)
            page |= {"period": of, **_told(request, of)}
        return render(request, "assessments/plan.html", page)


@require_safe
def compare(request: Request, code: str, period: str, one: int, other: int) -> HttpResponse:
    """Show two drafts of a period beside each other.

    :raises Http404: if whoever is acting may see fewer than the two
    """
    of = period_of(request, period)
    found = {draft.number: draft for draft in finding.drafts(request.acting, of)}
    if one == other or not {one, other} <= set(found):
        raise Http404
    note(request, Draft.TYPE, [found[one], found[other]], timezone.now())
    told = compared(found[one], found[other], rulebook_of(code))
    shows = {"thousands": money.thousands, "percent": curve.percent, "amount": shown.amount}
    return render(request, "assessments/compare.html", {"code": code, "period": of, "c": told, **shows})


def _told(request: Request, period: OperatingPeriod) -> dict[str, Any]:
    drafts = finding.drafts(request.acting, period)
    asked = _asked(request, period, drafts)
    if asked.draft is not None:
        note(request, Draft.TYPE, [asked.draft], timezone.now())
    own = money.read(request.GET.get("budget", ""))
    terms = asked.terms if own is None else asked.terms.within(own)
    asked = replace(asked, terms=terms, weighed=request.GET.get("why", "")[:60])
    plans = [one for one in finding.documents(request.acting, period) if one.kind == Document.PLAN]
    rules = rulebook_of(period.code)
    return {
        "drafts": drafts,
        "draft": asked.draft,
        "before": next((one for one in drafts if asked.draft and one.number < asked.draft.number), None),
        "document": next((one for one in plans if asked.draft and one.draft_id == asked.draft.pk), None),
        "stages": progress(period, len(asked.risks), asked.draft, plans),
        "is_trial": asked.is_trial,
        "provisions": rules.code.provisions,
        "unit": sources.unit_of(period),
        "terms": asked.terms,
        "levels": rules.code.assurance_levels,
        "categories": rules.code.categories,
        **(_shown(asked, rules) if asked.risks else {"drawn": None, "refusal": ""}),
    }


def _asked(request: Request, period: OperatingPeriod, drafts: list[Draft]) -> Asked:
    """Return what is to be drawn: the draft that is asked for, the latest, or the register as it stands.

    :raises Http404: if there is no such draft
    """
    wanted = request.GET.get("draft", "")[:10]
    draft = next((one for one in drafts if wanted in ("", str(one.number))), None)
    if draft is None and wanted not in ("", REGISTER):
        raise Http404
    if draft is not None:
        risks = tuple(exposed_of(one) for one in draft.exposure)
        return Asked(period, risks, terms_of(draft.terms), draft, draft.whys)
    stood = sources.standing(request.acting, period)
    note(request, Risk.TYPE, [one.score for one in stood], timezone.now())
    terms = terms_of(drafts[0].terms) if drafts else sources.first_terms(rulebook_of(period.code))
    terms = replace(terms, effects=accepted(answers(request.acting, period).values()))
    return Asked(period, tuple(one.exposed for one in stood), terms, None, drafts[0].whys if drafts else {})


def _shown(asked: Asked, rules: Rulebook) -> dict[str, Any]:
    """Return what is drawn; where nothing fits what is asked, why not."""
    most = sources.most_of(rules, asked.terms.budget, asked.draft.budget if asked.draft else 0)
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
        question = question_of(asked.risks, rules, year, asked.terms.known_to(rules))
        is_own = asked.draft is not None and not asked.is_trial
        drawn = drawn_of(asked.draft.result) if asked.draft and is_own else draw(question, most)
    except (UnableToAsk, UnableToPlan) as refusal:
        return {**page, "drawn": None, "refusal": str(refusal)}
    may_weigh = not is_own or asked.draft is None or asked.draft.asked == hash_of(question)
    if may_weigh:
        drawn = weigh(question, drawn, asked.weighed)
    paid, free, others = shown.rows_of(drawn, question, rules, asked.whys)
    return {
        **page,
        "drawn": drawn,
        "refusal": "",
        "amount": shown.amount,
        "more": _more(drawn, rules),
        "chart": curve.chart(drawn),
        "paid": paid,
        "free": free,
        "others": others,
        "dropped": _dropped(drawn, asked, rules),
        "may_weigh": may_weigh,
        "learnt": _learnt(asked.terms, rules),
        "is_unchecked": not all(one.is_checked for one in (*paid, *free)),
        "bars": shown.year_of(drawn, rules, year, asked.terms),
        "heads": shown.heads_of(year),
        "reached": shown.reached(drawn, asked.risks),
    }


def _learnt(terms: Terms, rules: Rulebook) -> list[tuple[str, str, str]]:
    """Return the effects that were accepted from experience: of what, on what, and how much."""
    return [
        (title_of(rules, key), risk, f"{Decimal(share) * 100:.0f}%")
        for key, shares in terms.effects.items()
        for risk, share in shares.items()
    ]


def _dropped(drawn: Drawn, asked: Asked, rules: Rulebook) -> list[str]:
    """Return the titles of techniques of a plan, or of its terms, that the catalogue no longer has."""
    named = {*drawn.techniques, *asked.terms.fixed, *asked.terms.not_before, *asked.terms.tried}
    return sorted(title_of(rules, key) for key in named - set(rules.techniques))


def _more(drawn: Drawn, rules: Rulebook) -> str:
    """Return in words what a further £10,000 buys."""
    if drawn.more is None:
        return ""

    def named(keys: tuple[str, ...]) -> str:
        return ", ".join(short_of(rules, key) for key in keys)

    share = (drawn.more.covered - drawn.covered) * 100
    if not drawn.more.comes and not drawn.more.goes:
        return "nothing: no other choice does more."
    comes = named(drawn.more.comes) if drawn.more.comes else "nothing new"
    goes = f", instead of {named(drawn.more.goes)}" if drawn.more.goes else ""
    return f"{share:.1f}% more: {comes}{goes}."
