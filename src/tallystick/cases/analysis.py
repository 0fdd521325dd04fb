"""What many cases tell together: their age, how long stages take, what comes back, what was sanctioned.

Reckoned from plain rows. Whatever is counted keeps the references it counts, so that each number leads to
its cases and each share shows both of its sides.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

# Working days that a case is open, by the name under which a list asks for them.
BANDS = (
    ("young", "20 WD or less", 0, 20),
    ("older", "21 to 60 WD", 21, 60),
    ("old", "More than 60 WD", 61, 10**6),
)
SANCTIONS = ("published", "constrained", "material_breach", "referred")
QUARTER, HALF, THREE_QUARTERS = Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)
Days = Callable[[dt.date, dt.date], int]
References = tuple[str, ...]


@dataclass(frozen=True)
class Stay:
    """That a case stood in a stage from a day; until it left on a day, or still."""

    stage: str
    entered_on: dt.date
    left_on: dt.date | None


@dataclass(frozen=True)
class Row:
    """A case as it is counted. `ended` is the stage that it ended in, empty while it is open.

    `stays` are those of its main track; `rungs` the stages of the ladder that it was ever in. `repeats` is
    the reference of the earlier case, where that is counted too.
    """

    reference: str
    opened_on: dt.date
    stage: str
    ended: str = ""
    area: str = ""
    repeats: str = ""
    cause: str = ""
    stays: tuple[Stay, ...] = ()
    rungs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Counted:
    """A share of cases with both of its sides."""

    numerator: References
    denominator: References

    @property
    def share(self) -> Fraction | None:
        """Return the share, or nothing where there is nothing to take a share of."""
        return Fraction(len(self.numerator), len(self.denominator)) if self.denominator else None


@dataclass(frozen=True)
class Aged:
    """The open cases of a stage by how long they are open, and the oldest of them with its working days."""

    stage: str
    bands: tuple[References, ...]
    oldest: str
    working_days: int

    @property
    def cases(self) -> References:
        return tuple(one for band in self.bands for one in band)


@dataclass(frozen=True)
class Taken:
    """How long stays in a stage took, in working days.

    `left` are the cases of stays that ended, `still` of those that have not: each counts for as long as it
    has lasted. A quartile is the day by which that part had left; none where too few have. `longest` is of
    either.
    """

    stage: str
    left: References
    still: References
    lower: int | None
    median: int | None
    upper: int | None
    longest: int
    longest_of: str
    longest_is_open: bool


@dataclass(frozen=True)
class Repeated:
    """Of the closed cases, those that a later one repeats; `again` are the later ones."""

    area: str
    counted: Counted
    again: References


@dataclass(frozen=True)
class Sanctioned:
    """The sanctions on cases with one kind of cause, each with its case; `cases` are all of them."""

    cause: str
    sanctions: tuple[tuple[str, str], ...]
    cases: References

    @property
    def references(self) -> References:
        return tuple(dict.fromkeys(reference for reference, _ in self.sanctions))


def ageing(rows: Iterable[Row], on: dt.date, days: Days) -> list[Aged]:
    """Return the open cases by stage and by band of working days since they were opened."""
    of_stage: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in rows:
        if not one.ended:
            of_stage[one.stage].append((days(one.opened_on, max(one.opened_on, on)), one.reference))
    return [_aged(stage, found) for stage, found in of_stage.items()]


def _aged(stage: str, found: Sequence[tuple[int, str]]) -> Aged:
    age, oldest = min(found, key=lambda one: (-one[0], one[1]))
    bands = tuple(
        tuple(reference for days, reference in found if least <= days <= most) for _, _, least, most in BANDS
    )
    return Aged(stage, bands, oldest, age)


def stage_times(rows: Iterable[Row], on: dt.date, days: Days) -> list[Taken]:
    """Return how long the stages of cases took; those that cases end in take no time."""
    of_stage: dict[str, list[tuple[int, bool, str]]] = defaultdict(list)
    for one in rows:
        for stay in one.stays:
            if stay.left_on is None and one.ended:
                continue
            until = stay.left_on or max(stay.entered_on, on)
            of_stage[stay.stage].append(
                (days(stay.entered_on, until), stay.left_on is not None, one.reference)
            )
    return [_taken(stage, found) for stage, found in of_stage.items()]


def _taken(stage: str, found: Sequence[tuple[int, bool, str]]) -> Taken:
    lasted = [(took, has_left) for took, has_left, _ in found]
    longest, has_left, reference = min(found, key=lambda one: (-one[0], one[1], one[2]))
    return Taken(
        stage=stage,
        left=tuple(one for _, gone, one in found if gone),
        still=tuple(one for _, gone, one in found if not gone),
        lower=gone_by(lasted, QUARTER),
        median=gone_by(lasted, HALF),
        upper=gone_by(lasted, THREE_QUARTERS),
        longest=longest,
        longest_of=reference,
        longest_is_open=not has_left,
    )


def gone_by(lasted: Iterable[tuple[int, bool]], part: Fraction) -> int | None:
    """Return the first day by which at least a part had left, by Kaplan and Meier's estimate, exactly.

    What has not left yet counts among those who could have, for as long as it has lasted. Where all have
    left it is the plain quantile. None where too few have left for the part to be known.

    :param lasted: how many days each lasted, and whether it then left
    """
    told = sorted(lasted)
    remaining = Fraction(1)
    for day in sorted({took for took, has_left in told if has_left}):
        could = sum(took >= day for took, _ in told)
        gone = sum(took == day and has_left for took, has_left in told)
        remaining *= 1 - Fraction(gone, could)
        if 1 - remaining >= part:
            return day
    return None


def repeats(rows: Sequence[Row], closed: str) -> list[Repeated]:
    """Return, for all areas together under an empty name and then by area, the closed cases that came back.

    :param closed: the stage that cases end in which were not withdrawn
    """
    ended = [one for one in rows if one.ended == closed]
    again = [one for one in rows if one.repeats]
    areas = sorted({one.area for one in ended if one.area})
    return [_repeated("", ended, again)] + [
        _repeated(area, [one for one in ended if one.area == area], again) for area in areas
    ]


def _repeated(area: str, ended: Sequence[Row], again: Sequence[Row]) -> Repeated:
    known = {one.reference for one in ended}
    later = [one for one in again if one.repeats in known]
    came_back = {one.repeats for one in later}
    counted = Counted(
        tuple(one.reference for one in ended if one.reference in came_back),
        tuple(one.reference for one in ended),
    )
    return Repeated(area, counted, tuple(one.reference for one in later))


def sanctions(rows: Iterable[Row], causes: Iterable[str]) -> list[Sanctioned]:
    """Return the sanctions by kind of cause: those that are named, in their order, then others, then none.

    One case has each sanction once, however often it came to that stage.
    """
    of_cause: dict[str, list[Row]] = defaultdict(list)
    for one in rows:
        of_cause[one.cause].append(one)
    known = list(causes)
    order = [*known, *sorted(set(of_cause) - set(known) - {""}), *([""] if "" in of_cause else [])]
    return [
        Sanctioned(
            cause,
            tuple(
                (one.reference, rung) for one in of_cause[cause] for rung in SANCTIONS if rung in one.rungs
            ),
            tuple(one.reference for one in of_cause[cause]),
        )
        for cause in order
    ]


def sanctioned_in_all(found: Iterable[Sanctioned]) -> int:
    """Return how many sanctions there are whatever their cause: what each cause has a share of."""
    return sum(len(one.sanctions) for one in found)
