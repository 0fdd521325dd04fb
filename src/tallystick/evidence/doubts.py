"""Rows that can be read and yet are hardly true: held until their sender confirms or corrects them."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.blocks import Flaw
from tallystick.evidence.civil_time import CivilTime, Mask
from tallystick.evidence.plan import HoldPlan, Plan

NOT_LATER = "nothing later than the moment the file was received"
# These say what is to come: a due day or an asked time may lie ahead.
AHEAD_BY_NATURE = frozenset(
    {"due_on", "due_at", "until_on", "until_at", "execute_at", "from_on", "deadline_on", "deadline_at"}
)

Numbers = npt.NDArray[np.int64]
_Column = tuple[Numbers, Mask]


class Doubts:
    """The tests of one stream, made on typed columns."""

    def __init__(self, plan: Plan, civil: CivilTime) -> None:
        self._plan = plan
        self._civil = civil
        held = [name for hold in plan.holds for name in hold.in_order]
        named = dict.fromkeys([plan.partition, *held]) if plan.partition else dict.fromkeys(held)
        self._past = [name for name in named if name not in AHEAD_BY_NATURE and self._is_time(name)]
        self._today = int(civil.wall_days(np.array([plan.received_at], np.int64))[0])

    def flaws(self, columns: dict[str, pa.Array]) -> Iterator[Flaw]:
        """Yield what is doubtful in the rows, one flaw a row and test."""
        for name in self._past:
            yield from self._later_than_received(name, columns[name])
        for hold in self._plan.holds:
            spared = _spared(hold, columns)
            found = chain(
                self._out_of_order(hold, columns),
                self._more_than_whole(hold, columns),
                self._not_the_sum(hold, columns),
            )
            yield from (flaw for flaw in found if flaw.place not in spared)

    def _later_than_received(self, name: str, column: pa.Array) -> Iterator[Flaw]:
        values, there = _numbers(column)
        latest = self._today if self._plan.column(name).type == "day" else self._plan.received_at
        for place in _places(there & (values > latest)):
            yield Flaw(place, name, "held", "later than the file was received", NOT_LATER)

    def _out_of_order(self, hold: HoldPlan, columns: dict[str, pa.Array]) -> Iterator[Flaw]:
        """Yield rows in which a later step stands before an earlier one; empty steps are passed over."""
        if not hold.in_order:
            return
        steps = [self._step(name, hold.in_order, columns) for name in hold.in_order]
        latest, known = steps[0]
        for name, (values, there) in zip(hold.in_order[1:], steps[1:], strict=True):
            for place in _places(there & known & (values < latest)):
                yield Flaw(place, name, "held", hold.because, f"the order {', '.join(hold.in_order)}")
            latest = np.where(there, values, latest)
            known = known | there

    def _step(self, name: str, beside: tuple[str, ...], columns: dict[str, pa.Array]) -> _Column:
        """Return a step as numbers; beside a column of days, an instant counts as its civil day."""
        values, there = _numbers(columns[name])
        types = {self._plan.column(other).type for other in beside}
        if types == {"day", "instant"} and self._plan.column(name).type == "instant":
            return self._civil.wall_days(np.where(there, values, 0)), there
        return values, there

    def _more_than_whole(self, hold: HoldPlan, columns: dict[str, pa.Array]) -> Iterator[Flaw]:
        for part, whole in zip(hold.at_most, hold.at_most[1:], strict=False):
            (less, one), (more, other) = _numbers(columns[part]), _numbers(columns[whole])
            for place in _places(one & other & (less > more)):
                yield Flaw(place, part, "held", hold.because, f"at most {whole}")

    def _not_the_sum(self, hold: HoldPlan, columns: dict[str, pa.Array]) -> Iterator[Flaw]:
        if not hold.sums_to:
            return
        *parts, total = (_numbers(columns[name]) for name in hold.sums_to)
        there = np.logical_and.reduce([known for _, known in (*parts, total)])
        # A sum of counts near the largest may wrap round and then differs from the total, as it should.
        summed = np.sum([values for values, _ in parts], axis=0, dtype=np.int64)
        for place in _places(there & (summed != total[0])):
            expected = f"the sum of {', '.join(hold.sums_to[:-1])}"
            yield Flaw(place, hold.sums_to[-1], "held", hold.because, expected)

    def _is_time(self, name: str) -> bool:
        return self._plan.column(name).type in ("instant", "day")


def _spared(hold: HoldPlan, columns: dict[str, pa.Array]) -> frozenset[int]:
    """Return the rows that the hold passes over for a label they carry."""
    carrying = [pc.is_in(columns[name], pa.array(labels, pa.string())) for name, labels in hold.unless]
    places = (_places(mask.to_numpy(zero_copy_only=False)) for mask in carrying)
    return frozenset(chain.from_iterable(places))


def _numbers(column: pa.Array) -> _Column:
    """Return a column of counts, days or instants as whole numbers, and where it is not empty."""
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    whole = column.cast(pa.int64())
    there = whole.is_valid().to_numpy(zero_copy_only=False)
    return whole.fill_null(0).to_numpy(zero_copy_only=False), there


def _places(doubtful: Mask) -> list[int]:
    places: list[int] = np.flatnonzero(doubtful).tolist()
    return places
