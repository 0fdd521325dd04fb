"""All that is written down of one challenge or dispute, each kind of row read once."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from tallystick.cases.decided import awaited
from tallystick.challenges.models import Challenge, Dispute
from tallystick.decisions.models import Motion
from tallystick.parties.policy.guard import unscoped
from tallystick.processes.carriers import reference_of_matter
from tallystick.processes.models import Step
from tallystick.processes.queries import Rows, process_of, rows_of
from tallystick.processes.standing import Standing

Row = Challenge | Dispute
WHY = "Tells how a matter went that was found through what somebody may see."


@dataclass(frozen=True)
class Matter:
    """The rows of a challenge or of a dispute: one lives as long as one question."""

    row: Row

    @cached_property
    def rows(self) -> Rows:
        """What is written down of its course, with the stages that it left."""
        return rows_of([self.row.course], whole=True)[self.row.course_id]

    def standing(self, on: dt.date) -> Standing:
        """Return where it stands on the day."""
        return self.rows.standing(self.row.course, process_of(self.row.course), on)

    def stage(self, on: dt.date) -> str:
        """Return the stage of its main track."""
        return self.standing(on).at[process_of(self.row.course).main]

    def before(self, on: dt.date) -> str | None:
        """Return the key of the body that it is before, if it is before one."""
        return awaited(process_of(self.row.course), self.standing(on))

    @property
    def since(self) -> dt.datetime | None:
        """When it came to the stage that it stands in: what a body decided earlier is not about this."""
        main = process_of(self.row.course).main
        return next((one.entered_at for one in self.rows.places if one.track == main), None)

    @cached_property
    def steps(self) -> list[Step]:
        """What was done on it, in its order, with who did it and which decision that carried out."""
        return [one for one in self._told if one.course_id == self.row.course_id]

    @cached_property
    def reached(self) -> list[Any]:
        """The steps of other matters that carried out what is challenged, with the `matter` of each."""
        return [one for one in self._told if one.course_id != self.row.course_id]

    @cached_property
    @unscoped(WHY)
    def _told(self) -> list[Any]:
        of = Q(course=self.row.course)
        if isinstance(self.row, Challenge):
            decided = self.row.decided
            of |= Q(**{f"carried__{'motion' if isinstance(decided, Motion) else 'decision'}": decided})
        beside = ("course", "carried__motion__body", "carried__decision__body")
        told = Step.objects.filter(of).select_related(*beside).annotate(matter=reference_of_matter())
        return list(told.order_by("pk"))
