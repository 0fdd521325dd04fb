"""How figures, days and states are written for a reader: in the report, in its charts and on a terminal.

Shown numbers come from whole numbers by exact rounding. Nothing here decides a state.
"""

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction

from tallystick.findings.history_runs import Run
from tallystick.findings.rounding import HUNDRED, rounded
from tallystick.month.assessment import Figure, Flag, Missing, Point, State
from tallystick.rulebook.periods import MONTHS_A_YEAR, Span

MINUS = "\N{MINUS SIGN}"
DAGGER = "\N{DAGGER}"
NOT_CHECKED = "not yet checked against the code"
PLACES = 2
THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000
FEWEST_COMPACT = 10_000
DATED = 10
TEENS = frozenset({11, 12, 13})
MINUTE, HOUR, DAY = 60, 3_600, 86_400
UNITS = ((DAY, "d", HOUR, "h"), (HOUR, "h", MINUTE, "min"), (MINUTE, "min", 1, "s"))
HASH_SHOWN = 12

STATES: dict[str, str] = {
    "below_minimum": "Below minimum",
    "below_target": "Below target",
    "not_reported": "Not reported",
    "no_events": "No events",
    "no_level": "No level",
    "withheld": "Not shown",
    "met": "Met",
}
WORST_FIRST = tuple(STATES)
EXCEPTIONS = frozenset({"below_minimum", "below_target", "not_reported"})
FLAGS: dict[Flag, str] = {
    "provisional": "provisional",
    "incomplete": "days missing",
    "unverified": "not yet checked",
    "unbalanced": "does not balance",
    "disputed": "reports differ",
    "at_least": "at least",
    "share_only": "percentage only",
    "lagged": "earlier period",
    "outside_report": "outside the report",
    "restated": "restated",
    "suspended": "not pursued",
    "outside_band": "outside its band",
}
NOT_SHOWN = {"not_reported": "none", "withheld": "\N{EN DASH}"}
WITHHELD = (
    "Not shown: so few parties add to the figure, or one of them so much, that a party could take away its "
    "own part and see a rival's."
)
SIDES = {
    "met": "met",
    "below_target": "below target",
    "below_minimum": "below minimum",
    "above_minimum": "above minimum",
}
KINDS = {
    "share_within": "Events within the limit, of all events",
    "share": "One count as a share of another",
    "availability": "Minutes available, of all minutes agreed",
    "count": "A count of events",
    "roll_forward": "What was open, came in, went out and stayed open",
    "variance": "What happened beside what was forecast",
    "follows_within": "Events followed by what is owed, within the limit",
    "no_overlap": "Records that claim the same thing at the same time",
    "matches": "Records that match the list in force that day",
    "reported": "As a report states it",
    "roll_up": "The sum of the measures it is made of",
}
TIMED = frozenset({"share_within", "follows_within"})
COLUMNS = {
    "srv": "Service request",
    "rdp": "Registration data provider",
    "responsible": "Who is responsible",
    "party_category": "Category of party",
    "device_kind": "Kind of device",
}
CLASSES = {
    "met": "met",
    "below_target": "blt",
    "below_minimum": "blm",
    "not_reported": "nrp",
    "no_events": "nev",
    "no_level": "nev",
    "withheld": "nev",
}


def state(name: str) -> str:
    """Return the state in words; a finding may have others, such as reports_differ."""
    return STATES.get(name) or name.replace("_", " ").capitalize()


def count(number: int) -> str:
    return f"{number:,}".replace("-", MINUS)


def compact(number: int) -> str:
    """Return a count that fits beside a bar: 574k for 574,089, and 4,301 for 4,301."""
    for size, letter in ((BILLION, "bn"), (MILLION, "m"), (THOUSAND, "k")):
        if number >= max(size, FEWEST_COMPACT):
            places = 0 if size == THOUSAND else 1
            return f"{rounded(Fraction(number, size), places)}{letter}"
    return count(number)


def times(number: int, noun: str) -> str:
    """Return the number and the noun, such as 1 month and 2 months."""
    return f"{count(number)} {noun if number == 1 else noun + 's'}"


def signed(number: Decimal) -> str:
    """Return the number with its sign, a real minus among them; nothing is neither."""
    return f"{number:+f}".replace("-", MINUS) if number else f"{abs(number):f}"


def level(number: Decimal | None) -> str:
    """Return the level as the code prints it: 99%, 96.5%."""
    return "" if number is None else f"{plain(number)}%"


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace("-", MINUS)


def share_of(figure: Figure | Point) -> Fraction | None:
    """Return the exact percentage, from the counts where they are known and else from the share."""
    if figure.numerator is not None and figure.denominator:
        return Fraction(figure.numerator * HUNDRED, figure.denominator)
    if figure.share and figure.denominator is None:
        return Fraction(figure.share)
    return None


def figure_shown(figure: Figure | Point) -> str:
    """Return the figure as it stands in a table: 97.13%, 0 of 0, a count, or none."""
    open_at_end = figure.detail.get("open_at_end") if isinstance(figure, Figure) else None
    if open_at_end is not None:
        return f"{count(open_at_end)} open"
    if figure.state in NOT_SHOWN:
        is_rounded = figure.state == "withheld" and figure.share
        return f"about {figure.share}%" if is_rounded else NOT_SHOWN[figure.state]
    if figure.denominator == 0:
        return f"{count(figure.numerator or 0)} of 0"
    if figure.share and figure.denominator:
        return f"{figure.share}%".replace("-", MINUS)
    exact = share_of(figure)
    if exact is not None:
        return f"{rounded(exact, PLACES)}%".replace("-", MINUS)
    return "none" if figure.numerator is None else count(figure.numerator)


def counts_shown(figure: Figure | Point) -> str:
    """Return numerator of denominator, or nothing where they are not known."""
    if figure.numerator is None or not figure.denominator:
        return ""
    return f"{count(figure.numerator)} of {count(figure.denominator)}"


def short_share(figure: Figure | Point) -> str:
    """Return the percentage to one place, for a cell of a table of shares."""
    exact = share_of(figure)
    return "" if exact is None else f"{rounded(exact, 1)}"


def lower_is_better(figure: Figure) -> bool:
    """Tell whether the target lies below the minimum, as for a share of faults."""
    return figure.target is not None and figure.minimum is not None and figure.target < figure.minimum


def missed(figure: Figure | Point) -> int | None:
    """Return how many of the events did not reach what is asked."""
    if figure.numerator is None or figure.denominator is None:
        return None
    if isinstance(figure, Figure) and lower_is_better(figure):
        return figure.numerator
    return figure.denominator - figure.numerator


def day(text: str) -> str:
    """Return Tue 5 Oct 2021 for 2021-10-05, with the time of day where there is one."""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    written = f"{at:%a} {at.day} {at:%b %Y}"
    if len(text) <= DATED:
        return written
    return f"{written} {at:%H:%M}{' UTC' if at.utcoffset() == dt.timedelta(0) else ''}"


def period(text: str) -> str:
    """Return July 2021 for 2021-07; a text that is no period is returned as it is."""
    try:
        return Span.parse(text).words
    except ValueError:
        return text


def before(text: str) -> str:
    """Return the name of the period before, such as June for 2021-07."""
    span = Span.parse(text)
    return short_period(str(span.shifted(-span.months)))


def short_period(text: str) -> str:
    """Return July for 2021-07, Q3 for 2021-Q3: the heading of a column beside its year."""
    words = period(text)
    return words.split()[-1 if words[0].isdigit() else 0]


def unit(text: str) -> str:
    """Return what a run of such periods counts: month, quarter or year."""
    months = Span.parse(text).months
    return {1: "month", MONTHS_A_YEAR: "year"}.get(months, "quarter")


def run_length(run: Run) -> str:
    """Return 37 months, or at least 37 months where history is missing."""
    return f"{'at least ' if run.at_least else ''}{times(run.periods, unit(run.since))}"


def run(run: Run | None) -> str:
    """Return the run as a table says it: 37 months below target, Met 14 months, First month below target."""
    if run is None:
        return ""
    if run.periods == 1 and run.at_least:
        return f"First {unit(run.since)} known"
    if run.side == "met":
        return f"Met {run_length(run)}"
    if run.periods == 1:
        return f"First {unit(run.since)} {SIDES[run.side]}"
    return capital(f"{run_length(run)} {SIDES[run.side]}")


def capital(text: str) -> str:
    """Return the text with its first letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def named(text: str) -> str:
    """Return a name of the rulebook as a heading says it: party for party, Hub region for hub_region."""
    return capital(text.replace("_", " "))


def column(name: str) -> str:
    """Return what a drill-down is by, as a heading says it: Service request for srv."""
    return COLUMNS.get(name) or named(name)


def group(labels: dict[str, str]) -> str:
    """Return the labels of a drill-down in a row."""
    return ", ".join(_label(name, value) for name, value in labels.items())


def _label(name: str, value: str) -> str:
    if name == "day":
        return day(value)
    return (capital(value) if name == "region" else value) or "not named"


def delivery(owed: Missing) -> str:
    """Return whether it came in time: on time, 3 WD late, not due, no date set, missing."""
    if owed.delivery == "late" and owed.late_by:
        return f"{owed.late_by} WD late"
    return owed.delivery.replace("_", " ")


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 11th, 95th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in TEENS else ending}"


def duration(microseconds: int) -> str:
    """Return how long something took in its two largest units: 1.5 s, 1 min 35 s, 3 h 20 min, 2 d 4 h."""
    seconds = Fraction(microseconds, MILLION)
    if seconds < MINUTE:
        return f"{plain(rounded(seconds, 3))} s"
    whole = int(rounded(seconds, 0))
    for size, name, smaller, part in UNITS:
        if whole >= size:
            rest = whole % size // smaller
            return f"{count(whole // size)} {name}" + (f" {rest} {part}" if rest else "")
    return f"{whole} s"


def short_hash(text: str) -> str:
    """Return the start of a long hash, enough to tell it from others; any other text as it is."""
    is_hash = len(text) > HASH_SHOWN and all(one in "0123456789abcdef" for one in text)
    return text[:HASH_SHOWN] if is_hash else text


def anchor(prefix: str, *parts: str) -> str:
    """Return a name for a place in the page; distinct texts may share one, so callers number them."""
    return "-".join([prefix, *(re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-") or "x" for part in parts)])


def rank(name: State | str) -> int:
    """Return where the state stands in a list with the worst first; unknown states come before Met."""
    return WORST_FIRST.index(name) if name in WORST_FIRST else len(WORST_FIRST) - 1
