"""What a sample tells: how much was looked at, the rate that fails, what does not add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallystick.assessments.models import Sample, Tally
from tallystick.assessments.sampling.drawing import Wanted, adds_up, drawn, size, split
from tallystick.assessments.sampling.intervals import Rate, rate

CONFORMS, FAILS, NOT_SEEN = "conforms", "fails", "not_seen"
OUTCOMES = {CONFORMS: "Conforms", FAILS: "Fails", NOT_SEEN: "Not seen"}
PARTS = ("looked", "conform", "fail")
HUNDRED = 100


@dataclass(frozen=True)
class Stratum:
    """A stratum with how many there are, are to be looked at, were, and how they were."""

    name: str
    size: int
    taken: int
    looked: int
    conform: int
    fail: int

    @property
    def mismatch(self) -> str:
        """Return in words what does not add up of it, or nothing."""
        parts = adds_up(self.looked, (self.conform, self.fail))
        if parts is not None:
            whole, of = parts.parts, self.looked
            share = f" ({HUNDRED * whole / of:.1f}%)" if of else ""
            return f"{self.conform:,} conform and {self.fail:,} fail: {whole:,} of {of:,} looked at{share}"
        if self.looked > self.size:
            return f"{self.looked:,} were looked at of {self.size:,} that there are"
        return ""


@dataclass(frozen=True)
class Told:
    """What is known of a sample so far; `rate` is of all strata together, none where it does not add up."""

    strata: tuple[Stratum, ...]
    waiting: int
    rate: Rate | None
    accepted: int
    tolerable: Decimal

    @property
    def mismatches(self) -> list[tuple[str, str]]:
        return [(one.name, one.mismatch) for one in self.strata if one.mismatch]

    @property
    def looked(self) -> int:
        return sum(one.looked for one in self.strata)

    @property
    def fail(self) -> int:
        return sum(one.fail for one in self.strata)

    @property
    def is_whole(self) -> bool:
        """Tell whether all of it was looked at and adds up, so that something can be concluded."""
        return self.waiting == 0 and self.rate is not None

    @property
    def says(self) -> str:
        """Return in words what can be concluded, so far."""
        if self.mismatches:
            return "The totals do not add up: nothing can be concluded until they are mended."
        if self.waiting or self.rate is None:
            return f"{self.waiting:,} of the sample wait to be looked at."
        share = f"{self.tolerable.normalize():f}%"
        if self.fail <= self.accepted:
            return f"No more than {share} fails, with the confidence that the sample was drawn for."
        return f"It cannot be assured that no more than {share} fails."


def drawn_again(seed: str, strata: Mapping[str, Sequence[str]], taken: int) -> str:
    """Draw so many of what was listed, as a sample keeps them: the same seed gives the same."""
    found = drawn(seed, strata, taken)
    return "\n".join(f"{stratum}\t{name}" for stratum in sorted(found) for name in found[stratum])


def drawn_of(sample: Sample) -> list[tuple[str, str]]:
    """Return what was drawn, each by its stratum and its name; nothing where that was ordered away."""
    lines = (line.partition("\t") for line in sample.drawn.split("\n"))
    return [(stratum, name) for stratum, mark, name in lines if mark]


def sizes(
    confidence: Decimal, tolerable: Decimal, accepted: int, strata: Mapping[str, int]
) -> dict[str, int]:
    """Return how many are to be looked at of each stratum.

    :param confidence: in per cent, as is the tolerable share
    :raises UnableToSample: if they cannot be
    """
    wanted = Wanted(Fraction(confidence) / HUNDRED, Fraction(tolerable) / HUNDRED, accepted)
    return split(size(wanted, sum(strata.values())), strata)


def outcomes_of(tallies: Sequence[Tally]) -> dict[int, str]:
    """Return how each that was drawn was found, by its place from 1; the latest counts."""
    found: dict[str, str] = {}
    for one in sorted(tallies, key=lambda one: one.number):
        found |= one.outcomes
    return {int(place): way for place, way in found.items()}


def told(sample: Sample, tallies: Sequence[Tally]) -> Told:
    """Return what a sample tells by what was found in it so far."""
    found = outcomes_of(tallies)
    totals: dict[str, dict[str, int]] = {}
    for one in sorted(tallies, key=lambda one: one.number):
        totals |= one.totals
    strata, first = [], 1
    for name in sorted(sample.strata):
        places = range(first, first + sample.taken[name])
        strata.append(_stratum(sample, name, [found.get(one) for one in places], totals.get(name)))
        first = places.stop
    looked, fail = sum(one.looked for one in strata), sum(one.fail for one in strata)
    confidence = float(sample.confidence) / HUNDRED
    is_known = looked > 0 and not any(one.mismatch for one in strata)
    return Told(
        tuple(strata),
        sum(max(one.taken - one.looked, 0) for one in strata),
        rate(fail, looked, confidence) if is_known else None,
        sample.accepted,
        sample.tolerable,
    )


def _stratum(
    sample: Sample, name: str, ways: Sequence[str | None], totals: Mapping[str, int] | None
) -> Stratum:
    conform, fail = ways.count(CONFORMS), ways.count(FAILS)
    counts = [conform + fail, conform, fail] if totals is None else [totals[part] for part in PARTS]
    return Stratum(name, sample.strata[name], sample.taken[name], *counts)
