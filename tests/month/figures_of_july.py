"""Figures of July 2021 of an energy code, its companies invented, with two years behind them."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tallystick.findings.history_runs import current_run, run_on
from tallystick.findings.spc import spc
from tallystick.month.assessment import (
    Figure,
    Point,
    State,
)

PERIODS = [f"{2019 + (6 + n) // 12}-{(6 + n) % 12 + 1:02d}" for n in range(25)]
CPM1 = (
    "97.62 97.71 97.40 97.08 97.31 96.88 96.72 96.94 97.05 96.41 96.22 96.30 95.42 95.11 94.83 95.02 "
    "94.61 94.92 94.21 94.70 95.12 95.33 95.71 96.58"
)
CSPN_PM2 = (
    "97.8 97.6 97.4 97.2 97.3 97.0 96.9 96.8 96.9 96.5 96.4 96.2 66.2 64.0 61.8 62.9 59.7 60.8 57.3 59.9 "
    "62.4 63.8 66.1 69.02"
)
LEVEL = (Decimal(99), Decimal(96))
DUTIES = {
    "AREA-A": "Devices of certified model and firmware",
    "AREA-B": "Hubs of the required variant",
    "AREA-C": "Status reported after a hub is installed",
    "AREA-D1": "Certificates recycled after commissioning",
    "AREA-E2": "Removed devices decommissioned in time",
    "AREA-F": "Access restricted after a change of tenancy",
    "AREA-G": "Hubs returned in time",
    "AREA-H1": "Incidents answered in time",
}
# Tenths of a percent of 1,000 events; None: not reported, 0 of 0: no events, (n, d): few events.
PARTIES: dict[str, list[Any]] = {
    "Alderbrook Energy": [996, 989, 978, 992, 990, 981, 962, 990],
    "Brightwater Power": [991, 979, 924, 988, 972, 990, 983, 975],
    "Cairn Valley Energy": [987, 990, 961, 942, 989, 984, 979, 988],
    "Dovecote Energy": [994, 983, 982, 991, 886, 988, 990, 992],
    "Fellside Energy": [989, 852, 953, 986, 982, 974, 918, 985],
    "Gorsebank Energy": [979, 984, 958, None, 981, (0, 0), 980, 969],
    "Harbourlight Power": [988, (4, 6), 976, 983, None, 982, 971, None],
    "Ilexmoor Networks": [(0, 0), (0, 0), (0, 0), 939, 991, (0, 0), (0, 0), 987],
    "Juniper Gas Transport": [(0, 0), (0, 0), (0, 0), (0, 0), 984, (0, 0), (0, 0), 978],
    "Kestrel Meter Services": [982, 971, 989, 990, 987, (0, 0), 894, 982],
}


def state_of(share: Fraction | None, target: Decimal | None, minimum: Decimal | None) -> State:
    if share is None:
        return "not_reported"
    if target is None or minimum is None:
        return "no_level"
    return "met" if share >= target else "below_target" if share >= minimum else "below_minimum"


def history(shares: str, numerator: int, denominator: int, level: tuple[Any, Any]) -> tuple[Point, ...]:
    """Return earlier months of 10,000 events each, and July with its counts."""
    earlier = [Fraction(one) for one in shares.split()]
    periods = PERIODS[-len(earlier) - 1 :]
    points = [
        Point(period, int(share * 100), 10_000, f"{float(share):.2f}", state_of(share, *level), *level)
        for period, share in zip(periods, earlier, strict=False)
    ]
    exact = Fraction(numerator * 100, denominator)
    july = Point("2021-07", numerator, denominator, f"{float(exact):.2f}", state_of(exact, *level), *level)
    return (*points, july)


def figure(key: str, title: str, points: Sequence[Point], **more: Any) -> Figure:
    last = points[-1]
    series = [(point.period, point.state) for point in points]
    shares = [
        (point.period, Fraction(point.numerator, point.denominator))
        for point in points
        if point.numerator is not None and point.denominator
    ]
    change = None
    if len(shares) > 1:
        change = f"{float((shares[-1][1] - shares[-2][1]) * 100):+.2f}"
    given: dict[str, Any] = {
        "provider": key.partition("-")[0] if "-" in key and not key.startswith("AREA") else None,
        "kind": "share_within",
        "clause": ("H13.1",),
        "obligation": "OBL-SERVICE-LEVELS",
        "group": {},
        "run": current_run(series),
        "above_minimum": run_on(series, "above_minimum"),
        "change": change,
        "spc": spc(
            shares,
            direction="up",
            target=None if last.target is None else Fraction(last.target) / 100,
            baseline=23,
        ),
    }
    return Figure(
        measure=key,
        title=title,
        period=last.period,
        numerator=last.numerator,
        denominator=last.denominator,
        share=last.share,
        target=last.target,
        minimum=last.minimum,
        state=last.state,
        **{**given, **more},
    )


def wavering(mean: str, months: int = 24) -> str:
    """Return earlier shares that move a little, the same way each time."""
    steps = ("-0.11", "0.05", "0.02", "-0.08", "0.12", "-0.03", "0.07", "-0.04")
    return " ".join(str(Decimal(mean) + Decimal(steps[n % 8])) for n in range(months))


MEASURES: list[tuple[str, str, str, int, int, tuple[Any, Any], dict[str, Any]]] = [
    (
        "CPM1",
        "On-demand service responses in time",
        CPM1,
        20_867_318,
        21_483_906,
        LEVEL,
        {"kind": "roll_up"},
    ),
    (
        "CPM2",
        "Future-dated service responses in time",
        wavering("99.44"),
        38_112_540,
        38_334_883,
        LEVEL,
        {},
    ),
    ("CPM3", "Alerts delivered in time", wavering("99.51"), 51_006_911, 51_206_617, LEVEL, {}),
    ("CPM5", "Category 3, 4 and 5 Incidents resolved in time", wavering("93.1"), 218, 236, (90, 80), {}),
    (
        "CSPN-PM2",
        "Category 1 firmware payloads in time, North",
        CSPN_PM2,
        1_406_212,
        1_980_301,
        LEVEL,
        {},
    ),
    (
        "CSPC-PM2",
        "Category 1 firmware payloads in time, Central",
        wavering("99.3"),
        1_961_340,
        1_975_167,
        LEVEL,
        {},
    ),
    (
        "CSPS-PM2",
        "Category 1 firmware payloads in time, South",
        wavering("99.4"),
        1_877_902,
        1_889_047,
        LEVEL,
        {},
    ),
    (
        "DSP-PM1.1",
        "On-demand service requests in time",
        wavering("99.9"),
        8_590_371,
        8_599_119,
        LEVEL,
        {},
    ),
    ("DSP-PM1.4", "DCC service requests in time", wavering("99.87"), 3_996_302, 4_001_355, LEVEL, {}),
    ("CSP-PM4.3", "Round trip in 25 seconds", wavering("99.88"), 3_035_191, 3_038_917, LEVEL, {}),
    (
        "CSPN-PM3.1",
        "Category 2 HAN commands to the WAN gateway, North",
        wavering("99.2"),
        8_901_114,
        9_025_668,
        LEVEL,
        {},
    ),
    ("DSP-PM11", "Anomalies notified within 30 minutes", wavering("99.2", 12), 337, 1_000, LEVEL, {}),
    (
        "CSPN-PM6.3",
        "Faults mended on site, North",
        "91 93",
        180,
        200,
        (None, None),
        {"reportable": False},
    ),
]


def measured() -> tuple[list[Figure], dict[str, tuple[Point, ...]]]:
    """Return the measures of the code and of providers with their pasts."""
    figures, pasts = [], {}
    for key, title, shares, numerator, denominator, level, more in MEASURES:
        levels = tuple(None if one is None else Decimal(one) for one in level)
        pasts[key] = history(shares, numerator, denominator, levels)  # type: ignore[arg-type]
        into = "CPM1" if key.endswith(("PM2", "PM1.1", "PM1.4", "PM4.3")) and "-" in key else None
        figures.append(figure(key, title, pasts[key], into=into, **more))
    return figures, pasts


def others() -> list[Figure]:
    """Return measures that show the rarer states, and counts."""
    silent = Point("2021-07", None, None, None, "not_reported", *LEVEL)
    empty = Point("2021-07", 0, 0, None, "no_events", *LEVEL)
    counted = Point("2021-07", 341, None, None, "no_level")
    rolled = Point("2021-07", None, None, None, "no_level")
    forecast = Point("2021-07", 1_209_004, 7_004_230, "-82.74", "no_level")
    return [
        figure(
            "S1SP-PM1.1",
            "Countersigned service requests in time",
            [silent],
            commentary="The provider says a fix went in during July; expect a figure for August.",
        ),
        figure("CSPN-PM12.2", "Outage alerts, more than 50 hubs, North", [empty]),
        figure("INC-RAISED", "Incidents raised", [counted], provider=None, kind="count", obligation="INC-1"),
        figure(
            "RDP-ROLL",
            "Registration data Incidents open, opened and resolved",
            [rolled],
            provider=None,
            kind="roll_forward",
            obligation="RPT-RDP",
            flags=("unbalanced",),
            detail={"open_at_start": 8, "opened": 12, "resolved": 4, "open_at_end": 12, "unbalanced_by": 4},
        ),
        figure(
            "SR-VARIANCE",
            "Service requests sent against forecast",
            [forecast],
            provider=None,
            kind="variance",
            obligation="FCT-SR",
            flags=("outside_band", "suspended"),
            band=(Decimal(-10), Decimal(10)),
            spc=None,
            change=None,
        ),
    ]


def duties() -> list[Figure]:
    """Return the duties of parties, whole and by party."""
    target, minimum = Decimal(97), Decimal(92)
    made = []
    for column, (key, title) in enumerate(DUTIES.items()):
        parts = []
        for party, row in PARTIES.items():
            cell = row[column]
            n, d = (None, None) if cell is None else cell if isinstance(cell, tuple) else (cell, 1_000)
            share = Fraction(n * 100, d) if d else None
            state: State = "no_events" if d == 0 else state_of(share, target, minimum)
            point = Point("2021-07", n, d, None, state, target, minimum)
            parts.append(
                figure(
                    key,
                    title,
                    [point],
                    group={"party": party},
                    kind="follows_within",
                    obligation=f"OBL-{key}",
                    clause=("Section F",),
                )
            )
        n, d = (sum(getattr(one, name) or 0 for one in parts) for name in ("numerator", "denominator"))
        whole = Point("2021-07", n, d, None, state_of(Fraction(n * 100, d), target, minimum), target, minimum)
        made += [
            figure(
                key,
                title,
                [whole],
                kind="follows_within",
                obligation=f"OBL-{key}",
                clause=("Section F",),
                verified=False,
                flags=("unverified", "provisional") if key == "AREA-C" else ("unverified",),
                open=37 if key == "AREA-C" else 0,
            ),
            *parts,
        ]
    return made
