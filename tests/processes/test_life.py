"""A matter's life against a small model of it: any move by anybody on any day, holds and clocks that pass.

The model knows the process by heart, and counts down each clock as days go by; the engine counts ahead.
"""

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tallystick.processes import engine
from tallystick.processes.standing import Standing
from tallystick.processes.wishes import UnableToMove
from tests.processes.test_deadlines import days_off
from tests.processes.way import BEGAN, VALUE, calendars, known, wish

COURSES = int(os.environ.get("TALLY_COURSES", "150"))
STEPS = 50
ONE = dt.timedelta(days=1)
# Of each move its track, from where it leads to where, whose it is, and which clocks it starts.
MOVES: dict[str, tuple[str, str, str, str, tuple[str, ...]]] = {
    "open": ("way", "filed", "opened", "analyst", ("watch",)),
    "ask": ("way", "opened", "asked", "analyst", ("answer_by",)),
    "ask_again": ("way", "asked", "asked", "analyst", ("answer_by",)),
    "reply": ("way", "asked", "answered", "party", ("plan",)),
    "straight": ("way", "opened", "answered", "analyst", ()),
    "accept": ("way", "answered", "closed", "chair", ()),
    "back": ("way", "answered", "opened", "analyst chair", ()),
    "climb": ("ladder", "low", "high", "analyst", ("fee",)),
    "lower": ("ladder", "high", "low", "chair", ()),
    "reply_over": ("way", "asked", "answered", "", ()),
}
LIVES_IN = {"answer_by": ("asked",), "plan": ("answered",), "watch": ("opened", "asked", "answered")}
NAMED = {"reply": "answer_by", "lower": "fee"}
NAMES, ROLES = st.sampled_from([*MOVES, "fly"]), st.sampled_from(["analyst", "chair", "party", "secretary"])
CLOCKS = ("answer_by", "plan", "watch", "fee")


class Told:
    """What is expected of one matter: of each running clock how many days are to come, None once past."""

    def __init__(self) -> None:
        self.today, self.way, self.ladder, self.held = BEGAN, "filed", "low", False
        self.runs: dict[str, int | None] = {}
        self.ends: Counter[tuple[str, str]] = Counter()

    def counts(self, clock: str) -> bool:
        off = self.today in days_off("england_wales") or self.today.weekday() > 4
        return not (clock == "answer_by" and off)

    def stands_still(self, clock: str) -> bool:
        return self.held and clock != "watch" and self.runs[clock] is not None

    def next_day(self) -> None:
        self.today += ONE
        for clock, left in self.runs.items():
            if left is not None and not self.stands_still(clock):
                self.runs[clock] = None if left == 0 else left - self.counts(clock)

    def may(self, name: str, role: str, *, shared: bool, says: bool) -> bool:
        if name not in MOVES or self.held or self.way == "closed":
            return False
        track, start, _, who, _ = MOVES[name]
        stands = self.way if track == "way" else self.ladder
        climbs = name != "climb" or self.way in ("asked", "answered")
        said = says or name not in ("ask", "accept", "straight", "reply")
        return stands == start and role in who.split() and climbs and said and (shared or name != "ask")

    def end(self, clock: str, how: str) -> None:
        self.ends[clock, "passed" if self.runs.pop(clock) is None else how] += 1

    def make(self, name: str) -> None:
        track, _, to, _, starts = MOVES[name]
        setattr(self, track, to)
        for clock in list(self.runs):
            lives = self.ladder == "high" if clock == "fee" else self.way in LIVES_IN[clock]
            if NAMED.get(name) == clock:
                self.end(clock, "met")
            elif clock in starts or not lives or self.way == "closed":
                self.end(clock, "stopped")
        lengths = {"answer_by": 10, "plan": 30, "fee": 4, "watch": month_from(self.today)}
        self.runs.update({clock: lengths[clock] for clock in starts})

    def hold(self, *, begins: bool) -> None:
        """Today counts no more for what stands still, or counts again."""
        self.held = True
        for clock, left in self.runs.items():
            if left is not None and self.stands_still(clock):
                self.runs[clock] = left + self.counts(clock) * (1 if begins else -1)
        self.held = begins

    def due(self, clock: str, left: int) -> dt.date:
        """Return the day on which a clock is due, walking there."""
        walks = Told()
        walks.today, walks.runs = self.today, {clock: left}
        while walks.runs[clock]:
            walks.next_day()
        return walks.today


def month_from(day: dt.date) -> int:
    """Return how many days there are from a day until the same date of the next month, or its last day."""
    later = day + ONE
    while not (later.month != day.month and (later.day == day.day or (later + ONE).day == 1)):
        later += ONE
    return (later - day).days


class Matter(RuleBasedStateMachine):
    """Does everything to the engine and to the model."""

    counted: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.told, self.standing = Told(), engine.begin(VALUE, BEGAN)

    def agree(self, may: bool, act: Callable[[], Standing], expect: Callable[[], None], what: str) -> None:  # noqa: FBT001 - what the model says
        try:
            self.standing, refusal = act(), ""
        except UnableToMove as refused:
            refusal = str(refused)
        assert may is not bool(refusal), (what, refusal)
        self.counted[f"{what} {'refused' if refusal else 'done'}"] += 1
        if may:
            expect()

    @rule(name=NAMES, role=ROLES, shared=st.booleans(), says=st.sampled_from([True, True, True, False]))
    def make(self, name: str, role: str, *, shared: bool, says: bool) -> None:
        told = {} if says else {"said": {}, "reason": "", "stated": {}}
        asked = wish(name, self.told.today, role=role, **told)
        may = self.told.may(name, role, shared=shared, says=says)
        judged = known(shared=shared)
        offered = {one.move for one in engine.offers(VALUE, self.standing, {role}, judged)} - {engine.RESUME}
        assert (name in offered) is self.told.may(name, role, shared=shared, says=True)
        self.agree(
            may,
            lambda: engine.move(VALUE, self.standing, asked, judged),
            lambda: self.told.make(name),
            "moves",
        )

    @rule(place=st.integers(0, 8))
    def make_what_is_offered(self, place: int) -> None:
        """Go on: what is drawn blindly is mostly refused."""
        for role in ("analyst", "party", "chair"):
            offered = engine.offers(VALUE, self.standing, {role}, known())
            if offered and not self.standing.on_hold:
                name = offered[place % len(offered)].move
                self.make_one(name, role)
                return

    def make_one(self, name: str, role: str) -> None:
        asked = wish(name, self.told.today, role=role)
        self.agree(
            self.told.may(name, role, shared=True, says=True),
            lambda: engine.move(VALUE, self.standing, asked, known()),
            lambda: self.told.make(name),
            "moves",
        )

    @rule(name=NAMES)
    def make_too_early(self, name: str) -> None:
        before = self.standing.since - ONE
        self.agree(
            may=False,
            act=lambda: engine.move(VALUE, self.standing, wish(name, before), known()),
            expect=lambda: None,
            what="early moves",
        )

    @rule()
    def let_pass_what_is_past(self) -> None:
        for clock in engine.passed(VALUE, self.standing, self.told.today)[:1]:
            self.let_pass(clock)

    @rule(clock=st.sampled_from([*CLOCKS, "fly"]))
    def try_to_let_pass(self, clock: str) -> None:
        self.let_pass(clock)

    def let_pass(self, clock: str) -> None:
        moves = clock == "answer_by"
        may = clock in self.told.runs and self.told.runs[clock] is None and not (moves and self.told.held)

        def expect() -> None:
            self.told.end(clock, "passed")
            if moves:
                self.told.make("reply_over")

        def act() -> Standing:
            return engine.pass_clock(VALUE, self.standing, clock, self.told.today, known())

        self.agree(may, act, expect, "clocks passed")

    @rule()
    def hold(self) -> None:
        self.agree(
            not self.told.held and self.told.way != "closed",
            lambda: engine.hold(VALUE, self.standing, self.told.today, calendars),
            lambda: self.told.hold(begins=True),
            "holds",
        )

    @rule()
    def resume(self) -> None:
        self.agree(
            self.told.held,
            lambda: engine.resume(VALUE, self.standing, self.told.today, calendars),
            lambda: self.told.hold(begins=False),
            "resumptions",
        )

    @rule(days=st.integers(1, 25))
    def wait(self, days: int) -> None:
        for _ in range(days):
            self.told.next_day()

    @invariant()
    def stand_alike(self) -> None:
        told, standing = self.told, self.standing
        assert (dict(standing.at), standing.on_hold) == ({"way": told.way, "ladder": told.ladder}, told.held)
        running = {one.clock: one for one in standing.open_clocks()}
        assert running.keys() == told.runs.keys()
        assert Counter((one.clock, one.how) for one in standing.clocks if one.how) == told.ends
        for clock, left in told.runs.items():
            one: Any = running[clock]
            assert one.is_past(told.today) is (left is None)
            if told.stands_still(clock):
                assert (one.due_on, one.left) == (None, left)
            elif left is not None:
                assert (one.due_on, one.left) == (told.due(clock, left), None)
        waits = {
            one for one, left in told.runs.items() if left is None and not (told.held and one == "answer_by")
        }
        assert set(engine.passed(VALUE, standing, told.today)) == waits


class TestAMatter:
    def test_lives_as_the_model_says(self, record_property: Callable[[str, object], None]) -> None:
        Matter.counted.clear()

        counts = settings(
            max_examples=COURSES,
            stateful_step_count=STEPS,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        )
        run_state_machine_as_test(Matter, settings=counts)

        done = ", ".join(f"{number:,} {what}" for what, number in sorted(Matter.counted.items()))
        record_property("counted", f"{COURSES:,} courses of at most {STEPS} steps, as the model says: {done}")
        assert Matter.counted["moves done"] > 0
        assert Matter.counted["clocks passed done"] > 0
