"""The first row of a file names its columns, and every name is one the stream knows."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tallystick.evidence.limits import Limits
from tallystick.evidence.plan import Plan
from tallystick.evidence.refusals import UnableToRead, listed, quoted
from tallystick.rulebook.problems import nearest

CORRECTION_OF = "correction_of"
PROBLEM = "problem"  # the column we add to rows that go back; it is not read when they return
BESIDES = (CORRECTION_OF, PROBLEM)
MOST_TOLD = 6

_LOOK_ALIKE = str.maketrans("аеорсухіѕјԁһӏАВЕКМНОРСТХοαενρτυχι", "aeopcyxisjdhlABEKMHOPCTXoaevptuxi")


@dataclass(frozen=True)
class Header:
    """The names of the columns in the order of the file."""

    names: tuple[str, ...]
    row: int


def checked_header(names: tuple[str, ...], plan: Plan, row: int) -> Header:
    """Return the header of a file whose rows are rows of the stream.

    :raises UnableToRead: with everything that is wrong with it
    """
    _refuse_other_separators(names, plan)
    _refuse_too_wide(names, plan.limits)
    wrong = [*_unknown(names, plan), *_repeated(names), *_missing(names, plan)]
    if wrong:
        more = f" (and {len(wrong) - MOST_TOLD} more)" if len(wrong) > MOST_TOLD else ""
        raise UnableToRead(
            f"Header, row {row:,}: {'; '.join(wrong[:MOST_TOLD])}{more}. "
            f"The columns are {listed(plan.names, 40)}, in any order."
        )
    return Header(names, row)


def checked_log_header(names: tuple[str, ...], plan: Plan, needed: tuple[str, ...], row: int) -> Header:
    """Return the header of a log of events, which may have columns that nothing takes.

    :raises UnableToRead: if a column that is needed is missing, or a name stands twice
    """
    _refuse_too_wide(names, plan.limits)
    absent = [f"the column {name!r} is missing{_near(name, names)}" for name in needed if name not in names]
    wrong = [*_repeated(names), *absent]
    if wrong:
        raise UnableToRead(f"Header, row {row:,}: {'; '.join(wrong[:MOST_TOLD])}.")
    return Header(names, row)


def _refuse_other_separators(names: tuple[str, ...], plan: Plan) -> None:
    if len(names) != 1 or len(plan.columns) == 1:
        return
    for separator, noun in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if names[0].count(separator) >= len(plan.columns) // 2:
            raise UnableToRead(f"The columns are separated by {noun}. Save the file with commas.")


def _refuse_too_wide(names: tuple[str, ...], limits: Limits) -> None:
    if len(names) > limits.columns:
        raise UnableToRead(f"The header has {len(names):,} columns; the limit is {limits.columns:,}.")


def _unknown(names: tuple[str, ...], plan: Plan) -> Iterator[str]:
    known = {*plan.names, *BESIDES}
    for place, name in enumerate(names, start=1):
        if name in known:
            continue
        if not name.strip():
            yield f"column {place} has no name"
        else:
            yield f"{quoted(name)} is not a column of {plan.stream}{_why(name, known)}"


def _why(name: str, known: set[str]) -> str:
    """Return how an unknown name differs from a known one, if it nearly is one."""
    if name.strip() in known:
        return f"; did you mean {name.strip()!r}, without the space around it?"
    if name.strip().lower() in known:
        return f"; did you mean {name.strip().lower()!r}, in small letters?"
    plain = name.strip().translate(_LOOK_ALIKE)
    if plain in known:
        odd = next(letter for letter in name if not letter.isascii())
        letter = unicodedata.name(odd, f"U+{ord(odd):04X}")
        return f"; did you mean {plain!r}? A letter in it is {letter}"
    return _near(name.strip().lower(), tuple(known - {PROBLEM}))


def _near(name: str, known: tuple[str, ...]) -> str:
    near = nearest(name, known)
    return f"; did you mean {near!r}?" if near else ""


def _repeated(names: tuple[str, ...]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        places = [str(place) for place, other in enumerate(names, start=1) if other == name]
        if len(places) > 1 and name.strip():
            yield f"{quoted(name)} stands {len(places)} times, in columns {listed(places)}"


def _missing(names: tuple[str, ...], plan: Plan) -> Iterator[str]:
    for name in plan.names:
        if name not in names:
            yield f"the column {name!r} is missing"
