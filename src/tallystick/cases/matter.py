"""All that is written down of one case, each kind of row read once however often it is asked for."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from tallystick.cases.models import (
    Attachment,
    Case,
    CaseFinding,
    LineAnswer,
    Message,
    Milestone,
    Note,
    Remedy,
    SharedLines,
)
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.together import together
from tallystick.processes.models import Course, Place, Step
from tallystick.processes.queries import Rows, process_of, rows_of
from tallystick.processes.standing import Standing
from tallystick.runs.models import Finding, FindingVersion, LineList, Run

WHY = (
    "Tells where a case that was found before may go; what is shown of it is chosen by what somebody may see."
)
RETURNED = "returned"  # a stage of remedy.yaml
OF_A_REMEDY = (
    "Months of a remedy are told to whom the case is: its party, its office and the body it is before."
)


@dataclass(frozen=True)
class Told:
    """A finding that a case rests on, and one version of it, if it has any, with what is asked of that.

    `shared_at` is when its `lines` were shared with the party. `is_seen`, `is_version_seen` and
    `is_share_seen` are whether whoever the rows were read for may see them.
    """

    finding: Finding
    is_seen: bool
    version: int | None
    numerator: int | None
    denominator: int | None
    is_current: bool
    has_lines: bool
    shared_at: dt.datetime | None
    lines: int | None
    is_version_seen: bool
    is_share_seen: bool


@dataclass(frozen=True)
class Matter:
    """The rows of a case, read when they are first asked for and kept: one lives as long as one question.

    An act that changed something makes another. Rows that a page shows are those that `is_seen`: it says of
    each what `visible_to` says to whoever is `acting`; without anybody it says nothing.
    """

    case: Case
    acting: Acting | None = None

    @cached_property
    @unscoped(OF_A_REMEDY, of_everybody=True)
    def milestones(self) -> list[Any]:
        """The milestones of every version, with what verified them; in the order of versions and numbers."""
        here = Place.objects.filter(course=OuterRef("remedy__course"), left_at=None).values("stage")
        been = Place.objects.filter(course=OuterRef("remedy__course"), stage=RETURNED)
        of_case = Milestone.objects.filter(remedy__case=self.case)
        rows = of_case.annotate(stage=Subquery(here[:1]), was_returned=Exists(been))
        told = rows.select_related("remedy__course", "remedy__party", "remedy__filed_by", "met")
        return list(self._as_seen(told, Remedy, "remedy").order_by("remedy__version", "number"))

    @cached_property
    def remedies(self) -> list[Any]:
        """The versions of the remedy, the oldest first, each with its `stage` as it is written down.

        `was_returned` where one ever was, whatever took its place since.
        A version has milestones: it is filed with them.
        """
        found: dict[int, Any] = {}
        for one in self.milestones:
            if one.remedy_id not in found:
                found[one.remedy_id] = one.remedy
                one.remedy.case, one.remedy.stage = self.case, one.stage
                one.remedy.was_returned = one.was_returned
                one.remedy.is_seen = getattr(one, "is_seen", False)
        return list(found.values())

    @cached_property
    def rows(self) -> dict[int, Rows]:
        """What is written down of the courses of the case and of its remedies, by their keys."""
        return rows_of(self.courses, whole=True)

    @property
    def courses(self) -> list[Course]:
        return [self.case.course, *(one.course for one in self.remedies)]

    @property
    def places(self) -> Sequence[Place]:
        """The stages that the case stood in, on every track, in their order."""
        return self.rows[self.case.course_id].been

    def standing(self, on: dt.date, course: Course | None = None) -> Standing:
        """Return where a course stands on the day: that of the case, if none is named."""
        one = course or self.case.course
        return self.rows[one.pk].standing(one, process_of(one), on)

    @property
    def steps(self) -> list[Step]:
        """The steps of the case that skipped stages, in their order."""
        return self._said[3] if self.acting is not None else list(self._skipping().order_by("pk"))

    @unscoped(WHY)
    def _skipping(self) -> QuerySet[Step]:
        moves = [name for name, rule in process_of(self.case.course).moves.items() if rule.skips]
        found: QuerySet[Step] = self.case.course.steps.filter(move__in=moves)
        return found

    @cached_property
    @unscoped(OF_A_REMEDY, of_everybody=True)
    def months(self) -> list[dict[str, Any]]:
        """The periods that were computed, with what they say of the party by measures of its remedy."""
        measures = {one.measure for one in self.remedies if one.measure}
        own = Q(figures__party=self.case.party_id, figures__measure__in=measures)
        runs = Run.objects.filter(code=self.case.code, is_current=True)
        told: QuerySet[Any] = runs.annotate(own=FilteredRelation("figures", condition=own)).order_by(
            "period", "own__pk"
        )
        names = ("measure", "group", "numerator", "denominator", "share", "state", "flags")
        return list(told.values("period", **{f"own_{name}": F(f"own__{name}") for name in names}))

    @cached_property
    @unscoped(WHY)
    def told(self) -> list[Told]:
        """The findings that the case rests on and what runs say of each, by period and reference."""
        rests_on = CaseFinding.objects.filter(case=self.case).select_related("finding")
        of_version = OuterRef("finding__versions")
        lines = LineList.objects.filter(version=of_version, party=self.case.party_id)
        shared = SharedLines.objects.filter(version=of_version, case=self.case)
        rows: QuerySet[Any] = rests_on.annotate(
            version=F("finding__versions__pk"),
            numerator=F("finding__versions__numerator"),
            denominator=F("finding__versions__denominator"),
            is_current=F("finding__versions__run__is_current"),
            has_lines=Exists(lines),
            shared_at=Subquery(shared.values("shared_at")),
            lines=Subquery(shared.values("lines")),
            share=Subquery(shared.values("pk")),
        )
        rows = self._as_seen(rows, Finding, "finding")
        rows = self._as_seen(rows, FindingVersion, "finding__versions", "is_version_seen")
        rows = self._as_seen(rows, SharedLines, "share", "is_share_seen")
        return [_told(one) for one in rows.order_by("finding__period", "finding__reference", "version")]

    @cached_property
    @unscoped(WHY)
    def _said(self) -> list[list[Any]]:
        """The messages; for somebody also the notes and answers that they may see, and steps that skipped."""
        rows: QuerySet[Any] = Message.objects.filter(case=self.case).select_related("sent_by", "read_by")
        rows = rows.annotate(has_attachments=Exists(Attachment.objects.filter(message=OuterRef("pk"))))
        messages = self._as_seen(rows, Message, "pk")
        if self.acting is None:
            return [list(messages)]
        own = [one.objects.visible_to(self.acting).filter(case=self.case) for one in (Note, LineAnswer)]
        return together(messages, own[0].select_related("by"), own[1], self._skipping())

    @property
    def messages(self) -> list[Any]:
        """What both sides said to each other, the latest first."""
        return sorted(self._said[0], key=lambda one: (one.sent_at, one.pk), reverse=True)

    @property
    def notes(self) -> list[Note]:
        """The internal notes that somebody may see, the latest first: none for a party."""
        return sorted(self._said[1], key=lambda one: (one.at, one.pk), reverse=True)

    @property
    def answers(self) -> dict[str, LineAnswer]:
        """What the party says of each line that it answered, by the line's key: its latest answer."""
        return {one.line: one for one in self._said[2]}

    def _as_seen(self, rows: QuerySet[Any], model: Any, key: str, name: str = "is_seen") -> QuerySet[Any]:
        """Return rows each with whether somebody may see the one of a model that a key of theirs names."""
        if self.acting is None:
            return rows
        seen = model.objects.visible_to(self.acting).filter(pk=OuterRef(key))
        found: QuerySet[Any] = rows.annotate(**{name: Exists(seen)})
        return found


def seen(rows: Iterable[Any]) -> list[Any]:
    """Return the rows that whoever they were read for may see."""
    return [one for one in rows if one.is_seen]


def _told(row: Any) -> Told:
    return Told(
        finding=row.finding,
        is_seen=getattr(row, "is_seen", False),
        version=row.version,
        numerator=row.numerator,
        denominator=row.denominator,
        is_current=bool(row.is_current),
        has_lines=row.has_lines,
        shared_at=row.shared_at,
        lines=row.lines,
        is_version_seen=getattr(row, "is_version_seen", False),
        is_share_seen=getattr(row, "is_share_seen", False),
    )
