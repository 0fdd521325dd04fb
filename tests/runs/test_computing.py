import pytest

from tallystick.rulebook.periods import Span
from tallystick.runs import computing
from tests.runs.conftest import TODAY


class TestCompute:
    @pytest.mark.usefixtures("of_recycling")
    def test_tells_how_far_it_is(self) -> None:
        told: list[tuple[str, float]] = []

        computing.compute("sec", Span.parse("2021-07"), TODAY, lambda *step: told.append(step))

        assert [part for _, part in told] == sorted(part for _, part in told)
        assert [step for step, _ in told] == [
            "Opening the evidence",
            "Counting AREA-D1, 1 of 1 measures",
            "Grading AREA-D1, 1 of 1 measures",
            "Listing the rows that failed",
        ]
        assert (told[0][1], told[-1][1]) == (0.05, 0.8)

    def test_stops_before_the_measure_at_which_it_is_told_to(self) -> None:
        told: list[str] = []

        def stop_at_the_third(step: str, _part: float) -> None:
            told.append(step)
            if step.startswith("Counting") and ", 3 of " in step:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            computing.compute("sec", Span.parse("2021-07"), TODAY, stop_at_the_third)

        assert [step.split()[0] for step in told] == ["Opening", "Counting", "Counting", "Counting"]

    @pytest.mark.usefixtures("of_recycling")
    def test_comes_to_the_same_for_the_same_evidence(self) -> None:
        months = [computing.compute("sec", Span.parse("2021-07"), TODAY, lambda *_: None) for _ in range(2)]

        assert months[0].digest == months[1].digest
        assert (months[0].sent, months[0].lines) == ((), {})
