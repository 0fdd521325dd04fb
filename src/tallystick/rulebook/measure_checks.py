"""Checks of measures against the streams, parameters and obligations they name."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tallystick.rulebook.drafts import Draft, Drafts
from tallystick.rulebook.measures import (
    Availability,
    FollowsWithin,
    Limit,
    Matches,
    NoOverlap,
    RollForward,
    RollUp,
    Share,
    ShareWithin,
    Where,
)
from tallystick.rulebook.naming import known_by, unknown
from tallystick.rulebook.problems import Problem, nearest
from tallystick.rulebook.streams import Stream

TIMES = frozenset({"instant", "day"})
DURATIONS = frozenset({"second", "minute", "hour", "day", "working_day"})


def measures_have_an_obligation(drafts: Drafts) -> Iterator[Problem]:
    """Check that every measure names its obligation."""
    known = {draft.name for draft in drafts.obligations}
    for draft in drafts.measures:
        if draft.definition and draft.definition.obligation not in known:
            yield unknown(draft, ("obligation",), "obligation", draft.definition.obligation, known)


def roll_ups_have_parts(drafts: Drafts) -> Iterator[Problem]:
    """Check that `into` names a roll-up, that every roll-up has parts, and that none holds itself."""
    measures = known_by(drafts.measures)
    names = {draft.name for draft in drafts.measures}
    ups = {key for key, measure in measures.items() if isinstance(measure, RollUp)}
    for draft in drafts.measures:
        into = draft.definition.into if draft.definition else None
        if into and into not in names:
            yield unknown(draft, ("into",), "measure", into, names)
        elif into and into in measures and into not in ups:
            remedy = f"Use one of {', '.join(sorted(ups))}." if ups else "Write kind: roll_up in its file."
            yield draft.text.problem(("into",), f"{into!r} is no roll-up", remedy)
        elif into and _circles(draft.name, measures):
            yield draft.text.problem(("into",), "the roll-ups go in a circle", "Break it here.")
        if draft.name in ups and not any(one.into == draft.name for one in measures.values()):
            yield draft.text.problem(("kind",), "no measure names this one in `into`", "Add its parts.")


def _circles(key: str, measures: Mapping[str, Any]) -> bool:
    seen: set[str] = set()
    at: str | None = key
    while at and at not in seen:
        seen.add(at)
        at = measures[at].into if at in measures else None
    return at is not None


def columns_exist(drafts: Drafts) -> Iterator[Problem]:
    """Check that every stream and column a measure reads exists."""
    streams, names = known_by(drafts.streams), {draft.name for draft in drafts.streams}
    for draft in drafts.measures:
        columns_of = draft.definition.columns if draft.definition else {}
        for stream in draft.definition.streams if draft.definition else ():
            columns = columns_of.get(stream, set())
            if stream not in names:
                yield unknown(draft, _place(draft, stream), "stream", stream, names)
            elif stream in streams:
                known = streams[stream].columns
                for column in sorted(set(columns) - set(known)):
                    place = _place(draft, column)
                    what = f"the stream {stream!r} has no column {column!r}"
                    remedy = f"Use one of {', '.join(known)}."
                    yield draft.text.problem(place, what, remedy, nearest(column, known))


def _place(draft: Draft[Any], name: str) -> tuple[str | int, ...]:
    """Return where in the text the name stands, to point there."""

    def search(value: Any, path: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
        pairs: Any = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs if isinstance(value, dict | list) else ():
            if name in (inner, key):
                return (*path, key)
            found = search(inner, (*path, key))
            if found:
                return found
        return None

    return search(draft.text.value, ()) or ()


def conditions_can_hold(drafts: Drafts) -> Iterator[Problem]:
    """Check that a condition on an enum names its values, and that bounds stand on counts."""
    streams = known_by(drafts.streams)
    for draft in drafts.measures:
        for path, stream, where in _wheres(draft.definition):
            if stream in streams:
                yield from _impossible(draft, path, streams[stream], where)


def _wheres(measure: Any) -> Iterator[tuple[tuple[str, ...], str, Where]]:
    if measure is None or not measure.streams:
        return
    if hasattr(measure, "where"):
        yield ("where",), measure.stream, measure.where
    if isinstance(measure, Share):
        yield ("numerator", "where"), measure.stream, measure.numerator.where
        yield ("denominator", "where"), measure.stream, measure.denominator.where
    if isinstance(measure, FollowsWithin):
        yield ("response", "where"), measure.response.stream, measure.response.where
    if isinstance(measure, Availability):
        yield ("less", "where"), measure.stream, measure.less.where
    for side in ("actual", "forecast"):
        if hasattr(measure, side):
            yield (side, "where"), getattr(measure, side).stream, getattr(measure, side).where


def _impossible(draft: Draft[Any], path: tuple[str, ...], stream: Stream, where: Where) -> Iterator[Problem]:
    for name, condition in where.items():
        column = stream.columns.get(name)
        if column is None:
            continue
        here = (*path, name)
        if isinstance(condition, tuple):
            for index, word in enumerate(condition):
                if column.type == "enum" and word not in column.values:
                    what = f"{name} is never {word!r}"
                    remedy = f"Use one of {', '.join(column.values)}."
                    yield draft.text.problem((*here, index), what, remedy, nearest(word, column.values))
            if column.type not in ("enum", "text"):
                what = f"the column {name!r} of type {column.type} cannot be compared with a list"
                yield draft.text.problem(here, what, "Use an enum or a text column.")
        elif column.type != "count":
            what = f"the column {name!r} of type {column.type} has no least or most"
            yield draft.text.problem(here, what, "Use a list of labels, or a count column.")


def times_are_times(drafts: Drafts) -> Iterator[Problem]:
    """Check that what a measure counts time from and to are instants or days of the stream."""
    streams = known_by(drafts.streams)
    for draft in drafts.measures:
        for path, stream, name in _times(draft.definition):
            column = streams[stream].columns.get(name) if stream in streams else None
            if column is not None and column.type not in TIMES:
                what = f"the column {name!r} is of type {column.type}"
                yield draft.text.problem(path, what, "Use an instant or a day.")


def _times(measure: Any) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if hasattr(measure, "at"):
        yield ("at",), measure.stream, measure.at
    if isinstance(measure, ShareWithin | Availability):
        yield ("from",), measure.stream, measure.from_
        yield ("to",), measure.stream, measure.to
    if isinstance(measure, NoOverlap):
        yield ("from",), measure.stream, measure.from_
        yield ("until",), measure.stream, measure.until
    if isinstance(measure, FollowsWithin):
        yield ("response", "at"), measure.response.stream, measure.response.at
    if isinstance(measure, RollForward):
        yield ("opened",), measure.stream, measure.opened
        yield ("resolved",), measure.stream, measure.resolved
    if isinstance(measure, Matches):
        yield ("register", "from"), measure.register_.stream, measure.register_.from_
        yield ("register", "until"), measure.register_.stream, measure.register_.until


def limits_are_parameters(drafts: Drafts) -> Iterator[Problem]:
    """Check that every limit is a parameter of time, keyed by the same columns."""
    parameters, names = known_by(drafts.parameters), {draft.name for draft in drafts.parameters}
    for draft in drafts.measures:
        key = "ageing" if isinstance(draft.definition, RollForward) else "limit"
        limit = getattr(draft.definition, key, None)
        if not isinstance(limit, Limit):
            continue
        path = (key, "parameter")
        if limit.parameter not in names:
            yield unknown(draft, path, "parameter", limit.parameter, names)
            continue
        parameter = parameters.get(limit.parameter)
        if parameter and parameter.unit not in DURATIONS:
            what = f"the parameter {limit.parameter!r} is in {parameter.unit}, which is no time"
            yield draft.text.problem(path, what, f"Use one in {', '.join(sorted(DURATIONS))}.")
        if parameter and set(parameter.by) != set(limit.by):
            what = f"the parameter {limit.parameter!r} is keyed by {', '.join(parameter.by) or 'nothing'}"
            yield draft.text.problem(path, what, f"Write by: [{', '.join(parameter.by)}].")


CHECKS: tuple[Callable[[Drafts], Iterator[Problem]], ...] = (
    measures_have_an_obligation,
    roll_ups_have_parts,
    columns_exist,
    conditions_can_hold,
    times_are_times,
    limits_are_parameters,
)
