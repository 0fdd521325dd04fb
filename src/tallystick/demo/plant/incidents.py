"""Incidents and anomalies, and the change that failed on the night of 14 July 2021."""

import datetime as dt
import random
from collections.abc import Iterator
from itertools import count

from tallystick.demo.plant import limits
from tallystick.demo.plant.book import CODE_OWNER
from tallystick.demo.plant.cast import CSPS, SUPPLIERS, USERS
from tallystick.demo.plant.chance import delays, flags, share_of
from tallystick.demo.plant.clock import HOUR, MINUTE, SECOND, instant
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.post import Spoilt
from tallystick.demo.plant.requests import FAILED_CHANGE, FAILED_DAY
from tallystick.demo.plant.rows import Anomaly, Incident
from tallystick.demo.plant.rules import judge_remote, judge_stream
from tallystick.demo.plant.scales import FOCUS, HISTORY, LAST_SENT, MONTHS

FIRST_NUMBER = 750_000
DCC_A_MONTH = {"1": 3, "2": 5, "3": 12, "4": 10, "5": 8}
PARTY_A_MONTH = {"3": 2, "4": 3, "5": 1}
LATE = {"DCC": 0.05, "Gorsebank Energy": 0.25}
LATE_IN_JULY = {"DCC": 0.12, "Gorsebank Energy": 0.4, "Brightwater Power": 0.3}
CALM = 0.02
REMOTE_SHARE = 0.97
REMOTE_IN_THE_NORTH = 0.6
ANOMALIES_A_MONTH = 12
FAILED_ANOMALIES, FAILED_IN_TIME = 89, 30  # 33.70 %


def plant_incidents(plan: Plan) -> None:
    """Send the Incidents and anomalies of the year."""
    numbers = count(FIRST_NUMBER)
    rows: list[Incident] = []
    for month in MONTHS:
        rows += _month(plan, month, numbers)
    rows += [*_of_the_change(numbers), *_edges(plan, numbers)]
    rows.sort(key=lambda row: row.raised_at)
    judge_stream("incidents", rows, plan.book)
    judge_remote(rows, plan.book)
    plan.post.deliver("incidents", rows, "raised_at", _spoilt(rows))
    _plant_anomalies(plan)


def _id(numbers: Iterator[int]) -> str:
    return f"INC{next(numbers):012}"


def _month(plan: Plan, month: str, numbers: Iterator[int]) -> list[Incident]:
    rng = plan.chance("incidents", month)
    amounts = [(CODE_OWNER, category, n) for category, n in DCC_A_MONTH.items()]
    amounts += [(party, category, n) for party in SUPPLIERS for category, n in PARTY_A_MONTH.items()]
    rows = []
    for who, category, number in amounts:
        several = number * plan.scale.duties
        late = LATE_IN_JULY if month == FOCUS else LATE
        failing = share_of(rng, several, late.get(who, CALM))
        responses = delays(rng, several, share_of(rng, several, CALM), limits.RESPONSE[category])
        taken = delays(rng, several, failing, limits.RESOLUTION[category])
        for response, took in zip(responses, taken, strict=True):
            start = _start(plan, rng, month)
            rows.append(_incident(rng, _id(numbers), (who, category), (start, response, took)))
    return rows


def _start(plan: Plan, rng: random.Random, month: str) -> int:
    # In office hours, so that a local time never falls in the hour shown twice.
    return instant(rng.choice(plan.scale.days(month)), 8) + rng.randrange(12 * HOUR // SECOND) * SECOND


def _incident(
    rng: random.Random, number: str, kind: tuple[str, str], times: tuple[int, int | None, int | None]
) -> Incident:
    start, response, took = times
    resolved = None if took is None else start + took
    responded = None if response is None else start + response
    if resolved is not None and resolved > LAST_SENT:
        resolved = None
    provider = rng.choice(("DSP", *CSPS)) if kind[0] == CODE_OWNER else None
    hub = provider in CSPS and rng.random() < 0.7  # noqa: PLR2004 - a share of made-up data
    remote = REMOTE_IN_THE_NORTH if provider == "CSPN" else REMOTE_SHARE
    resolution = ("remote" if rng.random() < remote else "visit") if hub else "other"
    return Incident(
        incident_id=number,
        category=kind[1],
        responsible=kind[0],
        provider=provider,
        device_kind="hub" if hub else rng.choice(("esme", "gsme", None)),
        raised_at=start,
        responded_at=responded,
        resolved_at=resolved,
        resolution=None if resolved is None else resolution,
        change_id=None,
        status="open" if resolved is None else "resolved",
    )


def _plain(
    number: str, kind: tuple[str, str], times: tuple[int, int, int | None], change: str | None = None
) -> Incident:
    start, responded, resolved = times
    return Incident(
        number,
        kind[1],
        kind[0],
        "DSP" if kind[0] == CODE_OWNER else None,
        None,
        start,
        responded,
        resolved,
        None if resolved is None else "other",
        change,
        "open" if resolved is None else "resolved",
    )


def _of_the_change(numbers: Iterator[int]) -> list[Incident]:
    """Return what the failed change caused: one Incident of each of three categories, two of them late."""
    rows = []
    for category, hours in (("1", 6), ("2", 20), ("3", 80)):
        start = instant(FAILED_DAY, 2, 10)
        times = (start, start + 5 * MINUTE, start + hours * HOUR)
        rows.append(_plain(_id(numbers), (CODE_OWNER, category), times, FAILED_CHANGE))
    return rows


def _edges(plan: Plan, numbers: Iterator[int]) -> list[Incident]:
    """Return Incidents at the edges of the rule, and two that are excluded."""
    book, party = plan.book, "Cairn Valley Energy"
    june, july = dt.date(2021, 6, 30), dt.date(2021, 7, 20)
    spring = instant(dt.date(2021, 3, 27), 20)
    two, four = limits.RESOLUTION["2"], limits.RESOLUTION["4"]
    cases = [
        ("lawful at the limit exactly", "AREA-H2", (party, "4"), instant(july, 9), four),
        ("late by one second", "AREA-H2", (party, "4"), instant(july, 10), four + SECOND),
        ("lawful across the end of a month", "CPM4", (CODE_OWNER, "2"), instant(june, 20), two),
        ("lawful over the night of 23 hours", "CPM4", (CODE_OWNER, "2"), spring, two),
    ]
    why = "The limit of the category runs as real time, equality is in time, and the month raised counts."
    rows = []
    for case, measure, kind, start, took in cases:
        row = _plain(_id(numbers), kind, (start, start + MINUTE, start + took))
        book.plant(case, measure, row, start, why=why)
        rows.append(row)
    for hour in (11, 12):
        start = instant(july, hour)
        row = _plain(_id(numbers), (CODE_OWNER, "2"), (start, start + MINUTE, start + 3 * two))
        book.exclude(row, "Assigned to the DCC incorrectly", "SEC Operations Group")
        book.plant("lawful as an excluded record", "CPM4", row, start, why="Excluded from performance.")
        rows.append(row)
    return rows


def _spoilt(rows: list[Incident]) -> dict[str, list[Spoilt]]:
    """Return rows whose local times say nothing, or two things."""
    autumn = [row for row in rows if row.raised_at < instant(dt.date(2020, 12, 1))]
    spring = [
        row for row in rows if instant(dt.date(2021, 2, 1)) < row.raised_at < instant(dt.date(2021, 3, 20))
    ]
    unsettled = {"responded_at": "", "resolved_at": "", "resolution": ""}
    twice = {"incident_id": "INC000000999001", "raised_at": "2020-10-25T01:30:00", **unsettled}
    never = {"incident_id": "INC000000999002", "raised_at": "2021-03-28T01:30:00", **unsettled}
    held, refused = Spoilt(autumn[0], twice, "held"), Spoilt(spring[0], never, "refused")
    return {HISTORY: [held, refused], "2020-10": [held], "2021-03": [refused]}


def _plant_anomalies(plan: Plan) -> None:
    rows: list[Anomaly] = []
    for month in MONTHS:
        rng = plan.chance("anomalies", month)
        several = ANOMALIES_A_MONTH * plan.scale.duties if month != FOCUS else 0
        taken = delays(rng, several, share_of(rng, several, CALM), limits.ANOMALY_NOTICE)
        for n, took in enumerate(taken):
            start = _start(plan, rng, month)
            told = None if took is None else start + took
            rows.append(Anomaly(f"ADT-{month}-{n:04}", start, told, rng.choice(USERS), None))
    rows += _failed_anomalies(plan)
    rows.sort(key=lambda row: row.detected_at)
    judge_stream("anomalies", rows, plan.book)
    plan.post.deliver("anomalies", rows, "detected_at", {})


def _failed_anomalies(plan: Plan) -> list[Anomaly]:
    """Return July's anomalies: nearly all made in bulk by the failed change, and told of too late."""
    rng = plan.chance("anomalies of the change")
    late = FAILED_ANOMALIES - FAILED_IN_TIME
    taken = delays(rng, FAILED_ANOMALIES, late, limits.ANOMALY_NOTICE)
    begun, rows = instant(FAILED_DAY, 2, 15), []
    bulk = flags(rng, FAILED_ANOMALIES, FAILED_ANOMALIES - 5)
    for n, (took, of_change) in enumerate(zip(taken, bulk, strict=True)):
        start = begun + rng.randrange(30 * HOUR // SECOND) * SECOND if of_change else _start(plan, rng, FOCUS)
        told = None if took is None else start + took
        party = rng.choice(USERS)
        rows.append(Anomaly(f"ADT-{FOCUS}-{n:04}", start, told, party, None))
    return rows
