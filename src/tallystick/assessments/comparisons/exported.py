"""The lines of a comparison as cells of a file: those of a sheet, or those that were printed."""

from collections.abc import Iterable, Sequence

from tallystick.assessments.comparisons.issues import in_words, weights_on
from tallystick.assessments.comparisons.operations.sheets import points_shown
from tallystick.assessments.matters.sums import percent
from tallystick.assessments.models import ComparedLine, PrintedLine, Publication
from tallystick.assessments.models.publication import COUNTED

OF_A_RATING = (
    *("reference", "measure", "first", "last", "sheet", "place", "name", "alias", "followed", "of"),
    *("percent", "level", "shown_to_readers"),
)
OF_A_LEAGUE = (
    *("reference", "category", "counted_on", "sheet", "place", "name", "alias", "points", "open_issues"),
    "shown_to_readers",
)
WITHHELD = "not shown"


def columns(row: Publication) -> Sequence[str]:
    return OF_A_LEAGUE if row.is_league else OF_A_RATING


def cells_of_lines(
    row: Publication, lines: Iterable[ComparedLine], *, has_places: bool
) -> Iterable[list[str]]:
    """Yield the lines of the sheet as it is frozen, one's own or all: they are not withheld from these.

    A party is told its place once it is published: before, that would tell of the others.
    """
    for one in lines:
        rank = str(one.rank or "") if has_places else ""
        shown = "yes" if one.state == COUNTED else "no"
        yield [*_heading(row), rank, one.party.name, one.alias, *_figure(row, one), shown]


def cells_of_printed(row: Publication, lines: Iterable[PrintedLine]) -> Iterable[list[str]]:
    """Yield what is printed, where a name or an alias stands and what is withheld is told as such."""
    for one in lines:
        name = [one.name, ""] if row.names else ["", one.name]
        shown = "yes" if one.state == COUNTED else "no"
        yield [*_heading(row), str(one.rank or ""), *name, *_printed(row, one), shown]


def _figure(row: Publication, one: ComparedLine) -> list[str]:
    if row.is_league:
        return [points_shown(one), in_words(one.issues, weights_on(row.code, row.day))]
    share = percent(one.numerator, one.denominator) if one.denominator else ""
    return [str(one.numerator), str(one.denominator), share.rstrip("%"), one.rating]


def _printed(row: Publication, one: PrintedLine) -> list[str]:
    if row.is_league:
        return [one.points, one.issues]
    told = [str(value) if value is not None else "" for value in (one.numerator, one.denominator)]
    return [*told, one.share.rstrip("%") or WITHHELD, one.rating]


def _heading(row: Publication) -> list[str]:
    if row.is_league:
        return [row.reference, row.category, str(row.counted_on), str(row.version)]
    return [row.reference, row.measure, row.first, row.last, str(row.version)]
