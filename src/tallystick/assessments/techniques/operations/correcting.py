"""The outcome of a part is said otherwise, with a reason, until its application is reported."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.models import Correction, Part
from tallystick.assessments.techniques.concluding import stopped_by
from tallystick.assessments.techniques.facts import UNDER_WAY, stage_of, technique_of
from tallystick.assessments.techniques.operations.rows import LONGEST, enter, locked_part, office_of, told
from tallystick.assessments.techniques.outcomes import outcomes_of
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped


class UnableToCorrectOutcome(Exception):
    """Nothing came of the part yet, it was reported, nobody says why, or the outcome is none or the same."""


@dataclass(frozen=True)
class Corrected:
    """The outcome that counts from now on, why the one before does not, and what more there is to say."""

    outcome: str
    why: str
    key: str
    result: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT)
def correct_outcome(*, part: Part, corrected: Corrected, by: Acting, at: dt.datetime) -> Correction:
    """Say otherwise what came of a part. What was said before stays, and its party reads both and why.

    :raises UnableToCorrectOutcome: if it has no outcome, was reported, or nothing of the kind can come of it
    """
    held = locked_part(part)
    person = office_of(by, corrected.key, UnableToCorrectOutcome)
    why = told(corrected.why, "why it is said otherwise", UnableToCorrectOutcome)
    there = Correction.objects.filter(by=person, key=corrected.key).first()
    if there is not None:
        if (there.part_id, *_said(there), there.why) != (held.pk, *_said(corrected), why):
            raise UnableToCorrectOutcome("This form said something else before. Open the page again.")
        return there
    last = held.corrections.order_by("-number").first()
    words = _checked(held, corrected, last or held, by)
    made = Correction(code=held.code, classification=held.classification, publicity=Correction.ISSUED)
    made.party, made.body_id, made.part, made.number = (
        held.party,
        held.body_id,
        held,
        (last.number if last else 0) + 1,
    )
    made.outcome, made.result, made.why = corrected.outcome, corrected.result.strip(), why
    made.by, made.at, made.key = person, at, corrected.key
    made.save(force_insert=True)
    said = f"recorded of {held.party.name} in {held.application.reference} instead: {words.lower()}"
    facts = {"application": held.application.reference, "number": made.number, "outcome": made.outcome}
    facts["instead_of"] = (last or held).outcome
    enter("correct_outcome", held, by, at, said, {**facts, **named(*worded(made, "result", "why"))})
    return made


def _checked(held: Part, corrected: Corrected, standing: Part | Correction, by: Acting) -> str:
    """Return in words the outcome that is to count.

    :raises UnableToCorrectOutcome: if it cannot
    """
    row, known = held.application, outcomes_of(technique_of(held.application).form)
    if not held.outcome or stage_of(row, by.day) != UNDER_WAY:
        raise UnableToCorrectOutcome("An outcome is said otherwise once it was said, until it is reported.")
    if corrected.outcome not in known:
        raise UnableToCorrectOutcome(f"What comes of it is one of: {', '.join(known.values())}.")
    if _said(corrected) == _said(standing):
        raise UnableToCorrectOutcome("That is what was said before.")
    if len(corrected.result) > LONGEST:
        raise UnableToCorrectOutcome(f"Say more of it in {LONGEST:,} characters at most.")
    stopped = stopped_by(held, corrected.outcome)
    if stopped:
        raise UnableToCorrectOutcome(stopped)
    return known[corrected.outcome]


def _said(one: Part | Correction | Corrected) -> tuple[str, str]:
    return one.outcome, one.result.strip()
