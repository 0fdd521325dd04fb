from typing import Any

import pytest

from bench.judge import judged

BARS: dict[str, Any] = {
    "gain": {"unit": "times", "sizes": ["10m"], "judged": "figure", "at_least": 3},
    "peak": {"unit": "GB", "sizes": ["10m"], "judged": "figure", "at_most": 4},
    "share": {"unit": "times", "sizes": ["10m"], "judged": "interval", "at_least": 0.9},
    "speed": {"unit": "rows", "sizes": ["10m"], "judged": "printed", "aim": 10},
}
FIGURES: dict[str, Any] = {
    "gain": {"figure": 3.0},
    "peak": {"figure": 4.0},
    "share": {"figure": 0.95, "low": 0.91, "high": 0.99},
    "speed": {"figure": 1.0},
}


def verdicts(changed: dict[str, Any] | None = None, size: str = "10m") -> dict[str, str]:
    return {line.name: line.verdict for line in judged(BARS, FIGURES | (changed or {}), size)}


class TestJudged:
    def test_is_ok_on_the_bar_itself(self) -> None:
        assert verdicts() == {"gain": "ok", "peak": "ok", "share": "ok", "speed": "printed"}

    @pytest.mark.parametrize(("name", "figure"), [("gain", 2.999), ("peak", 4.001)])
    def test_is_short_on_the_wrong_side(self, name: str, figure: float) -> None:
        assert verdicts({name: {"figure": figure}})[name] == "short"

    def test_is_not_short_while_the_interval_reaches_the_bar(self) -> None:
        said = {"figure": 0.85, "low": 0.8, "high": 0.9}

        assert verdicts({"share": said})["share"] == "ok"

    def test_is_short_once_the_whole_interval_lies_below(self) -> None:
        said = {"figure": 0.85, "low": 0.8, "high": 0.899}

        assert verdicts({"share": said})["share"] == "short"

    def test_misses_a_figure_that_is_not_there_even_one_only_printed(self) -> None:
        lines = {line.name: line.verdict for line in judged(BARS, {}, "10m")}

        assert lines == dict.fromkeys(BARS, "missing")

    def test_does_not_judge_at_another_size(self) -> None:
        assert set(verdicts({"gain": {"figure": 0.1}}, "1m").values()) == {"not judged"}
