import datetime as dt

from tallystick.processes.standing import Running, Standing

DUE = dt.date(2021, 9, 15)
RUNS = Running("reply", dt.date(2021, 9, 1), DUE)
ENDED = Running("reply", dt.date(2021, 8, 1), DUE, ended_on=DUE, how="met")
PAUSED = Running("plan", dt.date(2021, 9, 1), None, paused_on=DUE, left=3)


class TestRunning:
    def test_is_past_on_the_day_after_it_is_due(self) -> None:
        assert [RUNS.is_past(DUE), RUNS.is_past(DUE + dt.timedelta(days=1))] == [False, True]

    def test_is_never_past_once_it_has_ended_or_while_it_is_paused(self) -> None:
        assert not ENDED.is_past(dt.date(2030, 1, 1))
        assert not PAUSED.is_past(dt.date(2030, 1, 1))


class TestStanding:
    def test_has_the_clocks_that_have_not_ended(self) -> None:
        standing = Standing({"way": "asked"}, DUE, (ENDED, RUNS, PAUSED))

        assert list(standing.open_clocks()) == [RUNS, PAUSED]
        assert standing.running("reply") == RUNS
        assert standing.running("watch") is None
