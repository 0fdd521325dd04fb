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
        assert told[0] == ("Counting and grading", 0.05)

    @pytest.mark.usefixtures("of_recycling")
    def test_comes_to_the_same_for_the_same_evidence(self) -> None:
        months = [computing.compute("sec", Span.parse("2021-07"), TODAY, lambda *_: None) for _ in range(2)]

        assert months[0].digest == months[1].digest
        assert (months[0].sent, months[0].lines) == ((), {})
