"""A machine that asks for derogations and for forbearance, beside a case and the work of its remedy."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.operations.clocks import pass_due
from tallystick.derogations.operations.drafting import draft_derogation
from tallystick.derogations.operations.forbearing import (
    Proposal,
    propose_forbearance,
    take_forbearance_step,
)
from tallystick.derogations.operations.granting import (
    Granting,
    extend_derogation,
    grant_derogation,
    vary_derogation,
)
from tallystick.derogations.operations.moving import submit_derogation, take_derogation_step
from tallystick.derogations.queries import derogation, in_force
from tallystick.journal.queries import head
from tallystick.processes.models import Course
from tallystick.processes.operations.courses import Taken
from tests.cases.cast import CODE, OPENED, key
from tests.derogations.cast import asked as drafted_as
from tests.simulation.law import NOTHING, ONE, Asked, Law, Way
from tests.simulation.leave import STATES_AN_END, TARGET, Forborne, Leave, Wanted, of
from tests.simulation.machine import PLACES, Machine, latest
from tests.simulation.verdicts import Verdict

LAW, OF_FORBEARANCE = Law.of("derogation", OPENED), Law.of("forbearance", OPENED)
ROLES = {
    "jo": {"analyst"},
    "sam": {"secretary"},
    "aud": {"auditor"},
    "obs": {"observer"},
    "ada": {"party_delegate", "party"},
    "ben": {"party_delegate"},
    "bo": {"board_member"},
    "hal": {"chair"},
    "pat": {"chair"},
}
BODY_OF = {"hal": "pab", "pat": "panel"}
GRANTS: dict[str, Callable[..., Any]] = {
    "grant": grant_derogation,
    "vary": vary_derogation,
    "extend": extend_derogation,
}
# Who reads a draft; who besides once it is submitted, and once the board has it.
OFFICE = ("jo", "sam")
OF_A_DRAFT, OVERSIGHT, BOARD = {"ada", "jo", "sam", "aud"}, {"obs"}, {"bo", "hal"}
WHO = st.sampled_from(["ada", "ada", "jo", "sam", "sam", "hal", "pat", "ben", "aud"])
LEVELS = st.sampled_from([None, None, None, 70, 80, TARGET])


class Leaving(Machine):
    """Asks for leave, and lets it go its way."""

    def __init__(self) -> None:
        super().__init__()
        self.leaves: list[tuple[Derogation, Leave]] = []
        self.forborne: list[tuple[Forbearance, Forborne]] = []
        self.errand = True

    def others(self) -> list[tuple[Course, Way]]:
        leave = [(row.course, one.way) for row, one in self.leaves]
        return [*super().others(), *leave, *((row.course, one.way) for row, one in self.forborne)]

    def others_pass(self) -> None:
        """Let the errand of the morning run, or be late: whoever reads goes by the day."""
        super().others_pass()
        if not self.errand:
            return
        before, on, work = head().size, self.told.today, self.told.work_done_on
        passed = sum(one.let_pass(on, work) for _, one in self.leaves)
        passed += sum(one.let_pass(on, self.now) for _, one in self.forborne)
        assert pass_due(self.now, on) == passed
        assert head().size == before + passed
        self.counted["clocks of leave passed"] += passed

    @rule(late=st.sampled_from([False, False, False, True]))
    def be_late(self, *, late: bool) -> None:
        self.errand = not late

    @rule(
        who=st.sampled_from(["ada", "ada", "ada", "jo", "sam", "ben", "hal"]),
        begins=st.integers(-3, 10),
        lasts=st.integers(-1, 40),
        level=st.sampled_from([None, 70, 70, TARGET]),
        waits=st.booleans(),
    )
    def draft(self, who: str, begins: int, lasts: int, level: int | None, *, waits: bool) -> None:
        told, by = self.told, self.by(who)
        from_on = told.today + begins * ONE
        until = from_on + lasts * ONE
        row = self.rows[-1] if waits and self.rows else None
        case = {"case": self.case, "remedy": row} if row is not None else {}
        of_level = {"measure": "AREA-B" if level else "", "level": Decimal(level) if level else None}
        said = drafted_as(self.cast.alfa, from_on=from_on, until_on=until, **of_level, **case)
        may = (
            who in ("ada", *OFFICE)
            and until > max(from_on, told.today)
            and (level is None or level < TARGET)
            and not (case and told.has_ended)
        )
        self.case.refresh_from_db()
        made = self.agree(
            "derogations drafted",
            lambda at: draft_derogation(drafted=said, by=by, at=at),
            (lambda: None) if may else None,
        )
        if made is not None:
            name, way = f"leave {len(self.leaves)}", of("derogation", told.today)
            self.leaves.append((made, Leave(name, way, from_on, until, level, waits=row is not None)))

    @rule(move=st.sampled_from([*LAW.moves, "fly"]), who=WHO, pick=PLACES, days=st.integers(-3, 30))
    def of_leave(self, move: str, who: str, pick: int, days: int) -> None:
        if self.leaves:
            place = latest(pick, len(self.leaves))
            decision = self._decision(pick)
            self.leave_step(place, self._wanted(move, who, decision, days), decision, who)

    @rule(pick=PLACES, days=st.integers(1, 30), level=LEVELS)
    def leave_ahead(self, pick: int, days: int, level: int | None) -> None:
        """Take a step of a derogation that the model allows, deciding on it first where it needs that."""
        if not self.leaves:
            return
        place = latest(pick, len(self.leaves))
        leave = self.leaves[place][1]
        ahead = [move for move, rule_ in LAW.moves.items() if leave.stage in rule_["from"]]
        ahead = [move for move in ahead if move not in ("expire", "withdraw") or pick == 5]
        if not ahead:
            return
        move, decision = ahead[pick % len(ahead)], ""
        rule_ = LAW.moves[move]
        if "body" in rule_:
            verb = "REJECTED" if rule_.get("outcome") == "rejected" else "APPROVED"
            decision = self.decide_on("pab", verb, of_party=True)
        who = {"party": "ada", "analyst": "jo", "chair": "hal"}.get(rule_["who"][0], "sam")
        self.leave_step(place, self._wanted(move, who, decision, days, level), decision, who)

    def _wanted(self, move: str, who: str, decision: str, days: int, level: int | None = None) -> Wanted:
        """Return a step of a derogation with all that it asks, a last day so many days ahead among it."""
        until = self.told.today + days * ONE if move in STATES_AN_END and days >= 0 else None
        asks = LAW.moves.get(move, NOTHING).get("asks", {})
        stated = {"term": until} if until else {}
        asked = Asked(move, ROLES[who], self.told.today, dict.fromkeys(asks, "words"), stated)
        return Wanted(asked, self.told.decided.get(decision), until, level, BODY_OF.get(who, ""))

    def leave_step(self, place: int, wanted: Wanted, decision: str, who: str) -> None:
        (row, leave), asked, by, form = self.leaves[place], wanted.asked, self.by(who), key()
        granting = Granting(
            "words", decision, form, wanted.until, Decimal(wanted.level) if wanted.level else None
        )
        taken = Taken(asked.move, form, said=asked.said)
        why = leave.refused(wanted, self.told.work_done_on)
        why = why or ("carries out nothing" if decision and "body" not in LAW.moves[asked.move] else "")

        def act(at: dt.datetime) -> Any:
            if asked.move == "submit":
                return submit_derogation(derogation=row, key=form, by=by, at=at)
            if asked.move in GRANTS:
                return GRANTS[asked.move](derogation=row, granting=granting, by=by, at=at)
            return take_derogation_step(derogation=row, taken=taken, by=by, at=at, decision=decision)

        self.agree(
            "steps of leave" if why else f"derogations: {asked.move}",
            act,
            None if why else lambda: leave.make(wanted, self.now),
        )

    def propose(self, who: str) -> None:
        said, by = Proposal("FCT-SR", "Forecasts are far off for everybody.", key()), self.by(who)
        may = who in OFFICE and all(one.way.has_ended for _, one in self.forborne)
        made = self.agree(
            "forbearance proposed",
            lambda at: propose_forbearance(proposal=said, by=by, at=at),
            (lambda: None) if may else None,
        )
        if made is not None:
            name, way = f"forbearance {len(self.forborne)}", of("forbearance", self.told.today)
            self.forborne.append((made, Forborne(name, way, self.now)))

    @rule(
        move=st.sampled_from([*OF_FORBEARANCE.moves]),
        who=st.sampled_from(["jo", "sam", "sam", "pat", "hal", "ada"]),
        days=st.integers(-1, 12),
        verb=st.sampled_from(["AGREED", "AGREED", "AGREED", "REJECTED", ""]),
    )
    def forbear(self, move: str, who: str, days: int, verb: str) -> None:
        if not self.forborne or (self.forborne[-1][1].way.has_ended and days % 2):
            self.propose(who)
            return
        (row, one), by = self.forborne[-1], self.by(who)
        rule_ = OF_FORBEARANCE.moves[move]
        decision = self.decide_on("panel", verb, of_party=False) if verb and "body" in rule_ else ""
        day = self.told.today
        stated = {"review": day + days * ONE} if "review" in rule_.get("starts", ()) and days >= 0 else {}
        said = dict.fromkeys(rule_.get("asks", {}), "words")
        asked = Asked(move, ROLES[who], day, said, stated)
        wanted = Wanted(asked, self.told.decided.get(decision), body=BODY_OF.get(who, ""))
        taken, why = Taken(move, key(), said, stated), one.refused(wanted)
        self.agree(
            "steps of forbearance" if why else f"forbearance: {move}",
            lambda at: take_forbearance_step(forbearance=row, taken=taken, by=by, at=at, decision=decision),
            None if why else lambda: one.make(wanted, self.now),
        )

    def entries_besides(self, verdict: Verdict) -> int:
        return super().entries_besides(verdict) + sum(bool(one.undone_by(verdict)) for _, one in self.leaves)

    def set_back_besides(self, verdict: Verdict) -> None:
        super().set_back_besides(verdict)
        for _, one in self.leaves:
            one.go_back(verdict, ROLES["sam"], self.told.today, self.now)

    def _decision(self, pick: int) -> str:
        found = ["", *self.told.decided]
        return found[-1 - pick % len(found)]

    @invariant()
    def leave_is_alike(self) -> None:
        """Compare what stands today, and whether somebody reads what."""
        if not self.leaves and not self.forborne:
            return
        on, work = self.told.today, self.told.work_done_on
        stands = {one.derogation.pk: (one.term.from_on, one.level, one.last_on) for one in in_force(CODE, on)}
        wanted: dict[int, Any] = {}
        for row, leave in self.leaves:
            if (term := leave.stands(on, work)) is not None:
                level = term.level and Decimal(term.level)
                wanted[row.pk] = (term.from_on, level, leave.last_day(work))
        assert stands == wanted
        for other, one in self.forborne:
            other.refresh_from_db()
            days = (other.since_on, other.review_on, other.ended_on)
            assert days == (one.since_on, one.review_on, one.ended_on)
        who = sorted(ROLES)[self.acts % len(ROLES)]
        for row, leave in self.leaves[-1:]:
            reads = OF_A_DRAFT | (OVERSIGHT if _was_submitted(leave) else set())
            reads |= BOARD if leave.is_read_by_board else set()
            assert (derogation(self.by(who), row.reference) is not None) is (who in reads), who


def _was_submitted(leave: Leave) -> bool:
    return any(one.clock == "impact" for one in leave.way.clocks)
