"""The figures of a comparison are frozen in a sheet, and what readers are shown of them is printed."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tallystick.assessments.comparisons.comparing import Bound, UnableToCompare, rating
from tallystick.assessments.comparisons.withholding import Counted, ranks, withheld
from tallystick.assessments.matters.counts import OfParty
from tallystick.assessments.matters.operations.rows import seal_of
from tallystick.assessments.matters.sums import HUNDRED, percent
from tallystick.assessments.models import ComparedLine, PrintedLine, Publication, Sheet
from tallystick.assessments.models.publication import COUNTED, FEW, WITHHELD
from tallystick.parties.acting import Acting
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.periods import Span

PLACES = {True: 2, False: 1}  # of a share, beside a name or an alias
MET, BELOW_TARGET, BELOW_MINIMUM = "met", "below_target", "below_minimum"


@dataclass(frozen=True)
class Made:
    """What a sheet says of one party, before it is written."""

    did: OfParty
    alias: str
    state: str
    rank: int | None
    rating: str

    @property
    def told(self) -> tuple[object, ...]:
        did = self.did
        return (
            *(did.party.handle, self.alias, did.numerator, did.denominator),
            *(self.state, self.rank, self.rating),
        )


def aliases_for(parties: Sequence[OfParty]) -> dict[int, str]:
    """Return an alias for each party, drawn at random: neither names nor figures tell which is whose."""
    order = list(range(1, len(parties) + 1))
    secrets.SystemRandom().shuffle(order)
    return {one.party.pk: f"Party {number:02}" for one, number in zip(parties, order, strict=True)}


def made_of(
    row: Publication,
    done: Sequence[OfParty],
    aliases: Mapping[int, str],
    before: frozenset[str] = frozenset(),
) -> list[Made]:
    """Return the lines of a sheet: whose figures are shown, their places, and the level each reached.

    :param before: the slugs of parties whose figures were withheld before
    :raises UnableToCompareParties: if too few could be shown
    """
    rule = rulebook_of(row.code).measures[row.measure]
    counted = [Counted(one.party.slug, one.owner, one.numerator, one.denominator) for one in done]
    fewest = rulebook_of(row.code).handling.fewest_on(Span.parse(row.last).last)
    hidden = withheld(counted, before, fewest)
    places = ranks([one for one in counted if one.party not in hidden], rule.direction)
    bounds = _bounds(row)
    return [
        Made(
            did=one,
            alias=aliases[one.party.pk],
            state=(FEW if of.denominator < fewest.events else WITHHELD) if of.party in hidden else COUNTED,
            rank=places.get(of.party),
            rating=_rated(of, bounds, rule.direction) if of.party in places else "",
        )
        for one, of in zip(done, counted, strict=True)
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
            **{**_like(row), "party": one.did.party},
            sheet=sheet,
            version=sheet.number,
            alias=one.alias,
            numerator=one.did.numerator,
            denominator=one.did.denominator,
            state=one.state,
            rank=one.rank,
            rating=one.rating,
        ).save(force_insert=True)
    return sheet


def seal_lines(lines: Sequence[Made]) -> str:
    return seal_of(one.told for one in lines)


def print_sheet(row: Publication) -> None:
    """Print the sheet that counts of a comparison that is locked: what readers are shown, and no more.

    Who is withheld stands last, without a word on why. Beside an alias there is a share to one place alone:
    a count would tell whose it is.
    """
    sheet = row.sheets.get(number=row.version)
    lines = list(sheet.lines.select_related("party"))
    lines.sort(key=lambda one: (one.rank is None, one.rank or 0, _named(row, one)))
    for place, one in enumerate(lines, start=1):
        shown = one.state == COUNTED
        counts = (one.numerator, one.denominator) if shown and row.names else (None, None)
        PrintedLine(
            **{**_like(row), "classification": row.classification},
            sheet=sheet,
            version=sheet.number,
            place=place,
            name=_named(row, one),
            state=COUNTED if shown else WITHHELD,
            share=percent(one.numerator, one.denominator, PLACES[row.names]) if shown else "",
            numerator=counts[0],
            denominator=counts[1],
            rank=one.rank,
            rating=one.rating,
        ).save(force_insert=True)


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
    level = rulebook_of(row.code).level_on(row.measure, Span.parse(row.last).last)
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
