"""Services that were away, and the Incidents of registration data."""

import datetime as dt

from tallystick.demo.plant.book import code, provider
from tallystick.demo.plant.cast import NETWORKS
from tallystick.demo.plant.clock import DAY, HOUR, MINUTE, ONE_DAY, civil_day, instant, last_day_of
from tallystick.demo.plant.limits import RDP_AGEING_DAYS
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.requests import FAILED_CHANGE
from tallystick.demo.plant.rows import Outage, RdpIncident
from tallystick.demo.plant.rules import judge_outages
from tallystick.demo.plant.scales import FOCUS, MONTHS
from tallystick.demo.truth import TruthRoll

AGREED_BY = "SEC Operations Group"
SSI, DSP = code("CPM6"), provider("DSP-PM2.1", "DSP")
KINDS = ("connection_failure", "authentication_failure", "authorisation_failure", "validation_failure")
# Opened this many days after the first of a month, and resolved so many days later.
A_MONTH = ((2, 3), (5, 1), (9, 12), (12, 2), (16, 7), (20, 4), (24, 11), (26, 20))
IN_JULY = ((1, 10), (4, 6), (8, 5), (13, 9), (19, 5), (21, 6), (24, 60), (27, 60))
NEVER = 60


def plant_outages(plan: Plan) -> None:
    """Send the outages of the year and note those at the edges."""
    rows = [*_monthly(), *_edges(plan)]
    rows.sort(key=lambda row: (row.from_at, row.outage_id))
    judge_outages(rows, plan.book)
    plan.post.deliver("outages", rows, "from_at", {})


def _outage(number: str, service: str, span: tuple[int, int], agreed: str | None = "") -> Outage:
    """Return an outage; `agreed` says who agreed to it, None if nobody did, empty if it was not planned."""
    planned = "no" if agreed == "" else "yes"
    return Outage(number, service, "DSP", span[0], span[1], planned, agreed or None, None)


def _monthly() -> list[Outage]:
    """Return a night of agreed maintenance each month, and a short outage that nobody planned."""
    rows = []
    for n, month in enumerate(MONTHS, start=-1):
        night = instant(dt.date.fromisoformat(f"{month}-18"), 21)
        day = instant(dt.date.fromisoformat(f"{month}-07"), 9 + n % 5)
        for service in ("SSI", "DSP"):
            rows.append(_outage(f"OUT-{service}-{month}-1", service, (night, night + 3 * HOUR), AGREED_BY))
            away = (20 + 5 * n) * MINUTE
            if month != "2021-06":
                rows.append(_outage(f"OUT-{service}-{month}-2", service, (day, day + away)))
    return rows


def _edges(plan: Plan) -> list[Outage]:
    july, change = dt.date(2021, 7, 1), dt.date(2021, 7, 14)
    autumn, spring, june = dt.date(2020, 10, 25), dt.date(2021, 3, 28), dt.date(2021, 6, 10)
    at = instant
    midnight = at(july + 8 * ONE_DAY)
    ten = at(july + 19 * ONE_DAY, 10)
    rows = {
        "lawful over the night of 23 hours": _outage(
            "OUT-EDGE-1", "SSI", (at(spring, 0, 30), at(spring, 2, 30))
        ),
        "lawful over the night of 25 hours": _outage(
            "OUT-EDGE-2", "SSI", (at(autumn, 0, 30), at(autumn, 2, 30))
        ),
        # 186 minutes here and 30 of the last night of June are exactly 0.5 % of its 43,200 minutes.
        "lawful equal to the target": _outage("OUT-EDGE-3", "SSI", (at(june, 9), at(june, 9) + 186 * MINUTE)),
        "lawful across the end of a month": _outage(
            "OUT-EDGE-4", "SSI", (at(july) - 30 * MINUTE, at(july) + 45 * MINUTE)
        ),
        "late across midnight": _outage(
            "OUT-EDGE-5", "SSI", (midnight - 50 * MINUTE, midnight + 85 * MINUTE)
        ),
        "late overlapping": _outage("OUT-EDGE-6", "SSI", (ten, ten + HOUR)),
        "late overlapping another": _outage("OUT-EDGE-7", "SSI", (ten + HOUR // 2, ten + 3 * HOUR // 2)),
        "lawful as agreed maintenance": _change("OUT-EDGE-8", (at(change, 22), at(change + ONE_DAY, 2))),
        "late after a failed change": _change(
            "OUT-EDGE-9", (at(change + ONE_DAY, 1), at(change + ONE_DAY, 7))
        ),
        "late as maintenance nobody agreed": _outage(
            "OUT-EDGE-10", "DSP", (at(july + 24 * ONE_DAY, 21), at(july + 25 * ONE_DAY, 1)), None
        ),
    }
    for case, row in rows.items():
        measure = "CPM6" if row.service == "SSI" else "DSP-PM2.1"
        plan.book.plant(case, measure, row, row.to_at or row.from_at, why=WHY)
    return list(rows.values())


WHY = "Times away are united and cut at the month's ends; agreed maintenance is taken off; minutes are real."


def _change(number: str, span: tuple[int, int]) -> Outage:
    agreed = number == "OUT-EDGE-8"
    row = _outage(number, "DSP", span, AGREED_BY if agreed else "")
    return row._replace(change_id=FAILED_CHANGE)


def plant_rdp(plan: Plan) -> tuple[TruthRoll, ...]:
    """Send the Incidents of Registration Data Providers; return how each month rolled forward."""
    rows = []
    for month in MONTHS:
        first = dt.date.fromisoformat(f"{month}-01")
        for n, (opened_on, taken) in enumerate(IN_JULY if month == FOCUS else A_MONTH):
            opened = instant(first, 10) + (opened_on - 1) * DAY
            resolved = None if taken == NEVER else opened + taken * DAY
            number = f"INC{MONTHS.index(month) * 100 + n + 600_000:012}"
            status = "open" if resolved is None else "resolved"
            rdp = NETWORKS[n % len(NETWORKS)]
            rows.append(RdpIncident(number, rdp, KINDS[n % len(KINDS)], opened, resolved, status))
    rows += _aged()
    rows.sort(key=lambda row: row.opened_at)
    plan.post.deliver("rdp_incidents", rows, "opened_at", {})
    return tuple(_roll(rows, month) for month in MONTHS)


def _aged() -> list[RdpIncident]:
    """Return two that stay open: at the end of July one is exactly 30 days old, the other 31."""
    last, rows = last_day_of(FOCUS), []
    for n, days in enumerate((RDP_AGEING_DAYS, RDP_AGEING_DAYS + 1)):
        opened = instant(last - days * ONE_DAY, 9)
        rows.append(RdpIncident(f"INC{610_000 + n:012}", NETWORKS[0], KINDS[0], opened, None, "open"))
    return rows


def _roll(rows: list[RdpIncident], month: str) -> TruthRoll:
    first, last = dt.date.fromisoformat(f"{month}-01"), last_day_of(month)
    lives = [(civil_day(row.opened_at), row.resolved_at and civil_day(row.resolved_at)) for row in rows]
    at_start = [begun for begun, ended in lives if begun < first and not (ended and ended < first)]
    at_end = [begun for begun, ended in lives if begun <= last and not (ended and ended <= last)]
    return TruthRoll(
        "RDP-ROLL",
        month,
        open_at_start=len(at_start),
        opened=sum(first <= begun <= last for begun, _ in lives),
        resolved=sum(bool(ended) and first <= ended <= last for _, ended in lives if ended),
        open_at_end=len(at_end),
        aged=sum((last - begun).days > RDP_AGEING_DAYS for begun in at_end),
    )
