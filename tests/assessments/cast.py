"""The office, two parties and a technique that is applied to them, driven along its way."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tallystick.assessments.models import Application, Part
from tallystick.assessments.techniques.begun import Begun
from tallystick.assessments.techniques.operations.answering import Outcome, answer_part, conclude_part
from tallystick.assessments.techniques.operations.applying import (
    begin_application,
    cancel_application,
    close_application,
    report_application,
    start_application,
)
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Organisation
from tallystick.processes.models import Step
from tallystick.processes.queries import standing_of
from tests.cases import cast as of_cases
from tests.cases.cast import BEGAN, CODE, OPENED, at, key, last_said, on

__all__ = ["CODE", "at", "key", "last_said", "on"]

DAY = OPENED
GUIDANCE, TESTING, AUDIT, CHECK = "coverage_guidance", "entry_testing", "certificate_audit", "inventory_check"
UNTIL = dt.date(2021, 12, 31)


@dataclass(frozen=True)
class Cast:
    """The people of cases, and what they do with techniques."""

    of: of_cases.Cast

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    @property
    def both(self) -> tuple[Organisation, Organisation]:
        return self.of.alfa, self.of.brvo

    def begun(self, technique: str = GUIDANCE, **told: Any) -> Application:
        by = told.pop("by", self.of.jo)
        return begin_application(begun=begun(technique, **{"parties": self.both, **told}), **self.doing(by))

    def started(self, technique: str = GUIDANCE, **told: Any) -> Application:
        row = self.begun(technique, **told)
        self.start(row)
        return fresh(row)

    def start(self, row: Application, **told: Any) -> Step:
        return start_application(application=row, **self._said(told, 10))

    def reported(self, technique: str = GUIDANCE, **told: Any) -> Application:
        row = self.started(technique, **told)
        self.report(row)
        return fresh(row)

    def report(self, row: Application, **told: Any) -> Step:
        said = {"result": "Both were reached.", "spent": Decimal(4200), **told}
        return report_application(application=row, **self._said(said, 14))

    def close(self, row: Application, **told: Any) -> Step:
        said = {"effect": "Fewer hubs of the wrong variant.", **told}
        return close_application(application=row, **self._said(said, 15))

    def cancel(self, row: Application, **told: Any) -> Step:
        return cancel_application(application=row, **self._said({"reasons": "No speaker.", **told}, 15))

    def part(self, row: Application, party: Organisation | None = None) -> Part:
        found: Part = Part.objects.get(application=row, party=party or self.of.alfa)
        return found

    def answer(self, part: Part, words: str = "", **told: Any) -> Part:
        return answer_part(part=part, answer=words, **self._said({"by": self.of.ada, **told}, 12))

    def conclude(self, part: Part, outcome: str, result: str = "", **told: Any) -> Part:
        one = Outcome(outcome, told.pop("key", None) or key(), result)
        return conclude_part(part=part, told=one, **self.doing(told.pop("by", self.of.jo), hour=13))

    def doing(self, by: Acting, day: dt.date = DAY, hour: int = 9) -> dict[str, Any]:
        return {"by": on(by, day), "at": at(day, hour)}

    def _said(self, told: dict[str, Any], hour: int) -> dict[str, Any]:
        by, day = told.pop("by", self.of.jo), told.pop("day", DAY)
        return {"key": key(), **told, **self.doing(by, day, hour)}


def made_cast() -> Cast:
    return among(of_cases.made_cast())


def among(cast: of_cases.Cast) -> Cast:
    """Let the parties of a cast be of a category, so that techniques reach them."""
    for party, category in ((cast.alfa, "large_supplier"), (cast.brvo, "electricity_network")):
        known = {"organisation": party, "code": CODE, "category": category}
        if not Category.objects.filter(**known).exists():
            Category(**known, from_on=BEGAN).save()
    return Cast(cast)


def begun(technique: str = GUIDANCE, **told: Any) -> Begun:
    said: dict[str, Any] = {
        "technique": technique,
        "title": "Coverage before dispatch",
        "why": "Hubs of the wrong variant in four months.",
        "from_on": DAY,
        "until_on": UNTIL,
        "cost": Decimal(5000),
        "key": key(),
        **told,
    }
    return Begun(**said)


def fresh(row: Application) -> Application:
    found: Application = Application.objects.select_related("course", "period").get(pk=row.pk)
    return found


def stands(row: Application, day: dt.date = DAY) -> str:
    """Return the stage that an application stands in."""
    [stage] = standing_of(row.course, day).at.values()
    return stage


def acts() -> list[str]:
    """Return what the journal holds of this room, in order."""
    found = Entry.objects.filter(act__startswith="assessments.").order_by("seq")
    return [one.removeprefix("assessments.") for one in found.values_list("act", flat=True)]
