"""A month as the tests look at it: July 2021 of an energy code, its companies invented."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tallystick.findings.lines import Line
from tallystick.month.assessment import Assessment, Figure, Finding, Missing, Point, Received, Reported
from tests.month.figures_of_july import duties, figure, measured, others


def finding(figure: Figure, subject: str, why: str, **more: Any) -> Finding:
    lines = tuple(
        Line(figure.measure, f"EV-{number:06d}", subject, f"2021-07-{number + 1:02d}", "Answered 3 days late")
        for number in range(3 if figure.group else 0)
    )
    missed = (figure.denominator or 0) - (figure.numerator or 0)
    given = {
        "id": f"SEC/{figure.obligation}/{figure.measure}/{subject}/2021-07",
        "exceptions": missed if figure.group else 0,
        "first_seen": figure.run.since if figure.run else "2021-07",
        "state": figure.state,
    }
    return Finding(
        obligation=figure.obligation,
        area=figure.obligation.removeprefix("OBL-") if figure.group else None,
        clause=figure.clause,
        measure=figure.measure,
        subject=subject,
        group=figure.group,
        period="2021-07",
        numerator=figure.numerator,
        denominator=figure.denominator,
        why=why,
        lines=lines,
        evidence=("S-0377",),
        verified=figure.verified,
        **{**given, **more},
    )


def why(figure: Figure) -> str:
    level, noun = (figure.target, "target") if figure.state == "below_target" else (figure.minimum, "minimum")
    share = Fraction((figure.numerator or 0) * 100, figure.denominator or 1)
    return f"{float(share):.2f}% is below the {noun} of {level}%."


def found(figures: Sequence[Figure]) -> list[Finding]:
    made = []
    for one in figures:
        if one.group and one.state in {"below_target", "below_minimum"}:
            made.append(finding(one, one.group["party"], why(one)))
        elif not one.group and one.provider and one.state in {"below_target", "below_minimum"}:
            made.append(finding(one, one.provider, why(one)))
    silent = next(one for one in figures if one.measure == "S1SP-PM1.1")
    return [*made, finding(silent, "S1SP", "No figure was reported", exceptions=0)]


def owed() -> tuple[Missing, ...]:
    month = "2021-07"
    return (
        Missing(
            "RPT-PMR",
            "Performance Measurement Report",
            ("H13.4",),
            month,
            "2021-09-06",
            "on_time",
            received_on="2021-09-03",
        ),
        Missing(
            "RPT-CSR", "Certificate signing report", ("L8.9",), month, "2021-08-13", "late", 3, "2021-08-18"
        ),
        Missing(
            "RPT-SRV", "Service request variance", ("H3.24",), month, None, "no_date_set", verified=False
        ),
        Missing(
            "FCT-SR",
            "Forecast of service requests",
            ("H3.22",),
            "2021-Q3",
            "2021-08-15",
            "missing",
            pursued=False,
        ),
        Missing("RPT-NEP", "Network enhancement plan", ("H13.6",), month, "2021-10-29", "not_due"),
    )


def gaps() -> tuple[Missing, ...]:
    return (
        Missing(
            "hub_returns", "Hub returns of Harbourlight Power", (), "2021-07", None, "missing", days_missing=2
        ),
        Missing("inventory", "Inventory of Gorsebank Energy", ("E2.4",), "2021-07", "2021-08-16", "missing"),
    )


def received() -> tuple[Received, ...]:
    rows: list[tuple[str, str, str, str, tuple[int, int, int, int, int], str]] = [
        ("S-0377", "reported", "DCC", "2021-09-03T09:12", (84, 84, 0, 0, 31), "7f3c91ab"),
        (
            "S-0381",
            "service_requests",
            "DSP",
            "2021-08-02T06:00",
            (12_600_474, 12_600_402, 60, 12, 31),
            "19f4ab70",
        ),
        (
            "S-0384",
            "firmware_payloads",
            "CSPN",
            "2021-08-02T07:30",
            (1_980_315, 1_980_301, 14, 0, 31),
            "c0aa7e13",
        ),
        (
            "S-0391",
            "hub_returns",
            "Harbourlight Power",
            "2021-08-04T16:45",
            (1_204, 1_190, 0, 14, 29),
            "5be1d204",
        ),
    ]
    return tuple(
        Received(name, stream, sender, f"{at}:00+00:00", *counts, start * 8)
        for name, stream, sender, at, counts, start in rows
    )


def build() -> Assessment:
    figures, pasts = measured()
    figures = [*figures, *others(), *duties()]
    cpm4 = Point("2021-07", 1, 1, "100.00", "met", Decimal(100), Decimal(85))
    figures.insert(
        3,
        figure(
            "CPM4",
            "Category 1 and 2 Incidents resolved in time",
            [cpm4],
            excluded=2,
            reported=Reported("RPT-PMR", 1, 1, "100", None),
        ),
    )
    return Assessment(
        code="sec",
        code_title="Smart Energy Code",
        period="2021-07",
        known_on="2021-09-28",
        edition="a41f2075c0de" + "7e13" * 13,
        snapshot="49dc755b81c0" + "d04e" * 13,
        engine="0.1.0",
        sentence=(
            "Eighteen of 24 measures met target. CPM1 is 97.13%, above minimum for the second month running "
            "and below target since July 2018. CSP North firmware delivery (71.01%) accounts for most of the "
            "shortfall. One measure was not reported."
        ),
        figures=tuple(figures),
        history=pasts,
        findings=tuple(found(figures)),
        received=received(),
        reports=owed(),
        missing=gaps(),
        notes=(
            "CPM1 was 97.12% as first published on 3 September; 1,104 duplicate rows are gone since.",
            "July 2018 is told two ways in published papers.",
        ),
    )


MONTH = build()
