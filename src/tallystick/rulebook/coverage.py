"""What a rulebook leaves open: clauses nobody owes, duties nothing tests, evidence nothing reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tallystick.rulebook.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Unverified:
    """The statements of one folder that nobody has compared with the code's own text."""

    folder: str
    statements: tuple[str, ...]
    of: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """`unowed` and `only_measured` hold clauses; `unchecked` obligations and `unread` streams by their key.

    An operational clause is owed when an obligation names it. A clause that measures name and no obligation
    does is `only_measured`: computed, though nobody is said to owe it. `unvoted` are the deciding bodies of
    which no scheme says how they vote. `untreated` are clauses with a risk that no technique takes anything
    off, `unowed_risks` those with a risk that no obligation names, `untold` techniques without a measure.
    """

    clauses: int
    operational: int
    unowed: tuple[str, ...]
    unchecked: tuple[str, ...]
    only_measured: tuple[str, ...]
    unread: tuple[str, ...]
    unvoted: tuple[str, ...]
    untreated: tuple[str, ...]
    unowed_risks: tuple[str, ...]
    untold: tuple[str, ...]
    unverified: tuple[Unverified, ...]


def coverage(rulebook: Rulebook) -> Coverage:
    """Return what the rulebook leaves open."""
    measures, obligations = rulebook.measures.values(), rulebook.obligations
    owed = {
        clause for one in obligations.values() for clause in (*one.clause, *one.content.clauses) if clause
    }
    operational = {clause for clause, text in rulebook.clauses.items() if text.operational}
    measured = {clause for measure in measures for clause in measure.clause}
    checked = {measure.obligation for measure in measures}
    read = {stream for measure in measures for stream in measure.streams}
    return Coverage(
        clauses=len(rulebook.clauses),
        operational=len(operational),
        unowed=tuple(sorted(operational - owed)),
        unchecked=tuple(
            sorted(k for k, one in obligations.items() if one.kind == "duty" and k not in checked)
        ),
        only_measured=tuple(sorted(measured - owed)),
        unread=tuple(sorted(set(rulebook.streams) - read)),
        unvoted=tuple(
            sorted(_deciding(rulebook) - {b for one in rulebook.voting.values() for b in one.bodies})
        ),
        untreated=tuple(sorted(_clauses_of(rulebook, set(rulebook.risks) - _treated(rulebook)))),
        unowed_risks=tuple(sorted(_clauses_of(rulebook, rulebook.risks) - owed)),
        untold=tuple(sorted(key for key, one in rulebook.techniques.items() if not one.measures)),
        unverified=tuple(_unverified(rulebook)),
    )


def _clauses_of(rulebook: Rulebook, risks: Iterable[str]) -> set[str]:
    return {clause for risk in risks for clause in rulebook.risks[risk].clause}


def _treated(rulebook: Rulebook) -> set[str]:
    """Return the risks that some technique takes something off."""
    return {
        risk
        for one in rulebook.techniques.values()
        for risk, shares in one.effects.items()
        if any(shares.values())
    }


def _deciding(rulebook: Rulebook) -> set[str]:
    return {key for key, body in rulebook.bodies.items() if body.kind == "deciding"}


def _unverified(rulebook: Rulebook) -> Iterator[Unverified]:
    folders: dict[str, dict[str, Any]] = {
        "clauses": rulebook.clauses,
        "calendars": rulebook.calendar_texts,
        "parameters": rulebook.parameters,
        "streams": rulebook.streams,
        "measures": rulebook.measures,
        "levels": rulebook.levels,
        "obligations": rulebook.obligations,
    }
    for folder in ("bodies", "voting", "processes", "scoring", "risks", "techniques", "charges"):
        if getattr(rulebook, folder):
            folders[folder] = getattr(rulebook, folder)
    if rulebook.handling.classes:
        folders["handling"] = rulebook.handling.definitions()
    if rulebook.code.causes:
        folders["causes"] = {"kinds": rulebook.code.causes}
    if rulebook.code.league:
        folders["league"] = {"weights": rulebook.code.league}
    for folder, definitions in folders.items():
        stated = [said for key in sorted(definitions) for said in _statements(key, definitions[key])]
        doubtful = tuple(name for name, one in stated if not one.verified)
        yield Unverified(folder, doubtful, len(stated))


def _statements(key: str, definition: Any) -> Iterator[tuple[str, Any]]:
    """Yield everything with a source that a definition states, under the name a reader knows it by."""
    if hasattr(definition, "verified"):
        yield key, definition
    for dated in ("values", "enforcement", "seats"):
        for day, value in sorted(getattr(definition, dated, {}).items()):
            yield f"{key} from {day}", value
            for name, clock in getattr(value, "clocks", {}).items():
                yield f"{key} from {day}, clock {name}", clock
