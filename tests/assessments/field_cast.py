"""Questionnaires, exercises and the security of parties, as the cast of assurance does with them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tallystick.assessments.exercises.operations.debriefing import (
    Learnt,
    Observed,
    debrief,
    note_lesson,
    observe,
    settle_lesson,
)
from tallystick.assessments.exercises.operations.exercising import (
    Coming,
    Prepared,
    announce_exercise,
    prepare_exercise,
    take_turn,
)
from tallystick.assessments.models import (
    Application,
    DraftResponse,
    Exercise,
    Lesson,
    Letter,
    Observation,
    Questionnaire,
    QuestionSet,
    Reminder,
    Response,
    SecurityStatus,
    Turn,
    Verification,
)
from tallystick.assessments.questionnaires.operations.designing import (
    Designed,
    design_questionnaire,
    issue_questionnaire,
    reword_questions,
)
from tallystick.assessments.questionnaires.operations.reminding import remind
from tallystick.assessments.questionnaires.operations.responding import Filled, save_response, send_response
from tallystick.assessments.questionnaires.questions import DAY, NUMBER, ONE, SEVERAL, WORDS, Question
from tallystick.assessments.security.operations import (
    Lettered,
    StatusSet,
    Verified,
    record_letter,
    record_verification,
    set_status,
)
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Role
from tests.assessments import cast as of_assurance
from tests.assessments.cast import CODE, at, key, on
from tests.assessments.cast import DAY as ON_THE_DAY
from tests.cases.cast import BEGAN, acting_as

TENANCY, RECOVERY = "tenancy_questionnaire", "recovery_exercise"
PLAYED = dt.date(2021, 9, 20)
QUESTIONS = (
    Question(
        "q1", ONE, "How do you learn of a change of tenancy?", "The first that tells you.", choices=("A", "B")
    ),
    Question("q2", SEVERAL, "Who is told of it?", choices=("Network", "Agent", "Nobody"), needed=False),
    Question("q3", NUMBER, "How many a month?", low=Decimal(0), high=Decimal(5000)),
    Question("q4", DAY, "Since when?", needed=False),
    Question("q5", WORDS, "What stands in the way?", needed=False),
)
GIVEN = {"q1": ["2"], "q2": ["3", "1"], "q3": ["120"], "q4": ["2021-02-01"], "q5": ["Nobody tells us."]}


@dataclass(frozen=True)
class FieldCast:
    """The cast of assurance, and what it does with what is kept in rows of its own."""

    of: of_assurance.Cast

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    # questionnaires
    def designed(self, application: Application | None = None, **told: Any) -> Questionnaire:
        row = application or self.of.begun(TENANCY)
        said = {"intro": "How access ends.", "questions": QUESTIONS, "key": key()}
        by = told.pop("by", self.of.jo)
        return design_questionnaire(
            application=row, designed=Designed(**{**said, **told}), **self.of.doing(by)
        )

    def reworded(self, row: Questionnaire, **told: Any) -> QuestionSet:
        said = {"intro": "How access ends.", "questions": QUESTIONS[:3], "key": key(), "why": "Too long."}
        by = told.pop("by", self.of.jo)
        return reword_questions(questionnaire=row, designed=Designed(**{**said, **told}), **self.of.doing(by))

    def issued(self, row: Questionnaire | None = None, **told: Any) -> Questionnaire:
        by, form = told.pop("by", self.of.jo), told.pop("key", None) or key()
        return issue_questionnaire(questionnaire=row or self.designed(), key=form, **self.of.doing(by))

    def saved(self, row: Questionnaire, **told: Any) -> DraftResponse:
        return save_response(**self._filling(row, {"given": {"q1": ["1"]}, **told}))

    def sent(self, row: Questionnaire, **told: Any) -> Response:
        return send_response(**self._filling(row, told))

    def reminded(self, row: Questionnaire, **told: Any) -> list[Reminder]:
        by, form = told.pop("by", self.of.jo), told.pop("key", None) or key()
        return remind(questionnaire=row, key=form, **self.of.doing(by, hour=11))

    def _filling(self, row: Questionnaire, told: dict[str, Any]) -> dict[str, Any]:
        by, day = told.pop("by", self.of.ada), told.pop("day", ON_THE_DAY)
        part = self.of.part(row.application, told.pop("party", self.of.alfa))
        return {
            "part": part,
            "filled": Filled(**{"given": GIVEN, "key": key(), **told}),
            **self.of.doing(by, day, 12),
        }

    # exercises
    def prepared(self, application: Application | None = None, **told: Any) -> Exercise:
        said: dict[str, Any] = {
            "scenario": "All hubs of a region are gone.",
            "on": PLAYED,
            "roles": ("Caller", "Observer"),
            "objectives": ("The right people are told", "Service is back in a day"),
            "key": key(),
        }
        by = told.pop("by", self.of.jo)
        row = application or self.of.begun(RECOVERY, parties=(self.of.alfa,))
        return prepare_exercise(application=row, prepared=Prepared(**{**said, **told}), **self.of.doing(by))

    def announced(self, row: Exercise | None = None, **told: Any) -> Exercise:
        by, form = told.pop("by", self.of.jo), told.pop("key", None) or key()
        day = told.pop("day", ON_THE_DAY)
        return announce_exercise(exercise=row or self.prepared(), key=form, **self.of.doing(by, day))

    def turned(self, row: Exercise, party: Organisation | None = None, **told: Any) -> Turn:
        by, day = told.pop("by", self.of.ada), told.pop("day", ON_THE_DAY)
        coming = Coming(**{"takes_part": True, "key": key(), **told})
        of = party or by.organisation
        return take_turn(exercise=row, party=of, coming=coming, **self.of.doing(by, day, 12))

    def observed(self, row: Exercise, objective: str = "1", **told: Any) -> Observation:
        by, day = told.pop("by", self.of.jo), told.pop("day", PLAYED)
        said = {"objective": objective, "verdict": "met", "words": "Told in an hour.", "key": key()}
        return observe(exercise=row, observed=Observed(**{**said, **told}), **self.of.doing(by, day, 15))

    def learnt(self, row: Exercise, **told: Any) -> Lesson:
        by, day = told.pop("by", self.of.jo), told.pop("day", PLAYED)
        said = {"words": "Keep a list.", "due_on": dt.date(2021, 12, 1), "key": key(), "party": self.of.alfa}
        return note_lesson(exercise=row, learnt=Learnt(**{**said, **told}), **self.of.doing(by, day, 15))

    def settled(self, row: Lesson, **told: Any) -> Lesson:
        by, day = told.pop("by", self.of.ada), told.pop("day", PLAYED)
        said = {"words": "It is kept.", "key": key(), **told}
        return settle_lesson(lesson=row, **said, **self.of.doing(by, day, 17))

    def debriefed(self, row: Exercise, **told: Any) -> Exercise:
        by, day = told.pop("by", self.of.jo), told.pop("day", PLAYED)
        said = {"result": "One of two was met.", "spent": Decimal(900), "key": key(), **told}
        return debrief(exercise=row, **said, **self.of.doing(by, day, 16))

    # security
    def set_status(self, party: Organisation | None = None, **told: Any) -> SecurityStatus:
        by = told.pop("by", None) or self.una
        said = {"status": "deferred", "set_on": ON_THE_DAY, "grounds": "Keys lie open.", "key": key(), **told}
        return set_status(party=party or self.of.alfa, told=StatusSet(**said), **self.of.doing(by))

    def verified(self, party: Organisation | None = None, **told: Any) -> Verification:
        said: dict[str, Any] = {
            "kind": "full",
            "held_on": ON_THE_DAY,
            "assessor": "Ravensworth Audit",
            "outcome": "potential",
            "found": "Two doors.",
            "key": key(),
            **told,
        }
        of = party or self.of.alfa
        return record_verification(party=of, told=Verified(**said), **self.of.doing(self.una))

    def lettered(self, party: Organisation | None = None, **told: Any) -> Letter:
        said: dict[str, Any] = {
            "received_on": ON_THE_DAY,
            "signed_by": "Nell Garrick",
            "signed_as": "Director",
            "says": "We do.",
            "outcome": "clean",
            "key": key(),
            **told,
        }
        of = party or self.of.alfa
        return record_letter(party=of, told=Lettered(**said), **self.of.doing(self.una))

    @property
    def ssc(self) -> Body:
        told = {"name": "The SSC", "from_on": BEGAN}
        body: Body = Body.objects.get_or_create(code=CODE, key="SSC", defaults=told)[0]
        return body

    @property
    def una(self) -> Acting:
        """The secretary of the body that assures security."""
        return self._of_ssc("Una", Role.SECRETARY)

    @property
    def max(self) -> Acting:
        """A member of it."""
        return self._of_ssc("Max", Role.BOARD_MEMBER)

    def _of_ssc(self, name: str, role: str) -> Acting:
        held = Role.objects.filter(person__name=name, role=role).select_related("person", "body").first()
        if held is None:
            return acting_as(name, role, self.ssc)
        return on(Acting(CODE, ON_THE_DAY, held.person, held, at(ON_THE_DAY, 8)), ON_THE_DAY)


def made_field() -> FieldCast:
    return FieldCast(of_assurance.made_cast())
