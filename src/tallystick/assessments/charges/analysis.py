"""What became of what was computed: what is payable, and what the cap, relief and delay took off."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.assessments.matters.standing import deferred_on
from tallystick.assessments.models import ChargeLine, Relief

HUNDRED = 100


@dataclass(frozen=True)
class Part:
    """A part of what was computed, in pence, and its share of that in whole percent."""

    title: str
    pence: int
    share: int


@dataclass(frozen=True)
class Analysis:
    """Charges looked at together: how many there are, and how many of them the cap bounds.

    `parts` together are what was computed. Who stands at the cap has nothing to lose by doing worse.
    """

    charged: int
    cap_bound: int
    parts: tuple[Part, ...]

    @property
    def cap_share(self) -> int:
        """Return how many of a hundred charges the cap bounds."""
        return _share(self.cap_bound, self.charged)


def analysed(lines: Iterable[ChargeLine], reliefs: Iterable[Relief], on: dt.date) -> Analysis:
    """Return what became, by the day, of the charges of one sheet of each run."""
    charged = [one for one in lines if one.computed]
    by_run: dict[int, list[Relief]] = {}
    for one in reliefs:
        by_run.setdefault(one.charge_run_id, []).append(one)
    causes = {
        (one.charge_run_id, one.party_id): one.get_cause_display()
        for several in by_run.values()
        for one in several
        if one.kind == "relieved"
    }
    put_off = {(run, party) for run, several in by_run.items() for party in deferred_on(several, on)}
    sums: dict[str, int] = {"Payable": 0, "Put off": 0, "Taken off by the cap": 0}
    for line in charged:
        place = (line.charge_run_id, line.party_id)
        under = line.computed if line.cap is None else min(line.computed, line.cap)
        sums["Taken off by the cap"] += line.computed - under
        if line.is_relieved:
            title = f"Relieved: {causes.get(place, 'Something else').lower()}"
            sums[title] = sums.get(title, 0) + under
        else:
            sums["Put off" if place in put_off else "Payable"] += line.payable
    return Analysis(len(charged), sum(one.is_cap_bound for one in charged), tuple(_parts(sums, charged)))


def _parts(sums: dict[str, int], charged: Sequence[ChargeLine]) -> Iterable[Part]:
    whole = sum(one.computed for one in charged)
    for title, pence in sums.items():
        yield Part(title, pence, _share(pence, whole))


def _share(part: int, whole: int) -> int:
    return int(Fraction(part * HUNDRED, whole) + Fraction(1, 2)) if whole else 0
