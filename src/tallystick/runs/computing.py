"""A month computed for landing: outside of any transaction, on one thread, telling how far it is."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tallystick.evidence.submissions import Submission
from tallystick.findings.lines import WITH_LINES, Line, exception_lines
from tallystick.measures.known import Known
from tallystick.month import export
from tallystick.month.assess import assess
from tallystick.month.assessment import Assessment
from tallystick.month.drilling import Drilled, drilled
from tallystick.month.figures import answerable
from tallystick.month.ledger import Ledger
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import installation

DRILLED_BY = ("party",)
MOST_LINES = 1000
# How far a run is, of all, once its parts are done.
OPENED, GRADED, LISTED = 0.05, 0.8, 0.95

Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class Computed:
    """A month, the submissions behind it, and the first thousand lines of each finding that has more.

    A finding that is not among `lines` carries all of its own. `drilled` has what is finer than the month.
    """

    assessment: Assessment
    rulebook: Rulebook
    sent: tuple[Submission, ...]
    lines: Mapping[str, tuple[Line, ...]]
    drilled: tuple[Drilled, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The hash of the month as JSON: the same for the same month."""
        return hashlib.sha256(export.as_json(self.assessment).encode()).hexdigest()


def compute(code: str, period: Span, known_on: dt.date, tell: Tell) -> Computed:
    """Return a month as it is known on a day. `tell` may raise, to stop between two steps.

    :raises UnableToFind: if the code is not served
    :raises UnableToOpenStore: if the evidence is damaged
    """
    tell("Opening the evidence", OPENED)
    return computed(installation.known(code, known_on), period, tell)


def computed(known: Known, period: Span, tell: Tell) -> Computed:
    """Return a month of what is known."""

    def step(what: str, done: int, of: int) -> None:
        tell(what, OPENED + (GRADED - OPENED) * done / of)

    assessment = assess(known, period, by=DRILLED_BY, tell=step)
    tell("Listing the rows that failed", GRADED)
    lines = _lines(known, assessment, period, tell)
    sent = known.snapshot.submissions()
    return Computed(assessment, known.rulebook, sent, lines, drilled(known, period))


def _lines(known: Known, assessment: Assessment, period: Span, tell: Tell) -> dict[str, tuple[Line, ...]]:
    """Return the first lines of each finding whose own lines are not all; a report's finding has none."""
    ledger, book = Ledger(known, period), known.rulebook
    longer = [one for one in assessment.findings if one.exceptions > len(one.lines)]
    rules = [book.measures[key] for key in sorted({one.measure for one in longer})]
    found: dict[str, tuple[Line, ...]] = {}
    for done, rule in enumerate(one for one in rules if isinstance(one, WITH_LINES)):
        tell(f"Listing the rows that failed {rule.key}", GRADED + (LISTED - GRADED) * done / len(rules))
        column = answerable(book, rule)
        lines = exception_lines(known, rule, ledger.span(rule, period), subject=column, most=MOST_LINES)
        for finding in (one for one in longer if one.measure == rule.key):
            own = (one for one in lines if column is None or one.subject == finding.subject)
            found[finding.id] = tuple(own)
    return found
