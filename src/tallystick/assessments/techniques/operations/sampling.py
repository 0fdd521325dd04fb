"""A sample of what a party has is drawn by a seed, once, and what was found in it is recorded."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from tallystick.assessments.models import Part, Sample, Tally
from tallystick.assessments.models.sample import LONGEST_SEED
from tallystick.assessments.sampling.drawing import UnableToSample
from tallystick.assessments.sampling.population import Population
from tallystick.assessments.sampling.sampled import OUTCOMES, PARTS, drawn_again, drawn_of, sizes
from tallystick.assessments.techniques.facts import UNDER_WAY, stage_of, technique_of
from tallystick.assessments.techniques.operations.rows import LONGEST, enter, locked_part, office_of, told
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped

SAMPLED = frozenset({"audit", "inspection"})
MOST = 10_000_000
HUNDRED = 100


class UnableToDrawSample(Exception):
    """Nothing is sampled by such a technique or now, what is sampled is not said, or a sample was drawn."""


class UnableToTally(Exception):
    """What was found is of nothing that was drawn, or it can be recorded no more."""


@dataclass(frozen=True)
class Asked:
    """What is sampled, how surely, and by which seed; confidence and the tolerable share in per cent."""

    population: str
    of: Population
    confidence: Decimal
    tolerable: Decimal
    seed: str
    key: str
    accepted: int = 0


@dataclass(frozen=True)
class Seen:
    """What was found: outcomes by the name of what was drawn, or totals by stratum; and words."""

    key: str
    outcomes: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    note: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT)
def draw_sample(*, part: Part, asked: Asked, by: Acting, at: dt.datetime) -> Sample:
    """Draw the sample of a part, once: a seed that is tried again until it suits would be no sample.

    :raises UnableToDrawSample: if it cannot be so
    """
    held = locked_part(part)
    person = office_of(by, asked.key, UnableToDrawSample)
    there: Sample | None = Sample.objects.filter(part=held).first()
    if there is not None:
        if (there.key, there.seed, there.digest) != (asked.key, asked.seed.strip(), asked.of.digest):
            raise UnableToDrawSample("A sample was drawn of this part, which stays as it is.")
        return there
    population = told(asked.population, "what is sampled", UnableToDrawSample)
    _check(held, asked, by)
    made = _drawn(held, asked, population)
    made.by, made.at, made.key = person, at, asked.key
    made.save(force_insert=True)
    count = sum(made.taken.values())
    said = f"drew {count:,} of {made.size:,} of {held.party.name} for {held.application.reference}"
    facts: dict[str, object] = {
        "application": held.application.reference,
        "seed": made.seed,
        "digest": made.digest,
    }
    facts |= {"size": made.size, "taken": made.taken, "confidence": str(made.confidence)}
    facts |= {"tolerable": str(made.tolerable), "accepted": made.accepted}
    enter(
        "draw_sample", held, by, at, said, {**facts, **named(*worded(made, "population", "listed", "drawn"))}
    )
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def tally_sample(*, part: Part, seen: Seen, by: Acting, at: dt.datetime) -> Tally:
    """Record what was found in a sample. Totals that do not add up are kept as told, and flagged.

    :raises UnableToTally: if it cannot be so
    """
    held = locked_part(part)
    person = office_of(by, seen.key, UnableToTally)
    sample: Sample | None = Sample.objects.filter(part=held).first()
    if sample is None:
        raise UnableToTally("No sample was drawn of this part.")
    outcomes = _by_place(sample, seen.outcomes)
    totals = {name: dict(one) for name, one in seen.totals.items()}
    there: Tally | None = Tally.objects.filter(by=person, key=seen.key).first()
    if there is not None:
        if (there.sample_id, there.outcomes, there.totals) != (sample.pk, outcomes, totals):
            raise UnableToTally("This form recorded something else before. Open the page again.")
        return there
    if stage_of(held.application, by.day) != UNDER_WAY:
        raise UnableToTally("What was found is recorded while it is under way.")
    _check_seen(sample, seen)
    made = Tally(code=held.code, classification=held.classification, publicity=Tally.ISSUED)
    made.party, made.body_id, made.sample = held.party, held.body_id, sample
    made.number, made.outcomes, made.totals = sample.tallies.count() + 1, outcomes, totals
    made.note, made.by, made.at, made.key = seen.note.strip(), person, at, seen.key
    made.save(force_insert=True)
    what = f"{len(outcomes):,} that were drawn" if outcomes else f"totals of {len(totals):,} strata"
    said = f"recorded {what}, of {held.party.name} in {held.application.reference}"
    facts: dict[str, object] = {"application": held.application.reference, "number": made.number}
    facts |= {"outcomes": len(outcomes), "totals": totals}
    enter("tally_sample", held, by, at, said, {**facts, **named(*worded(made, "note"))})
    return made


def _drawn(held: Part, asked: Asked, population: str) -> Sample:
    """Return the sample that the seed draws, not yet written.

    :raises UnableToDrawSample: if none of that kind can be drawn
    """
    of = asked.of
    try:
        taken = sizes(asked.confidence, asked.tolerable, asked.accepted, of.sizes)
    except UnableToSample as refusal:
        raise UnableToDrawSample(str(refusal)) from None
    made = Sample(
        code=held.code,
        classification=held.classification,
        publicity=Sample.ISSUED,
        party=held.party,
        body_id=held.body_id,
        part=held,
        population=population,
        size=of.size,
        strata=of.sizes,
        listed=of.listed,
        digest=of.digest,
        confidence=asked.confidence,
        tolerable=asked.tolerable,
        accepted=asked.accepted,
        seed=asked.seed.strip(),
        taken=taken,
    )
    made.drawn = drawn_again(made.seed, of.strata, sum(taken.values())) if of.strata else ""
    return made


def _check(held: Part, asked: Asked, by: Acting) -> None:
    row = held.application
    if technique_of(row).form not in SAMPLED or stage_of(row, by.day) != UNDER_WAY or held.outcome:
        raise UnableToDrawSample("A sample is drawn while an audit or an inspection is under way.")
    if not 0 < len(asked.seed.strip()) <= LONGEST_SEED:
        raise UnableToDrawSample(f"State the seed, in {LONGEST_SEED} characters at most.")
    for one in (asked.confidence, asked.tolerable):
        if not one.is_finite() or not 0 < one < HUNDRED:
            raise UnableToDrawSample("Confidence and the tolerable share lie between 0% and 100%.")
    if not 0 <= asked.accepted <= asked.of.size or not asked.of.size:
        raise UnableToDrawSample("As many may fail at most as there are, and there is something.")


def _by_place(sample: Sample, outcomes: Mapping[str, str]) -> dict[str, str]:
    """Return outcomes by the place of each among all that was drawn, from 1."""
    places = {name: str(place) for place, (_, name) in enumerate(drawn_of(sample), start=1)}
    return {places[name]: way for name, way in outcomes.items() if name in places}


def _check_seen(sample: Sample, seen: Seen) -> None:
    if bool(seen.outcomes) == bool(seen.totals):
        raise UnableToTally("Say how those that were drawn were found, or the totals: one of the two.")
    drawn = {name for _, name in drawn_of(sample)}
    if set(seen.outcomes) - drawn or set(seen.outcomes.values()) - set(OUTCOMES):
        raise UnableToTally("Say of those that were drawn whether they conform, fail or were not seen.")
    if set(seen.totals) - set(sample.strata):
        raise UnableToTally("Totals are of the strata that were sampled.")
    for one in seen.totals.values():
        if set(one) != set(PARTS) or not all(0 <= count <= MOST for count in one.values()):
            raise UnableToTally("Say how many were looked at, conform and fail, none below nothing.")
    if len(seen.note) > LONGEST:
        raise UnableToTally(f"Say more of it in {LONGEST:,} characters at most.")
