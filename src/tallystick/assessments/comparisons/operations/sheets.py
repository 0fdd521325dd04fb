"""The figures of a comparison are frozen in a sheet, and what readers are shown of them is printed."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tallystick.assessments.comparisons.comparing import Bound, UnableToCompare, league, rating
from tallystick.assessments.comparisons.issues import OfIssues, in_words, weights_on, written
from tallystick.assessments.comparisons.withholding import Counted, check_league, ranks, withheld
from tallystick.assessments.matters.counts import OfParty
from tallystick.assessments.matters.operations.rows import seal_of
from tallystick.assessments.matters.sums import HUNDRED, percent
from tallystick.assessments.models import ComparedLine, PrintedLine, Publication, Sheet
from tallystick.assessments.models.publication import COUNTED, FEW, WITHHELD
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.parties.rulebooks import rulebook_of

PLACES = {True: 2, False: 1}  # of a share, beside a name or an alias
KEPT, SHOWN = Decimal("0.0001"), Decimal("0.001")  # of the points of a league
MET, BELOW_TARGET, BELOW_MINIMUM = "met", "below_target", "below_minimum"


@dataclass(frozen=True)
class Made:
    """What a sheet says of one party, before it is written: of a rating counts, of a league what is open."""

    party: Organisation
    alias: str
    state: str
    rank: int | None
    rating: str = ""
    numerator: int = 0
    denominator: int = 0
    issues: Mapping[str, list[int]] = field(default_factory=dict)
    points: Decimal | None = None

    @property
    def told(self) -> tuple[object, ...]:
        open_ones = () if self.points is None else (self.points, *sorted(self.issues.items()))
        return (
            *(self.party.handle, self.alias, self.numerator, self.denominator),
            *(self.state, self.rank, self.rating, *open_ones),
        )


def aliases_for(parties: Sequence[Organisation]) -> dict[int, str]:
    """Return an alias for each party, drawn at random: neither names nor figures tell which is whose."""
    order = list(range(1, len(parties) + 1))
    secrets.SystemRandom().shuffle(order)
    return {one.pk: f"Party {number:02}" for one, number in zip(parties, order, strict=True)}


def made_of(
    row: Publication,
    done: Sequence[OfParty],
    aliases: Mapping[int, str],
    before: frozenset[str] = frozenset(),
) -> list[Made]:
    """Return the lines of a sheet of a rating: whose figures are shown, their places, and the level reached.

    :param before: the slugs of parties whose figures were withheld before
    :raises UnableToCompareParties: if too few could be shown
    """
    rule = rulebook_of(row.code).measures[row.measure]
    counted = [Counted(one.party.slug, one.owner, one.numerator, one.denominator) for one in done]
    fewest = rulebook_of(row.code).handling.fewest_on(row.day)
    hidden = withheld(counted, before, fewest)
    places = ranks([one for one in counted if one.party not in hidden], rule.direction)
    bounds = _bounds(row)
    return [
        Made(
            party=one.party,
            numerator=one.numerator,
            denominator=one.denominator,
            alias=aliases[one.party.pk],
            state=(FEW if of.denominator < fewest.events else WITHHELD) if of.party in hidden else COUNTED,
            rank=places.get(of.party),
            rating=_rated(of, bounds, rule.direction) if of.party in places else "",
        )
        for one, of in zip(done, counted, strict=True)
    ]


def made_of_issues(row: Publication, done: Sequence[OfIssues], aliases: Mapping[int, str]) -> list[Made]:
    """Return the lines of a sheet of a league: what each has open, its points and its place.

    :raises UnableToCompare: if a severity has no weight on the day
    :raises UnableToCompareParties: if too few are told of
    """
    day, handling = row.day, rulebook_of(row.code).handling
    check_league([(one.owner, bool(one.tallies)) for one in done], handling.fewest_on(day))
    found = league({one.party.slug: one.tallies for one in done}, weights_on(row.code, day))
    ranked = {one.party: one for one in found}
    return [
        Made(
            party=one.party,
            alias=aliases[one.party.pk],
            state=COUNTED,
            rank=at.rank,
            issues=written(one.tallies),
            points=(Decimal(at.points.numerator) / at.points.denominator).quantize(KEPT, ROUND_HALF_UP),
        )
        for one in done
        for at in [ranked[one.party.slug]]
    ]


def write_sheet(row: Publication, lines: Sequence[Made], why: str, by: Acting, at: dt.datetime) -> Sheet:
    """Freeze the lines of a comparison that is locked, or not written yet, as its sheet of that version."""
    sheet = Sheet(
        **_like(row),
        number=row.version,
        seal=row.seal,
        why=why,
        made_by=by.person,
        made_at=at,
    )
    sheet.save(force_insert=True)
    for one in lines:
        ComparedLine(
            **{**_like(row), "party": one.party},
            sheet=sheet,
            version=sheet.number,
            alias=one.alias,
            numerator=one.numerator,
            denominator=one.denominator,
            state=one.state,
            rank=one.rank,
            rating=one.rating,
            issues=one.issues,
            points=one.points,
        ).save(force_insert=True)
    return sheet


def seal_lines(lines: Sequence[Made]) -> str:
    return seal_of(one.told for one in lines)


def print_sheet(row: Publication) -> None:
    """Print the sheet that counts of a comparison that is locked: what readers are shown, and no more.

    Who is withheld stands last, without a word on why. Beside an alias there is a share to one place alone,
    or points: a count would tell whose it is.
    """
    sheet = row.sheets.get(number=row.version)
    lines = list(sheet.lines.select_related("party"))
    lines.sort(key=lambda one: (one.rank is None, one.rank or 0, _named(row, one)))
    for place, one in enumerate(lines, start=1):
        PrintedLine(
            **{**_like(row), "classification": row.classification},
            sheet=sheet,
            version=sheet.number,
            place=place,
            name=_named(row, one),
            rank=one.rank,
            rating=one.rating,
            **_figure(row, one),
        ).save(force_insert=True)


def _figure(row: Publication, one: ComparedLine) -> dict[str, Any]:
    """Return what readers are shown of the figure of a line, as the columns of what is printed."""
    if one.state != COUNTED:
        return {"state": WITHHELD}
    if one.points is not None:
        issues = in_words(one.issues, weights_on(row.code, row.day)) if row.names else ""
        return {"state": COUNTED, "points": points_shown(one), "issues": issues}
    counts = {"numerator": one.numerator, "denominator": one.denominator} if row.names else {}
    share = percent(one.numerator, one.denominator, PLACES[row.names])
    return {"state": COUNTED, "share": share, **counts}


def points_shown(one: ComparedLine) -> str:
    """Return the points of a line of a league as they are shown; nothing of a rating."""
    return "" if one.points is None else f"{one.points.quantize(SHOWN, ROUND_HALF_UP):,}"


def _named(row: Publication, one: ComparedLine) -> str:
    return one.party.name if row.names else one.alias


def _like(row: Publication) -> dict[str, object]:
    """Return what the rows of a comparison have in common with it; they are Amber at the mildest."""
    strict = row.RED if row.classification == row.RED else row.AMBER
    return {
        "publication": row,
        "code": row.code,
        "classification": strict,
        "body_id": row.body_id,
        "publicity": row.publicity,
    }


def _bounds(row: Publication) -> list[Bound]:
    """Return the levels in force on the last day compared, as bounds of a rating; none without a target."""
    level = rulebook_of(row.code).level_on(row.measure, row.day)
    if level is None or level.target is None:
        return []
    found = [Bound(MET, level.target), Bound(BELOW_MINIMUM, Decimal(0))]
    return found if level.minimum is None else [*found, Bound(BELOW_TARGET, level.minimum)]


def _rated(one: Counted, bounds: Sequence[Bound], direction: str) -> str:
    """Return the level that a share reached; nothing where none is set, or a lower share is the better."""
    if not bounds or direction != "up":
        return ""
    try:
        return rating(Decimal(one.numerator * HUNDRED) / one.denominator, bounds)
    except UnableToCompare:
        return ""
