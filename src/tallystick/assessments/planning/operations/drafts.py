"""The office saves a draft of the plan of a year, as it is drawn from the register as it stands."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from tallystick.assessments.models import Draft
from tallystick.assessments.optimiser.chosen import UnableToPlan
from tallystick.assessments.optimiser.question import Question, UnableToAsk
from tallystick.assessments.planning import money, sources
from tallystick.assessments.planning.asking import hash_of, question_of
from tallystick.assessments.planning.drawn import Drawn, draw, engine
from tallystick.assessments.planning.experience import accepted, answers
from tallystick.assessments.planning.operations.rows import (
    LONGEST,
    class_for,
    enter,
    locked_period,
    person_of,
)
from tallystick.assessments.planning.terms import NEVER, Terms
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import OperatingPeriod
from tallystick.rulebook.rulebook import Rulebook


class UnableToSaveDraft(Exception):
    """Nothing is scored, the terms contradict themselves, an override has no reason, or nothing fits them."""


@dataclass(frozen=True)
class Saving:
    """What is to be saved, as the form has it; `whys` are the reasons of overrides by technique."""

    terms: Terms
    key: str
    says: str = ""
    whys: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
@unscoped(BY_AN_ACT)
def save_draft(*, period: OperatingPeriod, saving: Saving, by: Acting, at: dt.datetime) -> Draft:
    """Save a draft with what was drawn. It is the office's and the board's to read until it is put forward.

    :raises UnableToSaveDraft: if it cannot be drawn so
    """
    person = person_of(by, saving.key, UnableToSaveDraft)
    held = locked_period(period)
    there: Draft | None = Draft.objects.filter(by=person, key=saving.key).first()
    if there is not None:
        if (there.period_id, there.terms, there.says) != (held.pk, saving.terms.told, saving.says.strip()):
            raise UnableToSaveDraft(f"This form saved draft {there.number} before. Open the page again.")
        return there
    made, drawn = _drawn(held, saving, (by, at))
    made.save(force_insert=True)
    spent = f"{money.thousands(made.budget)} covers {drawn.covered * 100:.0f}%"
    told = {"period": held.name, "draft": made.number, "asked": made.asked, "terms": made.terms}
    told |= {"techniques": list(drawn.techniques), "spent": drawn.spent}
    places = worded(made, "says", *(f"whys.{key}" for key in made.whys))
    said = f"saved draft {made.number} of the plan of {held.name}: {spent}"
    enter("save_draft", made, by, at, said, {**told, **named(*places)})
    return made


def _drawn(period: OperatingPeriod, saving: Saving, doing: tuple[Acting, dt.datetime]) -> tuple[Draft, Drawn]:
    """Return the row of a draft, not saved yet, and the plan that was drawn for it."""
    by, at = doing
    rules, stood = rulebook_of(by.code), [one.exposed for one in sources.standing(by, period)]
    check(saving, rules, {one.reference for one in stood})
    if saving.terms.effects != accepted(answers(by, period).values()):
        raise UnableToSaveDraft("An effect was answered since the page was opened. Open it again.")
    question, drawn = drawn_for(period, saving.terms, by)
    made = Draft(
        code=by.code,
        classification=class_for(by),
        body_id=period.body_id,
        period=period,
        number=Draft.objects.filter(period=period).count() + 1,
        says=saving.says.strip(),
        budget=saving.terms.budget,
        terms=saving.terms.told,
        whys={key: why.strip() for key, why in sorted(saving.whys.items())},
        exposure=[one.told for one in stood],
        result=drawn.told,
        engine=engine(),
        edition=rules.edition,
        asked=hash_of(question),
        by=by.person,
        at=at,
        key=saving.key,
    )
    return made, drawn


def drawn_for(period: OperatingPeriod, terms: Terms, by: Acting) -> tuple[Question, Drawn]:
    """Return what is asked under terms with the register as it stands, and the plan that answers it.

    :raises UnableToSaveDraft: if nothing is scored, or nothing fits
    """
    rules = rulebook_of(by.code)
    stood = [one.exposed for one in sources.standing(by, period)]
    if not stood:
        raise UnableToSaveDraft("No risk of the period has a score, so that there is nothing to plan for.")
    try:
        question = question_of(stood, rules, sources.year_of(period), terms)
        return question, draw(question, sources.most_of(rules, terms.budget))
    except (UnableToAsk, UnableToPlan) as refusal:
        raise UnableToSaveDraft(str(refusal)) from refusal


def check(saving: Saving, rules: Rulebook, risks: set[str]) -> None:
    """Stop what names something that is not there, or is decided without a reason.

    :raises UnableToSaveDraft: saying what
    """
    terms, code = saving.terms, rules.code
    known = (
        (
            "technique",
            (*terms.fixed, *terms.not_before, *terms.tried, *saving.whys),
            rules.techniques,
        ),
        ("risk with a score", (*terms.levels, *terms.mature), risks),
        ("level of assurance", terms.levels.values(), code.assurance_levels),
        ("category", terms.hours, code.categories),
    )
    for what, told, there in known:
        strange = [one for one in told if one not in there]
        if strange:
            raise UnableToSaveDraft(f"There is no {what} {strange[0][:60]!r}.")
    if not 0 <= terms.budget <= money.MOST:
        raise UnableToSaveDraft("A budget is not below nothing, and not beyond all measure.")
    if not all(1 <= one <= NEVER for one in (*terms.not_before.values(), *terms.mature.values())):
        raise UnableToSaveDraft("A year has four quarters.")
    silent = [one for one in terms.fixed if not saving.whys.get(one, "").strip()]
    if silent:
        name = rules.techniques[silent[0]].title
        raise UnableToSaveDraft(f"Say why {name!r} is put in or left out.")
    if any(len(one) > LONGEST for one in (saving.says, *saving.whys.values())):
        raise UnableToSaveDraft(f"Say it in {LONGEST} characters at most.")
