from decimal import Decimal
from typing import Any

from tallystick.risks.answers import told
from tallystick.risks.methods import method_of
from tallystick.risks.models import Score
from tests.risks.cast import Cast
from tests.risks.scoring.methods import tail

TRIALS = {"trials": "14", "chance": "0.05", "loss": "1000"}


def said(score: Score, method: Any = None) -> str:
    return " ".join(told(score, method or method_of(score), {"supplier": "Suppliers"}))


def valued(cast: Cast) -> Score:
    cast.opened(method="value_at_risk")
    inputs = {f"{side}_{name}": value for side in ("inherent", "net") for name, value in TRIALS.items()}
    return cast.scored("R-02", method="value_at_risk", inputs=inputs)


class TestAnswers:
    def test_are_told_as_steps(self, cast: Cast) -> None:
        cast.opened()

        assert said(cast.scored("R-02")) == (
            "As if nothing held it: likelihood 5 (expected) times impact 4 (serious). "
            "As it is held: likelihood 4 (likely) times impact 4 (serious)."
        )

    def test_are_told_with_the_years_drawn(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        score = cast.again("R-02")

        words = said(score)

        assert "4 events a year of £1,000 to £20,000 each, most often £5,000; 5% of years lose £" in words
        assert "lose nothing" in words
        assert "20,000 years drawn from seed 20210806, with a PERT distribution" in words

    def test_are_told_as_occasions_that_fail(self, cast: Cast) -> None:
        words = said(valued(cast))

        assert "14 occasions a year, each failing with a chance of 0.05, £1,000 each" in words
        assert "at most 2 fail in 95% of years" in words

    def test_say_who_bears_a_loss(self, cast: Cast) -> None:
        method = tail().model_copy(update={"borne": {"supplier": Decimal("0.75"), "dcc": Decimal("0.25")}})

        assert said(valued(cast), method).endswith("is borne by Suppliers £1,500, dcc £500.")

    def test_are_none_where_the_rulebook_forgot_the_method(self, cast: Cast) -> None:
        assert told(valued(cast), None, {}) == []
