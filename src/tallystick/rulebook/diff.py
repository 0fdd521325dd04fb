"""What changes between two editions of a rulebook, from when, and which measures it touches.

Values are dated, so a change of one touches only the periods in which it is in force. Both editions are
asked what they state for every stretch of days between two dates, and where they differ that is a change:
a date moved by a week is a change of that week. What is not dated holds for all periods.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.touched import touched

ONE_DAY = dt.timedelta(days=1)
ALL = "all periods"
NOTHING = "nothing"
EMPTY: tuple[Any, ...] = (None, "", (), {}, [])
DATED = ("values", "enforcement", "seats")
OF_MEASURES = ("parameters", "streams", "measures", "levels", "obligations")
OF_ASSURANCE = ("scoring", "risks", "techniques", "charges")
FOLDERS = (
    *("code", "clauses", "calendars", *OF_MEASURES, "bodies", "voting", "processes", *OF_ASSURANCE),
    "handling",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. `before` and `after` are in words, and empty where a whole file came or went.

    `since` is the first day it touches and `until` the day after the last; None is without end. `measures`
    are those that rest on what changed, and what these roll up into.
    """

    folder: str
    key: str
    what: Literal["added", "removed", "changed"]
    field: str = ""
    before: str = ""
    after: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    periods: str = ALL
    measures: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = f"{self.field} was {self.before}, is {self.after}" if self.field else self.what
        touches = f"; touches {', '.join(self.measures)}" if self.measures else ""
        return f"{self.folder} {self.key}: {said} ({self.periods}){touches}"


def diff(old: Rulebook, new: Rulebook) -> tuple[Change, ...]:
    """Return every change from the old edition to the new, by folder, key, day and field."""
    before, after = _stated(old), _stated(new)
    found: list[Change] = []
    for folder in FOLDERS:
        for key in sorted({*before[folder], *after[folder]}):
            changes = list(_of_one(folder, key, before[folder].get(key), after[folder].get(key)))
            found += [_with_measures(change, old, new) for change in _in_order(changes)]
    return tuple(found)


def _with_measures(change: Change, *books: Rulebook) -> Change:
    found = {one for book in books for one in touched(book, change.folder, change.key, change.field)}
    return replace(change, measures=tuple(sorted(found)))


def _in_order(changes: list[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.since or dt.date.min, change.field))


def _stated(rulebook: Rulebook) -> dict[str, dict[str, dict[str, Any]]]:
    """Return everything the rulebook states, by folder and key, as plain values."""
    folders: dict[str, Mapping[str, Any]] = {
        "code": {rulebook.code.key: rulebook.code},
        "clauses": rulebook.clauses,
        "calendars": rulebook.calendar_texts,
        "parameters": rulebook.parameters,
        "streams": rulebook.streams,
        "measures": rulebook.measures,
        "levels": rulebook.levels,
        "obligations": rulebook.obligations,
        "bodies": rulebook.bodies,
        "voting": rulebook.voting,
        "processes": rulebook.processes,
        "scoring": rulebook.scoring,
        "risks": rulebook.risks,
        "techniques": rulebook.techniques,
        "charges": rulebook.charges,
        "handling": rulebook.handling.definitions(),
    }
    return {
        folder: {key: one.model_dump(by_alias=True) for key, one in definitions.items()}
        for folder, definitions in folders.items()
    }


def _of_one(
    folder: str, key: str, old: dict[str, Any] | None, new: dict[str, Any] | None
) -> Iterator[Change]:
    if old is None or new is None:
        dates = [day for dated in DATED for day in (old or new or {}).get(dated, {})]
        since = min(dates, default=None) if "values" in (old or new or {}) else None
        what: Literal["added", "removed"] = "added" if old is None else "removed"
        yield Change(folder, key, what, since=since, periods=_periods(since, None))
        return
    for field in sorted({*old, *new}):
        before, after = old.get(field), new.get(field)
        if before == after:
            continue
        change = Change(folder, key, "changed", field, _words(before), _words(after))
        if field in DATED:
            yield from _dated(change, before or {}, after or {})
        elif field == "days_off":
            yield from _days_off(change, before or {}, after or {})
        elif (folder, field) == ("obligations", "until"):
            yield _sunset(change, before, after)
        else:
            yield from _fields(change, before, after)


def _dated(change: Change, old: dict[dt.date, Any], new: dict[dt.date, Any]) -> Iterator[Change]:
    """Yield what differs in each stretch of days between two dates of either edition."""
    dates = sorted({*old, *new})
    found: list[Change] = []
    for since, until in zip(dates, [*dates[1:], None], strict=True):
        before, after = _in_force(old, since), _in_force(new, since)
        stretch = replace(change, since=since, until=until)
        found += _fields(replace(stretch, field=""), before, after)
    if not found:  # a value written again from a later day: another text, and the same in every period
        yield replace(change, periods="no period")
    yield from (replace(one, periods=_periods(one.since, one.until)) for one in _joined(found))


def _joined(changes: list[Change]) -> Iterator[Change]:
    """Join the same change of one stretch and the next."""
    ordered = sorted(changes, key=lambda one: (one.field, one.since or dt.date.min))
    kept: Change | None = None
    for one in ordered:
        if kept and replace(one, since=kept.since, until=kept.until) == kept and one.since == kept.until:
            kept = replace(kept, until=one.until)
            continue
        if kept:
            yield kept
        kept = one
    if kept:
        yield kept


def _days_off(change: Change, old: dict[dt.date, str], new: dict[dt.date, str]) -> Iterator[Change]:
    for day in sorted({*old, *new}):
        before, after = old.get(day), new.get(day)
        if before != after:
            counted = f"what is counted across {day.day} {Span.month_of(day).words}"
            yield replace(
                change,
                field=f"days_off.{day}",
                before=_words(before),
                after=_words(after),
                since=day,
                until=day + ONE_DAY,
                periods="no period" if before and after else counted,
            )


def _sunset(change: Change, old: dt.date | None, new: dt.date | None) -> Change:
    """Return the change of an obligation's last day: it touches the days that one edition has more."""
    ends = sorted(day + ONE_DAY for day in (old, new) if day)
    since, until = ends[0], ends[1] if len(ends) > 1 else None
    return replace(change, since=since, until=until, periods=_periods(since, until))


def _fields(change: Change, old: Any, new: Any) -> Iterator[Change]:
    """Yield what differs inside two values: field by field, and entry by entry of a table."""
    old, new = _keyed(old), _keyed(new)
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        for name in sorted({*old, *new}, key=str):
            inner = f"{change.field}.{name}" if change.field else str(name)
            yield from _fields(replace(change, field=inner), old.get(name), new.get(name))
    else:
        yield replace(change, field=change.field or "value", before=_words(old), after=_words(new))


def _keyed(value: Any) -> Any:
    """Return the entries of a table under their key, and anything else as it is."""
    table = isinstance(value, tuple | list) and value and all(isinstance(one, dict) for one in value)
    if not table or not all(set(entry) == {"key", "value"} for entry in value):
        return value
    return {" ".join(str(part) for part in entry["key"].values()): entry["value"] for entry in value}


def _in_force(values: dict[dt.date, Any], day: dt.date) -> Any:
    started = [start for start in values if start <= day]
    return values[max(started)] if started else None


def _periods(since: dt.date | None, until: dt.date | None) -> str:
    """Return the months from the first day's to the last day's, in words."""
    if since is None:
        return ALL if until is None else f"before {Span.month_of(until).words}"
    first = Span.month_of(since)
    if until is None:
        return f"from {first.words}"
    last = Span.month_of(until - ONE_DAY)
    return f"in {first.words}" if first == last else f"from {first.words} to {last.words}"


def _words(value: Any) -> str:
    """Return a value as a sentence says it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return (
            ", ".join(
                f"{name} {_words(_keyed(inner))}" for name, inner in value.items() if inner not in EMPTY
            )
            or NOTHING
        )
    if isinstance(value, tuple | list):
        return ", ".join(_words(one) for one in value) or NOTHING
    return NOTHING if value is None or value == "" else str(value)
