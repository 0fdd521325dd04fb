"""People and matters for tests of courses: an act of a room upstairs, played by a few lines."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.db import transaction

from tallystick.decisions.models import Decision, Motion
from tallystick.decisions.operations.entries import in_turn
from tallystick.decisions.operations.motions import Put
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Person, Role
from tallystick.processes.engine import Predicate
from tallystick.processes.models import Course, Hold, Step
from tallystick.processes.operations.courses import Taken, begin_course, pass_clock, take_step
from tallystick.processes.operations.holds import Placed, lift_hold, place_hold
from tests.processes.way import BEGAN, PREDICATES, ROLES, SAYS, WAY

CODE = "sec"
SINCE = dt.date(2020, 1, 1)
FACTS: dict[str, Any] = {"lines_shared_on": BEGAN, "decided_by": "pab"}
JUDGES: dict[str, Predicate] = PREDICATES
_KEYS = count(1)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


@dataclass(frozen=True)
class Cast:
    """Whoever moves matters of ALFA: each as on the day that `on` gives."""

    party: Organisation
    body: Body
    people: dict[str, Acting]

    def on(self, role: str, day: dt.date = BEGAN) -> Acting:
        return replace(self.people[role], day=day, second_factor_at=noon(day))

    def subject(self, **told: Any) -> Course:
        """Return a matter of ALFA before the body, as a record of a room upstairs would be."""
        facts = {"classification": "amber", "publicity": "issued", "party": self.party, "body": self.body}
        return Course(code=CODE, **{**facts, **told})

    def begun(
        self, day: dt.date = BEGAN, process: str = WAY, within: Course | None = None, **told: Any
    ) -> Course:
        with transaction.atomic():
            return begin_course(self.subject(**told), process, on=day, at=noon(day), within=within)

    def taken(self, course: Course, move: str, day: dt.date = BEGAN, **told: Any) -> Step:
        """Take a step as the rule wants it, but for what is told otherwise."""
        by = self.on({"party": "party_delegate"}.get(ROLES.get(move, ""), ROLES.get(move, "analyst")), day)
        said: dict[str, Any] = {"said": SAYS.get(move, {}), "key": new_key()}
        if move == "reply":
            said["stated"] = {"plan": day + dt.timedelta(days=30)}
        if move == "straight":
            said["reason"] = "They told us themselves"
        by, facts = told.pop("by", by), told.pop("facts", FACTS)
        taken = Taken(move, **{**said, **told})
        return acted(course, by, lambda: take_step(course, taken, facts, JUDGES, by=by, at=noon(day)))

    def let_pass(self, course: Course, clock: str, day: dt.date) -> Step | None:
        by = Acting(CODE, day, stands_for="Worker")
        return acted(course, by, lambda: pass_clock(course, clock, FACTS, JUDGES, on=day, at=noon(day)))

    def held(self, day: dt.date = BEGAN, *, course: Course | None = None, **told: Any) -> Hold:
        """Place a hold as the chair: of the course, or of the market where none is given."""
        said: dict[str, Any] = {"why": "The market stands still", "key": new_key(), "from_on": day}
        if course is None:
            said["processes"] = (WAY,)
        by = told.pop("by", None) or self.on("chair", day)
        return place_hold(placed=Placed(course=course, **{**said, **told}), by=by, at=noon(day))

    def lifted(self, hold: Hold, day: dt.date, **told: Any) -> Hold:
        by = told.pop("by", None) or self.on("chair", day)
        return lift_hold(hold=hold, **{"because": "It is over", **told}, by=by, at=noon(day))


def acted(course: Course, by: Acting, act: Callable[[], Any]) -> Any:
    """Do an inner act as a room upstairs does: within a transaction, and with an entry."""
    with in_turn(), transaction.atomic():
        found = act()
        subject = Subject(course.code, course.TYPE, course.handle, course.classification)
        record(act="tests.act", subject=subject, by=by.actor, at=noon(by.day), said="moved a matter")
        return found


def cast() -> Cast:
    party = Organisation.objects.create(slug="alfa", name="ALFA")
    body = Body.objects.create(code=CODE, key="PAB", name="The PAB", from_on=SINCE)
    of: dict[str, dict[str, Any]] = {
        "party_delegate": {"organisation": party},
        "chair": {"body": body},
        "secretary": {"body": body},
    }
    people = {}
    for role in ("analyst", "chair", "secretary", "party_delegate", "administrator"):
        person = Person.objects.create(email=f"{role}@example.org", name=role.capitalize())
        held = Role.objects.create(person=person, code=CODE, role=role, from_on=SINCE, **of.get(role, {}))
        people[role] = Acting(CODE, BEGAN, person, held)
    return Cast(party, body, people)


def new_key() -> str:
    return f"form {next(_KEYS)}"


def asked(pab: Cast, **told: Any) -> Put:
    """Return what is put to the body about the party."""
    said = {"title": "The matter", "question": "Shall it?", "does": "It goes on.", "key": new_key(), **told}
    return Put(body=pab.body, scheme="pab", party=pab.party, **said)


def closed(motion: Motion, at: dt.datetime | None = None) -> Motion:
    """Let a motion be carried, as it was put or at another moment, with nobody's vote counted."""
    at = at or motion.put_at
    motion.state, motion.outcome, motion.publicity = Motion.CLOSED, "carried", Motion.DECIDED
    motion.opened_at, motion.closes_at = at - dt.timedelta(hours=2), at
    motion.closed_at, motion.edition = at, "an edition"
    motion.opened_entry, motion.closed_entry = 1, 2
    motion.save()
    return motion


def decided(
    pab: Cast,
    verb: str,
    day: dt.date = BEGAN,
    classification: str = "amber",
    motion: Motion | None = None,
) -> Decision:
    """Let the body decide about the party without a vote, at noon."""
    return Decision.objects.create(
        code=CODE,
        classification=classification,
        publicity=Decision.DECIDED,
        party=pab.party,
        body=pab.body,
        reference=new_key(),
        verb=verb,
        title="The matter",
        motion=motion,
        text="So decided.",
        on=day,
        recorded_by=Person.objects.get(name="Secretary"),
        recorded_at=noon(day),
        key=new_key(),
    )
