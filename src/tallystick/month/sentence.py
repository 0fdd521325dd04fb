"""The month in a sentence that a chair could read aloud, and what to know of it before using a figure."""

from collections import Counter
from collections.abc import Sequence

from tallystick.findings.grades import SHORT
from tallystick.month import wording
from tallystick.month.assessment import Figure
from tallystick.rulebook.periods import Span

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def sentence(month: Span, wholes: Sequence[Figure]) -> str:
    """Return how many measures met target, where the code's own stand, and what was not reported."""
    judged = [one for one in wholes if one.reportable and one.state not in {"no_level", "withheld"}]
    states = Counter(one.state for one in judged)
    figured = len(judged) - states["not_reported"]
    if not figured:
        return f"No measure has a figure for {month.words}."
    met = "No measure with a figure" if not states["met"] else _of(states["met"], figured)
    said = [f"{met} met target in {month.words}."]
    said += [_stands(one) for one in judged if one.kind == "roll_up" and one.state in SHORT and one.share]
    worst = _worst(judged)
    if worst is not None:
        said.append(f"{worst.measure}, at {worst.share}%, lies furthest below its level.")
    if states["not_reported"]:
        verb = "was" if states["not_reported"] == 1 else "were"
        said.append(f"{_count(states['not_reported']).capitalize()} of {len(judged)} {verb} not reported.")
    return " ".join(said)


def notes(known_on: str, wholes: Sequence[Figure]) -> tuple[str, ...]:
    """Return what is not counted, or not shown, in the figures of a month as known on a day."""
    held, left_out = sum(one.held for one in wholes), sum(one.excluded for one in wholes)
    still_open = sum(one.open for one in wholes)
    hidden = [one.measure for one in wholes if one.state == "withheld"]
    said = []
    if held:
        said.append(
            f"{held:,} rows could not be judged: their limit has no entry, or their start is not given."
        )
    if left_out:
        said.append(f"{left_out:,} rows left both sides under an exception.")
    if still_open:
        day = wording.day(known_on)
        said.append(f"{still_open:,} events are still open on {day}: unanswered, within their limit.")
    if hidden:
        said.append(f"{', '.join(hidden)}: {wording.WITHHELD[0].lower()}{wording.WITHHELD[1:]}")
    return tuple(said)


def _stands(figure: Figure) -> str:
    where = "above minimum and below target" if figure.state == "below_target" else "below minimum"
    since = f" since {Span.parse(figure.run.since).words}" if figure.run and figure.run.periods > 1 else ""
    return f"{figure.measure} is {figure.share}%, {where}{since}."


def _worst(judged: Sequence[Figure]) -> Figure | None:
    short = [one for one in judged if one.state in SHORT and one.kind != "roll_up" and one.share]
    return max((one for one in short if one.target is not None), key=_distance, default=None)


def _distance(figure: Figure) -> float:
    return abs(float(figure.target or 0) - float((figure.share or "0").rstrip("% ")))


def _of(part: int, whole: int) -> str:
    if part == whole:
        every = "The only measure" if whole == 1 else f"All {_count(whole)} measures"
        return f"{every} with a figure"
    return f"{_count(part).capitalize()} of {_count(whole)} measures with a figure"


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
