"""The code's own rulebook with eight risks as the demonstration scores them, to draw a plan from."""

from dataclasses import replace
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


def asked(budget: int = BUDGET, among: Rulebook | None = None, **told: Any) -> Question:
    return question_of(risks(), among or rules(), APRIL, Terms(budget, **told))


def costing(known: Rulebook, technique: str, per: str) -> Rulebook:
    """Return a rulebook in which a technique is paid by the year, each time, or by category."""
    rule = known.techniques[technique]
    priced = rule.model_copy(update={"cost": rule.cost.model_copy(update={"per": per})})
    return replace(known, techniques={**known.techniques, technique: priced})
