"""What may be asked about submissions, runs, figures and findings: always through what somebody may see."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tallystick.findings.lines import Line
from tallystick.month.assessment import Assessment, Missing
from tallystick.month.assessment import Figure as Counted
from tallystick.month.assessment import Finding as Found
from tallystick.month.drilling import DAY
from tallystick.month.outline import TAKERS
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.parties.once import once
from tallystick.rulebook.periods import Span
from tallystick.runs import pasts, shapes
from tallystick.runs.instead import unkeyed
from tallystick.runs.models import (
    Figure,
    Finding,
    FindingVersion,
    HeldRow,
    LineList,
    Run,
    Submission,
)

# A month's own figures: wholes, and those of parties. What is finer is read one measure at a time.
IN_BRIEF = reduce(or_, (Q(group_key__startswith=f"{taker}=") for taker in TAKERS), Q(group_key=""))


def current_run(acting: Acting, period: str, at: dt.date | None = None) -> Run | None:
    """Return the run that counts for a period: now, or as it was known by the end of a day."""
    landed = Run.objects.visible_to(acting).filter(period=period, state=Run.LANDED)
    if at is None:
        found: Run | None = landed.filter(is_current=True).first()
    else:
        found = landed.filter(known_on__lte=at).order_by("-known_on", "-ended_at").first()
    return found


class Near(NamedTuple):
    """The run that counts for a period, and the periods before and after that have one."""

    run: Run | None
    periods: frozenset[str]


def run_near(acting: Acting, period: str, at: dt.date | None = None) -> Near:
    """Return what `current_run` does, and which neighbours of the period were graded, by one question."""
    about = [str(Span.parse(period).shifted(step)) for step in (-1, 0, 1)]
    landed = Run.objects.visible_to(acting).filter(period__in=about, state=Run.LANDED)
    runs = list(landed.order_by("-known_on", "-ended_at"))
    known = (one.is_current if at is None else one.known_on <= at for one in runs)
    own = (one for one, is_known in zip(runs, known, strict=True) if is_known and one.period == period)
    graded = frozenset(one.period for one in runs if one.is_current and one.period != period)
    return Near(next(own, None), graded)


def latest_run(acting: Acting) -> Run | None:
    """Return the current run of the latest period that has one."""
    return next((one for one in _standing(acting) if one.is_current), None)


def runs_given_up(acting: Acting) -> list[Run]:
    """Return the failed runs with no later one of their period, the first asked first."""
    return [one for one in _standing(acting) if one.state == Run.FAILED]


@once
def _standing(acting: Acting) -> list[Run]:
    """Return the runs that homes speak of, by one question for all of them."""
    seen = Run.objects.visible_to(acting)
    latest = seen.filter(is_current=True).order_by("-period").values("period")[:1]
    later = seen.filter(period=OuterRef("period"), pk__gt=OuterRef("pk"))
    counts = Q(is_current=True, period=Subquery(latest))
    return list(seen.filter(counts | (Q(state=Run.FAILED) & ~Exists(later))).order_by("pk"))


def runs_of(acting: Acting, period: str = "") -> list[Run]:
    """Return the runs of a period or of all, the latest asked first."""
    runs = Run.objects.visible_to(acting).select_related("asked_by").order_by("-asked_at", "-pk")
    return list(runs.filter(period=period) if period else runs)


def run(acting: Acting, reference: str) -> Run | None:
    found: Run | None = Run.objects.visible_to(acting).filter(reference=reference).first()
    return found


def latest_with(acting: Acting, measure: str) -> str | None:
    """Return the latest period in which somebody sees a figure of the measure, if there is one."""
    seen = Figure.objects.visible_to(acting).filter(measure=measure, run__is_current=True)
    found: str | None = seen.order_by("-run__period").values_list("run__period", flat=True).first()
    return found


def periods(acting: Acting) -> list[str]:
    """Return the periods that have a current run, the latest first."""
    current = Run.objects.visible_to(acting).filter(is_current=True)
    return sorted(current.values_list("period", flat=True), reverse=True)


def assessment_for(acting: Acting, run: Run, *, finer_of: str = "", with_lines: bool = True) -> Assessment:
    """Return the month that a run landed, made of the rows that somebody may see and of no others.

    `finer_of` names a measure of which all that it is broken down into is wanted too.
    """
    seen = frozenset(
        Submission.objects.visible_to(acting).exclude(evidence="").values_list("evidence", flat=True)
    )
    lists = LineList.objects.visible_to(acting).filter(version__run=run)
    shown = dict(lists.values_list("version_id", "shown")) if with_lines else {}
    brief, of_parties = _brief(acting, run, finer_of)
    found = _findings(acting, run, seen, shown)
    return replace(
        brief,
        findings=pasts.first_seen_told(found, brief, of_parties),
        received=tuple(one for one in shapes.received_of(run.received) if one.id in seen),
    )


def brief_for(acting: Acting, run: Run) -> Assessment:
    """Return the figures of the month that a run landed, without findings or what they rest on."""
    return _brief(acting, run)[0]


def _brief(acting: Acting, run: Run, finer_of: str = "") -> tuple[Assessment, frozenset[str]]:
    """Return the figures as somebody may know them, and the measures whose past is told as published."""
    asked = IN_BRIEF | Q(measure=finer_of) if finer_of else IN_BRIEF
    found = Figure.objects.visible_to(acting).filter(asked | Q(group_key=Figure.INSTEAD), run=run)
    rows = list(found.order_by("place", "pk"))
    wholes = {row.measure: row for row in rows if not row.group_key}
    # Who sees a whole is not told what others are told instead.
    rows = [row for row in rows if row.group_key != Figure.INSTEAD or row.measure not in wholes]
    landed = _assessed(run, rows, wholes.values())
    if pasts.sees_every_whole(acting):
        return landed, frozenset()
    of_parties = frozenset(row.measure for row in wholes.values() if row.is_of_parties)
    return pasts.retell(landed, pasts.published(acting, run, wholes.values()), of_parties), of_parties


def shows_a_closed_whole(acting: Acting, run: Run) -> bool:
    """Tell whether a month, as somebody reads it, has a whole that is withheld from others."""
    closed = Q(classification__in=[Figure.AMBER, Figure.RED], group_key="")
    return Figure.objects.visible_to(acting).filter(closed, run=run).exists()


def _assessed(run: Run, rows: Iterable[Figure], wholes: Iterable[Figure]) -> Assessment:
    """Return a run's month of some of its rows, with their past as the run has it."""
    return Assessment(
        code=run.code,
        code_title=run.code_title,
        period=run.period,
        known_on=str(run.known_on),
        edition=run.edition,
        snapshot=run.snapshot,
        engine=run.engine,
        sentence=run.sentence,
        figures=tuple(figure for row in rows for figure in _counted(row)),
        history={row.measure: shapes.points_of(row.history) for row in wholes},
        findings=(),
        received=(),
        reports=shapes.missing_of(run.reports),
        missing=shapes.missing_of(run.missing),
        notes=tuple(run.notes),
    )


def _counted(row: Figure) -> tuple[Counted, ...]:
    """Return the figure of a row, or those of the days that stand in it."""
    figure = shapes.figure_of(row.told)
    if row.group_key == Figure.INSTEAD:
        return (unkeyed(figure),)
    if DAY in figure.group:
        return shapes.days_of(figure, shapes.points_of(row.history))
    return (figure,)


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
    pasts.first_seen(acting, [found] if found else [])
    return found


def findings_of(acting: Acting, period: str = "") -> list[Finding]:
    """Return the findings of a period or of all, withdrawn ones too, the latest period first."""
    found = Finding.objects.visible_to(acting).select_related("party")
    found = found.filter(period=period) if period else found
    rows = list(found.order_by("-period", "obligation", "measure", "subject", "reference"))
    pasts.first_seen(acting, rows)
    return rows


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
    found = shapes.finding_of(told, shown, frozenset(named.values_list("evidence", flat=True)))
    return replace(found, first_seen=max(found.first_seen, finding.first_seen))


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


def restated_in(acting: Acting, run: Run) -> list[tuple[Restated, Counted]]:
    """Return the whole figures of a run's month that an earlier run had otherwise, with what they are now."""
    rows = Figure.objects.visible_to(acting).filter(code=run.code, period=run.period, group_key="")
    known = rows.filter(Q(run=run) | Q(run__state=Run.LANDED, run__known_on__lt=run.known_on))
    shown = known.select_related("run").order_by("place", "-run__known_on", "-run_id")
    told: dict[str, list[Figure]] = {}
    for row in shown:
        told.setdefault(row.measure, []).append(row)
    found = []
    for several in told.values():
        now = next((shapes.figure_of(row.told) for row in several if row.run_id == run.pk), None)
        earlier = [row for row in several if row.run_id != run.pk]
        if now is None or not earlier:
            continue
        before = shapes.figure_of(earlier[0].told)
        had_a_figure = before.denominator is not None or before.share is not None
        if had_a_figure and _counts(before) != _counts(now):
            found.append((Restated(earlier[0].run.known_on, earlier[0].run.reference, before), now))
    return found


def _counts(figure: Counted) -> tuple[object, ...]:
    return figure.numerator, figure.denominator, figure.share, figure.state


def expected(acting: Acting) -> tuple[Missing, ...]:
    """Return the evidence and the reports that the latest month still expects or has had."""
    latest = latest_run(acting)
    return expected_in(latest) if latest else ()


def expected_in(run: Run) -> tuple[Missing, ...]:
    """Return the evidence and the reports that the month of a run expects or has had."""
    return (*shapes.missing_of(run.missing), *shapes.missing_of(run.reports))


@once
def submissions_of(acting: Acting, stream: str = "", period: str = "") -> list[Submission]:
    """Return the submissions of a stream and period, or of all, the latest received first.

    With each comes how many of its rows wait for their sender; see `in_doubt`.
    """
    asked = Q(stream=stream) if stream else Q()
    asked &= Q(period=period) if period else Q()
    found = Submission.objects.visible_to(acting).filter(asked).exclude(state=Submission.DISCARDED)
    doubts = HeldRow.objects.visible_to(acting).filter(submission=OuterRef("pk"), settled_by=None)
    counted = doubts.order_by().values("submission").annotate(count=Count("pk")).values("count")
    told = found.annotate(in_doubt=Coalesce(Subquery(counted), 0))
    return list(told.select_related("party", "person").order_by("-received_at", "-pk"))


def in_doubt(submission: Submission) -> int:
    """Return how many rows of a submission wait for their sender."""
    told: int = submission.in_doubt  # type: ignore[attr-defined]  # told with the row by `submissions_of`
    return told


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
