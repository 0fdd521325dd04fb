"""Checks that need the whole rulebook. Each takes the drafts and yields problems."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from tallystick.rulebook import assurance_checks, measure_checks, process_checks, voting_checks
from tallystick.rulebook.drafts import Draft, Drafts
from tallystick.rulebook.due import Due
from tallystick.rulebook.naming import known_by, unknown
from tallystick.rulebook.problems import Problem


def clauses_are_listed(drafts: Drafts) -> Iterator[Problem]:
    """Check that every clause a definition names stands in `clauses/`."""
    known = {draft.name for draft in drafts.clauses}
    for draft in drafts:
        for index, clause in enumerate(getattr(draft.definition, "clause", None) or ()):
            if isinstance(draft.definition.clause, tuple) and clause not in known:  # type: ignore[union-attr]
                yield unknown(draft, ("clause", index), "clause", clause, known)


def levels_cite_listed_clauses(drafts: Drafts) -> Iterator[Problem]:
    """Check the clauses that single levels cite."""
    known = {draft.name for draft in drafts.clauses}
    for draft in drafts.levels:
        for day, level in (draft.definition.values if draft.definition else {}).items():
            for index, clause in enumerate(level.clause or ()):
                if clause not in known:
                    yield unknown(draft, ("values", str(day), "clause", index), "clause", clause, known)


def handling_cites_listed_clauses(drafts: Drafts) -> Iterator[Problem]:
    """Check the clauses that sentences of the information policy cite."""
    known = {draft.name for draft in drafts.clauses}
    draft = drafts.handling
    if draft is None or draft.definition is None:
        return
    for name, one in draft.definition.classes.items():
        for day, sentence in one.values.items():
            for index, clause in enumerate(sentence.clause or ()):
                if clause not in known:
                    path = ("classes", name, "values", str(day), "clause", index)
                    yield unknown(draft, path, "clause", clause, known)


def calendars_exist(drafts: Drafts) -> Iterator[Problem]:
    """Check the code's calendar, those that a calendar unites and those that due rules count by."""
    known = {draft.name for draft in drafts.calendars}
    code = drafts.code.definition
    if code and code.calendar not in known:
        yield unknown(drafts.code, ("calendar",), "calendar", code.calendar, known)
    for draft in drafts.calendars:
        for index, name in enumerate(draft.definition.unites if draft.definition else ()):
            if name not in known:
                yield unknown(draft, ("unites", index), "calendar", name, known)
            elif name == draft.name:
                yield draft.text.problem(
                    ("unites", index), "a calendar cannot unite itself", "Name the others."
                )
    yield from _uniting_in_a_circle(drafts)
    for owed in drafts.obligations:
        due = owed.definition.due if owed.definition else None
        if isinstance(due, Due) and due.calendar and due.calendar not in known:
            yield unknown(owed, ("due", "calendar"), "calendar", due.calendar, known)


def _uniting_in_a_circle(drafts: Drafts) -> Iterator[Problem]:
    unites = {key: calendar.unites for key, calendar in known_by(drafts.calendars).items()}
    for draft in drafts.calendars:
        reached: set[str] = set()
        ahead = [name for name in unites.get(draft.name, ()) if name != draft.name]
        while ahead:
            name = ahead.pop()
            if name not in reached:
                reached.add(name)
                ahead += unites.get(name, ())
        if draft.name in reached:
            yield draft.text.problem(("unites",), "the calendars unite in a circle", "Break it here.")


def takers_part_exist(drafts: Drafts) -> Iterator[Problem]:
    """Check that senders, owners, areas and providers are named in `code.yaml`."""
    code = drafts.code.definition
    if code is None:
        return
    who = {*code.providers, *code.roles, *code.categories, *(draft.name for draft in drafts.bodies)}
    taker = "provider, role, category or body"
    for stream in drafts.streams:
        sent = stream.definition.sender if stream.definition else ()
        yield from _missing(stream, "sender", taker, sent, who)
    for owed in drafts.obligations:
        if owed.definition:
            yield from _missing(owed, "owner", taker, owed.definition.owner, who)
            yield from _missing(owed, "to", taker, owed.definition.to, who)
            yield from _missing(owed, "area", "area", owed.definition.area, code.areas)
    for measure in drafts.measures:
        if measure.definition:
            yield from _missing(measure, "provider", "provider", measure.definition.provider, code.providers)


def _missing(
    draft: Draft[Any], key: str, noun: str, names: str | tuple[str, ...] | None, known: Collection[str]
) -> Iterator[Problem]:
    """Tell every name under the key that is not known."""
    single = isinstance(names, str)
    for index, name in enumerate((names,) if isinstance(names, str) else names or ()):
        if name not in known:
            yield unknown(draft, (key,) if single else (key, index), noun, name, known)


def levels_name_a_measure(drafts: Drafts) -> Iterator[Problem]:
    """Check that every level is of a measure, and that the minimum lies on the easier side of the target."""
    measures = known_by(drafts.measures)
    names = {draft.name for draft in drafts.measures}
    for draft in drafts.levels:
        if draft.name not in names:
            yield unknown(draft, ("measure",), "measure", draft.name, names)
            continue
        measure = measures.get(draft.name)
        for day, level in (draft.definition.values if draft.definition and measure else {}).items():
            if level.target is None or level.minimum is None or measure is None:
                continue
            up = measure.direction == "up"
            if level.minimum > level.target if up else level.minimum < level.target:
                side = "above" if up else "below"
                what = f"the minimum {level.minimum} is {side} the target {level.target}"
                yield draft.text.problem(("values", str(day), "minimum"), what, "Exchange or correct them.")


def reports_are_owed(drafts: Drafts) -> Iterator[Problem]:
    """Check that a reported measure names a report or forecast that is owed."""
    owed = {one.name for one in drafts.obligations if one.definition is None or one.definition.kind != "duty"}
    for draft in drafts.measures:
        report = getattr(draft.definition, "report", None)
        if report and report not in owed:
            yield unknown(draft, ("report",), "report", report, owed)


def holds_fit_their_columns(drafts: Drafts) -> Iterator[Problem]:
    """Check that a stream's holds compare columns that can be compared."""
    for draft in drafts.streams:
        for index, hold in enumerate(draft.definition.holds if draft.definition else ()):
            columns = draft.definition.columns  # type: ignore[union-attr]
            path = ("holds", index)
            yield from _typed(draft, path, hold.in_order, columns, {"instant", "day"})
            yield from _typed(draft, path, (*hold.at_most, *hold.sums_to), columns, {"count"})


def _typed(
    draft: Draft[Any], path: tuple[str | int, ...], names: Iterable[str], columns: Any, types: Collection[str]
) -> Iterator[Problem]:
    for name in names:
        if columns[name].type not in types:
            what = f"the column {name!r} is of type {columns[name].type}"
            yield draft.text.problem(path, what, f"Use a column of type {' or '.join(sorted(types))}.")


CHECKS: tuple[Callable[[Drafts], Iterator[Problem]], ...] = (
    clauses_are_listed,
    levels_cite_listed_clauses,
    handling_cites_listed_clauses,
    calendars_exist,
    takers_part_exist,
    levels_name_a_measure,
    reports_are_owed,
    holds_fit_their_columns,
    *measure_checks.CHECKS,
    *voting_checks.CHECKS,
    *process_checks.CHECKS,
    *assurance_checks.CHECKS,
)
