"""What one may not see takes as long to refuse as what there is not.

Requests for the one and the other are asked in turn, so that whatever else the machine does falls on both
alike. Compared is what the quickest fifth of each took at most: on a busy machine half of all requests are
disturbed, and a median moves by more than a leak does. It is time of the processor, with a database in the
same process; nothing is compared with a clock. Only `make assurance` runs it: a few requests tell nothing.
"""

import gc
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles
from typing import Any

import pytest

from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import may
from tallystick.parties.policy.guard import unscoped
from tallystick.runs import queries
from tallystick.runs.models import Submission
from tests.conformance.conftest import Note
from tests.conformance.judge import Judge
from tests.conformance.knocking import Knocking
from tests.conformance.test_existence import Pair, hidden
from tests.conformance.world import World

pytestmark = pytest.mark.django_db
ROUNDS = int(os.environ.get("TALLY_TIMINGS", "0"))
at_full_counts = pytest.mark.skipif(not ROUNDS, reason="times are compared in make assurance")
# One thing asked twice differs by less than this, also on a busy machine; a leak, by more.
BAND = 1.05
UNDISTURBED = 5
FIRST = 5
Once = Callable[[], object]


def ratio(hidden: list[float], nothing: list[float]) -> float:
    """Return how the two compare, each by what its quickest fifth took at most."""
    one, other = (quantiles(times, n=UNDISTURBED)[0] for times in (hidden, nothing))
    return one / other


def is_told_apart(found: float) -> bool:
    return not 1 / BAND <= found <= BAND


def in_turn(one: Once, other: Once, rounds: int) -> tuple[list[float], list[float]]:
    """Return how long each took, in seconds, asked by turns; which goes first changes each time."""
    both: tuple[list[float], list[float]] = ([], [])
    for number in range(-FIRST, rounds):
        for which in (0, 1) if number % 2 else (1, 0):
            before = time.thread_time()
            (one, other)[which]()
            if number >= 0:
                both[which].append(time.thread_time() - before)
    return both


@contextmanager
def undisturbed() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def compared(knocking: Knocking, pair: Pair, rounds: int) -> tuple[list[float], list[float]]:
    def asking(address: str) -> Once:
        return lambda: knocking.ask(pair.who, pair.place.methods[0], address, pair.place.sent)

    with undisturbed():
        return in_turn(asking(pair.hidden), asking(pair.nothing), rounds)


def by_door(world: World, judge: Judge) -> dict[str, Pair]:
    """Return one pair behind each door: of those kept from a party where there are some."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in hidden(world, judge):
        found[pair.place.name].append(pair)
    return {
        name: next((pair for pair in pairs if pair.who.role == "party_delegate"), pairs[0])
        for name, pairs in found.items()
    }


def leaky(acting: Acting, reference: str) -> Submission | None:
    """Find a submission as a careless door would: first all that its page shows, then the question."""
    with unscoped("It is a leak, made on purpose."):
        row: Any = Submission.objects.select_related("party", "person").filter(reference=reference).first()
        if row is None:
            return None
        list(row.held_rows.all())
        list(Submission.objects.filter(stream=row.stream).select_related("party", "person"))
    return row if may(acting, "r", row) else None


class TestRatio:
    def test_is_that_of_the_quickest_fifth(self) -> None:
        assert ratio([4.0, 4.0, 4.0, 500.0, 900.0], [2.0, 2.0, 2.0, 2.0, 700.0]) == 2.0

    @pytest.mark.parametrize(("found", "told"), [(1.0, False), (1.04, False), (1.06, True), (0.9, True)])
    def test_tells_apart_both_ways(self, found: float, told: bool) -> None:  # noqa: FBT001 - a case's answer
        assert is_told_apart(found) == told

    def test_is_taken_of_requests_in_turn(self) -> None:
        asked: list[str] = []

        def one() -> None:
            asked.append("a")

        def other() -> None:
            asked.append("b")

        both = in_turn(one, other, 4)

        assert [len(times) for times in both] == [4, 4]
        assert "".join(asked[-8:]) == "baabbaab"


@at_full_counts
class TestWhatIsHidden:
    def test_takes_as_long_as_what_is_not_there(
        self, world: World, judge: Judge, record_property: Note
    ) -> None:
        knocking, doors = Knocking(world, judge), by_door(world, judge)

        found = {name: ratio(*compared(knocking, pair, ROUNDS)) for name, pair in doors.items()}
        for name in [name for name, one in found.items() if is_told_apart(one)]:  # once more, for longer
            found[name] = ratio(*compared(knocking, doors[name], 4 * ROUNDS))

        span = f"{min(found.values()):.3f} to {max(found.values()):.3f}"
        record_property(
            "counted",
            f"Timing: {len(found)} doors, {ROUNDS} pairs each; hidden to absent {span}, "
            f"within {1 / BAND:.3f} to {BAND:.3f}",
        )
        assert len(found) >= 10
        assert {name: round(one, 3) for name, one in found.items() if is_told_apart(one)} == {}

    def test_is_told_apart_at_a_door_that_leaks(
        self, world: World, judge: Judge, monkeypatch: pytest.MonkeyPatch, record_property: Note
    ) -> None:
        monkeypatch.setattr(queries, "submission", leaky)
        pair = by_door(world, judge)["submission"]

        found = ratio(*compared(Knocking(world, judge), pair, ROUNDS))

        record_property("counted", f"Timing: a door made to leak is told apart at {found:.3f}")
        assert is_told_apart(found)
