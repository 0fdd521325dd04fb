"""Challenges of a simulated year: what the board decided is served, queried, appealed and heard."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from tallystick.challenges.deciders import bars_of
from tallystick.challenges.matter import Matter
from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.serving import Served, serve_decision
from tallystick.challenges.operations.stepping import step_challenge
from tallystick.decisions.models import Decision, Motion
from tallystick.parties.acting import Acting
from tallystick.processes.models import CarriedOut
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import standing_of
from tests.simulation.boards import Boards
from tests.simulation.by_hand import suspended_then
from tests.simulation.chance import dice_of
from tests.simulation.docket import Docket
from tests.simulation.hands import REFUSALS, File, Hands
from tests.simulation.law import ONE, Law
from tests.simulation.town import BEGINS

LAW, OF_A_CASE = Law.of("query", dt.date(2021, 9, 1)), Law.of("case", BEGINS)
WORDS = {"ground": "weight"}


@dataclass
class Hearing:
    """A challenge as whoever handles it remembers it, with the case that carried out what is challenged."""

    row: Challenge
    file: File | None
    next_on: dt.date
    motion: Motion | None = None
    wants: str = ""
    is_over: bool = False


class Hearings:
    """All that was served, and what is done on it on a day."""

    def __init__(self, hands: Hands, docket: Docket, boards: Boards) -> None:
        self.hands, self.docket, self.boards = hands, docket, boards
        self.heard: list[Hearing] = []
        self.seen: set[int] = set()
        self.asked: set[int] = set()
        self.stages: dict[str, Callable[[Hearing, Random], None]] = {
            "served": self._served,
            "queried": self._queried,
            "answered": self._answered,
            "appealed": self._appealed,
        }

    def work(self, day: dt.date) -> None:
        """Serve what the board decided and was carried out, and go on with what was served."""
        dice = dice_of(self.hands.desk.seed, "hearings", day)
        fresh = CarriedOut.objects.filter(motion__body=self.hands.town.pab).exclude(pk__in=self.seen)
        for done in fresh.select_related("motion", "step__course").order_by("pk"):
            self.seen.add(done.pk)
            if dice.random() < 0.8 and done.step.course.process in ("case", "derogation"):
                assert done.motion is not None
                self._serve(done.motion, dice)
        for motion in self._not_carried_out():
            self.asked.add(motion.pk)
            if dice.random() < 0.2:
                self._serve(motion, dice)
        for one in self.heard:
            if not one.is_over and one.next_on <= day:
                own = dice_of(self.hands.desk.seed, "hearing", one.row.reference, day)
                one.next_on = self.hands.later(own.randint(1, 4))
                self._look_at(one, own)

    def _not_carried_out(self) -> Iterable[Motion]:
        """Return what the board decided about a party and nothing carried out yet, but for answers."""
        done = CarriedOut.objects.filter(motion__isnull=False).values("motion")
        decided = Motion.objects.filter(body=self.hands.town.pab, state=Motion.CLOSED, outcome="carried")
        fresh = decided.exclude(pk__in=done).exclude(pk__in=self.asked).exclude(party=None)
        return fresh.exclude(title__contains="of CHA-").order_by("pk")

    def _file_of(self, decided: Motion | Decision) -> File | None:
        """Return the case that carried out what was decided, if one has by now."""
        done = set(CarriedOut.objects.filter(motion=decided.pk).values_list("course", flat=True))
        return next((one for one in self.docket.files if one.case.course_id in done), None)

    def _serve(self, decided: Motion, dice: Random) -> None:
        received = (
            max(decided.closed_at.date(), self.hands.day - dice.randint(0, 3) * ONE)
            if decided.closed_at
            else BEGINS
        )
        served = Served(decided, received, self.hands.desk.key())
        by = self.hands.by(self.hands.town.sam)
        row = self._do("decisions served", lambda at: serve_decision(served=served, by=by, at=at))
        if row is not None:
            self.heard.append(Hearing(row, self._file_of(decided), self.hands.day + ONE))

    def _look_at(self, one: Hearing, dice: Random) -> None:
        stage = standing_of(one.row.course, self.hands.day).at["query"]
        one.is_over = stage in ("stands", "changed")
        if one.is_over:
            return
        one.file = one.file or self._file_of(one.row.decided)
        if one.file is not None and suspended_then(one.file.case.course_id, self.hands.desk.now):
            self._press_on(one.file, dice)
        if dice.random() < 0.1:
            self._try_anything(one, dice)
        self.stages[stage](one, dice)

    def _press_on(self, file: File, dice: Random) -> None:
        """Try a step that the challenge suspends."""
        moves = [
            name for name, rule in OF_A_CASE.moves.items() if "is_not_suspended" in rule.get("guards", ())
        ]
        moves = [name for name in moves if not name.startswith("accept")]
        move = dice.choice(moves)
        said = dict.fromkeys(OF_A_CASE.moves[move].get("asks", {}), "words")
        self.hands.step(file, move, said=said, reason="Because")

    def _served(self, one: Hearing, dice: Random) -> None:
        if self._party(one) and dice.random() < 0.5:
            self._step(one, "query" if dice.random() < 0.85 else "accept", self._delegate(one))

    def _answered(self, one: Hearing, dice: Random) -> None:
        if self._party(one) and dice.random() < 0.6:
            self._step(one, "appeal", self._delegate(one))

    def _queried(self, one: Hearing, dice: Random) -> None:
        if self._party(one) and dice.random() < 0.03:
            self._step(one, "withdraw", self._delegate(one))
        else:
            self._before_a_body(one, dice, "query", "pab")

    def _appealed(self, one: Hearing, dice: Random) -> None:
        self._before_a_body(one, dice, "appeal", "panel")

    def _before_a_body(self, one: Hearing, dice: Random, what: str, key: str) -> None:
        """Put it to the body that has it, mostly with those barred who decided before, and carry it out."""
        town = self.hands.town
        if one.motion is None:
            one.wants = f"lift_at_{key}" if dice.random() < 0.15 else f"allow_{what}"
            bars = bars_of(Matter(one.row)) if what == "appeal" and dice.random() < 0.85 else ()
            body = town.pab if key == "pab" else town.panel
            title = f"{one.wants} of {one.row.reference}"
            one.motion = self.boards.put(body, one.row.party, title, self.hands.day, bars=bars)
            return
        one.motion.refresh_from_db()
        if one.motion.state == Motion.CLOSED:
            motion, one.motion = one.motion, None
            no = {"allow_query": "reject_query", "allow_appeal": "dismiss_appeal"}
            move = one.wants if motion.outcome == "carried" else no.get(one.wants)
            if motion.outcome in ("carried", "not_carried") and move:
                self._step(one, move, self.hands.by(town.sam), decision=motion.reference)

    def _try_anything(self, one: Hearing, dice: Random) -> None:
        """Let somebody try a step that is not theirs, or not lawful now."""
        town = self.hands.town
        other = town.delegates[dice.choice(town.here()).slug]
        role = dice.choice((town.jo, town.obs, town.chairs["PAB"], other))
        self._step(one, dice.choice(("accept", "allow_appeal", "withdraw", "no_query")), self.hands.by(role))

    def _step(self, one: Hearing, move: str, by: Acting, decision: str = "") -> Any:
        said = {name: WORDS.get(name, "words") for name in LAW.moves[move].get("asks", {})}
        taken = Taken(move, self.hands.desk.key(), said=said)
        told: dict[str, Any] = {"challenge": one.row, "taken": taken, "by": by, "decision": decision}
        is_changing = LAW.moves[move]["to"] == "changed"
        return self.hands.desk.do(
            f"challenges: {move}",
            lambda at: step_challenge(**told, at=at),
            refusals=REFUSALS,
            entries=None if is_changing else 1,
        )

    def _party(self, one: Hearing) -> bool:
        return one.row.party.slug not in self.hands.town.gone

    def _delegate(self, one: Hearing) -> Acting:
        return self.hands.by(self.hands.town.delegates[one.row.party.slug])

    def _do(self, what: str, act: Callable[..., Any]) -> Any:
        return self.hands.desk.do(what, act, refusals=REFUSALS)
