"""What assurance leaves open: told from the rulebook and from the words of the register, nothing else.

Clauses nobody owes, risks nothing takes anything off, techniques and risks that nothing measures.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from tallystick.rulebook.obligations import Obligation
from tallystick.rulebook.rulebook import Rulebook

Of = Literal["clause", "obligation", "measure", "technique", "risk"]


@dataclass(frozen=True, slots=True)
class Named:
    """What the words of a risk of the register name, by the rulebook's keys."""

    reference: str
    title: str
    clauses: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that is left open: what it is, its key, its title, and why it stands here.

    `risks` are the references of the risks that have to do with it.
    """

    of: Of
    key: str
    title: str
    says: str
    risks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One way in which something may be left open, what it means, and what is."""

    key: str
    title: str
    says: str
    rows: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What coverage is told from: the rules, the words of the register, and the day.

    `aimed` are references of risks that a technique is applied to, whatever the catalogue says.
    """

    rulebook: Rulebook
    risks: tuple[Named, ...]
    aimed: frozenset[str]
    day: dt.date

    def is_owed(self, obligation: Obligation) -> bool:
        """Tell whether an obligation is in force on the day."""
        return obligation.until is None or obligation.until >= self.day


def coverage(known: Known) -> tuple[Question, ...]:
    """Return what is left open on a day, by question."""
    return tuple(Question(key, title, says, tuple(rows(known))) for key, title, says, rows in QUESTIONS)


def _untreated(known: Known) -> Iterator[Open]:
    treated = {
        risk
        for one in known.rulebook.techniques.values()
        for risk, shares in one.effects.items()
        if any(shares.values())
    }
    bare = [one for one in known.risks if one.reference not in treated | known.aimed]
    for clause in sorted({clause for one in bare for clause in one.clauses}):
        of = tuple(one.reference for one in bare if clause in one.clauses)
        yield Open("clause", clause, _heading(known.rulebook, clause), "no technique", of)


def _unowed(known: Known) -> Iterator[Open]:
    rulebook = known.rulebook
    owed = {
        clause
        for one in rulebook.obligations.values()
        if known.is_owed(one)
        for clause in (*one.clause, *one.content.clauses)
    }
    operational = {clause for clause, text in rulebook.clauses.items() if text.operational}
    at_risk = {clause for one in known.risks for clause in one.clauses}
    for clause in sorted((operational | at_risk) - owed):
        of = tuple(one.reference for one in known.risks if clause in one.clauses)
        says = "operational" if clause in operational else "has a risk"
        yield Open("clause", clause, _heading(rulebook, clause), says, of)


def _ended(known: Known) -> Iterator[Open]:
    for key, one in sorted(known.rulebook.obligations.items()):
        if not known.is_owed(one):
            yield Open("obligation", key, one.title, f"owed until {one.until}")


def _unrisked(known: Known) -> Iterator[Open]:
    code = known.rulebook.code
    who = {**code.roles, **code.categories, **code.providers}
    named = {key for one in known.risks for key in one.obligations}
    for key, one in sorted(known.rulebook.obligations.items()):
        if key not in named and known.is_owed(one):
            yield Open("obligation", key, one.title, f"{one.kind} of {who.get(one.owner, one.owner)}")


def _unseen(known: Known) -> Iterator[Open]:
    for one in sorted(known.risks, key=lambda risk: risk.reference):
        if not one.indicators:
            yield Open("risk", one.reference, one.title, "no indicator", (one.reference,))


def _untold(known: Known) -> Iterator[Open]:
    titles = known.rulebook.code.technique_classes
    for key, one in sorted(known.rulebook.techniques.items()):
        if not one.measures:
            classes = ", ".join(titles.get(name, name) for name in one.classes)
            yield Open("technique", key, one.title, classes, tuple(sorted(one.effects)))


def _unused(known: Known) -> Iterator[Open]:
    named = {key for one in known.risks for key in one.indicators}
    for key, one in sorted(known.rulebook.measures.items()):
        # A part is told by the measure that adds it up.
        if key not in named and one.into not in named:
            yield Open("measure", key, one.title, f"tests {one.obligation}")


def _heading(rulebook: Rulebook, clause: str) -> str:
    text = rulebook.clauses.get(clause)
    return text.heading if text is not None else "not in the rulebook's list of clauses"


# The key of each question, its title, what it means, and what it finds.
QUESTIONS: tuple[tuple[str, str, str, Callable[[Known], Iterator[Open]]], ...] = (
    (
        "untreated",
        "Clauses with a risk and no technique",
        "Something may go wrong under them, and no technique takes anything off that risk.",
        _untreated,
    ),
    (
        "unowed",
        "Clauses that nobody owes",
        "They are operational or have a risk, and no obligation in force names them.",
        _unowed,
    ),
    ("ended", "Obligations that nobody owes any more", "Their last day is past.", _ended),
    (
        "unrisked",
        "Obligations in no risk",
        "They are owed, and no risk of the register says what may go wrong with them.",
        _unrisked,
    ),
    (
        "unseen",
        "Risks without an indicator",
        "Nothing that is measured tells whether they come about.",
        _unseen,
    ),
    (
        "untold",
        "Techniques without a measure",
        "Nobody can tell by a figure whether they help.",
        _untold,
    ),
    (
        "unused",
        "Measures in no risk",
        "They are computed, and no risk names them, or what they are added up into, as an indicator.",
        _unused,
    ),
)
