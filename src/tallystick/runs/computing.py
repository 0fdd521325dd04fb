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
from tallystick.month.figures import answerable
from tallystick.month.ledger import Ledger
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import installation

DRILLED_BY = ("party",)
MOST_LINES = 1000

Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class Computed:
    """A month, the submissions behind it, and the first thousand lines of each finding that has more.

    A finding that is not among `lines` carries all of its own.
    """

    assessment: Assessment
    rulebook: Rulebook
    sent: tuple[Submission, ...]
    lines: Mapping[str, tuple[Line, ...]]

    @cached_property
    def digest(self) -> str:
        """The hash of the month as JSON: the same for the same month."""
        return hashlib.sha256(export.as_json(self.assessment).encode()).hexdigest()


def compute(code: str, period: Span, known_on: dt.date, tell: Tell) -> Computed:
    """Return a month as it is known on a day. `tell` may raise, to stop between two steps.

    :raises UnableToFind: if the code is not served
    :raises UnableToOpenStore: if the evidence is damaged
    """
    # One step with what follows: the next is told a second later at the earliest.
    tell("Counting and grading", 0.05)
    return computed(installation.known(code, known_on), period, tell)


def computed(known: Known, period: Span, tell: Tell) -> Computed:
    """Return a month of what is known."""
    assessment = assess(known, period, by=DRILLED_BY)
    tell("Listing the rows that failed", 0.8)
    lines = _lines(known, assessment, period, tell)
    return Computed(assessment, known.rulebook, known.snapshot.submissions(), lines)


def _lines(known: Known, assessment: Assessment, period: Span, tell: Tell) -> dict[str, tuple[Line, ...]]:
    """Return the first lines of each finding whose own lines are not all; a report's finding has none."""
    ledger, book = Ledger(known, period), known.rulebook
    longer = [one for one in assessment.findings if one.exceptions > len(one.lines)]
    rules = [book.measures[key] for key in sorted({one.measure for one in longer})]
    found: dict[str, tuple[Line, ...]] = {}
    for done, rule in enumerate(one for one in rules if isinstance(one, WITH_LINES)):
        tell(f"Listing the rows that failed {rule.key}", 0.8 + 0.15 * done / len(rules))
        column = answerable(book, rule)
        lines = exception_lines(known, rule, ledger.span(rule, period), subject=column, most=MOST_LINES)
        for finding in (one for one in longer if one.measure == rule.key):
            own = (one for one in lines if column is None or one.subject == finding.subject)
            found[finding.id] = tuple(own)
    return found
