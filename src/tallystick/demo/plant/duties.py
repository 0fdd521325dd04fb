"""How many duties each supplier has in a month, and how many of them it fails."""

from dataclasses import dataclass

from tallystick.demo.plant.cast import SUPPLIERS
from tallystick.demo.plant.chance import flags
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.scales import FOCUS

A_MONTH, IN_JULY = 6, 20
# In July one supplier of each area falls below the minimum, and one between the levels.
WORST = {
    "AREA-C": "Cairn Valley Energy",
    "AREA-D1": "Dovecote Energy",
    "AREA-D2": "Gorsebank Energy",
    "AREA-E2": "Alderbrook Energy",
    "AREA-F": "Brightwater Power",
    "AREA-G": "Fellside Energy",
}
EXACT = ("AREA-C", "Brightwater Power")  # three of a hundred fail: equal to the target


@dataclass(frozen=True)
class Owed:
    """The duties of one party in one month; `failing` has a flag for each."""

    party: str
    period: str
    failing: tuple[bool, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.failing)


def owed(plan: Plan, measure: str, month: str) -> list[Owed]:
    """Return the duties of every supplier in a month."""
    rng = plan.chance("owed", measure, month)
    found = []
    for party in SUPPLIERS:
        several = (IN_JULY if month == FOCUS else A_MONTH) * plan.scale.duties
        failing = int(rng.random() < 0.08)  # noqa: PLR2004 - a share of made-up data
        if month == FOCUS:
            after_worst = SUPPLIERS[(SUPPLIERS.index(WORST[measure]) + 1) % len(SUPPLIERS)]
            failing = {WORST[measure]: several // 5, after_worst: several // 20}.get(party, 0)
        if (measure, party) == EXACT and month == FOCUS:
            several, failing = 100, 3
        found.append(Owed(party, month, tuple(flags(rng, several, failing))))
    return found
