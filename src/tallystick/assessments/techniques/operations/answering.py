"""A part of an application is read and answered by its party, and the office says what came of it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.models import Part
from tallystick.assessments.techniques.concluding import stopped_by
from tallystick.assessments.techniques.facts import UNDER_WAY, stage_of, technique_of
from tallystick.assessments.techniques.operations.rows import LONGEST, enter, keyed, locked_part, office_of
from tallystick.assessments.techniques.outcomes import (
    ACKNOWLEDGED,
    GUIDANCE,
    IN_ROWS_OF_THEIR_OWN,
    outcomes_of,
)
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped

RESULTED = ("answered_at", "answered_by", "by_office", "answer", "answer_key")
CONCLUDED = ("outcome", "result", "concluded_at", "concluded_by", "outcome_key")


class UnableToAnswerPart(Exception):
    """The part is another party's, is not served or is answered, or words are needed and none are said."""


class UnableToConcludePart(Exception):
    """The part has an outcome, is not under way, or nothing of the kind can come of it."""


@dataclass(frozen=True)
class Outcome:
    """What came of a part: one of those of the technique's form, and in words what more there is to say."""

    outcome: str
    key: str
    result: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def read_part(*, part: Part, by: Acting, at: dt.datetime) -> dt.datetime | None:
    """Mark a part as read when its party first opens it; return when that was, if it was."""
    held = locked_part(part)
    if held.read_at is not None or held.served_at is None or not _is_own(held, by):
        return held.read_at
    held.read_at = max(at, held.served_at)
    held.save(update_fields=["read_at"])
    said = f"opened its part of {held.application.reference}"
    enter("read_part", held, by, at, said, {"application": held.application.reference})
    return held.read_at


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def answer_part(*, part: Part, answer: str, key: str, by: Acting, at: dt.datetime) -> Part:
    """Answer a part once: its party, or the office for what came on paper.

    Guidance may be acknowledged without words, and is acknowledged by any answer.

    :raises UnableToAnswerPart: if it is not theirs to answer, or cannot be now
    """
    held, words = locked_part(part), answer.strip()
    person = _answering(held, by)
    keyed(key, UnableToAnswerPart)
    if held.answered_at is not None:
        if (held.answer_key, held.answer) != (key, words):
            raise UnableToAnswerPart("It was answered before, and the answer stays as it is.")
        return held
    form = technique_of(held.application).form
    _check_under_way(held, by.day, UnableToAnswerPart)
    if form in IN_ROWS_OF_THEIR_OWN:
        raise UnableToAnswerPart(f"It is answered with the {form} itself.")
    if len(words) > LONGEST or (not words and form != GUIDANCE):
        raise UnableToAnswerPart(f"Answer in words, in {LONGEST:,} characters at most.")
    held.answered_at, held.answered_by, held.answer = at, person, words
    held.by_office, held.answer_key = by.name in Role.OFFICE, key
    held.save(update_fields=RESULTED)
    if form == GUIDANCE and not held.outcome:
        _conclude(held, Outcome(ACKNOWLEDGED, key), person, at)
    how = "answered" if words else "acknowledged"
    said = f"{how} the part of {held.party.name} in {held.application.reference}"
    facts = {"application": held.application.reference, "by_office": held.by_office}
    enter("answer_part", held, by, at, said, {**facts, **named(*worded(held, "answer"))})
    return held


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def conclude_part(*, part: Part, told: Outcome, by: Acting, at: dt.datetime) -> Part:
    """Say what came of a part, once.

    :raises UnableToConcludePart: if it has an outcome, or nothing of the kind can come of it
    """
    held = locked_part(part)
    person = office_of(by, told.key, UnableToConcludePart)
    words = told.result.strip()
    if held.outcome:
        if (held.outcome_key, held.outcome, held.result) != (told.key, told.outcome, words):
            raise UnableToConcludePart("What came of it was said before, and stays as it is.")
        return held
    _check_under_way(held, by.day, UnableToConcludePart)
    known = outcomes_of(technique_of(held.application).form)
    if told.outcome not in known:
        raise UnableToConcludePart(f"What comes of it is one of: {', '.join(known.values())}.")
    stopped = stopped_by(held, told.outcome)
    if stopped:
        raise UnableToConcludePart(stopped)
    if len(words) > LONGEST:
        raise UnableToConcludePart(f"Say more of it in {LONGEST:,} characters at most.")
    _conclude(held, told, person, at)
    what = known[told.outcome].lower()
    said = f"recorded of {held.party.name} in {held.application.reference}: {what}"
    facts = {"application": held.application.reference, "outcome": held.outcome}
    enter("conclude_part", held, by, at, said, {**facts, **named(*worded(held, "result"))})
    return held


def _conclude(held: Part, told: Outcome, person: Person, at: dt.datetime) -> None:
    held.outcome, held.result, held.outcome_key = told.outcome, told.result.strip(), told.key
    held.concluded_at, held.concluded_by = at, person
    held.save(update_fields=CONCLUDED)


def _is_own(held: Part, by: Acting) -> bool:
    return by.name == Role.PARTY_DELEGATE and by.organisation == held.party


def _answering(held: Part, by: Acting) -> Person:
    if by.person is None or not (_is_own(held, by) or by.name in Role.OFFICE):
        raise UnableToAnswerPart("A party answers its own part; the office writes down what came on paper.")
    return by.person


def _check_under_way(held: Part, on: dt.date, refusal: type[Exception]) -> None:
    if stage_of(held.application, on) != UNDER_WAY:
        raise refusal(f"{held.application.reference} is not under way.")
