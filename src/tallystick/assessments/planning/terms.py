"""The terms of a plan: what there is to spend, what has to be reached, and what somebody decided besides.

They are kept as JSON: amounts as whole pence, shares and hours as decimal strings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from tallystick.assessments.optimiser.question import QUARTERS
from tallystick.rulebook.rulebook import Rulebook

PENCE = 100
STEP = 2_500_00  # by which a budget is moved, in pence
NEVER = len(QUARTERS) + 1  # the quarter of what is not for this year


@dataclass(frozen=True)
class Terms:
    """What a plan is drawn under.

    `budget` is in pence. `levels` name the level of assurance that a risk has to reach. `hours` are the most
    of one party of a category in a quarter. `not_before` is the first quarter of a technique, and `mature`
    that of a risk: before it, nothing is applied for the sake of that risk. `tried` are techniques that were
    applied before this year. `effects` are shares accepted from experience, decimals by technique and risk.
    `fixed` are those that somebody put in or left out.
    """

    budget: int
    levels: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, Decimal] = field(default_factory=dict)
    not_before: Mapping[str, int] = field(default_factory=dict)
    mature: Mapping[str, int] = field(default_factory=dict)
    tried: tuple[str, ...] = ()
    effects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, bool] = field(default_factory=dict)

    def within(self, budget: int) -> "Terms":
        """Return the same terms with another budget, in pence."""
        return replace(self, budget=budget)

    def known_to(self, rules: Rulebook) -> "Terms":
        """Return the terms without techniques and levels that a later edition of the rulebook dropped."""
        there, levels = rules.techniques, rules.code.assurance_levels
        return replace(
            self,
            levels={risk: level for risk, level in self.levels.items() if level in levels},
            not_before={key: quarter for key, quarter in self.not_before.items() if key in there},
            tried=tuple(key for key in self.tried if key in there),
            effects={key: shares for key, shares in self.effects.items() if key in there},
            fixed={key: is_in for key, is_in in self.fixed.items() if key in there},
        )

    @property
    def told(self) -> dict[str, Any]:
        """The terms as JSON."""
        return {
            "budget": self.budget,
            "levels": dict(sorted(self.levels.items())),
            "hours": {key: f"{hours:f}" for key, hours in sorted(self.hours.items())},
            "not_before": dict(sorted(self.not_before.items())),
            "mature": dict(sorted(self.mature.items())),
            "tried": sorted(self.tried),
            "effects": {key: dict(sorted(shares.items())) for key, shares in sorted(self.effects.items())},
            "fixed": dict(sorted(self.fixed.items())),
        }


def terms_of(told: Mapping[str, Any]) -> Terms:
    """Return the terms that JSON tells of."""
    return Terms(
        budget=told["budget"],
        levels=told["levels"],
        hours={key: Decimal(hours) for key, hours in told["hours"].items()},
        not_before=told["not_before"],
        mature=told["mature"],
        tried=tuple(told["tried"]),
        effects=told.get("effects", {}),  # drafts of before effects were accepted have none
        fixed=told["fixed"],
    )
