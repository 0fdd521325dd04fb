"""The office splits a risk into several, or merges several into one; what was before stays to be read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.policy.predicates import CLASSES
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import Lineage, Risk, Wording
from tallystick.risks.operations.entries import (
    Writing,
    enter,
    free_reference,
    locked_register,
    person_of,
    places,
    written_risk,
)
from tallystick.risks.words import Words, refusal_of

LEAST, MOST = 2, 6


class UnableToSplit(Exception):
    """Fewer than two parts are worded, the words are not whole, or the risk is not in the register."""


class UnableToMerge(Exception):
    """Fewer than two risks are named, the words are not whole, or one is not in the register."""


@dataclass(frozen=True)
class Descent:
    """The words of each risk that comes of it, and why."""

    words: tuple[Words, ...]
    why: str
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def split_risk(*, risk: Risk, descent: Descent, by: Acting, at: dt.datetime) -> list[Risk]:
    """Split a risk into several, each under a new reference; the risk itself ends today.

    :raises UnableToSplit: if it cannot be so
    """
    person_of(by, descent.key, UnableToSplit)
    locked_register(by.code)
    there = _made_before(by, descent.key)
    if there:
        if not Lineage.objects.filter(before=risk, after=there[0]).exists():
            raise UnableToSplit("This form did something else before. Open the page again.")
        return there
    [held] = _held([risk], by, UnableToSplit)
    if not LEAST <= len(descent.words) <= MOST:
        raise UnableToSplit(f"A risk is split into {LEAST} to {MOST}.")
    made, words = _written(descent, [held], Lineage.SPLIT, (by, at), UnableToSplit)
    into = ", ".join(one.reference for one in made)
    told = {"risk": held.reference, "into": [one.reference for one in made], **named(*words)}
    enter("split_risk", held, by, at, f"split {held.reference} into {into}", told)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def merge_risks(*, risks: Sequence[Risk], descent: Descent, by: Acting, at: dt.datetime) -> Risk:
    """Merge several risks into one under a new reference; they end today.

    :raises UnableToMerge: if it cannot be so
    """
    person_of(by, descent.key, UnableToMerge)
    locked_register(by.code)
    there = _made_before(by, descent.key)
    if there:
        before = set(Lineage.objects.filter(after=there[0]).values_list("before", flat=True))
        if before != {one.pk for one in risks}:
            raise UnableToMerge("This form did something else before. Open the page again.")
        return there[0]
    held = _held(risks, by, UnableToMerge)
    if len({one.pk for one in held}) < LEAST or len(descent.words) != 1:
        raise UnableToMerge("Two risks or more are merged into one.")
    [made], words = _written(descent, held, Lineage.MERGED, (by, at), UnableToMerge)
    of = ", ".join(one.reference for one in held)
    told = {"risk": made.reference, "of": [one.reference for one in held], **named(*words)}
    enter("merge_risks", made, by, at, f"merged {of} into {made.reference}", told)
    return made


def _made_before(by: Acting, key: str) -> list[Risk]:
    """Return the risks that the form made before."""
    found = Wording.objects.filter(by=by.person, key=key).select_related("risk").order_by("risk__pk")
    return [one.risk for one in found]


def _held(risks: Sequence[Risk], by: Acting, refusal: type[Exception]) -> list[Risk]:
    """Return the risks locked, by reference.

    :raises refusal: if one is not in the register
    """
    found = Risk.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in risks])
    held = list(found.order_by("reference"))
    gone = next((one for one in held if one.code != by.code or one.ended_on is not None), None)
    if gone is not None:
        raise refusal(f"{gone.reference} is not in the register any more.")
    return held


def _written(
    descent: Descent,
    before: Sequence[Risk],
    way: str,
    doing: tuple[Acting, dt.datetime],
    refusal: type[Exception],
) -> tuple[list[Risk], list[str]]:
    """Write the risks that come of it with their lineage, and end those before."""
    by, at = doing
    for words in descent.words:
        refused = refusal_of(words, descent.why, rulebook_of(by.code))
        if refused:
            raise refusal(refused)
    strictest = max((one.classification for one in before), key=CLASSES.index)
    body = next((one.body_id for one in before if one.body_id), None)
    told = Writing(by, at, descent.why, descent.key, body)
    made, named_words = [], []
    for words in descent.words:
        risk, wording = written_risk(free_reference(by.code), words, told, strictest)
        made.append(risk)
        named_words += places(wording)
    for old in before:
        for new in made:
            row = _lineage(old, new, way, told)
            row.save(force_insert=True)
            named_words += worded(row, "why")
        old.ended_on = by.day
        old.save(update_fields=["ended_on"])
    return made, named_words


def _lineage(old: Risk, new: Risk, way: str, told: Writing) -> Lineage:
    return Lineage(
        code=new.code,
        classification=new.classification,
        publicity=Lineage.ISSUED,
        body_id=new.body_id,
        way=way,
        before=old,
        after=new,
        on=told.by.day,
        why=told.why.strip(),
        by=told.by.person,
        at=told.at,
    )
