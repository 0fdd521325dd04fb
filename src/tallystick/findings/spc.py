"""Is the change real, and can this process reach its target: an XmR chart and its verdict.

The chart draws each period's share (X) with limits from the moving ranges (mR), and the four rules of NHS
England's Making Data Count say where a cause is special. The rule set's version stands in the verdict, so
that a later rule set cannot change what was said under this one. Everything is reckoned in fractions; the
floats in the result are for drawing only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, takewhile
from typing import Literal

from tallystick.findings.rounding import HUNDRED, rounded
from tallystick.rulebook.periods import MONTHS_A_YEAR, Span

RULE_SET = "2021.1"
FEWEST_POINTS = 12
FEWEST_FOR_LIMITS = 2
# 3 / 1.128: three sigma, where 1.128 turns the mean range of two neighbours into a standard deviation.
LIMIT_FACTOR = Fraction("2.66")
RUN_LENGTH = 7
NEAR_LIMIT = Fraction(2, 3)
NEAR_WINDOW = 3
NEAR_POINTS = 2
MOST_NAMED = 3

Direction = Literal["up", "down"]
Special = Literal["", "improving", "worsening"]
Rule = Literal["outside_limits", "seven_on_one_side", "two_of_three_near_limit", "seven_rising_or_falling"]


@dataclass(frozen=True)
class SpcPoint:
    """One period of the chart; `special` is empty where only common causes show."""

    period: str
    share: float
    special: Special = ""


@dataclass(frozen=True)
class Spc:
    """The verdict of an XmR chart under a named rule set.

    `variation`: is the change real; `assurance`: can this process reach its target. `rules` names the
    special causes found at the last point, the one that decided `variation` first. Limits are shares from
    0 to 1, for drawing only.
    """

    rule_set: str
    variation: Literal["improving", "worsening", "common", "too_few"]
    assurance: Literal["passes", "fails", "hit_or_miss", "no_target", "too_few"]
    rules: tuple[str, ...] = ()
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    points: tuple[SpcPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """The centre line and the natural process limits, exact. They may lie outside 0 and 1."""

    mean: Fraction
    lower: Fraction
    upper: Fraction


def spc(
    series: Sequence[tuple[str, Fraction]],
    *,
    direction: Direction,
    target: Fraction | None,
    baseline: int | None = None,
    fewest: int = FEWEST_POINTS,
) -> Spc:
    """Return the verdict on the periods and their shares (0 to 1), oldest first.

    Periods without a share are left out by the caller. With a baseline, the limits are those of the first
    so many points; they never move by themselves, however far the process has.
    """
    if len(series) < fewest:
        few = tuple(SpcPoint(period, float(share)) for period, share in series)
        return Spc(RULE_SET, "too_few", "too_few", points=few)
    shares = [share for _, share in series]
    limits = limits_of(shares[:baseline])
    found = special_causes(shares, limits)
    specials = [_special(causes, direction) for causes in found]
    return Spc(
        rule_set=RULE_SET,
        variation=specials[-1] or "common",
        assurance=_assurance(limits, target, direction),
        rules=tuple(rule for rule, _ in found[-1]),
        mean=float(limits.mean),
        lower=float(limits.lower),
        upper=float(limits.upper),
        points=tuple(
            SpcPoint(period, float(share), special)
            for (period, share), special in zip(series, specials, strict=True)
        ),
    )


def limits_of(shares: Sequence[Fraction]) -> Limits:
    """Return the mean, and the mean less and plus 2.66 times the mean moving range.

    :raises ValueError: if there are fewer than two points, which have no range
    """
    if len(shares) < FEWEST_FOR_LIMITS:
        raise ValueError(f"Limits need {FEWEST_FOR_LIMITS} points or more, not {len(shares)}.")
    mean = sum(shares, Fraction(0)) / len(shares)
    moving = sum((abs(after - before) for before, after in pairwise(shares)), Fraction(0))
    width = LIMIT_FACTOR * moving / (len(shares) - 1)
    return Limits(mean, mean - width, mean + width)


def special_causes(shares: Sequence[Fraction], limits: Limits) -> list[list[tuple[Rule, int]]]:
    """Return, for each point, the rules it belongs to and whether each says high (1) or low (-1).

    The first rule of a point decides its colour where two disagree, as in a fall from far above.
    """
    found: list[list[tuple[Rule, int]]] = [[] for _ in shares]
    for index, share in enumerate(shares):
        if side := (share > limits.upper) - (share < limits.lower):
            found[index].append(("outside_limits", side))
    _mark(found, "seven_on_one_side", _steady([_sign(share, limits.mean) for share in shares], RUN_LENGTH))
    _mark(found, "two_of_three_near_limit", _near_limit(shares, limits))
    steps = [_sign(after, before) for before, after in pairwise(shares)]
    rising = _steady(steps, RUN_LENGTH - 1)
    _mark(found, "seven_rising_or_falling", [_either(rising, index) for index in range(len(shares))])
    return found


def _mark(found: list[list[tuple[Rule, int]]], rule: Rule, sides: Sequence[int]) -> None:
    for causes, side in zip(found, sides, strict=True):
        if side:
            causes.append((rule, side))


def _steady(signs: Sequence[int], length: int) -> list[int]:
    """Return the signs that stand in a run of equal signs of at least the length, and 0 elsewhere."""
    kept = [0] * len(signs)
    start = 0
    for index in range(1, len(signs) + 1):
        if index == len(signs) or signs[index] != signs[start]:
            if index - start >= length:
                kept[start:index] = signs[start:index]
            start = index
    return kept


def _either(steps: Sequence[int], index: int) -> int:
    """Return the sign of the steady step into the point, or out of it."""
    into = steps[index - 1] if index else 0
    return into or (steps[index] if index < len(steps) else 0)


def _near_limit(shares: Sequence[Fraction], limits: Limits) -> list[int]:
    """Return the side of each point beyond two sigma that has another such among three neighbours."""
    edge = NEAR_LIMIT * (limits.upper - limits.mean)
    near = [(share > limits.mean + edge) - (share < limits.mean - edge) for share in shares]
    kept = [0] * len(shares)
    for first in range(len(shares) - NEAR_WINDOW + 1):
        window = range(first, first + NEAR_WINDOW)
        for side in (1, -1):
            beyond = [index for index in window if near[index] == side]
            if len(beyond) >= NEAR_POINTS:
                for index in beyond:
                    kept[index] = side
    return kept


def _special(causes: Sequence[tuple[Rule, int]], direction: Direction) -> Special:
    if not causes:
        return ""
    return "improving" if (causes[0][1] > 0) == (direction == "up") else "worsening"


def _assurance(
    limits: Limits, target: Fraction | None, direction: Direction
) -> Literal["passes", "fails", "hit_or_miss", "no_target"]:
    """Compare the limits with the target; a share equal to the target reaches it."""
    if target is None:
        return "no_target"
    up = direction == "up"
    if limits.lower >= target if up else limits.upper <= target:
        return "passes"
    if limits.upper < target if up else limits.lower > target:
        return "fails"
    return "hit_or_miss"


def _sign(one: Fraction | int, other: Fraction | int) -> int:
    return (one > other) - (one < other)


def verdict_in_words(spc: Spc, target: Decimal | None, period: str, direction: Direction = "up") -> str:
    """Return two sentences: is the change real, and can this process reach the target (a percentage).

    `period` is the one the reader looks at: other periods of its year are named without the year.
    """
    if spc.variation == "too_few" or not spc.points:
        return f"It is too early to tell: {_counted(len(spc.points))} known, and more are needed."
    return f"{_is_it_real(spc, period, direction)} {_can_it_reach(spc, target, period)}"


def _is_it_real(spc: Spc, period: str, direction: Direction) -> str:
    first, last = spc.points[0].period, spc.points[-1].period
    if spc.variation == "common":
        return (
            f"No: since {_named(first, period)} it has moved as this process always does, "
            f"between {_limit(spc.lower)} and {_limit(spc.upper)}."
        )
    improving = spc.variation == "improving"
    high = improving == (direction == "up")
    verb = "improved" if improving else "worsened"
    return f"Yes, it has {verb}: {_because(spc, last, period, high=high)}."


def _because(spc: Spc, last: str, period: str, *, high: bool) -> str:
    side, edge = ("above", spc.upper) if high else ("below", spc.lower)
    limit = f"the {'upper' if high else 'lower'} limit of {_limit(edge)}"
    shares = [point.share if high else -point.share for point in reversed(spc.points)]
    rule = spc.rules[0]
    if rule == "seven_rising_or_falling":
        steps = len(list(takewhile(lambda pair: pair[0] > pair[1], pairwise(shares))))
        return f"it has {'risen' if high else 'fallen'} {steps} times in a row up to {_named(last, period)}"
    if rule == "two_of_three_near_limit":
        return f"two of the last three periods, up to {_named(last, period)}, lie near {limit}"
    centre = spc.mean if rule == "seven_on_one_side" else edge
    line = (centre or 0.0) if high else -(centre or 0.0)
    beyond = max(1, len(list(takewhile(lambda share: share > line, shares))))
    names = [_named(point.period, period) for point in spc.points[-beyond:]]
    what = f"the mean of {_limit(spc.mean)}" if rule == "seven_on_one_side" else limit
    return f"{_listed(names)} {'lies' if beyond == 1 else 'lie'} {side} {what}"


def _can_it_reach(spc: Spc, target: Decimal | None, period: str) -> str:
    if target is None or spc.assurance == "no_target":
        return "There is no target to compare it with."
    process, wanted = f"on {_named(spc.points[-1].period, period)}'s process", f"{_plain(target)}%"
    if spc.assurance == "passes":
        return f"It is enough: {process}, {wanted} is reached every time unless something changes."
    if spc.assurance == "fails":
        yet = " yet" if spc.variation == "improving" else ""
        return f"It is not{yet} enough: {process}, {wanted} stays out of reach without a further change."
    return f"It is not certain: {process}, {wanted} is reached at times and missed at others."


def _named(period: str, beside: str) -> str:
    """Return July for 2021-07 beside a period of 2021, and July 2020 for one of another year."""
    span = Span.parse(period)
    same_year = span.first.year == Span.parse(beside).first.year and span.months < MONTHS_A_YEAR
    return span.words.removesuffix(f" {span.first.year}") if same_year else span.words


def _listed(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMED:
        return f"the last {len(names)} periods, {names[0]} to {names[-1]},"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _counted(points: int) -> str:
    return "1 period is" if points == 1 else f"{points} periods are"


def _limit(limit: float | None) -> str:
    return f"{rounded(Fraction(limit or 0) * HUNDRED, 2)}%"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
