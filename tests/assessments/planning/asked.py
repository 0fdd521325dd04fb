"""The code's own rulebook with eight risks as the demonstration scores them, to draw a plan from."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tallystick.assessments.optimiser.question import Question
from tallystick.assessments.planning.asking import Exposed, Year, question_of
from tallystick.assessments.planning.terms import Terms
from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook

ROOT = Path(__file__).resolve().parents[3] / "rulebooks" / "sec"
NET = {"R-01": 15, "R-02": 16, "R-03": 12, "R-04": 10, "R-05": 12, "R-06": 5, "R-07": 8, "R-08": 10}
APRIL = Year(4)
BUDGET = 67_500_00


@cache
def rules() -> Rulebook:
    found = load(ROOT).rulebook
    assert found is not None
    return found


def risks() -> list[Exposed]:
    texts = rules().risks
    return [
        Exposed(key, texts[key].area or "", texts[key].caused_by, Decimal(net)) for key, net in NET.items()
    ]


def asked(budget: int = BUDGET, **told: Any) -> Question:
    return question_of(risks(), rules(), APRIL, Terms(budget, **told))
