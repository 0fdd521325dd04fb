"""What one month of one code comes to: the figures, the findings, and what they rest on.

These are the shapes that the command line prints, that the report draws and that JSON carries; the guide
page `docs/guide/assess-json.md` describes them for readers of the JSON. Shares are exact: two whole
numbers, never a rounded percentage.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from tallystick.findings.history_runs import Run
from tallystick.findings.lines import Line
from tallystick.findings.spc import Spc

State = Literal[
    "met",
    "below_target",
    "below_minimum",
    "not_reported",
    "no_events",
    "no_level",
    "withheld",  # not shown to who reads: a rival's part could be worked out from it
]
Flag = Literal[
    "provisional",  # events of the month are still open
    "incomplete",  # days of the month have not been received
    "unverified",  # a level, limit or rule it rests on was not confirmed against the code
    "unbalanced",  # a roll-forward that does not add up
    "disputed",  # computed and reported figures differ
    "at_least",  # a run counted over missing history
    "share_only",  # reported as a percentage without its counts: graded, never added up
    "lagged",  # about an earlier period, as the measure says
    "outside_report",  # not reportable: kept for service credits
    "restated",  # an earlier figure of the month differed
    "suspended",  # the duty stands, a body does not pursue it
    "outside_band",  # a variance outside its band
]


@dataclass(frozen=True)
class Figure:
    """One measure of one provider or group in one month.

    `group` holds the drill-down labels, empty for the whole. `numerator` of `denominator` are whole
    numbers; both None where nothing was reported. `share` is the exact percentage where only a
    percentage was reported, or rounded for display as the measure says. `target` and `minimum` are
    percentages. `open` events are not yet counted; `held` rows wait for their sender; `excluded` rows
    left both sides. `percentiles` are microseconds from start to finish, exact.
    """

    measure: str
    title: str
    kind: str
    provider: str | None
    clause: tuple[str, ...]
    obligation: str
    group: dict[str, str]
    period: str
    numerator: int | None
    denominator: int | None
    share: str | None
    target: Decimal | None
    minimum: Decimal | None
    state: State
    flags: tuple[Flag, ...] = ()
    verified: bool = True
    reportable: bool = True
    into: str | None = None
    open: int = 0
    held: int = 0
    excluded: int = 0
    run: Run | None = None
    above_minimum: Run | None = None
    spc: Spc | None = None
    change: str | None = None
    commentary: str | None = None
    reported: "Reported | None" = None
    band: tuple[Decimal, Decimal] | None = None
    detail: dict[str, int] = field(default_factory=dict)
    percentiles: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Reported:
    """The figure as a report states it, beside the computed one."""

    report: str
    numerator: int | None
    denominator: int | None
    share: str | None
    status: str | None


@dataclass(frozen=True)
class Point:
    """One month of a figure's history, oldest first in a series."""

    period: str
    numerator: int | None
    denominator: int | None
    share: str | None
    state: State
    target: Decimal | None = None
    minimum: Decimal | None = None


@dataclass(frozen=True)
class Finding:
    """Subject x obligation x period where the duty was not met.

    `id` is stable over runs: code, obligation, measure, subject, group and period. `exceptions` counts its
    lines; `lines` holds the first of them.
    """

    id: str
    obligation: str
    area: str | None
    clause: tuple[str, ...]
    measure: str
    subject: str
    group: dict[str, str]
    period: str
    numerator: int | None
    denominator: int | None
    state: str
    why: str
    first_seen: str
    exceptions: int
    lines: tuple[Line, ...] = ()
    evidence: tuple[str, ...] = ()
    verified: bool = True


@dataclass(frozen=True)
class Received:
    """A submission behind the month."""

    id: str
    stream: str
    sender: str
    received_at: str
    rows: int
    accepted: int
    held: int
    refused: int
    days: int
    sha256: str


@dataclass(frozen=True)
class Missing:
    """Evidence or a report that is expected and not here.

    `delivery`: on_time, late, not_due, no_date_set or missing; `late_by` working days where late.
    """

    what: str
    title: str
    clause: tuple[str, ...]
    period: str
    due: str | None
    delivery: Literal["on_time", "late", "not_due", "no_date_set", "missing"]
    late_by: int | None = None
    received_on: str | None = None
    days_missing: int | None = None
    pursued: bool = True
    verified: bool = True


@dataclass(frozen=True)
class Assessment:
    """A graded month. Equal inputs give equal bytes: nothing here depends on the clock.

    `figures` holds each measure's whole first, then the drill-downs that were asked for.
    `history` holds the months of each measure's whole, by measure key. `lines` holds every exception
    line of the month where they were asked for, and is empty otherwise.
    """

    code: str
    code_title: str
    period: str
    known_on: str
    edition: str
    snapshot: str
    engine: str
    sentence: str
    figures: tuple[Figure, ...]
    history: dict[str, tuple[Point, ...]]
    findings: tuple[Finding, ...]
    received: tuple[Received, ...]
    reports: tuple[Missing, ...]
    missing: tuple[Missing, ...]
    notes: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
