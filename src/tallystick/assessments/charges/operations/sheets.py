"""The charges of a run are frozen in a sheet: what each party did, what follows from it, and who gets it."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tallystick.assessments.charges.reckoning import Did, Reckoned, reckoned
from tallystick.assessments.matters.operations.rows import seal_of
from tallystick.assessments.models import ChargeLine, ChargeRun, ChargeSheet
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.parties.rulebooks import rulebook_of


@dataclass(frozen=True)
class Charged:
    """The charge of one party, before it is written."""

    party: Organisation
    reckoned: Reckoned

    @property
    def told(self) -> tuple[object, ...]:
        one = self.reckoned
        return (
            *(self.party.handle, one.did.numerator, one.did.denominator, one.shortfall),
            *(one.computed, one.cap, one.is_relieved, one.payable, one.received),
        )


def charged(
    row: ChargeRun, did: Sequence[tuple[Organisation, int, int]], relieved: Collection[str] = ()
) -> list[Charged]:
    """Return the charges of a month by the value of the scheme that counts for it.

    :param relieved: the slugs of the parties that pay nothing
    """
    rulebook = rulebook_of(row.code)
    scheme = rulebook.charges[row.scheme]
    direction = rulebook.measures[scheme.measure].direction
    found = reckoned(
        scheme.value_on(row.value_day),
        direction,
        [Did(party.slug, good, whole) for party, good, whole in did],
        relieved,
    )
    return [Charged(party, one) for (party, _, _), one in zip(did, found, strict=True)]


def seal_charges(lines: Sequence[Charged]) -> str:
    return seal_of(one.told for one in lines)


def write_charges(
    row: ChargeRun, lines: Sequence[Charged], why: str, by: Acting, at: dt.datetime
) -> ChargeSheet:
    """Freeze the charges of a run that is locked, or just written, as its sheet of that version."""
    like = {
        "charge_run": row,
        "code": row.code,
        "classification": row.classification,
        "body_id": row.body_id,
        "publicity": row.publicity,
    }
    sheet = ChargeSheet(
        **like,
        number=row.version,
        seal=row.seal,
        collected=sum(one.reckoned.payable for one in lines),
        why=why,
        made_by=by.person,
        made_at=at,
    )
    sheet.save(force_insert=True)
    for one in lines:
        told = one.reckoned
        ChargeLine(
            **like,
            party=one.party,
            sheet=sheet,
            version=sheet.number,
            numerator=told.did.numerator,
            denominator=told.did.denominator,
            shortfall=told.shortfall,
            computed=told.computed,
            cap=told.cap,
            is_relieved=told.is_relieved,
            payable=told.payable,
            received=told.received,
        ).save(force_insert=True)
    return sheet
