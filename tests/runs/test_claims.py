import datetime as dt

import pytest

from tallystick.parties.acting import Acting
from tallystick.rulebook.periods import Span
from tallystick.runs import claims, operations
from tallystick.runs.models import Run
from tests.runs.conftest import NOW, TODAY

LATER = NOW + claims.STALE + dt.timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(jo: Acting) -> Run:
    return operations.start_run(period=Span.parse("2021-07"), known_on=TODAY, by=jo, at=NOW)


def taken(worker: str, at: dt.datetime = NOW) -> Run:
    turn = claims.claim(worker, at)
    assert turn is not None
    return turn.run


class TestClaim:
    def test_takes_the_run_that_has_waited_longest(self, asked: Run, jo: Acting) -> None:
        operations.start_run(period=Span.parse("2021-06"), known_on=TODAY, by=jo, at=LATER)

        run = taken("one")

        assert (run, run.state, run.attempts, run.worker) == (asked, Run.RUNNING, 1, "one")

    @pytest.mark.usefixtures("asked")
    def test_never_gives_one_run_to_two_workers(self) -> None:
        taken("one")

        assert claims.claim("two", NOW) is None

    @pytest.mark.usefixtures("asked")
    def test_gives_a_run_whose_worker_was_killed_to_the_next(self) -> None:
        taken("one")

        run = taken("two", LATER)

        assert (run.worker, run.attempts) == ("two", 2)

    @pytest.mark.usefixtures("asked")
    def test_leaves_a_run_alone_that_shows_signs_of_life(self) -> None:
        claims.beat(taken("one"), LATER)

        assert claims.claim("two", LATER) is None

    @pytest.mark.usefixtures("asked")
    def test_says_of_a_run_killed_twice_that_it_is_spent(self) -> None:
        taken("one")
        taken("two", LATER)

        turn = claims.claim("three", LATER + claims.STALE * 2)

        assert turn is not None
        assert (turn.is_spent, turn.run.worker) == (True, "two")


class TestGiveBack:
    def test_lets_the_run_wait_again_as_if_it_had_not_been_taken_up(self, asked: Run) -> None:
        claims.give_back(taken("one"))

        asked.refresh_from_db()
        assert (asked.state, asked.attempts, asked.worker) == (Run.WAITING, 0, "")

    def test_leaves_a_run_that_is_another_workers(self, asked: Run) -> None:
        first = taken("one")
        taken("two", LATER)

        claims.give_back(first)

        asked.refresh_from_db()
        assert (asked.state, asked.worker) == (Run.RUNNING, "two")


class TestNews:
    def test_is_told_at_most_once_a_second(self, asked: Run) -> None:
        news = claims.News(taken("one"))
        for half in range(5):
            news.tell(f"step {half}", half / 10, NOW + dt.timedelta(seconds=half / 2))

        asked.refresh_from_db()

        assert (asked.progress, asked.fraction) == ("step 4", 0.4)
        assert asked.beat_at == NOW + dt.timedelta(seconds=2)

    def test_does_not_write_within_a_second(self, asked: Run) -> None:
        news = claims.News(taken("one"))
        news.tell("first", 0.1, NOW)

        news.tell("second", 0.2, NOW + dt.timedelta(milliseconds=900))

        asked.refresh_from_db()
        assert asked.progress == "first"

    @pytest.mark.usefixtures("asked")
    def test_hears_that_the_run_was_cancelled(self, sam: Acting) -> None:
        run = taken("one")
        operations.cancel_run(run=run, by=sam, at=NOW)

        with pytest.raises(claims.Stopped):
            claims.News(run).tell("next", 0.5, NOW)

    @pytest.mark.usefixtures("asked")
    def test_hears_that_another_worker_took_the_run_up(self) -> None:
        first = taken("one")
        taken("two", LATER)

        with pytest.raises(claims.Stopped):
            claims.News(first).tell("next", 0.5, LATER)

    @pytest.mark.usefixtures("asked")
    def test_hears_within_a_second_of_the_last_step(self, sam: Acting) -> None:
        run = taken("one")
        news = claims.News(run)
        news.tell("first", 0.1, NOW)
        operations.cancel_run(run=run, by=sam, at=NOW)

        with pytest.raises(claims.Stopped):
            news.tell("second", 0.2, NOW + dt.timedelta(milliseconds=1))


class TestIsSilent:
    @pytest.mark.usefixtures("asked")
    def test_tells_of_a_worker_that_shows_no_sign_of_life(self) -> None:
        run = taken("one")

        assert [claims.is_silent(run, NOW + claims.STALE * late) for late in (1, 2)] == [False, True]

    def test_is_never_said_of_a_run_that_waits(self, asked: Run) -> None:
        assert not claims.is_silent(asked, LATER)
