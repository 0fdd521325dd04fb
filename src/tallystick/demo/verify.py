"""Compare what was found in a demo with what was planted in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.demo.truth import Truth, TruthFigure, TruthFinding, TruthLine, TruthRoll, digest
from tallystick.month.assessment import Assessment, Figure

CODE_OWNER = "DCC"
MOST_SHOWN = 20


class UnableToVerify(Exception):
    """The assessments cannot be compared with this truth."""


@dataclass(frozen=True)
class Agreement:
    """How one kind of row compares: how many were planted, how many found, how many are the same."""

    what: str
    expected: int
    found: int
    same: int

    @property
    def precision(self) -> float:
        """The share of what was found that was planted; 1 where nothing was found."""
        return self.same / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what was planted that was found; 1 where nothing was planted."""
        return self.same / self.expected if self.expected else 1.0

    @property
    def is_complete(self) -> bool:
        """Whether everything planted was found, and nothing else."""
        return self.expected == self.found == self.same


@dataclass(frozen=True)
class Comparison:
    """The agreement of every kind of row, and the first differences in words.

    `unassessed` names the periods of the truth that were not looked at.
    """

    agreements: tuple[Agreement, ...]
    differences: tuple[str, ...]
    more: int
    unassessed: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether everything looked at is as planted."""
        return not self.differences and all(one.is_complete for one in self.agreements)

    def words(self) -> str:
        """Return the comparison as lines for a reader."""
        told = [
            f"{one.what}: {one.same:,} of {one.expected:,} planted were found, {one.found:,} found in all "
            f"(precision {one.precision:.4g}, recall {one.recall:.4g})"
            for one in self.agreements
        ]
        told += self.differences
        told += [f"and {self.more:,} more differences."] if self.more else []
        told += [f"Not assessed: {', '.join(self.unassessed)}."] if self.unassessed else []
        return "\n".join([*told, "As planted." if self.agrees else "Not as planted."])

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as plain values."""
        return {
            "agrees": self.agrees,
            "compared": {
                one.what: {
                    "expected": one.expected,
                    "found": one.found,
                    "same": one.same,
                    "precision": one.precision,
                    "recall": one.recall,
                }
                for one in self.agreements
            },
            "differences": list(self.differences),
            "more_differences": self.more,
            "unassessed": list(self.unassessed),
        }


def verify(truth: Truth, assessments: Sequence[Assessment], *, most: int = MOST_SHOWN) -> Comparison:
    """Compare exception lines, findings, figures and received files with the truth.

    Only the measures that the truth names are compared, in the periods that were assessed. A group's
    figures are compared where they were asked for.

    :raises UnableToVerify: if an assessment is of another code, day or period, or was made without its lines
    """
    _check(truth, assessments)
    periods = {assessment.period for assessment in assessments}
    parts = [
        _lines(truth, assessments),
        _findings(truth, assessments),
        _figures(truth, assessments),
        _rolls(truth, assessments),
        _files(truth, assessments),
    ]
    agreements, told = [], []
    for what, expected, found in parts:
        own = {row for row in expected if getattr(row, "period", None) is None or row.period in periods}
        agreements.append(Agreement(what, len(own), len(found), len(own & found)))
        told += [f"Not found: {_words(row)}" for row in sorted(own - found, key=str)]
        told += [f"Not planted: {_words(row)}" for row in sorted(found - own, key=str)]
    unassessed = tuple(period for period in truth.periods if period not in periods)
    return Comparison(tuple(agreements), tuple(told[:most]), max(0, len(told) - most), unassessed)


def changed_files(truth: Truth, folder: Path) -> tuple[str, ...]:
    """Say which evidence files under the folder are missing, changed or not of this demo."""
    told = []
    for file in truth.files:
        path = folder / file.file
        if not path.is_file():
            told.append(f"{file.file} is missing.")
        elif digest(path.read_bytes()) != file.sha256:
            told.append(f"{file.file} is not as it was planted.")
    planted = {file.file for file in truth.files}
    there = (path.relative_to(folder).as_posix() for path in sorted((folder / "evidence").glob("*")))
    return (*told, *(f"{name} was not planted." for name in there if name not in planted))


def _check(truth: Truth, assessments: Sequence[Assessment]) -> None:
    for one in assessments:
        if (one.code, one.known_on) != (truth.code, truth.known_on):
            raise UnableToVerify(
                f"The truth is about {truth.code} as known on {truth.known_on}; "
                f"this is {one.code} as known on {one.known_on}."
            )
        if one.period not in truth.periods:
            raise UnableToVerify(f"The truth says nothing of {one.period}.")
        if not one.lines and any(finding.exceptions for finding in one.findings):
            raise UnableToVerify(f"{one.period} was assessed without its exception lines.")
    if len({one.period for one in assessments}) < len(assessments):
        raise UnableToVerify("A period was assessed twice.")


Part = tuple[str, Iterable[Any], set[Any]]


def _lines(truth: Truth, assessments: Sequence[Assessment]) -> Part:
    found = {
        # A measure of the code itself names no provider: the owner of the code answers for it.
        TruthLine(line.measure, one.period, line.key, line.subject or CODE_OWNER)
        for one in assessments
        for line in one.lines
        if line.measure in truth.measures
    }
    return "lines", truth.lines, found


def _findings(truth: Truth, assessments: Sequence[Assessment]) -> Part:
    found = {
        TruthFinding(finding.measure, one.period, finding.subject, finding.state)
        for one in assessments
        for finding in one.findings
        if finding.measure in truth.measures
    }
    return "findings", truth.findings, found


def _figures(truth: Truth, assessments: Sequence[Assessment]) -> Part:
    grains = {(row.measure, _column(row.group)) for row in truth.figures}
    found = {
        _figure(figure, one.period)
        for one in assessments
        for figure in one.figures
        if len(figure.group) <= 1 and (figure.measure, "".join(figure.group)) in grains
    }
    asked = {(row.measure, row.period, _column(row.group)) for row in found}
    expected = [
        row
        for row in truth.figures
        if not row.group or (row.measure, row.period, _column(row.group)) in asked
    ]
    return "figures", expected, found


def _figure(figure: Figure, period: str) -> TruthFigure:
    group = ",".join(f"{column}={label}" for column, label in figure.group.items())
    sides = (figure.numerator or 0, figure.denominator or 0)
    return TruthFigure(figure.measure, period, group, *sides, figure.open, figure.held, figure.excluded)


def _column(group: str) -> str:
    return group.split("=", maxsplit=1)[0]


def _rolls(truth: Truth, assessments: Sequence[Assessment]) -> Part:
    measures = {row.measure for row in truth.rolls}
    found = {
        TruthRoll(figure.measure, one.period, *(figure.detail.get(name, 0) for name in ROLL))
        for one in assessments
        for figure in one.figures
        if figure.measure in measures and not figure.group
    }
    return "rolls", truth.rolls, found


ROLL = ("open_at_start", "opened", "resolved", "open_at_end", "aged")


def _files(truth: Truth, assessments: Sequence[Assessment]) -> Part:
    """Compare the files behind the assessments: each must be one of the demo, with the same rows counted."""
    planted = {
        (file.sha256, file.stream, file.rows, file.accepted, file.held, file.refused): file.file
        for file in truth.files
    }
    received = {
        (one.sha256, one.stream, one.rows, one.accepted, one.held, one.refused)
        for assessment in assessments
        for one in assessment.received
    }
    if not truth.files:
        return "files", set(), set()
    found = {planted.get(key, f"{key[1]} {key[0][:10]}, {key[2]} rows: {key[3:]}") for key in received}
    return "files", found & set(planted.values()), found


def _words(row: Any) -> str:
    if isinstance(row, TruthLine):
        return f"the line {row.key} of {row.subject} in {row.measure}, {row.period}."
    if isinstance(row, TruthFinding):
        return f"the finding that {row.subject} is {row.state} in {row.measure}, {row.period}."
    if isinstance(row, TruthFigure):
        rest = f"{row.open} open, {row.held} held, {row.excluded} excluded"
        where = f" ({row.group})" if row.group else ""
        return f"{row.numerator} of {row.denominator} in {row.measure}{where}, {row.period}; {rest}."
    if isinstance(row, TruthRoll):
        counts = ", ".join(f"{name} {getattr(row, name)}" for name in ROLL)
        return f"the register {row.measure} in {row.period}: {counts}."
    return f"the file {row}."
