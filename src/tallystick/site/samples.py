"""Made-up things for the components page: one of each part that is drawn from figures or told from a log."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from markupsafe import Markup

from tallystick.findings.spc import Spc, spc, verdict_in_words
from tallystick.month import blocks, charts, drawing
from tallystick.month.assessment import Point, State
from tallystick.month.blocks import Cell, Chart, Parties
from tallystick.month.scales import Size
from tallystick.rulebook.periods import Span

TARGET, MINIMUM = Decimal(99), Decimal(96)
# In hundredths of a per cent, by month; None where nothing was reported.
SHARES = (9512, 9498, 9530, 9487, 9503, None, 9521, 9509, 9494, 9516, 9505, 9498, 9512, 9690, 9713)
LAST = Span.parse("2021-07")
WIDE = Size(600, 250)
SEEN = dt.datetime(2021, 9, 28, 9, 10, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Line:
    """An act as the history drawer tells it."""

    at: dt.datetime
    who: str
    capacity: str
    said: str
    seq: int
    hash: str

    @property
    def when(self) -> dt.datetime:
        return self.at


@dataclass(frozen=True)
class Head:
    """How long the log is, and the hash of all of it."""

    size: int
    root: str


LINES = (
    Line(SEEN, "Sam Birch", "Secretary", "confirmed EXC-7K3F2Q", 18_204, "9f2c41d07a3be81c" * 4),
    Line(
        SEEN - dt.timedelta(days=4), "Jo Tarn", "Analyst", "entered EXC-7K3F2Q: a row of incidents is to "
        "leave both sides", 18_117, "07be5dd21f0a9c44" * 4,
    ),
)  # fmt: skip
HEAD = Head(18_204, "a41f20c8e5b7d913" * 4)
FAILED = (
    ("EV-000731", dt.date(2021, 7, 3), "Certificates recycled on day 9; within 7 days is asked."),
    ("EV-000802", dt.date(2021, 7, 12), "No recycling of certificates is known by 20 August 2021."),
)


def points() -> tuple[Point, ...]:
    """Return fifteen months of one measure: below minimum, once not reported, then below target."""
    return tuple(_point(LAST.shifted(place + 1 - len(SHARES)), share) for place, share in enumerate(SHARES))


def _point(month: Span, share: int | None) -> Point:
    if share is None:
        return Point(str(month), None, None, None, "not_reported", TARGET, MINIMUM)
    low: State = "below_minimum" if share < MINIMUM * 100 else "below_target"
    return Point(str(month), share, 10_000, None, low, TARGET, MINIMUM)


@cache
def trend() -> Chart:
    """Return the trend of the sample, as the month's page draws it."""
    told = "A sample: fifteen months below target, one of them not reported."
    drawn = [drawing.draw(charts.trend(points(), size), f"sample-trend-{size.width}", "Trend", told)
             for size in (WIDE, blocks.NARROW)]  # fmt: skip
    caption = "Triangle: below target. Square: below minimum. Open diamond: not reported."
    rows = tuple(
        (
            Span.parse(one.period).words,
            "not reported" if one.numerator is None else f"{one.numerator / 100:.2f}%",
        )
        for one in reversed(points())
    )
    return Chart("Trend", drawn[0], drawn[1], Markup(caption), ("Month", "Figure"), rows)  # noqa: S704 - words of our own


@cache
def xmr() -> tuple[Chart, tuple[str, ...]]:
    """Return the XmR chart of the sample, and its verdict in sentences."""
    found = _spc()
    said = verdict_in_words(found, TARGET, str(LAST))
    drawn = [drawing.draw(charts.xmr(found, TARGET, size), f"sample-xmr-{size.width}", "XmR chart", said)
             for size in (WIDE, blocks.NARROW)]  # fmt: skip
    said_of_it = "Diamond: special cause, improving. Square: special cause, worsening. Rule set {}."
    caption = Markup(said_of_it).format(found.rule_set)  # noqa: S704 - words of our own
    rows = tuple(
        (Span.parse(one.period).words, f"{one.share * 100:.2f}%", one.special or "none")
        for one in reversed(found.points)
    )
    return Chart("XmR chart", drawn[0], drawn[1], caption, ("Month", "Share", "Special cause"), rows), (said,)


def _spc() -> Spc:
    known = [(one.period, Fraction(one.numerator, 10_000)) for one in points() if one.numerator is not None]
    return spc(known, direction="up", target=Fraction(99, 100), baseline=12)


def heat() -> Parties:
    """Return the table of parties by duty with a cell in every state."""
    duties = (("Compliant devices", "AREA-A"), ("Hub variant", "AREA-B"), ("Inventory", "AREA-E1"))
    columns = tuple((title, key, "#c-heat", "97% · 92%") for title, key in duties)
    met, blt = Cell("99.6", "met", "%, met", "#c-heat"), Cell("95.3", "blt", "%, below target", "#c-heat")
    blm, few = (
        Cell("85.2", "blm", "%, below minimum", "#c-heat"),
        Cell("<10", "few", "events, too few to judge", ""),
    )
    nrp, nev = Cell("", "nrp", "Not reported", ""), Cell("", "nev", "No events", "")
    rows = (
        ("First party", (blm, blt, met)),
        ("Second party", (met, few, nrp)),
        ("Third party", (met, nev, met)),
    )
    return Parties(columns, rows, blocks.SHOWN_STATES[:5])
