from pathlib import Path

import pyarrow.compute as pc

from bench import data
from bench.limits import limits


class TestRequests:
    def test_are_the_same_each_time(self) -> None:
        assert data.requests(3, 500).equals(data.requests(3, 500))

    def test_lie_within_their_day(self) -> None:
        table = data.requests(3, 500)

        assert data.of_day(table, "received_at", 3).num_rows == table.num_rows

    def test_are_not_sorted_by_time(self) -> None:
        times = data.requests(3, 500)["received_at"]

        assert not times.equals(times.take(pc.sort_indices(times)))

    def test_differ_in_some_answers_once_restated(self) -> None:
        before, after = data.requests(3, 5_000), data.requests(3, 5_000, restated=1)

        same = pc.equal(before["answered_at"], after["answered_at"])
        assert before.drop(["answered_at"]).equals(after.drop(["answered_at"]))
        assert 0.97 < pc.mean(same).as_py() < 0.99

    def test_have_columns_that_do_not_depend_on_each_other(self) -> None:
        table = data.requests(0, 200_000)

        met = table.group_by(["region", "party", "srv"]).aggregate([([], "count_all")])
        assert met.num_rows > 57_000  # of 59,940


class TestLimits:
    def test_stand_in_the_rulebook_as_the_rows_are_made(self) -> None:
        said = {(kind, mode): most // 1_000_000 for kind, mode, most in limits()}

        made = {
            (kind, mode): data.limit_seconds(k, m)
            for k, kind in enumerate(data.KINDS)
            for m, mode in enumerate(data.MODES)
        }
        assert said.items() <= made.items()
        assert len(made) - len(said) == 3


class TestPrepare:
    def test_keeps_what_is_there(self, small: Path) -> None:
        before = (small / "made.json").stat().st_mtime_ns

        data.prepare("small")

        assert (small / "made.json").stat().st_mtime_ns == before

    def test_takes_in_every_row(self, small: Path) -> None:
        assert data.Dataset(small).made["service_requests_rows"] == 3_000
