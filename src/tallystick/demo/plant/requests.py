"""Service requests: thirteen services in three modes, and the night a change failed."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence

from tallystick.demo.plant import limits
from tallystick.demo.plant.book import Book
from tallystick.demo.plant.cast import REGIONS, USERS
from tallystick.demo.plant.chance import delays, moments, share_of
from tallystick.demo.plant.clock import DAY, HOUR, MINUTE, SECOND, civil_day, instant, month_of
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.post import Parcel, Spoilt
from tallystick.demo.plant.rows import ServiceRequest
from tallystick.demo.plant.rules import judge_stream
from tallystick.demo.plant.scales import FOCUS

STREAM = "service_requests"
FAILED_CHANGE = "CRQ000000133717"
FAILED_DAY = dt.date(2021, 7, 15)
CALM_LATE = {"forwarded": 0.002, "on_demand": 0.022, "future_dated": 0.004, "scheduled": 0.005}
FAILED_LATE = {"forwarded": 0.25, "on_demand": 0.45, "future_dated": 0.1, "scheduled": 0.1}
REFUSED_BY_DEVICE = 0.015
MODES = {
    "on_demand": [srv for srv, mode in limits.TARGET_RESPONSE if mode == "on_demand"],
    "future_dated": ["1.1.1", "1.1.2", "6.5"],
    "scheduled": ["4.8.1"],
}
MODE_WEIGHTS = {"on_demand": 60, "future_dated": 12, "scheduled": 28}
PARTY_WEIGHTS = (22, 20, 18, 9, 8, 6, 5, 5, 4, 4, 3, 3, 5, 4, 5, 3)
FURTHEST_DATED = 6 * DAY


def plant_requests(plan: Plan) -> Counter[tuple[str, str]]:
    """Send the requests of the year; return how many each party sent in each month."""
    sent: Counter[tuple[str, str]] = Counter()
    special = _special(plan.book)
    for cut in plan.scale.cuts:
        rows: list[ServiceRequest] = []
        for month in cut.months:
            rows += _month(plan, month)
        rows += [row for row in special if month_of(row.received_at) in cut.months]
        rows.sort(key=lambda row: row.received_at)
        judge_stream(STREAM, rows, plan.book)
        sent.update((row.party, month_of(row.received_at)) for row in rows)
        spoilt = _spoilt(rows, cut.received_at) if cut.name == FOCUS else ()
        plan.post.send(Parcel(STREAM, cut.name, cut.received_at, rows, cut.period, spoilt=spoilt))
    return sent


def _month(plan: Plan, month: str) -> list[ServiceRequest]:
    rng = plan.chance(STREAM, month)
    calm = [day for day in plan.scale.days(month) if day != FAILED_DAY]
    rows = _made(rng, moments(rng, calm, plan.scale.requests), CALM_LATE, f"{month[2:4]}{month[5:]}")
    if month == FOCUS:
        bad_night = moments(rng, [FAILED_DAY], plan.scale.requests)
        rows += _made(rng, bad_night, FAILED_LATE, "2107X")
    return rows


def _made(
    rng: random.Random, starts: Sequence[int], late: dict[str, float], prefix: str
) -> list[ServiceRequest]:
    """Return a request at each instant, of which about those shares are late."""
    modes = rng.choices(list(MODES), list(MODE_WEIGHTS.values()), k=len(starts))
    forward = delays(rng, len(starts), share_of(rng, len(starts), late["forwarded"]), limits.DSP_REQUEST)
    rows: list[ServiceRequest] = []
    for mode, services in MODES.items():
        chosen = [n for n, each in enumerate(modes) if each == mode]
        srvs = rng.choices(services, k=len(chosen))
        for srv in sorted(set(srvs)):
            own = [n for n, each in zip(chosen, srvs, strict=True) if each == srv]
            limit = limits.TARGET_RESPONSE[srv, mode]
            taken = delays(rng, len(own), share_of(rng, len(own), late[mode]), limit)
            for n, took in zip(own, taken, strict=True):
                times = _times(rng, mode, starts[n], forward[n], took)
                rows.append(_row(rng, f"SR-{prefix}-{n:06}", (srv, mode), times))
    return rows


Times = tuple[int, int | None, int | None, int | None]


def _times(rng: random.Random, mode: str, start: int, forward: int | None, took: int | None) -> Times:
    execute = None
    if mode != "on_demand":
        ahead = FURTHEST_DATED if mode == "future_dated" else DAY
        execute = start + MINUTE + rng.randrange(ahead // SECOND) * SECOND
    delivered = None if took is None else (execute or start) + took
    return start, execute, None if forward is None else start + forward, delivered


def _row(rng: random.Random, number: str, service: tuple[str, str], times: Times) -> ServiceRequest:
    start, execute, forwarded, delivered = times
    refused = delivered is None or rng.random() < REFUSED_BY_DEVICE
    return ServiceRequest(
        request_id=number,
        srv=service[0],
        mode=service[1],
        party=rng.choices(USERS, PARTY_WEIGHTS)[0],
        region=rng.choice(list(REGIONS)),
        received_at=start,
        execute_at=execute,
        forwarded_at=forwarded,
        answered_at=None if delivered is None else max(start, delivered - SECOND // 4),
        delivered_at=delivered,
        outcome="failure" if refused else "success",
    )


def _special(book: Book) -> list[ServiceRequest]:
    """Return requests at the edges: nights of 23 and 25 hours, months that meet, services without a time."""
    noon = {day: instant(day, 12) for day in (dt.date(2020, 10, 24), dt.date(2021, 3, 27))}
    autumn, spring = noon.values()
    wall_day = 25 * HOUR
    cases = [
        ("lawful 24 hours over the night of 23", "DSP-PM1.3", ("4.8.1", "scheduled"), spring, DAY),
        ("late 25 hours over the night of 25", "DSP-PM1.3", ("4.8.1", "scheduled"), autumn, wall_day),
        ("lawful in the hour shown twice", "DSP-PM1.4", ("7.4", "on_demand"), _twice(), limits.QUICK),
        ("late by one second", "DSP-PM1.4", ("7.4", "on_demand"), _in_july(9), limits.QUICK + SECOND),
        ("lawful at the limit exactly", "DSP-PM1.4", ("7.4", "on_demand"), _in_july(10), limits.QUICK),
        ("late by a thousandth", "DSP-PM1.4", ("8.11", "on_demand"), _in_july(11), limits.QUICK + 1),
        ("lawful service without a limit", "DSP-PM1.2", ("7.4", "future_dated"), _in_july(12), 9 * DAY),
        ("lawful across the end of a month", "DSP-PM1.2", ("6.5", "future_dated"), _over_june(), DAY),
        ("late in the first half hour", "DSP-PM1.4", ("7.4", "on_demand"), _july_in_utc_june(), MINUTE),
    ]
    rows = []
    for number, (case, measure, service, start, took) in enumerate(cases, 1):
        dated = service[1] != "on_demand"
        row = ServiceRequest(
            request_id=f"SR-EDGE-{number:03}",
            srv=service[0],
            mode=service[1],
            party=USERS[number % len(USERS)],
            region="south",
            received_at=start - DAY if dated else start,
            execute_at=start if dated else None,
            forwarded_at=(start - DAY if dated else start) + SECOND,
            answered_at=start + took,
            delivered_at=start + took,
            outcome="success",
        )
        rows.append(row)
        book.plant(case, measure, row, start, why=WHY[case])
    return rows


WHY = {
    "lawful 24 hours over the night of 23": "24 hours passed, though the wall clock shows 25.",
    "late 25 hours over the night of 25": "25 hours passed, though the wall clock shows 24.",
    "lawful in the hour shown twice": "Received at the second 01:30 of 25 October 2020.",
    "late by one second": "31 seconds against a limit of 30.",
    "lawful at the limit exactly": "Taking exactly the limit is in time.",
    "late by a thousandth": "30.001 seconds against a limit of 30.",
    "lawful service without a limit": "The table has no entry for the service and mode: held, not failed.",
    "lawful across the end of a month": "Received in June, asked for July: counts in July.",
    "late in the first half hour": "23:30 UTC on 30 June is 00:30 on 1 July in London: counts in July.",
}


def _in_july(hour: int) -> int:
    return instant(dt.date(2021, 7, 6), hour)


def _twice() -> int:
    return instant(dt.date(2020, 10, 25), 1, 30) + HOUR


def _over_june() -> int:
    return instant(dt.date(2021, 7, 1), 0, 15)


def _july_in_utc_june() -> int:
    return instant(dt.date(2021, 7, 1), 0, 30)


def _spoilt(rows: Sequence[ServiceRequest], received_at: int) -> tuple[Spoilt, ...]:
    """Return rows that never count: unreadable, repeated, or in doubt."""
    day = civil_day(received_at) + dt.timedelta(days=60)
    one, other, third, fourth = (rows[len(rows) * n // 5] for n in range(1, 5))
    return (
        Spoilt(one, {"request_id": "SR-BAD-1", "received_at": "yesterday"}, "refused"),
        Spoilt(other, {"request_id": "SR-BAD-2", "mode": "by post"}, "refused"),
        Spoilt(third, {"request_id": ""}, "refused"),
        Spoilt(fourth, {}, "refused"),
        Spoilt(
            one,
            {
                "request_id": "SR-DOUBT-1",
                "received_at": f"{day}T09:00:00Z",
                "execute_at": "",
                "forwarded_at": "",
                "answered_at": "",
                "delivered_at": "",
            },
            "held",
        ),
    )
