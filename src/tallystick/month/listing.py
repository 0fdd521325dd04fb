"""Which measures a table of the month lists, and what each of its lines says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal, get_args

from markupsafe import Markup

from tallystick.month import drawing, wording
from tallystick.month.assessment import Figure, Flag
from tallystick.month.outline import Outline, worst_first

Show = Literal["exceptions", "all", "provider"]
SHOWS: tuple[Show, ...] = get_args(Show)
MOST_ROWS = 8
QUIET_FLAGS: frozenset[Flag] = frozenset({"unverified", "at_least", "outside_report", "lagged"})


@dataclass(frozen=True)
class Row:
    """One measure in a table; `href` leads to it, or is empty; `mark` is set where it is not checked."""

    measure: str
    title: str
    href: str
    state: str
    shown: str
    change: str
    target: str
    minimum: str
    spark: Markup
    run: str
    counts: str
    mark: bool
    flags: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Table:
    """Measures under one heading; `folded` are those a reader asks for."""

    title: str
    rows: tuple[Row, ...]
    folded: tuple[Row, ...]
    folded_words: str


def row(outline: Outline, figure: Figure) -> Row:
    """Return the measure as one line of a table."""
    note = (figure.commentary or "") if figure.run is None else ""
    note = wording.WITHHELD if figure.state == "withheld" else note
    return Row(
        measure=figure.measure,
        title=figure.title,
        href=outline.href(figure.measure),
        state=figure.state,
        shown=wording.figure_shown(figure),
        change="" if figure.change is None else wording.signed(Decimal(figure.change)),
        target=wording.level(figure.target),
        minimum=wording.level(figure.minimum),
        spark=drawing.spark(outline.history(figure)),
        run=wording.run(figure.run),
        counts=wording.counts_shown(figure),
        mark=not figure.verified,
        flags=tuple(wording.FLAGS[flag] for flag in figure.flags if flag not in QUIET_FLAGS),
        note=note,
    )


def tables(outline: Outline, show: Show = "exceptions", state: str = "") -> list[Table]:
    """Return the measures under their headings, those of one `state` alone where it is named.

    Of `exceptions`, a long table keeps to what asks for a look and folds the rest.
    """
    headed = _by_provider(outline) if show == "provider" else outline.tables
    made = []
    for title, figures in headed:
        rows = [row(outline, figure) for figure in figures if state in ("", figure.state)]
        if not rows:
            continue
        fold = show == "exceptions" and not state and len(rows) > MOST_ROWS
        silent = sum(one.state == "not_reported" and not one.note for one in rows) > MOST_ROWS
        folded = tuple(one for one in rows if fold and _is_folded(one, silent=silent))
        shown = tuple(one for one in rows if one not in folded)
        made.append(Table(title, shown, folded, _folded_words(folded)))
    return made


def _is_folded(row: Row, *, silent: bool) -> bool:
    """Tell whether the row waits until asked for; unreported measures do where there are many."""
    return row.state in {"met", "no_level"} or (silent and row.state == "not_reported" and not row.note)


def _folded_words(rows: Sequence[Row]) -> str:
    found = Counter(row.state for row in rows)
    said = [
        f"{found[state]} {words}"
        for state, words in (
            ("met", "met target"),
            ("not_reported", "not reported"),
            ("no_level", "without a level"),
        )
        if found[state]
    ]
    return ", ".join(said)


def _by_provider(outline: Outline) -> Iterable[tuple[str, Sequence[Figure]]]:
    def provider(figure: Figure) -> str:
        return figure.provider or ""

    listed = sorted(outline.graded, key=provider)
    for name, figures in groupby(listed, key=provider):
        yield name or "Of the code", worst_first(figures)
