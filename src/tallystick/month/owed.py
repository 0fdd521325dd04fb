"""What should be here: reports owed with their due days, and days of evidence that were not received."""

import datetime as dt
from collections.abc import Iterator, Mapping

from tallystick.measures.reported import REPORTED
from tallystick.month.assessment import Missing
from tallystick.month.ledger import Ledger
from tallystick.rulebook.due import Due
from tallystick.rulebook.obligations import Obligation
from tallystick.rulebook.periods import Span


def reports(ledger: Ledger) -> Iterator[Missing]:
    """Yield each report owed for the month (or for the quarter or year that ends with it)."""
    received = _received_on(ledger)
    for owed in ledger.known.rulebook.reports():
        period = _period(owed, ledger.month)
        if period is None or (owed.until is not None and period.last >= owed.until):
            continue
        yield _instance(ledger, owed, period, received.get((owed.key, str(period))))


def _period(owed: Obligation, month: Span) -> Span | None:
    """Return the period that ends with the month, or nothing where none does."""
    if owed.period == "month":
        return month
    if owed.period == "quarter":
        quarter = Span.quarter_of(month.first)
        return quarter if quarter.last == month.last else None
    return None


def _instance(ledger: Ledger, owed: Obligation, period: Span, received: dt.date | None) -> Missing:
    book, known_on = ledger.known.rulebook, ledger.known.known_on
    due = book.due_on(owed, period)
    calendar_rule = owed.due.calendar if isinstance(owed.due, Due) else None
    late = received is not None and due is not None and received > due
    if received is not None and due is not None:
        delivery = "late" if late else "on_time"
    elif due is None:
        delivery = "no_date_set"
    else:
        delivery = "not_due" if known_on <= due else "missing"
    late_by = book.calendar(calendar_rule).between(due, received) if late and due and received else None
    return Missing(
        what=owed.key,
        title=owed.title,
        clause=owed.clause,
        period=str(period),
        due=str(due) if due else None,
        delivery=delivery,  # type: ignore[arg-type]  # one of the words, chosen above
        late_by=late_by,
        received_on=str(received) if received else None,
        pursued=owed.enforced_on(period.last),
        verified=owed.verified,
    )


def _received_on(ledger: Ledger) -> Mapping[tuple[str, str], dt.date]:
    """Return the civil day each report of each period was first received."""
    zone = ledger.known.rulebook.code.zone
    days = {one.id: one.received_at.astimezone(zone).date() for one in ledger.known.snapshot.submissions()}
    found: dict[tuple[str, str], dt.date] = {}
    for said in ledger.stated.values():
        for stated in said:
            key = (stated.report, stated.period)
            found[key] = min(found.get(key, dt.date.max), days[stated.submission])
    return found


def evidence(ledger: Ledger) -> Iterator[Missing]:
    """Yield each stream that measures read and that does not vouch for every day of the month."""
    book, known = ledger.known.rulebook, ledger.known
    read = {stream for measure in book.measures.values() for stream in measure.streams}
    for stream in (book.streams[key] for key in sorted(read - {REPORTED})):
        covered = known.snapshot.covered(stream.key)
        days = sum(1 for day in ledger.month.days() if day not in covered)
        whole = stream.partition == "none" and known.has(stream.key) and not covered
        if days and not whole:
            yield Missing(
                what=stream.key,
                title=stream.title,
                clause=stream.clause,
                period=str(ledger.month),
                due=None,
                delivery="missing" if ledger.month.last < known.known_on else "not_due",
                days_missing=days,
                verified=stream.verified,
            )
