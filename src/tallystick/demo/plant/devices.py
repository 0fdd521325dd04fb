"""Meters: commissioned, re-let, removed, and what the inventory says of them."""

import datetime as dt
import random
from itertools import count

from tallystick.demo.plant import cast, limits
from tallystick.demo.plant.cast import PRODUCTS, SUPPLIERS
from tallystick.demo.plant.clock import HOUR, ONE_DAY, SECOND, civil_day, instant, working_days_after
from tallystick.demo.plant.duties import owed
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.post import Parcel
from tallystick.demo.plant.rows import CertifiedProduct, Device, DeviceEvent, HubInstall
from tallystick.demo.plant.rules import judge_devices, judge_inventory
from tallystick.demo.plant.scales import FOCUS, LAST_SENT, MONTHS

LONG_AGO = dt.date(2019, 6, 1)
BEFORE_THE_YEAR = instant(dt.date(2020, 7, 1), 8)
STREAM = "device_events"
AGREED_BY = "SEC Operations Group"
METER = "esme"
FIRST_SUPPLY = 1_200_000_000_000
A_MONTH, IN_JULY = 12, 20
FOCUS_FIRST = dt.date.fromisoformat(f"{FOCUS}-01")  # before, what is in time is done on the day
# What follows what, and the last day it may.
ASKED = {
    "AREA-D1": ("commissioned", "certificates_recycled"),
    "AREA-D2": ("commissioned", "dno_certificate_applied"),
    "AREA-E2": ("removed", "decommissioned"),
    "AREA-F": ("tenancy_changed", "access_restricted"),
}


def last_day(measure: str, day: dt.date) -> dt.date:
    """Return the last day on which what must follow is in time."""
    if measure == "AREA-E2":
        return working_days_after(day, limits.DECOMMISSION_WORKING_DAYS)
    if measure == "AREA-F":
        return working_days_after(day, limits.RESTRICT_WORKING_DAYS)
    return day + limits.CERTIFICATES_DAYS * ONE_DAY


def plant_devices(plan: Plan, installs: list[HubInstall], hubs: list[DeviceEvent]) -> None:
    """Send what happened to devices, and the inventory."""
    rows = [*hubs, *_events(plan), *_edges(plan)]
    rows.sort(key=lambda row: (row.at, row.event_id))
    known = [row for row in rows if row.at <= LAST_SENT]
    judge_devices(known, installs, plan.book)
    plan.post.deliver(STREAM, known, "at", {})
    _inventory(plan)


def _events(plan: Plan) -> list[DeviceEvent]:
    """Return the events of each month: a trigger, and what follows it in time, late or never."""
    numbers = count(1)
    rows: list[DeviceEvent] = []
    for month in MONTHS:
        rng = plan.chance(STREAM, month)
        commissioned = [owed(plan, measure, month) for measure in ("AREA-D1", "AREA-D2")]
        for recycled, applied in zip(*commissioned, strict=True):
            for failing in zip(recycled.failing, applied.failing, strict=True):
                at = _working_hours(plan, rng, month)
                trigger = _trigger(f"{next(numbers):06}", (recycled.party, "commissioned"), at)
                rows.append(trigger)
                for measure, fails in zip(("AREA-D1", "AREA-D2"), failing, strict=True):
                    rows += _answer(rng, measure, trigger, fails=fails)
        for measure in ("AREA-E2", "AREA-F"):
            for one in owed(plan, measure, month):
                for fails in one.failing:
                    at = _working_hours(plan, rng, month)
                    trigger = _trigger(f"{next(numbers):06}", (one.party, ASKED[measure][0]), at)
                    rows += [trigger, *_answer(rng, measure, trigger, fails=fails)]
    return rows


def _working_hours(plan: Plan, rng: random.Random, month: str) -> int:
    return instant(rng.choice(plan.scale.days(month)), 7) + rng.randrange(10 * HOUR // SECOND) * SECOND


def _trigger(number: str, what: tuple[str, str], at: int) -> DeviceEvent:
    return _event(f"EV-{number}-0", f"DEV-{number}", what, at)


def _event(number: str, device: str, what: tuple[str, str], at: int) -> DeviceEvent:
    return DeviceEvent(number, device, None, METER, None, what[0], what[1], at)


def _answer(rng: random.Random, measure: str, trigger: DeviceEvent, *, fails: bool) -> list[DeviceEvent]:
    day = civil_day(trigger.at)
    last = last_day(measure, day)
    if fails and rng.random() < 0.3:  # noqa: PLR2004 - some of the late ones never come
        return []
    late = last + rng.randrange(1, 6) * ONE_DAY
    in_time = rng.randrange((last - day).days + 1) if day >= FOCUS_FIRST else 0
    done = late if fails else day + in_time * ONE_DAY
    at = instant(done, 17) + rng.randrange(6 * HOUR // SECOND) * SECOND
    number = f"{trigger.event_id[:-1]}{list(ASKED).index(measure) + 1}"
    return [_event(number, trigger.device_id, (trigger.party, ASKED[measure][1]), at)]


def _edges(plan: Plan) -> list[DeviceEvent]:
    """Return duties at the edges: the last second of the last day, bank holidays, month ends, exclusions."""
    christmas, august = dt.date(2020, 12, 24), dt.date(2021, 7, 30)
    may, june, july = dt.date(2021, 5, 28), dt.date(2021, 6, 28), dt.date(2021, 7, 8)
    cases: list[tuple[str, str, dt.date, dt.date | None]] = [
        # Working days after Christmas Eve 2020, a Thursday: 29, 30, 31 December, 4 and 5 January.
        ("lawful over the bank holidays of Christmas", "AREA-E2", christmas, dt.date(2021, 1, 5)),
        ("late by a day after Christmas", "AREA-E2", christmas, dt.date(2021, 1, 6)),
        # Monday 31 May 2021 is a bank holiday: the working day after Friday is Tuesday.
        ("lawful over a bank holiday", "AREA-F", may, dt.date(2021, 6, 1)),
        ("late by a day after a bank holiday", "AREA-F", may, dt.date(2021, 6, 2)),
        ("lawful on the seventh day", "AREA-D1", july, july + 7 * ONE_DAY),
        ("late on the eighth day", "AREA-D1", july, july + 8 * ONE_DAY),
        ("lawful in a later month", "AREA-D1", june, june + 7 * ONE_DAY),
        ("lawful on the seventh day", "AREA-D2", july, july + 7 * ONE_DAY),
        ("late and never done", "AREA-D2", july, None),
        ("lawful across the end of the year's last month", "AREA-E2", august, dt.date(2021, 8, 6)),
    ]
    rows: list[DeviceEvent] = []
    for number, (case, measure, day, done) in enumerate(cases):
        device = f"DEV-EDGE-{number:02}"
        party = SUPPLIERS[number % len(SUPPLIERS)]
        trigger = _event(f"EV-EDGE-D{number:02}-0", device, (party, ASKED[measure][0]), instant(day, 0, 0, 1))
        plan.book.plant(case, measure, trigger, trigger.at, why=_why(measure))
        rows += [trigger, *_done(trigger, measure, done)]
    return [*rows, *_excluded(plan, july)]


def _why(measure: str) -> str:
    trigger, answer = ASKED[measure]
    days = {"AREA-E2": "five working days", "AREA-F": "one working day"}.get(measure, "seven days")
    words = f"{trigger} is followed by {answer} within {days}".replace("_", " ")
    return f"{words[0].upper()}{words[1:]}."


def _done(trigger: DeviceEvent, measure: str, done: dt.date | None) -> list[DeviceEvent]:
    """Return the answers, at the last second of the day; the other certificate of a meter is in time."""
    rows = []
    for other, (begun, answer) in ASKED.items():
        own = other == measure
        day = done if own else civil_day(trigger.at) + ONE_DAY
        if begun == trigger.activity and day is not None:
            number = f"{trigger.event_id[:-1]}{list(ASKED).index(other) + 1}"
            rows.append(_event(number, trigger.device_id, (trigger.party, answer), instant(day, 23, 59, 59)))
    return rows


def _excluded(plan: Plan, day: dt.date) -> list[DeviceEvent]:
    """Return a record on the exceptions list, and one whose exception ended on its day."""
    what, reason = (SUPPLIERS[0], "tenancy_changed"), "Tenancy recorded in error"
    excluded = _event("EV-EDGE-EX1-0", "DEV-EDGE-EX1", what, instant(day, 9))
    plan.book.exclude(excluded, reason, AGREED_BY)
    plan.book.plant("lawful as an excluded record", "AREA-F", excluded, excluded.at, why="It is on the list.")
    lapsed = _event("EV-EDGE-EX2-0", "DEV-EDGE-EX2", what, instant(day, 10))
    plan.book.exclude_no_longer(lapsed, reason, AGREED_BY, day)
    plan.book.plant("late as its exception ended", "AREA-F", lapsed, lapsed.at, why="It ended on the day.")
    return [excluded, lapsed]


def _inventory(plan: Plan) -> None:
    products = [
        CertifiedProduct(model, firmware, LONG_AGO, None)
        for several in PRODUCTS.values()
        for model, firmware in several
    ]
    products.append(CertifiedProduct(*cast.EXPIRING, LONG_AGO, cast.EXPIRES_ON))
    plan.post.send(Parcel("certified_products", "all", BEFORE_THE_YEAR, products))
    rows = [*_installed(plan), *_inventory_edges(plan)]
    rows.sort(key=lambda row: (row.from_at, row.device_id))
    judge_inventory(rows, products, plan.book)
    plan.post.deliver("inventory", rows, "from_at", {})


def _installed(plan: Plan) -> list[Device]:
    """Return the meters that entered the inventory: some take the place of an older one, at one instant."""
    rows: list[Device] = []
    supply = count(FIRST_SUPPLY)
    for month in MONTHS:
        rng = plan.chance("inventory", month)
        for party in SUPPLIERS:
            for n in range((IN_JULY if month == FOCUS else A_MONTH) * plan.scale.duties):
                kind = rng.choice(list(PRODUCTS))
                product = rng.choice(PRODUCTS[kind])
                start = (
                    instant(rng.choice(plan.scale.days(month)), 8)
                    + rng.randrange(9 * HOUR // SECOND) * SECOND
                )
                number = f"{month}-{SUPPLIERS.index(party)}-{n:04}"
                old = _device(f"DEV-I-{number}-A", start, (str(next(supply)), kind, party), product)
                if n % 5:
                    rows.append(old)
                    continue
                swapped = start + rng.randrange(1, 3 * HOUR // SECOND) * SECOND
                new = _device(f"DEV-I-{number}-B", swapped, (old.mpxn or "", kind, party), product)
                rows += [old._replace(until_at=swapped, status="decommissioned"), new]
    return rows


def _device(number: str, start: int, what: tuple[str, str, str], product: tuple[str, str]) -> Device:
    mpxn, kind, party = what
    return Device(number, start, mpxn, kind, party, product[0], product[1], "commissioned", None)


def _inventory_edges(plan: Plan) -> list[Device]:
    """Return meters at the edges: a product on its last day, crossed and touching supply points."""
    expires, july = cast.EXPIRES_ON, dt.date(2021, 7, 12)
    good, party = PRODUCTS[METER][0], "Fellside Energy"
    listed = [
        ("lawful on the product's last day", expires - ONE_DAY, cast.EXPIRING),
        ("late on the day that the product expired", expires, cast.EXPIRING),
        ("late with a firmware that is not certified", july, cast.UNCERTIFIED),
    ]
    rows = []
    for n, (case, day, product) in enumerate(listed):
        supply = str(FIRST_SUPPLY + 900_000 + n)
        row = _device(f"DEV-EDGE-A{n}", instant(day, 15), (supply, METER, party), product)
        plan.book.plant(case, "AREA-A", row, row.from_at, why="Model and firmware are on the list that day.")
        rows.append(row)
    for n, (case, gap) in enumerate((("late crossed", -SECOND), ("lawful touching", 0))):
        what = (str(FIRST_SUPPLY + 910_000 + n), METER, "Gorsebank Energy")
        swapped = instant(july, 12)
        old = _device(f"DEV-EDGE-E{n}-A", instant(july, 9), what, good)._replace(until_at=swapped)
        new = _device(f"DEV-EDGE-E{n}-B", swapped + gap, what, good)
        why = "Two meters of a kind may not stand at one supply point at once; touching is lawful."
        plan.book.plant(f"{case} supply point", "AREA-E1", new, new.from_at, why=why)
        rows += [old, new]
    return [*rows, *_two_kinds(july)]


def _two_kinds(day: dt.date) -> list[Device]:
    """Return an electricity meter and a gas meter under one number: nothing is crossed."""
    number, start = str(FIRST_SUPPLY + 920_000), instant(day, 10)
    return [
        _device(f"DEV-EDGE-K-{kind}", start, (number, kind, "Gorsebank Energy"), PRODUCTS[kind][0])
        for kind in ("esme", "gsme")
    ]
