"""Cases as whoever handles them remembers them, and the hands that act on them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tallystick.cases.filings import UnableToFileRemedy
from tallystick.cases.models import Case, Milestone, Remedy
from tallystick.cases.operations.closing import UnableToSatisfyAuditor
from tallystick.cases.operations.ladder import take_ladder_step
from tallystick.cases.operations.milestones import UnableToMeetMilestone
from tallystick.cases.operations.opening import UnableToOpenCase
from tallystick.cases.operations.remedies import UnableToAcceptRemedy
from tallystick.cases.operations.sharing import UnableToShareLines
from tallystick.cases.operations.talking import UnableToSend
from tallystick.challenges.operations.serving import UnableToServe
from tallystick.decisions.models import Motion
from tallystick.derogations.drafts import UnableToDraftDerogation
from tallystick.derogations.operations.forbearing import UnableToProposeForbearance
from tallystick.derogations.operations.granting import UnableToGrantDerogation
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.operations.courses import Taken
from tallystick.processes.wishes import UnableToMove
from tests.simulation.by_hand import SUSPENSION, suspended_then
from tests.simulation.desk import Desk
from tests.simulation.law import ONE, Law, is_working
from tests.simulation.town import BEGINS, Town

REFUSALS = (
    *(UnableToMove, UnableToTakeStep, UnableToSend, UnableToShareLines, UnableToOpenCase),
    *(UnableToFileRemedy, UnableToAcceptRemedy, UnableToMeetMilestone, UnableToSatisfyAuditor),
    *(UnableToDraftDerogation, UnableToGrantDerogation, UnableToProposeForbearance, UnableToServe),
)


@dataclass
class Promise:
    """A version of a remedy as it was filed: when, by which measure, and its milestones with those met."""

    row: Remedy
    filed_on: dt.date
    criterion: tuple[str, int, int] | None
    milestones: list[Milestone] = field(default_factory=list)
    met: set[int] = field(default_factory=set)


@dataclass
class File:
    """A case as whoever handles it remembers it; `next_on` is when somebody looks at it again."""

    case: Case
    party: Organisation
    next_on: dt.date
    promises: list[Promise] = field(default_factory=list)
    motion: Motion | None = None
    wants: str = ""
    verified_by_hand: bool | None = None
    is_over: bool = False


class Hands:
    """Does things on cases, as somebody on a day."""

    def __init__(self, desk: Desk, town: Town) -> None:
        self.desk, self.town, self.day = desk, town, BEGINS

    def by(self, role: Role) -> Acting:
        return self.town.acting(role, self.day)

    def delegate(self, file: File) -> Acting:
        """Return who acts for the party of a case: the office, where it has nobody any more."""
        is_gone = file.party.slug in self.town.gone
        return self.by(self.town.sam if is_gone else self.town.delegates[file.party.slug])

    def later(self, days: int) -> dt.date:
        """Return the day so many working days on."""
        day = self.day
        while days:
            day += ONE
            days -= is_working(day)
        return day

    def done(self, what: str, act: Callable[..., Any], *, again: bool = True, **told: Any) -> Any:
        """Do something by a form that has a key."""
        told = {**told, "key": self.desk.key()}
        return self.desk.do(what, lambda at: act(**told, at=at), refusals=REFUSALS, again=again)

    def step(self, file: File, move: str, *, by: Acting | None = None, **told: Any) -> Any:
        """Take a step of a case, as the secretary unless somebody else is named."""
        by, decision = by or self.by(self.town.sam), told.pop("decision", "")
        taken = Taken(move, self.desk.key(), **told)
        done = self.desk.do(
            f"steps {move}",
            lambda at: take_ladder_step(case=file.case, taken=taken, by=by, at=at, decision=decision),
            refusals=REFUSALS,
        )
        self._names_what_suspends(file, move, done)
        return done

    def _names_what_suspends(self, file: File, move: str, done: Any) -> None:
        """Expect of a step that a challenge suspends that it was refused by the name of that."""
        rule = Law.of("case", BEGINS).moves[move]
        # A remedy is accepted by a form of its own, and any other is refused for that before all else.
        is_asked = SUSPENSION in rule.get("guards", ()) and not move.startswith("accept_remedy")
        by_what = suspended_then(file.case.course_id, self.desk.now) if is_asked else ""
        if by_what:
            named = done is None and by_what in self.desk.why[-1]
            self.desk.expect(named, f"{by_what} suspends {move} of {file.case.reference}, which was not said")
            self.desk.counts["steps that a challenge suspends"] += 1
