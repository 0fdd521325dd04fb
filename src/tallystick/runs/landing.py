"""What a run came to, put down as rows, in the one short transaction of the act that lands it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from tallystick.evidence.submissions import Submission as Sent
from tallystick.month import retold
from tallystick.month.assessment import Figure as Counted
from tallystick.month.assessment import Finding as Found
from tallystick.month.assessment import Point
from tallystick.month.drilling import DAY, Drilled
from tallystick.month.outline import TAKERS
from tallystick.parties.classified import Classified
from tallystick.rulebook.periods import Span
from tallystick.runs import instead, shapes
from tallystick.runs.computing import Computed
from tallystick.runs.marks import Mark, Marking
from tallystick.runs.models import Figure, Finding, FindingVersion, LineList, Run, Submission
from tallystick.runs.taken import TAKEN_IN
from tallystick.runs.uploads import LONGEST_NAME
from tallystick.runs.wholes import Wholes

ONCE = "Found only as the month was once known: the current run does not have it."
WITHDRAWN = "Withdrawn by restatement: the latest run of the month no longer finds it."


class CameTo(NamedTuple):
    """How much was put down."""

    figures: int
    findings: int
    withdrawn: int


@dataclass(frozen=True)
class _Landing:
    """What is the same for every row of a run."""

    run: Run
    computed: Computed
    marking: Marking
    at: dt.datetime
    wholes: Wholes
    of_parties: frozenset[str]

    def common(self, mark: Mark) -> dict[str, Any]:
        return {
            "code": self.run.code,
            "classification": mark.classification,
            "party": mark.party,
            "publicity": Classified.ISSUED,
        }


def land(run: Run, computed: Computed, at: dt.datetime) -> CameTo:
    """Save the run as landed, with its figures and findings.

    It becomes the current run of its period unless that one knows more, and then only it withdraws findings.
    """
    assessment, marking = computed.assessment, Marking(computed.rulebook, run.known_on)
    span, code = Span.parse(run.period), computed.rulebook.code
    alike = instead.periods_alike(computed.rulebook, span)
    fewest = computed.rulebook.handling.fewest_on(span.last)
    wholes = Wholes.of(run, assessment.figures, {*code.providers, *code.roles}, alike, fewest)
    of_parties = instead.measures_of_parties(computed.rulebook)
    landing = _Landing(run, computed, marking, at, wholes, of_parties)
    _note_submissions(landing)
    is_current = _make_room(run)
    _describe(run, computed, at)
    run.is_current, run.classification = is_current, marking.of_run.classification
    run.save()
    for place, figure in enumerate(assessment.figures):
        _figure(landing, place, figure)
    _tell_instead(landing)
    for place, drilled in enumerate(computed.drilled, len(assessment.figures)):
        _drilled(landing, place, drilled)
    for place, found in enumerate(assessment.findings):
        _version(landing, place, found)
    withdrawn = _withdraw(landing) if is_current else 0
    return CameTo(len(assessment.figures), len(assessment.findings), withdrawn)


def _make_room(run: Run) -> bool:
    """Tell whether the run is to be current, and take the place from the one that was."""
    rivals = Run.objects.select_for_update().filter(code=run.code, period=run.period)
    current = rivals.filter(is_current=True).first()
    if current is None:
        return True
    if current.known_on > run.known_on:
        return False
    current.is_current = False
    current.save(update_fields=["is_current"])
    return True


def _describe(run: Run, computed: Computed, at: dt.datetime) -> None:
    assessment = computed.assessment
    run.state, run.publicity, run.ended_at = Run.LANDED, Classified.ISSUED, at
    run.progress, run.fraction = "", 1
    run.edition, run.snapshot, run.engine = assessment.edition, assessment.snapshot, assessment.engine
    run.code_title, run.sentence = assessment.code_title, assessment.sentence
    run.notes = list(assessment.notes)
    run.received = shapes.told_received(assessment.received)
    run.reports = shapes.told_missing(assessment.reports)
    run.missing = shapes.told_missing(assessment.missing)


def _note_submissions(landing: _Landing) -> None:
    """Enter what was received past the pages, by the command line, so that the register is whole.

    A file that somebody is taking in just now is left to them: the store may have it before its row says so.
    """
    rows = Submission.objects.filter(code=landing.run.code)
    noted = set(rows.filter(state__in=TAKEN_IN).values_list("evidence", flat=True))
    coming = set(rows.filter(state=Submission.PREVIEWED).values_list("sha256", flat=True))
    for one in landing.computed.sent:
        if one.id not in noted and one.sha256 not in coming:
            _note(landing, one)


def _note(landing: _Landing, one: Sent) -> None:
    Submission(
        **landing.common(landing.marking.of_sender(one.party or "")),
        stream=one.stream,
        period=one.period or "",
        filename=one.file[:LONGEST_NAME],
        format=one.format,
        sha256=one.sha256,
        size=one.size,
        received_at=one.received_at,
        taken_in_at=one.taken_in_at,
        state=Submission.COMMITTED,
        rows=one.rows,
        accepted=one.accepted,
        held=one.held,
        refused=one.refused,
        days=len(one.covered),
        notes=list(one.notes),
        evidence=one.id,
        has_file_to_correct=bool(one.refused),
    ).save(force_insert=True)


def _mark_of(landing: _Landing, figure: Counted) -> Mark:
    """Mark a figure. A whole from which one party's could be reckoned is seen as that party's would be.

    So is every other part of what parties add to, such as a region: nobody has looked how many add to each.
    """
    is_finer = figure.group and figure.measure in landing.of_parties and not set(TAKERS) & set(figure.group)
    if is_finer or (not figure.group and figure.measure in landing.wholes.withheld):
        return landing.marking.of_figure({TAKERS[0]: ""})
    return landing.marking.of_figure(figure.group)


def _tell_instead(landing: _Landing) -> None:
    """Put down what may be told of each whole that is withheld, for those who would else see the whole."""
    wholes = landing.wholes
    shares = instead.shares_instead(wholes.figures, wholes.withheld, wholes.unchanged, wholes.fewest)
    for place, figure in enumerate(wholes.figures):
        if not figure.group and figure.measure in shares:
            told = retold.withheld(figure, shares[figure.measure])
            _save(landing, place, instead.keyed(told), landing.marking.of_figure({}))


def _figure(landing: _Landing, place: int, figure: Counted) -> None:
    history = () if figure.group else landing.computed.assessment.history.get(figure.measure, ())
    _save(landing, place, figure, _mark_of(landing, figure), history)


def _drilled(landing: _Landing, place: int, drilled: Drilled) -> None:
    """Save what a measure is broken down into. Days are many: one row holds them, as a whole's its past."""
    mark = _mark_of(landing, drilled.figures[0])
    if drilled.column != DAY:
        for figure in drilled.figures:
            _save(landing, place, figure, mark)
        return
    days, points = shapes.days_in_one(drilled.figures)
    _save(landing, place, days, mark, points)


def _save(landing: _Landing, place: int, figure: Counted, mark: Mark, history: Iterable[Point] = ()) -> None:
    Figure(
        **landing.common(mark),
        run=landing.run,
        place=place,
        period=figure.period,
        measure=figure.measure,
        kind=figure.kind,
        provider=figure.provider or "",
        group=figure.group,
        group_key=group_key(figure.group),
        numerator=figure.numerator,
        denominator=figure.denominator,
        share=figure.share or "",
        target=figure.target,
        minimum=figure.minimum,
        state=figure.state,
        flags=list(figure.flags),
        verified=figure.verified,
        is_of_parties=figure.measure in landing.of_parties,
        told=shapes.told_figure(figure),
        history=shapes.told_points(history),
    ).save(force_insert=True)


def group_key(group: dict[str, str]) -> str:
    """Return a group's labels as one text, empty for a whole: party=Fellside Energy."""
    return "|".join(f"{name}={label}" for name, label in sorted(group.items()))


def _version(landing: _Landing, place: int, found: Found) -> None:
    """Add what the run says of a finding, and the lines behind it."""
    run, mark = landing.run, _mark_of_finding(landing, found)
    finding = _finding(landing, found, mark)
    version = FindingVersion(
        **landing.common(mark),
        finding=finding,
        run=run,
        place=place,
        state=found.state,
        numerator=found.numerator,
        denominator=found.denominator,
        why=found.why,
        exceptions=found.exceptions,
        told=shapes.told_finding(found),
        at=landing.at,
    )
    version.number = _number(version) if run.is_current else 0
    version.save(force_insert=True)
    lines = landing.computed.lines.get(found.id, found.lines)
    if lines or found.lines:
        LineList(
            **landing.common(landing.marking.of_lines(found.subject)),
            version=version,
            shown=shapes.told_lines(found.lines),
            lines=shapes.told_lines(lines),
        ).save(force_insert=True)


def _mark_of_finding(landing: _Landing, found: Found) -> Mark:
    """Mark a finding. One on a whole that is withheld is for those who see the whole: it tells the counts."""
    if found.measure in landing.wholes.withheld and not set(TAKERS) & set(found.group):
        return landing.marking.of_subject("")
    return landing.marking.of_subject(found.subject)


def _finding(landing: _Landing, found: Found, mark: Mark) -> Finding:
    """Return the finding of that name, saying what the current run says of it."""
    run = landing.run
    finding: Finding | None = Finding.objects.filter(code=run.code, reference=found.id).first()
    if finding is None:
        finding = Finding(
            **landing.common(mark),
            reference=found.id,
            period=found.period,
            obligation=found.obligation,
            area=found.area or "",
            measure=found.measure,
            subject=found.subject,
            group=found.group,
            first_seen=found.first_seen,
            raised_at=landing.at,
        )
    elif not run.is_current:
        return finding
    finding.party, finding.classification = mark.party, mark.classification
    finding.first_seen, finding.state, finding.why = found.first_seen, found.state, found.why
    if not run.is_current:
        finding.state, finding.why = Finding.WITHDRAWN, ONCE
    finding.save()
    return finding


def _number(version: FindingVersion) -> int:
    """Return the number of what is said: that of the last version if it said the same, else one more."""
    numbered = FindingVersion.objects.filter(finding=version.finding, number__gt=0)
    last: FindingVersion | None = numbered.order_by("-number", "-pk").first()
    if last is None:
        return 1
    return last.number if _said(last) == _said(version) else last.number + 1


def _said(version: FindingVersion) -> tuple[object, ...]:
    return version.state, version.numerator, version.denominator, version.why, version.exceptions


def _withdraw(landing: _Landing) -> int:
    """Let every finding of the period that the run no longer has say so; return how many did."""
    run = landing.run
    standing = Finding.objects.filter(code=run.code, period=run.period).exclude(state=Finding.WITHDRAWN)
    gone = standing.exclude(versions__run=run)
    for finding in list(gone):
        version = FindingVersion(
            **landing.common(Mark(finding.classification, finding.party)),
            finding=finding,
            run=run,
            place=0,
            state=Finding.WITHDRAWN,
            why=WITHDRAWN,
            at=landing.at,
        )
        version.number = _number(version)
        version.save(force_insert=True)
        finding.state, finding.why = Finding.WITHDRAWN, WITHDRAWN
        finding.save(update_fields=["state", "why"])
    return len(gone)
