"""What may be asked about submissions, runs, figures and findings: always through what somebody may see."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import Q

from tallystick.findings.lines import Line
from tallystick.month.assessment import Assessment, Missing
from tallystick.month.assessment import Figure as Counted
from tallystick.month.assessment import Finding as Found
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.runs import shapes
from tallystick.runs.models import (
    Exclusion,
    Figure,
    Finding,
    FindingVersion,
    HeldRow,
    LineList,
    Run,
    Submission,
)


def current_run(acting: Acting, period: str, at: dt.date | None = None) -> Run | None:
    """Return the run that counts for a period: now, or as it was known by the end of a day."""
    landed = Run.objects.visible_to(acting).filter(period=period, state=Run.LANDED)
    if at is None:
        found: Run | None = landed.filter(is_current=True).first()
    else:
        found = landed.filter(known_on__lte=at).order_by("-known_on", "-ended_at").first()
    return found


def latest_run(acting: Acting) -> Run | None:
    """Return the current run of the latest period that has one."""
    found: Run | None = Run.objects.visible_to(acting).filter(is_current=True).order_by("-period").first()
    return found


def runs_of(acting: Acting, period: str = "") -> list[Run]:
    """Return the runs of a period or of all, the latest asked first."""
    runs = Run.objects.visible_to(acting).select_related("asked_by").order_by("-asked_at", "-pk")
    return list(runs.filter(period=period) if period else runs)


def run(acting: Acting, reference: str) -> Run | None:
    found: Run | None = Run.objects.visible_to(acting).filter(reference=reference).first()
    return found


def periods(acting: Acting) -> list[str]:
    """Return the periods that have a current run, the latest first."""
    current = Run.objects.visible_to(acting).filter(is_current=True)
    return sorted(current.values_list("period", flat=True), reverse=True)


def assessment_for(acting: Acting, run: Run) -> Assessment:
    """Return the month that a run landed, made of the rows that somebody may see and of no others."""
    seen = frozenset(
        Submission.objects.visible_to(acting).exclude(evidence="").values_list("evidence", flat=True)
    )
    lists = LineList.objects.visible_to(acting).filter(version__run=run)
    shown = dict(lists.values_list("version_id", "shown"))
    return replace(
        brief_for(acting, run),
        findings=_findings(acting, run, seen, shown),
        received=tuple(one for one in shapes.received_of(run.received) if one.id in seen),
    )


def brief_for(acting: Acting, run: Run) -> Assessment:
    """Return the figures of the month that a run landed, without findings or what they rest on."""
    rows = list(Figure.objects.visible_to(acting).filter(run=run).order_by("place"))
    figures = tuple(shapes.figure_of(row.told) for row in rows)
    return Assessment(
        code=run.code,
        code_title=run.code_title,
        period=run.period,
        known_on=str(run.known_on),
        edition=run.edition,
        snapshot=run.snapshot,
        engine=run.engine,
        sentence=run.sentence,
        figures=figures,
        history={row.measure: shapes.points_of(row.history) for row in rows if not row.group_key},
        findings=(),
        received=(),
        reports=shapes.missing_of(run.reports),
        missing=shapes.missing_of(run.missing),
        notes=tuple(run.notes),
    )


def findings_in(acting: Acting, run: Run) -> tuple[Found, ...]:
    """Return the findings that stand in a run, without their lines or the names of their evidence."""
    return _findings(acting, run, frozenset(), {})


def _findings(
    acting: Acting, run: Run, seen: frozenset[str], shown: Mapping[int, Sequence[Any]]
) -> tuple[Found, ...]:
    standing = FindingVersion.objects.visible_to(acting).filter(run=run).exclude(state=Finding.WITHDRAWN)
    return tuple(
        shapes.finding_of(version.told, shown.get(version.pk, ()), seen)
        for version in standing.order_by("place")
    )


def finding(acting: Acting, reference: str) -> Finding | None:
    found: Finding | None = (
        Finding.objects.visible_to(acting).select_related("party").filter(reference=reference).first()
    )
    return found


def findings_of(acting: Acting, period: str = "") -> list[Finding]:
    """Return the findings of a period or of all, withdrawn ones too, the latest period first."""
    found = Finding.objects.visible_to(acting).select_related("party")
    found = found.filter(period=period) if period else found
    return list(found.order_by("-period", "obligation", "measure", "subject", "reference"))


def versions_of(acting: Acting, finding: Finding) -> list[FindingVersion]:
    """Return the versions of a finding, the first first: one for each time that what is said changed."""
    numbered = FindingVersion.objects.visible_to(acting).filter(finding=finding, number__gt=0)
    versions: dict[int, FindingVersion] = {}
    for version in numbered.select_related("run").order_by("number", "at", "pk"):
        versions.setdefault(version.number, version)
    return list(versions.values())


def latest_version(acting: Acting, finding: Finding) -> FindingVersion | None:
    """Return what the latest run says of a finding: another row may fail while the words stay the same."""
    numbered = FindingVersion.objects.visible_to(acting).filter(finding=finding, number__gt=0)
    found: FindingVersion | None = numbered.order_by("-number", "-at", "-pk").first()
    return found


def finding_told(acting: Acting, finding: Finding) -> Found | None:
    """Return all that the latest standing version of a finding says; nothing where it was withdrawn."""
    version = latest_version(acting, finding)
    if version is None or not version.told:
        return None
    lists = LineList.objects.visible_to(acting).filter(version=version)
    shown = next(iter(lists.values_list("shown", flat=True)), ())
    told = version.told
    named = Submission.objects.visible_to(acting).filter(evidence__in=told["evidence"])
    return shapes.finding_of(told, shown, frozenset(named.values_list("evidence", flat=True)))


def lines(acting: Acting, run: Run, measure: str, party: Organisation | None = None) -> tuple[Line, ...]:
    """Return the rows that failed a measure in a run, a thousand at most of each finding.

    Of one party, or of everybody that the person who asks may see.
    """
    found = LineList.objects.visible_to(acting).filter(version__run=run, version__finding__measure=measure)
    found = found.filter(party=party) if party else found
    told = found.order_by("version__place").values_list("lines", flat=True)
    return tuple(line for one in told for line in shapes.lines_of(one))


def line_lists_of(acting: Acting, version: FindingVersion) -> list[LineList]:
    """Return the list behind one version of a finding, without its lines; none where it may not be seen."""
    return list(LineList.objects.visible_to(acting).filter(version=version).defer("shown", "lines"))


def lines_of(acting: Acting, version: FindingVersion) -> tuple[Line, ...]:
    """Return the rows behind one version of a finding, the first thousand."""
    lists = LineList.objects.visible_to(acting).filter(version=version).values_list("lines", flat=True)
    return tuple(line for told in lists for line in shapes.lines_of(told))


class Restated(NamedTuple):
    """A figure of a month as it was known from a day on."""

    known_on: dt.date
    reference: str
    figure: Counted


def restatements(acting: Acting, measure: str, period: str) -> list[Restated]:
    """Return a whole figure of a month as runs had it, the latest first, where it was another one before."""
    rows = Figure.objects.visible_to(acting).filter(measure=measure, period=period, group_key="")
    landed = rows.filter(run__state=Run.LANDED).select_related("run").order_by("run__known_on", "run_id")
    found: list[Restated] = []
    for row in landed:
        figure = shapes.figure_of(row.told)
        if not found or _counts(found[-1].figure) != _counts(figure):
            found.append(Restated(row.run.known_on, row.run.reference, figure))
    return found[::-1]


def _counts(figure: Counted) -> tuple[object, ...]:
    return figure.numerator, figure.denominator, figure.share, figure.state


def expected(acting: Acting) -> tuple[Missing, ...]:
    """Return the evidence and the reports that the latest month still expects or has had."""
    latest = latest_run(acting)
    return expected_in(latest) if latest else ()


def expected_in(run: Run) -> tuple[Missing, ...]:
    """Return the evidence and the reports that the month of a run expects or has had."""
    return (*shapes.missing_of(run.missing), *shapes.missing_of(run.reports))


def figures_of(acting: Acting, measure: str, period: str) -> list[Figure]:
    """Return the figures of one measure in the current run of a period, the whole first."""
    current = Figure.objects.visible_to(acting).filter(run__is_current=True)
    return list(current.filter(measure=measure, period=period).order_by("place"))


def submissions_of(acting: Acting, stream: str = "", period: str = "") -> list[Submission]:
    """Return the submissions of a stream and period, or of all, the latest received first."""
    asked = Q(stream=stream) if stream else Q()
    asked &= Q(period=period) if period else Q()
    found = Submission.objects.visible_to(acting).filter(asked).exclude(state=Submission.DISCARDED)
    return list(found.select_related("party", "person").order_by("-received_at", "-pk"))


def submission(acting: Acting, reference: str) -> Submission | None:
    """Return a submission by our reference, or by the name that the store gave it."""
    named = Q(reference=reference) | Q(evidence=reference)
    found: Submission | None = (
        Submission.objects.visible_to(acting)
        .select_related("party", "person", "supersedes")
        .filter(named)
        .order_by("-pk")
        .first()
    )
    return found


def held_rows(acting: Acting, submission: Submission | None = None) -> list[HeldRow]:
    """Return the rows that wait for their sender: of one submission, or of all."""
    waiting = HeldRow.objects.visible_to(acting).filter(settled_by=None)
    waiting = waiting.filter(submission=submission) if submission else waiting
    return list(waiting.select_related("submission", "party").order_by("-submission__received_at", "row"))


def exclusions_of(acting: Acting, measure: str = "", period: str = "") -> list[Exclusion]:
    """Return the exclusions entered at a measure and period, or all, the latest first."""
    asked = Q(measure=measure) if measure else Q()
    asked &= Q(period=period) if period else Q()
    found = Exclusion.objects.visible_to(acting).filter(asked).select_related("entered_by", "checked_by")
    return list(found.order_by("-entered_at", "-pk"))


def exclusion(acting: Acting, reference: str) -> Exclusion | None:
    found: Exclusion | None = Exclusion.objects.visible_to(acting).filter(reference=reference).first()
    return found


def exclusions_to_check(acting: Acting) -> list[Exclusion]:
    """Return the exclusions that wait for a second person, without those the person who asks entered."""
    waiting = Exclusion.objects.visible_to(acting).filter(state=Exclusion.ENTERED)
    others = waiting.exclude(entered_by=acting.person) if acting.person else waiting
    return list(others.select_related("entered_by").order_by("entered_at", "pk"))
