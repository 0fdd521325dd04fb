"""What the communications providers carry: firmware, commands, round trips and alerts."""

import datetime as dt
from collections.abc import Sequence

from tallystick.demo.plant import limits
from tallystick.demo.plant.cast import CSPS, USERS
from tallystick.demo.plant.chance import delays, moments, share_of
from tallystick.demo.plant.clock import SECOND, civil_day, instant, month_of
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.post import Parcel, Spoilt
from tallystick.demo.plant.rows import Alert, FirmwarePayload, HanCommand, RoundTrip
from tallystick.demo.plant.rules import judge_stream
from tallystick.demo.plant.scales import FOCUS, Cut

RESTATED_ON = (dt.date(2021, 7, 12), dt.date(2021, 7, 13))
RESTATED_AT = instant(dt.date(2021, 8, 16), 11)
CALM = 0.004
# Share late by measure: in most months, and in July 2021.
LATE = {
    "CSPN-PM2": (0.03, 0.29),
    "CSPC-PM2": (0.006, 0.006),
    "CSPN-PM3.1": (0.006, 0.0138),
    "CSPC-PM3.1": (CALM, CALM),
    "CSPN-RTT2": (0.01, 0.02),
    "CSPC-RTT4": (0.01, 0.03),
    "CSPS-ALERTS": (CALM, 0.02),
    "CSPN-OUTAGE": (0.02, 0.06),
}
EQUAL_TO_TARGET = "CSPS-PM2"
ONE_HUNDRED = 100
CATEGORY_ONE = 0.7


def plant_carriers(plan: Plan) -> None:
    """Send everything the communications providers carry in the year."""
    for cut in plan.scale.cuts:
        _firmware(plan, cut)
        _commands(plan, cut)
        _trips(plan, cut)
        _alerts(plan, cut)


def _rate(measure: str, month: str) -> float:
    return LATE.get(measure, (CALM, CALM))[month == FOCUS]


def _taken(plan: Plan, measure: str, month: str, count: int, limit: int) -> list[int | None]:
    rng = plan.chance(measure, month)
    late = share_of(rng, count, _rate(measure, month))
    if measure == EQUAL_TO_TARGET and month == FOCUS:
        late = count // ONE_HUNDRED
    return delays(rng, count, late, limit)


def _firmware(plan: Plan, cut: Cut) -> None:
    rows = [row for month in cut.months for who in CSPS for row in _payloads(plan, month, who)]
    rows.sort(key=lambda row: row.requested_at)
    judge_stream("firmware_payloads", rows, plan.book)
    focus = cut.months[-1] == FOCUS
    first = [_before_restatement(row) for row in rows] if focus else rows
    plan.post.send(Parcel("firmware_payloads", cut.name, cut.received_at, first, cut.period))
    if focus:
        judge_stream("firmware_payloads", first, plan.early)
        again = [row for row in rows if civil_day(row.requested_at) in RESTATED_ON]
        plan.post.send(Parcel("firmware_payloads", "restated", RESTATED_AT, again))


def _before_restatement(row: FirmwarePayload) -> FirmwarePayload:
    """Return the payload as first sent: the North's completions of two days were missing."""
    if row.provider == "CSPN" and civil_day(row.requested_at) in RESTATED_ON:
        return row._replace(completed_at=None)
    return row


def _payloads(plan: Plan, month: str, who: str) -> list[FirmwarePayload]:
    rng = plan.chance("firmware", month, who)
    starts = moments(rng, plan.scale.days(month), plan.scale.firmware)
    measure = f"{who}-PM2"
    first = int(len(starts) * CATEGORY_ONE)
    if measure == EQUAL_TO_TARGET and month == FOCUS:
        first = first // ONE_HUNDRED * ONE_HUNDRED
    chosen = set(rng.sample(range(len(starts)), first))
    taken = iter(_taken(plan, measure, month, first, limits.FIRMWARE))
    # The second category has no limit: three weeks are nobody's failure.
    slow = limits.FIRMWARE + SECOND
    rows = []
    for n, start in enumerate(starts):
        took = next(taken) if n in chosen else slow
        done = None if took is None else start + took
        category = "1" if n in chosen else "2"
        rows.append(FirmwarePayload(f"FW-{who}-{month}-{n:05}", who, category, start, done))
    _edges(plan, measure, rows, limits.FIRMWARE)
    return rows


def _edges(plan: Plan, measure: str, rows: Sequence[FirmwarePayload], limit: int) -> None:
    """Note the payloads of July that stand at the edges of the rule."""
    if measure != "CSPN-PM2" or not rows or month_of(rows[0].requested_at) != FOCUS:
        return
    told = {limit: ("lawful", "at the limit exactly"), limit + SECOND: ("late", "by one second")}
    for category, reason in (("1", "is a limit of 120 hours"), ("2", "only the first category has a limit")):
        for took, (verdict, case) in told.items():
            found = [
                r for r in rows if r.category == category and (r.completed_at or 0) - r.requested_at == took
            ]
            if not found:
                continue
            named = f"{verdict} {case}" if category == "1" else "lawful in the second category"
            plan.book.plant(named, measure, found[0], found[0].requested_at, why=f"There {reason}.")


def _commands(plan: Plan, cut: Cut) -> None:
    rows: list[HanCommand] = []
    for month in cut.months:
        for who in CSPS:
            rng = plan.chance("han", month, who)
            starts = moments(rng, plan.scale.days(month), plan.scale.commands)
            taken = _taken(plan, f"{who}-PM3.1", month, len(starts), limits.HAN)
            for n, (start, took) in enumerate(zip(starts, taken, strict=True)):
                category = "2" if n % 5 else "1"
                done = None if took is None else start + took
                rows.append(HanCommand(f"HAN-{who}-{month}-{n:06}", who, category, start, done))
    rows.sort(key=lambda row: row.received_at)
    judge_stream("han_commands", rows, plan.book)
    plan.post.send(Parcel("han_commands", cut.name, cut.received_at, rows, cut.period))


def _trips(plan: Plan, cut: Cut) -> None:
    rows: list[RoundTrip] = []
    for month in cut.months:
        for who in CSPS:
            for kind, limit in limits.ROUND_TRIP.items():
                rng = plan.chance(kind, month, who)
                starts = moments(rng, plan.scale.days(month), plan.scale.tests)
                taken = _taken(plan, f"{who}-{kind}", month, len(starts), limit)
                for n, (start, took) in enumerate(zip(starts, taken, strict=True)):
                    done = None if took is None else start + took
                    rows.append(RoundTrip(f"{kind}-{who}-{month}-{n:05}", who, kind, start, done))
    rows.sort(key=lambda row: row.sent_at)
    judge_stream("round_trips", rows, plan.book)
    spoilt: tuple[Spoilt, ...] = ()
    if cut.months[-1] == FOCUS:
        back = {"test_id": "RTT-DOUBT-1", "returned_at": "2021-06-30T23:00:00+01:00"}
        spoilt = (Spoilt(rows[len(rows) // 2], back, "held"),)
    plan.post.send(Parcel("round_trips", cut.name, cut.received_at, rows, cut.period, spoilt=spoilt))


def _alerts(plan: Plan, cut: Cut) -> None:
    rows: list[Alert] = []
    for month in cut.months:
        for who in ("DSP", *CSPS):
            rows += _ordinary_alerts(plan, month, who)
        rows += _outage_alerts(plan, month)
    rows.sort(key=lambda row: (row.raised_at, row.alert_id))
    judge_stream("alerts", rows, plan.book)
    plan.post.send(Parcel("alerts", cut.name, cut.received_at, rows, cut.period))


def _ordinary_alerts(plan: Plan, month: str, who: str) -> list[Alert]:
    rng = plan.chance("alerts", month, who)
    starts = moments(rng, plan.scale.days(month), plan.scale.alerts)
    taken = _taken(plan, f"{who}-ALERTS", month, len(starts), limits.ALERT)
    rows = []
    for n, (start, took) in enumerate(zip(starts, taken, strict=True)):
        kind = "dcc" if who == "DSP" and n % 3 == 0 else "device"
        done = None if took is None else start + took
        rows.append(Alert(f"AL-{who}-{month}-{n:06}", who, rng.choice(USERS), kind, start, done, 1))
    return rows


def _outage_alerts(plan: Plan, month: str) -> list[Alert]:
    """Power outages of the North: both sizes, and both sides of the line between them."""
    rng = plan.chance("outage alerts", month)
    starts = moments(rng, plan.scale.days(month), max(2, plan.scale.alerts // 5))
    taken = _taken(plan, "CSPN-OUTAGE", month, len(starts), limits.OUTAGE_ALERT)
    rows: list[Alert] = []
    for n, (start, took) in enumerate(zip(starts, taken, strict=True)):
        hubs = (limits.FEW_HUBS, limits.FEW_HUBS + 1, rng.randrange(1, 50), rng.randrange(51, 900))[n % 4]
        done = None if took is None else start + took
        party = rng.choice(USERS)
        rows.append(Alert(f"PO-CSPN-{month}-{n:05}", "CSPN", party, "power_outage", start, done, hubs))
    return rows
