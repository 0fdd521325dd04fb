"""What a submission's row says of the file behind it, and what taking it in does to the rows around it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from tallystick.evidence.reading import Reading
from tallystick.evidence.row_problems import RowProblem
from tallystick.evidence.submissions import Receipt
from tallystick.rulebook.streams import Stream
from tallystick.runs.models import MOST_PROBLEMS, HeldRow, Submission

TAKEN_IN = (Submission.COMMITTED, Submission.SUPERSEDED)


@dataclass(frozen=True)
class Excluded:
    """A row by its stream and key, its columns joined by |; and the measure and period it was met at."""

    stream: str
    key: str
    measure: str = ""
    period: str = ""


def key_problem(stream: Stream, key: str) -> str:
    """Return what is wrong with a row's key, empty where nothing is: one that cannot be read stops a run."""
    cells = key.split("|")
    if len(cells) != len(stream.row_key):
        return f"A row of {stream.key} is named by {', '.join(stream.row_key)}, with | between them."
    for name, cell in zip(stream.row_key, cells, strict=True):
        kind = stream.columns[name].type
        try:
            _READ.get(kind, str)(cell)
        except ValueError:
            return f"{cell[:40]!r} is no {kind}: {name} is written as in the line list."
    return ""


_READ: dict[str, Callable[[str], object]] = {
    "instant": dt.datetime.fromisoformat,
    "day": dt.date.fromisoformat,
    "count": int,
}


def not_waiting(submission: Submission) -> str:
    """Return why a submission can be neither taken in nor discarded."""
    return f"{submission.reference} is not waiting: {submission.get_state_display().lower()}."


def describe(submission: Submission, reading: Reading, receipt: Receipt) -> None:
    """Write what was read of a file, and what the store says to it, on its row."""
    submission.format = reading.format
    submission.sha256, submission.size = reading.sha256, reading.size
    submission.rows, submission.accepted = reading.rows, reading.accepted_rows
    submission.held, submission.refused = reading.held_rows, reading.refused_rows
    submission.problems = [told_problem(one) for one in reading.problems[:MOST_PROBLEMS]]
    submission.notes = [*reading.notes, *receipt.notes]
    submission.days = len(receipt.submission.covered)
    submission.changes = {} if receipt.repeated else asdict(receipt.submission.summary)


def told_problem(problem: RowProblem) -> dict[str, Any]:
    """Return a problem as a page shows it: where, what, and what would be right."""
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "state": problem.state,
        "what": problem.what,
        "remedy": problem.expected,
    }


def take_in(submission: Submission, reading: Reading, receipt: Receipt, at: dt.datetime) -> None:
    """Save a submission as the store took it in, with the doubts about its rows and what it supersedes."""
    submission.evidence = receipt.submission.id
    if receipt.repeated and not _was_interrupted(submission, receipt):
        submission.state = Submission.NO_CHANGE
        submission.save()
        return
    submission.state, submission.taken_in_at = Submission.COMMITTED, at
    submission.has_file_to_correct = bool(reading.refused_rows)
    earlier = _earlier(submission, receipt, reading.correction_of)
    submission.supersedes = earlier
    submission.save()
    if earlier is not None:
        _settle(earlier, submission, corrects=reading.correction_of is not None)
    _hold(submission, reading.problems)


def _was_interrupted(submission: Submission, receipt: Receipt) -> bool:
    """Whether the store took in this very file, and the machine stopped before the row could say so."""
    first = receipt.submission
    noted = Submission.objects.filter(code=submission.code, evidence=first.id, state__in=TAKEN_IN)
    same = first.sha256 == submission.sha256 and (first.period or "") == submission.period
    return same and not noted.exists()


def _earlier(submission: Submission, receipt: Receipt, correction_of: str | None) -> Submission | None:
    """Return the submission that this one corrects or replaces: of the same sender, stream and period."""
    found = Submission.objects.filter(
        code=submission.code, stream=submission.stream, party=submission.party, state__in=TAKEN_IN
    ).exclude(pk=submission.pk)
    if correction_of:
        corrected: Submission | None = found.filter(evidence=correction_of).first()
        return corrected
    if not submission.period or not receipt.submission.layout.replaces:
        return None
    standing = found.filter(period=submission.period, state=Submission.COMMITTED)
    replaced: Submission | None = standing.order_by("-received_at", "-pk").first()
    return replaced


def _settle(earlier: Submission, later: Submission, *, corrects: bool) -> None:
    """Note that the doubts about an earlier submission's rows are answered."""
    if not corrects:
        earlier.state = Submission.SUPERSEDED
        earlier.save(update_fields=["state"])
    for row in HeldRow.objects.filter(submission=earlier, settled_by=None):
        row.settled_by = later
        row.save(update_fields=["settled_by"])


def _hold(submission: Submission, problems: tuple[RowProblem, ...]) -> None:
    """Enter the rows in doubt: the first of them, where there are very many."""
    doubts = dict.fromkeys((one.row, one.column, one.what) for one in problems if one.state == "held")
    remedies = {(one.row, one.column, one.what): one.expected for one in problems}
    for row, column, what in list(doubts)[:MOST_PROBLEMS]:
        HeldRow(
            code=submission.code,
            classification=submission.classification,
            publicity=submission.publicity,
            party=submission.party,
            submission=submission,
            row=row,
            column=column,
            what=what,
            remedy=remedies[row, column, what],
        ).save(force_insert=True)
