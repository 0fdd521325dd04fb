"""Which measures rest on something a rulebook states, directly or through what they are summed from."""

from collections.abc import Iterable
from typing import Any

from tallystick.rulebook.rulebook import Rulebook

EVERYWHERE = ("calendar", "time_zone")


def touched(rulebook: Rulebook, folder: str, key: str, field: str = "") -> set[str]:
    """Return the measures that rest on the thing of that key (or on one field of it).

    A figure is touched with all it rolls up into. A level and an obligation judge their own measures only.
    """
    if folder == "levels":
        return {key} & set(rulebook.measures)
    if folder == "obligations":
        return {name for name, measure in rulebook.measures.items() if measure.obligation == key}
    if folder == "code":
        return set(rulebook.measures) if field in EVERYWHERE else set()
    return _and_above(rulebook, _computed_from(rulebook, folder, key))


def _computed_from(rulebook: Rulebook, folder: str, key: str) -> list[str]:
    measures = rulebook.measures.items()
    if folder == "streams":
        return [name for name, measure in measures if key in measure.streams]
    if folder == "parameters":
        return [name for name, measure in measures if _limit(measure) == key]
    if folder == "calendars":
        return _counted_by(rulebook, key)
    return [key] if folder == "measures" else []


def _limit(measure: Any) -> str | None:
    limit = getattr(measure, "limit", None) or getattr(measure, "ageing", None)
    return limit.parameter if limit else None


def _counted_by(rulebook: Rulebook, calendar: str) -> list[str]:
    """Return the measures that count working days, if the code counts them by the calendar."""
    reached, ahead = set[str](), [rulebook.code.calendar]
    while ahead:
        key = ahead.pop()
        if key in rulebook.calendar_texts and key not in reached:
            reached.add(key)
            ahead += rulebook.calendar_texts[key].unites
    counting = {key for key, one in rulebook.parameters.items() if one.unit == "working_day"}
    return [key for key, one in rulebook.measures.items() if calendar in reached and _limit(one) in counting]


def _and_above(rulebook: Rulebook, names: Iterable[str]) -> set[str]:
    """Return the measures and everything they are summed into."""
    found: set[str] = set()
    ahead = [name for name in names if name in rulebook.measures]
    while ahead:
        name = ahead.pop()
        into = rulebook.measures[name].into
        if name not in found and into:
            ahead.append(into)
        found.add(name)
    return found
