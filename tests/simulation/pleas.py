"""Derogations of a simulated year, and forbearance: who asks, what bodies decide, and what becomes of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from tallystick.decisions.models import Motion
from tallystick.derogations.drafts import Drafted
from tallystick.derogations.models import Derogation, Forbearance
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
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import standing_of
from tests.simulation.boards import Boards
from tests.simulation.chance import dice_of
from tests.simulation.docket import Docket
from tests.simulation.hands import REFUSALS, Hands
from tests.simulation.law import ONE, Law
from tests.simulation.months import MEASURE, OBLIGATION

FORECASTS = "FCT-SR"
GRANTS: dict[str, Callable[..., Any]] = {
    "grant": grant_derogation,
    "vary": vary_derogation,
    "extend": extend_derogation,
}
OVER = ("closed", "refused", "withdrawn", "ended")


@dataclass
class Plea:
    """A derogation, or forbearance, as whoever handles it remembers it."""

    row: Any
    party: Organisation | None
    next_on: dt.date
    motion: Motion | None = None
    wants: str = ""
    is_over: bool = False


class Pleas:
    """All that is asked for, and what is done on it on a day."""

    def __init__(self, hands: Hands, docket: Docket, boards: Boards) -> None:
        self.hands, self.docket, self.boards = hands, docket, boards
        self.asked: list[Plea] = []
        self.stages: dict[str, Callable[[Plea, Random], None]] = {
            "drafted": self._drafted,
            "submitted": self._submitted,
            "assessed": lambda plea, dice: self._before_a_body(plea, dice, ("grant",)),
            "active": self._active,
            "expired": self._ended,
            "revoked": self._ended,
            "proposed": lambda plea, dice: self._before_a_body(plea, dice, ("decide",)),
            "in_force": self._in_force,
            "under_review": lambda plea, dice: self._before_a_body(plea, dice, ("go_on", "end")),
        }

    def work(self, day: dt.date) -> None:
        """Let somebody ask for something, once in a while, and go on with what was asked."""
        dice, town = dice_of(self.hands.desk.seed, "pleas", day), self.hands.town
        if dice.random() < 0.2 * len(town.parties) / 12:
            self._ask(dice.choice(town.here()), dice)
        if dice.random() < 0.05:
            self._propose()
        for plea in self.asked:
            if not plea.is_over and plea.next_on <= day:
                own = dice_of(self.hands.desk.seed, "plea", plea.row.reference, day)
                plea.next_on = self.hands.later(own.randint(1, 5))
                self._look_at(plea, own)

    def _look_at(self, plea: Plea, dice: Random) -> None:
        [stage] = standing_of(plea.row.course, self.hands.day).at.values()
        plea.is_over = stage in OVER
        if dice.random() < 0.1:
            self._try_anything(plea, dice)
        elif not plea.is_over:
            self.stages[stage](plea, dice)

    def _ask(self, party: Organisation, dice: Random) -> None:
        day, hands = self.hands.day, self.hands
        going = [one for one in self.docket.files if one.party == party and not one.is_over and one.promises]
        file = going[-1] if going and dice.random() < 0.7 else None
        from_on = day + dice.randint(-20, 20) * ONE
        is_levelled = dice.random() < 0.6
        drafted = Drafted(
            party=party,
            obligation=OBLIGATION,
            scope="Hubs in the two regions of the north.",
            from_on=from_on,
            until_on=max(from_on, day) + dice.randint(5, 60) * ONE,
            justification="The hubs of the variant are not delivered before spring.",
            control="Each home is visited again.",
            key=hands.desk.key(),
            measure=MEASURE if is_levelled else "",
            level=Decimal(dice.choice((70, 80, 97))) if is_levelled else None,
            case=file.case if file else None,
            remedy=file.promises[-1].row if file else None,
        )
        by = hands.by(hands.town.jo if dice.random() < 0.2 else hands.town.delegates[party.slug])
        row = self._do("derogations drafted", lambda at: draft_derogation(drafted=drafted, by=by, at=at))
        if row is not None:
            self.asked.append(Plea(row, party, day + ONE))

    def _propose(self) -> None:
        by, key = self.hands.by(self.hands.town.sam), self.hands.desk.key()
        said = Proposal(FORECASTS, "Forecasts are far off for everybody.", key)
        row = self._do("forbearance proposed", lambda at: propose_forbearance(proposal=said, by=by, at=at))
        if row is not None:
            self.asked.append(Plea(row, None, self.hands.day + ONE))

    def _drafted(self, plea: Plea, dice: Random) -> None:
        assert plea.party is not None
        town, key = self.hands.town, self.hands.desk.key()
        if plea.party.slug in town.gone:
            plea.is_over = True
            return
        by = self.hands.by(town.delegates[plea.party.slug])
        if dice.random() < 0.9:
            submit = {"derogation": plea.row, "key": key, "by": by}
            self._do("derogations: submit", lambda at: submit_derogation(**submit, at=at))
        else:
            self._step(plea, "withdraw", by)

    def _submitted(self, plea: Plea, dice: Random) -> None:
        if dice.random() < 0.6:
            self._step(plea, "assess", self.hands.by(self.hands.town.jo))

    def _active(self, plea: Plea, dice: Random) -> None:
        if plea.motion is not None or dice.random() < 0.25:
            self._before_a_body(plea, dice, ("extend", "extend", "vary", "revoke"))
        elif dice.random() < 0.04:
            self._step(plea, "lapse", self.hands.by(self.hands.town.sam))

    def _in_force(self, plea: Plea, dice: Random) -> None:
        if dice.random() < 0.1:
            self._step(plea, "look_again", self.hands.by(self.hands.town.sam))

    def _ended(self, plea: Plea, dice: Random) -> None:
        if dice.random() < 0.5:
            self._step(plea, "close", self.hands.by(self.hands.town.jo))
        else:
            # Nothing prolongs what has ended: this is refused.
            self._granted("extend", plea, "MOT-2021-NONE", dice)

    def _before_a_body(self, plea: Plea, dice: Random, among: tuple[str, ...]) -> None:
        """Put what may follow to the body that decides on it, and carry out what it decided."""
        town = self.hands.town
        body = town.pab if isinstance(plea.row, Derogation) else town.panel
        if plea.motion is None:
            plea.wants = dice.choice(among)
            title = f"Let it follow: {plea.wants} of {plea.row.reference}"
            plea.motion = self.boards.put(body, plea.party, title, self.hands.day)
            return
        plea.motion.refresh_from_db()
        if plea.motion.state == Motion.CLOSED:
            motion, plea.motion = plea.motion, None
            if motion.outcome == "carried":
                self._carry_out(plea, motion.reference, dice)
            elif motion.outcome == "not_carried" and plea.wants in ("grant", "decide"):
                self._step(plea, "refuse", self.hands.by(town.sam), decision=motion.reference)

    def _carry_out(self, plea: Plea, reference: str, dice: Random) -> None:
        if plea.wants in GRANTS:
            self._granted(plea.wants, plea, reference, dice)
            return
        days = {"review": self.hands.day + dice.randint(5, 40) * ONE}
        stated = days if plea.wants in ("decide", "go_on") else {}
        by = self.hands.by(self.hands.town.sam)
        self._step(plea, plea.wants, by, decision=reference, stated=stated)

    def _granted(self, move: str, plea: Plea, reference: str, dice: Random) -> None:
        ends = self.hands.day + dice.randint(5, 70) * ONE
        until = None if move == "vary" else ends
        key, by = self.hands.desk.key(), self.hands.by(self.hands.town.sam)
        granting = Granting("Report each month.", reference, key, until)
        act, told = GRANTS[move], {"derogation": plea.row, "granting": granting, "by": by}
        self._do(f"derogations: {move}", lambda at: act(**told, at=at))

    def _step(self, plea: Plea, move: str, by: Acting, decision: str = "", **told: Any) -> Any:
        """Take a step that grants nothing, saying all that it asks."""
        is_leave = isinstance(plea.row, Derogation)
        law = Law.of("derogation" if is_leave else "forbearance", self.hands.day)
        said = dict.fromkeys(law.moves[move].get("asks", {}), "words")
        taken = Taken(move, self.hands.desk.key(), said=said, **told)
        form: dict[str, Any] = {"taken": taken, "by": by, "decision": decision}
        if is_leave:
            return self._do(
                f"derogations: {move}", lambda at: take_derogation_step(derogation=plea.row, **form, at=at)
            )
        assert isinstance(plea.row, Forbearance)
        return self._do(
            f"forbearance: {move}", lambda at: take_forbearance_step(forbearance=plea.row, **form, at=at)
        )

    def _try_anything(self, plea: Plea, dice: Random) -> None:
        """Let somebody try a step that is not theirs, or not lawful now."""
        town = self.hands.town
        role = dice.choice(
            (town.jo, town.aud, town.chairs["PANEL"], town.delegates[dice.choice(town.here()).slug])
        )
        moves = ("revoke", "lapse", "close") if isinstance(plea.row, Derogation) else ("end", "withdraw")
        self._step(plea, dice.choice(moves), self.hands.by(role))

    def _do(self, what: str, act: Callable[..., Any]) -> Any:
        return self.hands.desk.do(what, act, refusals=REFUSALS)
