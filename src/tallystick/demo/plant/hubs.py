"""Communications Hubs: installed, delivered, removed and returned, and the coverage they are chosen by."""

import datetime as dt
import random

from tallystick.demo.plant import cast, limits
from tallystick.demo.plant.cast import AREAS, CHANGED_ON, CHANGING_AREA, REGIONS, REQUIRED, SUPPLIERS
from tallystick.demo.plant.chance import flags
from tallystick.demo.plant.clock import (
    DAY,
    HOUR,
    ONE_DAY,
    SECOND,
    civil_day,
    instant,
    month_of,
    working_days_after,
)
from tallystick.demo.plant.duties import Owed, owed
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.post import Parcel
from tallystick.demo.plant.rows import Coverage, DeviceEvent, HubDelivery, HubInstall, HubReturn
from tallystick.demo.plant.rules import judge_deliveries, judge_installs, judge_returns
from tallystick.demo.plant.scales import FOCUS, LAST_SENT, MONTHS

LONG_AGO = dt.date(2019, 1, 1)
BEFORE_THE_YEAR = instant(dt.date(2020, 7, 1), 8)
LATE_PARTY = "Dovecote Energy"
LATE_SENT = instant(dt.date(2021, 8, 17), 15)
ORDERS_A_MONTH = 6
USUAL_RETURN = 9  # days
BY_THEMSELVES = ("Alderbrook Energy", LATE_PARTY)  # the others' returns come in one file
NO_SM_WAN, NEVER_CONNECTED, FAULTY, ABANDONED = 0.03, 0.25, 0.01, 0.02


def plant_hubs(plan: Plan) -> tuple[list[HubInstall], list[DeviceEvent]]:
    """Send what concerns hubs; return the installs, and the installations that the system saw."""
    register = _coverage()
    plan.post.send(
        Parcel("coverage", "all", BEFORE_THE_YEAR, [row._replace(until_on=None) for row in register[:-1]])
    )
    changed = [register[-1], *(row for row in register if row.area == CHANGING_AREA and row.until_on)]
    plan.post.send(Parcel("coverage", "changed", instant(dt.date(2021, 7, 9), 9), changed))
    installs, seen = _installs(plan)
    judge_installs(installs, register, plan.book)
    plan.post.deliver("hub_installs", installs, "installed_at", {})
    _deliveries(plan)
    _returns(plan)
    return installs, seen


def _coverage() -> list[Coverage]:
    region_of = {area: region for region, areas in AREAS.items() for area in areas}
    rows = [
        Coverage(
            area,
            LONG_AGO,
            region_of[area],
            variant,
            "yes",
            CHANGED_ON if area == CHANGING_AREA else None,
        )
        for area, variant in REQUIRED.items()
    ]
    return [*rows, Coverage(CHANGING_AREA, CHANGED_ON, "north", cast.CHANGED_TO, "yes", None)]


def _installs(plan: Plan) -> tuple[list[HubInstall], list[DeviceEvent]]:
    """Return every install message, and every installation: now and then one has no message in time."""
    installs: list[HubInstall] = []
    seen: list[DeviceEvent] = []
    for month in MONTHS:
        rng = plan.chance("hubs", month)
        for one in owed(plan, "AREA-C", month):
            wrong = flags(rng, one.count, _wrong(one))
            for n, fails in enumerate(one.failing):
                number = f"{len(seen):06}"
                who = (number, one.party, _office_hours(plan, rng, month))
                event, install = _visit(rng, who, wrong=wrong[n], unreported=fails)
                seen.append(event)
                installs += [install] if install else []
        installs += _fruitless(plan, month, len(installs))
    edges = [*_install_edges(plan), *_connections(plan)]
    installs += [install for _, install in edges if install]
    seen += [event for event, _ in edges]
    return sorted(installs, key=lambda row: (row.installed_at, row.install_id)), seen


def _wrong(one: Owed) -> int:
    """Return how many hubs are of the wrong variant: in July too many of one party's."""
    bad = one.party == "Fellside Energy" and one.period == FOCUS
    return one.count // 5 if bad else 0


def _visit(
    rng: random.Random, who: tuple[str, str, int], *, wrong: bool, unreported: bool
) -> tuple[DeviceEvent, HubInstall | None]:
    number, party, at = who
    region = rng.choice(list(REGIONS))
    event = DeviceEvent(
        f"EV-HUB-{number}", f"HUB-{number}", f"HUB-{number}", "hub", REGIONS[region], party, "installed", at
    )
    last = working_days_after(civil_day(at), limits.INSTALL_STATUS_WORKING_DAYS)
    if unreported and int(number) % 3 == 0:
        return event, None
    reported_on = last + ONE_DAY if unreported else _within(rng, civil_day(at), last)
    reported = instant(reported_on, 18) + rng.randrange(HOUR // SECOND) * SECOND
    area = rng.choice([area for area in AREAS[region] if area != CHANGING_AREA])
    variant = (
        cast.MESH if REQUIRED[area] != cast.MESH and wrong else cast.STANDARD if wrong else REQUIRED[area]
    )
    connected = _connected(rng, reported)
    outcome = "install_success" if connected == reported else "no_sm_wan"
    known = connected if connected is not None and connected <= LAST_SENT else None
    return event, HubInstall(
        f"INS-{number}", f"HUB-{number}", party, region, area, variant, reported, known, outcome
    )


def _connected(rng: random.Random, reported: int) -> int | None:
    if rng.random() >= NO_SM_WAN:
        return reported
    if rng.random() < NEVER_CONNECTED:
        return None
    return reported + rng.randrange(1, 85) * DAY


def _within(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    if f"{first:%Y-%m}" != FOCUS:
        return first  # in past months everybody reports on the day
    return first + rng.randrange((last - first).days + 1) * ONE_DAY


def _office_hours(plan: Plan, rng: random.Random, month: str) -> int:
    return instant(rng.choice(plan.scale.days(month)), 8) + rng.randrange(9 * HOUR // SECOND) * SECOND


def _fruitless(plan: Plan, month: str, number: int) -> list[HubInstall]:
    """Return visits that were abandoned, and hubs that were found faulty."""
    rng, rows = plan.chance("fruitless", month), []
    for n, outcome in enumerate(("abandoned", "faulty") if month[-1] in "27" else ("abandoned",)):
        at, region = _office_hours(plan, rng, month), rng.choice(list(REGIONS))
        area, party = AREAS[region][0], rng.choice(SUPPLIERS)
        name = f"{month}-{number}-{n}"
        variant = REQUIRED[area]
        rows.append(HubInstall(f"INS-{name}", f"HUB-{name}", party, region, area, variant, at, None, outcome))
    return rows


Edge = tuple[DeviceEvent, HubInstall | None]


def _install_edges(plan: Plan) -> list[Edge]:
    """Return installs at the edges: bank holidays, changing coverage, unknown areas, an excluded hub."""
    good_friday = dt.date(2021, 4, 2)
    thursday = good_friday - ONE_DAY
    # Two working days after Thursday 1 April 2021 are the 6th and the 7th.
    second, third = dt.date(2021, 4, 7), dt.date(2021, 4, 8)
    eve, day = CHANGED_ON - ONE_DAY, CHANGED_ON
    old, new = REQUIRED[CHANGING_AREA], cast.CHANGED_TO
    july = dt.date(2021, 7, 22)
    books: list[tuple[str, str, dt.date, dt.date | None, tuple[str, str]]] = [
        ("lawful over the bank holidays of Easter", "AREA-C", thursday, second, ("S1", REQUIRED["S1"])),
        ("late by a day after Easter", "AREA-C", thursday, third, ("S1", REQUIRED["S1"])),
        (
            "lawful in a later month",
            "AREA-C",
            dt.date(2021, 7, 30),
            dt.date(2021, 8, 3),
            ("S1", REQUIRED["S1"]),
        ),
        ("lawful on the last day of a coverage", "AREA-B", eve, eve, (CHANGING_AREA, old)),
        ("late on the first day of another coverage", "AREA-B", day, day, (CHANGING_AREA, old)),
        ("lawful on the first day of another coverage", "AREA-B", day, day, (CHANGING_AREA, new)),
        ("lawful where no coverage is stated", "AREA-B", july, july, (cast.UNCOVERED_AREA, old)),
        ("late where the database has no area", "CSPN-COV", july, july, ("N9", old)),
    ]
    found: list[Edge] = []
    for n, (case, measure, installed, reported, where) in enumerate(books):
        pair = _edge(n, installed, reported, where)
        found.append((pair[0], pair[1]))
        event, install = pair
        row = event if measure == "AREA-C" or install is None else install
        plan.book.plant(case, measure, row, instant(installed, 10), why=EDGES[measure])
    event, _ = _edge(len(books), july, None, ("S1", old))
    plan.book.exclude(event, "Installed in a test house", "SEC Operations Group", dt.date(2022, 3, 31))
    plan.book.plant("lawful as an excluded record", "AREA-C", event, event.at, why="On the exceptions list.")
    return [*found, (event, None)]


def _connections(plan: Plan) -> list[Edge]:
    """Return hubs of the quarter before July: connected on the ninetieth day, the day after, not yet."""
    first, june, last = dt.date(2021, 4, 7), dt.date(2021, 6, 8), dt.date(2021, 6, 24)
    cases = [
        ("lawful on the ninetieth day", first, limits.CONNECT_DAYS),
        ("late on the ninety-first day", first, limits.CONNECT_DAYS + 1),
        ("lawful and learnt of in a later file", june, 56),
        ("lawful while its days still run", last, None),
    ]
    found: list[Edge] = []
    for n, (case, installed, days) in enumerate(cases):
        event, install = _edge(20 + n, installed, installed, ("S1", REQUIRED["S1"]))
        connected = None if days is None else instant(installed + days * ONE_DAY, 23, 59, 59)
        if install is not None:
            row = install._replace(connected_at=connected, outcome="no_sm_wan")
            plan.book.plant_in(
                case,
                "CSPS-PM1.2",
                row,
                FOCUS,
                why="Connected within 90 days; July reports the quarter before.",
            )
            found.append((event, row))
    return found


EDGES = {
    "AREA-C": "Two working days after the day of installation, wherever the month ends.",
    "AREA-B": "The variant is the one required on the day of the install; an area without one is held.",
    "CSPN-COV": "The coverage database holds no such area on the day.",
}


def _edge(
    number: int, installed: dt.date, reported: dt.date | None, where: tuple[str, str]
) -> tuple[DeviceEvent, HubInstall | None]:
    region = {area[0].lower(): area for area in REGIONS}[where[0][0].lower()]
    hub, party, at = f"HUB-EDGE-{number:02}", SUPPLIERS[number % len(SUPPLIERS)], instant(installed, 10)
    event = DeviceEvent(f"EV-EDGE-{number:02}", hub, hub, "hub", REGIONS[region], party, "installed", at)
    if reported is None:
        return event, None
    told = instant(reported, 16)
    area, variant = where
    name = f"INS-EDGE-{number:02}"
    return event, HubInstall(name, hub, party, region, area, variant, told, told, "install_success")


def _deliveries(plan: Plan) -> None:
    """Send the deliveries; in July a quarter of the North's come on time, and many hubs are sent back."""
    rows: list[HubDelivery] = []
    for month in MONTHS:
        rng = plan.chance("deliveries", month)
        for region in REGIONS:
            for n in range(ORDERS_A_MONTH * plan.scale.duties):
                due = dt.date.fromisoformat(f"{month}-{1 + n % 26:02}")
                bad = region == "north" and month == FOCUS
                late = n % 4 != 0 if bad else n == 5 and rng.random() < 0.2  # noqa: PLR2004 - made-up data
                rejected = 12 if bad and n % 2 else int(rng.random() < 0.1)  # noqa: PLR2004 - made-up data
                number = f"ORD-{region[0].upper()}-{month}-{n:03}"
                delivered = due + ONE_DAY if late else due
                reason = "Faulty on delivery" if rejected else None
                rows.append(HubDelivery(number, region, due, delivered, 100, rejected, reason))
    last = dt.date.fromisoformat(f"{FOCUS}-31")
    straddling = HubDelivery("ORD-EDGE-1", "south", last, last + ONE_DAY, 100, 0, None)
    rows.append(straddling)
    plan.book.plant_in("late across the end of a month", "HUB-ON-TIME", straddling, FOCUS, why=STRADDLING)
    judge_deliveries(rows, plan.book)
    for cut in plan.scale.cuts:
        own = [row for row in rows if cut.first <= row.due_on <= cut.last]
        period = plan.scale.register_period(cut)
        plan.post.send(Parcel("hub_deliveries", cut.name, cut.received_at, own, period))


STRADDLING = "Due on 31 July, delivered on 1 August: late in July, its hubs count in August."


def _returns(plan: Plan) -> None:
    rows: list[HubReturn] = []
    for month in MONTHS:
        rng = plan.chance("returns", month)
        for one in owed(plan, "AREA-G", month):
            for n, fails in enumerate(one.failing):
                hub = f"HUB-R-{month}-{SUPPLIERS.index(one.party)}-{n:03}"
                rows += _removal(rng, (hub, one.party, _office_hours(plan, rng, month)), fails=fails)
    rows += _return_edges(plan)
    rows.sort(key=lambda row: (row.at, row.hub_id, row.activity))
    known = [row for row in rows if row.at <= LAST_SENT]
    judge_returns(known, plan.book)
    _send_returns(plan, known)


def _removal(rng: random.Random, which: tuple[str, str, int], *, fails: bool) -> list[HubReturn]:
    hub, party, at = which
    region = rng.choice(list(REGIONS))
    removed = HubReturn(hub, "removed", at, party, region, None)
    if fails and rng.random() < 0.4:  # noqa: PLR2004 - some of the late ones never come back
        return [removed]
    in_time = rng.randrange(1, limits.RETURN_DAYS) if month_of(at) == FOCUS else USUAL_RETURN
    days = limits.RETURN_DAYS + 1 + rng.randrange(10) if fails else in_time
    back = instant(civil_day(at) + days * ONE_DAY, 11) + rng.randrange(HOUR // SECOND) * SECOND
    return [removed, HubReturn(hub, "returned", back, party, region, "No fault found")]


def _return_edges(plan: Plan) -> list[HubReturn]:
    """Return hubs at the edges: the thirtieth day, the day after, one that left twice, one still out."""
    party, may = "Alderbrook Energy", dt.date(2021, 5, 20)
    june, july = dt.date(2021, 6, 10), dt.date(2021, 7, 29)
    thirty = limits.RETURN_DAYS * ONE_DAY
    cases: list[tuple[str, dt.date, dt.date | None]] = [
        ("lawful on the thirtieth day", june, june + thirty),
        ("late on the day after the thirtieth", june, june + thirty + ONE_DAY),
        ("lawful in a later month", may, may + 20 * ONE_DAY),
        ("lawful while its days still run", july, None),
    ]
    rows = []
    for n, (case, removed, returned) in enumerate(cases):
        row = HubReturn(f"HUB-R-EDGE-{n}", "removed", instant(removed, 9), party, "south", None)
        plan.book.plant(case, "AREA-G", row, row.at, why="A removed hub is returned within 30 days.")
        rows.append(row)
        if returned:
            rows.append(row._replace(activity="returned", at=instant(returned, 23, 59, 59)))
    return [*rows, *_left_twice(plan, party)]


def _left_twice(plan: Plan, party: str) -> list[HubReturn]:
    """Return a hub that came back before it left again: an earlier return discharges nothing."""
    spring, summer = dt.date(2021, 4, 6), dt.date(2021, 7, 5)
    first = HubReturn("HUB-R-EDGE-9", "removed", instant(spring, 9), party, "north", None)
    back = first._replace(activity="returned", at=instant(spring + 10 * ONE_DAY, 9))
    again = first._replace(at=instant(summer, 9))
    why = "Each removal asks for a return of its own."
    plan.book.plant("lawful and left again", "AREA-G", first, first.at, why=why)
    plan.book.plant("late though it had come back before", "AREA-G", again, again.at, why=why)
    return [first, back, again]


def _send_returns(plan: Plan, rows: list[HubReturn]) -> None:
    """Send the returns; in July two suppliers send their own, one of them late."""
    *earlier, july = plan.scale.cuts
    for cut in earlier:
        own = [row for row in rows if cut.first <= civil_day(row.at) <= cut.last]
        plan.post.send(Parcel("hub_returns", cut.name, cut.received_at, own, cut.period))
    in_july = [row for row in rows if july.first <= civil_day(row.at) <= july.last]
    for party in BY_THEMSELVES:
        own = [row for row in in_july if row.party == party]
        name, sent = party.split()[0].lower(), LATE_SENT if party == LATE_PARTY else july.received_at
        plan.post.send(Parcel("hub_returns", f"{july.name}-{name}", sent, own, july.period, party))
    others = [row for row in in_july if row.party not in BY_THEMSELVES]
    plan.post.send(Parcel("hub_returns", july.name, july.received_at, others, july.period))
    after = [row for row in rows if civil_day(row.at) > july.last]
    plan.post.send(Parcel("hub_returns", "settled", LAST_SENT, after))
