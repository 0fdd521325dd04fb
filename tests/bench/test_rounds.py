from pathlib import Path

import pytest

from bench.rounds import Contender, Times, UnableToCompare, agreed, interleaved, interval, ratios

COUNTING = """
def of(folder):
    taken = iter(range(1, 100))
    return lambda: {"turn": next(taken)}


def stopping(folder):
    raise SystemExit(3)
"""


class TestInterval:
    def test_of_twenty_one_rounds_is_the_sixth_to_the_sixteenth(self) -> None:
        assert interval(list(range(21, 0, -1))) == (6, 16)

    def test_of_few_rounds_is_all_of_them(self) -> None:
        assert interval([3.0, 1.0, 2.0]) == (1.0, 3.0)


class TestRatios:
    def test_say_by_how_much_the_second_was_faster_in_each_round(self) -> None:
        assert ratios(Times([4.0, 9.0]), Times([2.0, 3.0, 5.0])) == [2.0, 3.0]


class TestAgreed:
    def test_refuses_contenders_that_found_different_things(self) -> None:
        times = {"ours": Times([1.0], {"rows": 1}), "theirs": Times([1.0], {"rows": 2})}

        with pytest.raises(UnableToCompare, match="theirs found"):
            agreed(times, ["ours", "theirs"])


class TestInterleaved:
    @pytest.fixture
    def place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "counting_contender.py").write_text(COUNTING, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        return tmp_path

    def test_warms_up_and_then_gives_each_its_rounds(self, place: Path) -> None:
        some = [Contender(name, "counting_contender:of", place, n) for name, n in (("many", 3), ("few", 2))]

        times = interleaved(some)

        assert {name: len(one.seconds) for name, one in times.items()} == {"many": 3, "few": 2}
        assert times["many"].found == {"turn": 4}
        assert times["few"].peak_bytes > 0

    def test_tells_of_a_contender_that_stops(self, place: Path) -> None:
        with pytest.raises(UnableToCompare, match="broken stopped"):
            interleaved([Contender("broken", "counting_contender:stopping", place)])
