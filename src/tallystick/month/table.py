"""The month on a terminal: the measures, then findings by obligation, then what is missing.

States are words as well as colours, and everything fits a hundred columns. Text from data is printed as it
is: no markup in it is followed, and control characters are shown, not sent to the terminal.
"""

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tallystick.month import blocks, listing, series, wording
from tallystick.month.assessment import Assessment, Figure, Missing, Point
from tallystick.month.outline import Outline

WIDTH = 100
MOST_FINDINGS = 12
MOST_NAME = 16
MOST_SILENT = 8
MOST_NOTE = 72
TREND = 8
STEPS = "▁▂▃▄▅▆▇█"
GAP = "·"
PLAIN = str.maketrans(
    {wording.DAGGER: "*", wording.MINUS: "-", "…": "~", "\N{RIGHT SINGLE QUOTATION MARK}": "'", GAP: "."}
)
STYLES = {
    "met": "cyan",
    "below_target": "yellow",
    "below_minimum": "bold red",
    "not_reported": "magenta",
    "no_events": "bright_black",
    "no_level": "bright_black",
    "withheld": "bright_black",
}
LATE = frozenset({"late", "missing"})


def print_month(assessment: Assessment, console: Console | None = None) -> None:
    """Print the month, the worst measures first; without a console, to standard output."""
    page = _Page(Outline(assessment), console or _standard_output())
    page.say(f"{assessment.code_title}, {wording.period(assessment.period)}", "bold")
    page.say(assessment.sentence)
    page.measures()
    for note in assessment.notes:
        page.say(note)
    page.findings()
    page.owed("Reports owed", assessment.reports)
    page.owed("What is missing", assessment.missing)
    known = f"As known on {wording.day(assessment.known_on)}"
    edition, snapshot = wording.short_hash(assessment.edition), wording.short_hash(assessment.snapshot)
    made = f"edition {edition}, snapshot {snapshot}, engine {assessment.engine}"
    page.say(f"\n{known}; {made}.", "dim")


def _standard_output() -> Console:
    """Return a console as wide as the terminal; into a file or a pipe, the full hundred columns."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)


def clean(text: str) -> str:
    """Return the text without control characters: a name cannot move the cursor or paint the screen."""
    return "".join(one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}" for one in text)


def trend(points: Iterable[Point]) -> str:
    """Return the last eight periods as a row of bars, the lowest and the highest known at its ends."""
    drawn = series.filled(tuple(points), TREND)
    known = [value for point in drawn if (value := series.value(point)) is not None]
    if len(known) <= 1:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1.0

    def step(point: Point) -> str:
        value = series.value(point)
        return GAP if value is None else STEPS[min(len(STEPS) - 1, int((value - low) / span * len(STEPS)))]

    return "".join(step(point) for point in drawn)


class _Page:
    """Where the month is printed: its console, its width, and whether only plain letters reach it."""

    def __init__(self, outline: Outline, console: Console) -> None:
        self.outline = outline
        self.console = console
        self.width = min(WIDTH, console.width)
        self.plain = not console.encoding.lower().startswith("utf")
        self.roomy = self.width >= WIDTH and not self.plain
        self.longest = max((len(one.measure) for one in outline.wholes), default=0) + 1

    def say(self, text: str, style: str = "") -> None:
        self.console.print(self.text(text, style), width=self.width)

    def text(self, text: str, style: str = "") -> Text:
        shown = clean(text)
        if self.plain:
            shown = shown.translate(PLAIN).encode("ascii", "replace").decode()
        return Text(shown, style=style)

    def state(self, name: str) -> Text:
        return self.text(wording.state(name), STYLES.get(name, "yellow"))

    def measures(self) -> None:
        outline = self.outline
        for title, figures in outline.tables:
            silent = [one for one in figures if one.state == "not_reported" and not one.commentary]
            folded = silent if len(silent) > MOST_SILENT else []
            shown = [one for one in figures if one not in folded]
            self.console.print(self._table(title, shown), width=self.width)
            if folded:
                names = ", ".join(one.measure for one in folded)
                self.say(f"{wording.count(len(folded))} not reported: {names}\n", STYLES["not_reported"])
        if outline.outside:
            self.console.print(self._table("Outside the report", outline.outside), width=self.width)
        if blocks.unchecked(outline.wholes):
            self.say(f"{wording.DAGGER} A level, limit or rule {wording.NOT_CHECKED}.")

    def _table(self, title: str, figures: Iterable[Figure]) -> Table:
        table = Table(
            title=title,
            title_justify="left",
            title_style="bold",
            box=SIMPLE_HEAD,
            pad_edge=False,
            padding=(0, 1, 0, 0),
            expand=True,
        )
        table.add_column("Measure", no_wrap=True, overflow="ellipsis", width=min(self.longest, MOST_NAME))
        table.add_column("State", no_wrap=True, width=max(map(len, wording.STATES.values())))
        month = wording.short_period(self.outline.assessment.period)
        for name, least in ((month, 8), ("Target", 6), ("Minimum", 7), ("Change", 7)):
            table.add_column(name, justify="right", no_wrap=True, min_width=least)
        if self.roomy:
            table.add_column("Trend", no_wrap=True, width=TREND)
        table.add_column("Run", overflow="fold", ratio=1, min_width=12)
        for figure in figures:
            table.add_row(*self._cells(figure))
        return table

    def _cells(self, figure: Figure) -> list[Text]:
        row = listing.row(self.outline, figure)
        dagger = wording.DAGGER if row.mark else ""
        note = row.note if len(row.note) <= MOST_NOTE else row.note[: MOST_NOTE - 1].rstrip() + "…"
        run = "; ".join(part for part in (row.run or note, *row.flags) if part)
        drawn = [self.text(trend(self.outline.history(figure)))] if self.roomy else []
        numbers = [self.text(one) for one in (row.shown, row.target, row.minimum, row.change)]
        return [self.text(f"{row.measure}{dagger}"), self.state(row.state), *numbers, *drawn, self.text(run)]

    def findings(self) -> None:
        """Print the findings under each obligation; a long list ends by saying how many more there are."""
        self.say(f"\nFindings: {wording.count(len(self.outline.assessment.findings))}", "bold")
        for duty in blocks.findings(self.outline):
            lines = f", {wording.times(duty.exceptions, 'exception line')}" if duty.exceptions else ""
            clauses = f" ({duty.clauses})" if duty.clauses else ""
            found = wording.times(len(duty.findings), "finding")
            self.say(f"{duty.obligation}{clauses}: {found}{lines}", "bold")
            table = self._grid((24, 16, 13, None))
            for one in duty.findings[:MOST_FINDINGS]:
                dagger = "" if one.verified else wording.DAGGER
                since = f" Since {wording.period(one.first_seen)}." if one.first_seen != one.period else ""
                named = (self.text(one.subject), self.text(f"{one.measure}{dagger}"))
                table.add_row(*named, self.state(one.state), self.text(f"{one.why}{since}"))
            self.console.print(table, width=self.width)
            if len(duty.findings) > MOST_FINDINGS:
                self.say(f"  and {len(duty.findings) - MOST_FINDINGS} more", "dim")

    def owed(self, title: str, owed: tuple[Missing, ...]) -> None:
        self.say(f"\n{title}", "bold")
        if not owed:
            self.say("  nothing")
            return
        table = self._grid((20, 44, None))
        for one in owed:
            days = f"{wording.times(one.days_missing, 'day')} missing" if one.days_missing else ""
            due = f", due {wording.day(one.due)}" if one.due else ""
            pursued = "" if one.pursued else ", not pursued"
            dagger = "" if one.verified else wording.DAGGER
            style = "red" if one.delivery in LATE and one.pursued else ""
            table.add_row(
                self.text(f"{one.what}{dagger}"),
                self.text(f"{one.title}, {wording.period(one.period)}"),
                self.text(f"{days or wording.delivery(one)}{due}{pursued}", style),
            )
        self.console.print(table, width=self.width)

    def _grid(self, widths: tuple[int | None, ...]) -> Table:
        """Return rows without a frame, indented; the last column takes what is left and may wrap."""
        table = Table.grid(padding=(0, 0, 0, 2), pad_edge=True)
        for width in widths:
            table.add_column(max_width=width, overflow="fold")
        return table
