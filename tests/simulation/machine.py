"""What machines that try a matter share: people, holds, days that go by, and how the two are compared."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tallystick.cases.models import Case, Remedy
from tallystick.cases.operations.clocks import pass_due
from tallystick.decisions.operations.records import Taken as Recorded
from tallystick.decisions.operations.records import record_decision
from tallystick.journal.queries import head
from tallystick.parties.acting import Acting
from tallystick.processes.models import Course, Hold
from tallystick.processes.operations.holds import Placed, UnableToHold, UnableToLift, lift_hold, place_hold
from tallystick.processes.queries import standings
from tests.cases.cast import OPENED, key, made_cast, on
from tests.simulation.hands import REFUSALS
from tests.simulation.law import ONE, Way
from tests.simulation.matter import Told
from tests.simulation.replay import told_of
from tests.simulation.verdicts import OUTCOMES, Verdict

PLACES = st.integers(0, 5)


class Machine(RuleBasedStateMachine):
    """A case with its remedy here, and what is told of it there."""

    counted: Counter[str] = Counter()
    case: Case
    told: Told

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.cast, self.holds = made_cast(), list[tuple[Hold, list[Way]]]()
        self.rows: list[Remedy] = []
        self.now = dt.datetime.combine(OPENED, dt.time(8), dt.UTC)
        self.acts = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def by(self, who: str) -> Acting:
        acting: Acting = getattr(self.cast, who)
        return on(acting, self.told.today)

    def agree(
        self,
        what: str,
        act: Callable[..., Any],
        expect: Callable[[], None] | None,
        *,
        entries: int = 1,
        again: bool = True,
    ) -> Any:
        """Do it here and, if it is expected to be allowed, there; twice, now and then."""
        self.now, self.acts = self.now + dt.timedelta(minutes=1), self.acts + 1
        at, before, given, refusal = self.now, head().size, None, ""
        try:
            given = act(at=at)
        except (*REFUSALS, UnableToHold, UnableToLift) as refused:
            refusal = str(refused)
        assert (expect is None) is bool(refusal), (what, refusal)
        size = head().size
        assert size - before == (0 if refusal else entries), what
        self.counted[f"{what} {'refused' if refusal else 'done'}"] += 1
        if expect is not None:
            expect()
            self.told.see()
            if again and self.acts % 3 == 0:
                assert act(at=at) == given
                assert head().size == size
        return given

    @rule(
        body=st.sampled_from(["pab", "pab", "panel"]),
        verb=st.sampled_from(["APPROVED", "AGREED", "APPROVED", "REJECTED", "NOTED"]),
    )
    def decide(self, body: str, verb: str) -> None:
        self.decide_on(body, verb, of_party=True)

    def entries_besides(self, _: Verdict) -> int:
        """Return how many matters besides the case write an entry where what they carried out is changed."""
        return 0

    def set_back_besides(self, _: Verdict) -> None:
        """Let matters besides the case go back that carried out what is changed."""

    def decide_on(self, body: str, verb: str, *, of_party: bool) -> str:
        of, day, by = getattr(self.cast, body), self.told.today, self.by("sam")
        party = self.cast.alfa if of_party else None
        said = Recorded(verb, "The case", "So decided.", of, day, key(), party=party)
        made = self.agree("decisions", lambda at: record_decision(taken=said, by=by, at=at), lambda: None)
        self.told.decided[made.reference] = Verdict(body, self.now, OUTCOMES[verb], of_party=of_party)
        return str(made.reference)

    @rule(who=st.sampled_from(["sam", "hal", "jo", "ada"]), market=st.booleans(), until=st.integers(-9, 9))
    def hold(self, who: str, until: int, *, market: bool) -> None:
        if until < 0:  # a matter that mostly stands still tells little
            return
        told, by = self.told, self.by(who)
        ends = told.today + until * ONE if until else None
        of: dict[str, Any] = {"processes": ("case", "remedy")} if market else {"course": self.case.course}
        placed = Placed("Nobody can work", key(), told.today, ends, **of)
        held = [one for one in told.ways() if not one.has_ended]
        may = self._may_hold(who, market=market) and (market or not told.has_ended)

        def expect() -> None:
            for way in held:
                way.hold(told.today)
            told.market += market

        made = self.agree(
            "holds", lambda at: place_hold(placed=placed, by=by, at=at), expect if may else None
        )
        self.holds += [(made, held)] if made is not None else []

    @rule(who=st.sampled_from(["sam", "hal", "jo"]), pick=PLACES)
    def lift(self, who: str, pick: int) -> None:
        if not self.holds:
            return
        hold, held = self.holds[latest(pick, len(self.holds))]
        told, by = self.told, self.by(who)
        hold.refresh_from_db()
        is_over = any(day is not None and day <= told.today for day in (hold.until_on, hold.lifted_on))

        def expect() -> None:
            self._let_go(held)

        self.agree(
            "holds lifted",
            lambda at: lift_hold(hold=hold, because="It is over", by=by, at=at),
            expect if self._may_hold(who, market=hold.course is None) and not is_over else None,
            again=False,
        )

    def _may_hold(self, who: str, *, market: bool) -> bool:
        """Tell whether somebody holds the market or the case: the chair of the PAB, what is before it."""
        return who == "sam" or (who == "hal" and (market or self.told.before == "pab"))

    def _let_go(self, held: list[Way]) -> None:
        for way in held:
            if not way.has_ended:
                way.resume(self.told.today)

    @rule(days=st.integers(1, 14))
    def wait(self, days: int) -> None:
        """Let days go by, and the clocks pass that are over then."""
        for _ in range(days):
            self.told.today += ONE
            for hold, held in self.holds:
                hold.refresh_from_db()
                is_lifted = hold.lifted_on is not None and hold.lifted_on < self.told.today
                if hold.until_on == self.told.today and not is_lifted:
                    self._let_go(held)
        self.now = dt.datetime.combine(self.told.today, dt.time(8), dt.UTC)
        before, passed = head().size, self.told.let_pass()
        assert pass_due(self.now, self.told.today) == passed
        assert head().size == before + passed
        self.counted["clocks passed"] += passed
        self.others_pass()
        self.told.see()

    def others_pass(self) -> None:
        """Let the clocks pass of what else there is beside the case; a machine that has such says how."""

    @invariant()
    def stand_alike(self) -> None:
        if not hasattr(self, "told"):
            return
        own = zip([self.case.course, *(row.course for row in self.rows)], self.told.ways(), strict=True)
        both = [*own, *self.others()]
        stands = standings([course for course, _ in both], self.told.today)
        for course, way in both:
            standing = stands[course.pk]
            clocks = [
                (one.clock, one.started_on, one.due_on, one.left, one.ended_on, one.how or "")
                for one in standing.clocks
            ]
            assert (dict(standing.at), clocks) == told_of(way)
            assert standing.on_hold is (way.holding > 0 and not way.has_ended)

    def others(self) -> list[tuple[Course, Way]]:
        """Return the courses of what else there is beside the case, each with its way."""
        return []


def latest(pick: int, many: int) -> int:
    """Return which of many: mostly the last."""
    return many - 1 if pick < 4 else pick % many
