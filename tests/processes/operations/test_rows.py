"""What is written down is what the engine says: any sequence of acts, on rows and without, stands alike."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from random import Random
from types import SimpleNamespace

import pytest
from django.db import transaction

from tallystick.processes import engine
from tallystick.processes.models import Course, Place, Timer
from tallystick.processes.operations.courses import resume_due
from tallystick.processes.operations.rows import OutsideAnAct, locked, settled, write
from tallystick.processes.queries import rows_of, standing_of
from tallystick.processes.standing import Standing
from tallystick.processes.wishes import UnableToMove
from tests.processes.matters import Cast, cast, noon
from tests.processes.way import BEGAN, VALUE, known, wish
from tests.processes.way import calendars as here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
ONE = dt.timedelta(days=1)
MOVES = [*VALUE.moves][:-1]
SOON_OVER = 0.1
ROUNDS, ACTS = 6, 60


@pytest.fixture
def pab() -> Cast:
    return cast()


class TestLocked:
    def test_are_in_one_order_whoever_asks(self, pab: Cast) -> None:
        several = [pab.begun() for _ in range(4)]

        with transaction.atomic():
            assert locked(reversed(several)) == several

    def test_are_locked_within_a_transaction_alone(self, pab: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        course = pab.begun()
        outside = SimpleNamespace(in_atomic_block=False)
        monkeypatch.setattr("tallystick.processes.operations.rows.connection", outside)

        with pytest.raises(OutsideAnAct, match="changes within an act"):
            locked([course])


class TestWrite:
    def test_changes_only_what_differs(self, pab: Cast) -> None:
        course = pab.begun()
        pab.taken(course, "open")
        before = [*Place.objects.values(), *Timer.objects.values()]

        with transaction.atomic():
            [held] = locked([course])
            write(held, rows_of([held])[held.pk], standing_of(held, BEGAN), noon(BEGAN))

        assert [*Place.objects.values(), *Timer.objects.values()] == before

    def test_leaves_a_stage_no_earlier_than_it_was_entered(self, pab: Cast) -> None:
        course = pab.begun()
        pab.taken(course, "open")
        late = noon(BEGAN) + dt.timedelta(hours=1)

        with transaction.atomic():
            for move, at in (("ask", late), ("reply", noon(BEGAN))):
                [held] = locked([course])
                rows, standing = settled([held], BEGAN, at)[held.pk]
                write(held, rows, engine.move(VALUE, standing, wish(move, BEGAN), known()), at)

        [left] = Place.objects.filter(entered_at=late, left_at__isnull=False)
        assert left.left_at == late


class Both:
    """One course with rows, and the same without: after each act they stand alike."""

    def __init__(self, pab: Cast, seed: int) -> None:
        self.pab, self.dice, self.today = pab, Random(seed), BEGAN  # noqa: S311 - dice, no secrets
        self.course: Course = pab.begun()
        self.standing: Standing = engine.begin(VALUE, BEGAN)
        self.ends: dt.date | None = None
        self.done: Counter[str] = Counter()

    def alike(self, act: Callable[[], object], expect: Callable[[], Standing], what: str) -> None:
        try:
            expected, words = expect(), ""
        except UnableToMove as refusal:
            expected, words = self.standing, str(refusal)
        if words:
            with pytest.raises(UnableToMove) as refused, transaction.atomic():
                act()
            assert str(refused.value) == words
        else:
            act()
        self.standing = expected
        self.done[f"{what} {'refused' if words else 'done'}"] += 1

    def turn(self) -> None:
        self.dice.choice([self.move, self.move, self.move, self.let_pass, self.hold, self.wait, self.wait])()
        assert standing_of(self.course, self.today) == self.standing

    def move(self) -> None:
        offered = [
            one.move
            for role in ("analyst", "chair", "party")
            for one in engine.offers(VALUE, self.standing, {role}, known())
            if one.move != engine.RESUME and (one.move != "accept" or self.dice.random() < SOON_OVER)
        ]
        blind = [self.dice.choice(MOVES)] if self.dice.random() < SOON_OVER or not offered else []
        name = self.dice.choice([*offered, *blind])
        asked = wish(name, self.today)
        self.alike(
            lambda: self.pab.taken(self.course, name, self.today),
            lambda: engine.move(VALUE, self.standing, asked, known()),
            "moves",
        )

    def let_pass(self) -> None:
        clock = self.dice.choice([*engine.passed(VALUE, self.standing, self.today), *VALUE.clocks])
        self.alike(
            lambda: self.pab.let_pass(self.course, clock, self.today),
            lambda: engine.pass_clock(VALUE, self.standing, clock, self.today, known()),
            "clocks",
        )

    def hold(self) -> None:
        if self.standing.on_hold or engine.has_ended(VALUE, self.standing):
            return
        self.ends = self.today + self.dice.randint(1, 30) * ONE
        course = self.course if self.dice.random() < 0.5 else None
        self.pab.held(self.today, course=course, until_on=self.ends)
        self.standing = engine.hold(VALUE, self.standing, self.today, here)
        self.done["holds done"] += 1

    def wait(self) -> None:
        self.today += self.dice.randint(1, 20) * ONE
        if self.standing.on_hold and self.ends is not None and self.ends <= self.today:
            self.standing = engine.resume(VALUE, self.standing, self.ends, here)
            if self.dice.random() < 0.5:  # an errand may have run, or not
                with transaction.atomic():
                    resume_due([self.course], on=self.today, at=noon(self.today))


class TestSettled:
    @pytest.mark.parametrize("seed", range(ROUNDS))
    def test_stands_as_the_engine_says_after_any_acts(
        self, pab: Cast, seed: int, record_property: Callable[[str, object], None]
    ) -> None:
        both = Both(pab, seed)

        for _ in range(ACTS):
            both.turn()

        told = ", ".join(f"{number} {what}" for what, number in sorted(both.done.items()))
        record_property("counted", f"a course in rows, as the engine says: {told}")
        assert both.done["moves done"] > 0

    def test_writes_nothing_where_nothing_came_to_pass(self, pab: Cast) -> None:
        course = pab.begun()

        with transaction.atomic():
            found = settled(locked([course]), BEGAN, noon(BEGAN))

        assert found[course.pk][1] == standing_of(course, BEGAN)
        assert not course.spells.exists()
