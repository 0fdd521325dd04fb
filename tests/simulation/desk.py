"""Acts as they are done in a year: some broken off and asked for again, some sent twice, some refused."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

from tallystick.journal.queries import head
from tests.simulation.chance import Interrupted, Source, dice_of, interrupted

CRASHES, TWICE = 0.12, 0.1
MOST_STATEMENTS = 60
MINUTE = dt.timedelta(minutes=1)


class Desk:
    """Whoever does things, with a clock of their own; `wrong` is what was not as it has to be."""

    def __init__(self, seed: object, *, crashes: bool = True) -> None:
        self.seed, self.crashes = seed, crashes
        self.source = Source(seed)
        self.now = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
        self.counts: Counter[str] = Counter()
        self.entries = 0
        self.wrong: list[str] = []
        self.why: list[str] = []
        self._number = self._from = 0

    def on(self, day: dt.date) -> None:
        self.now = dt.datetime.combine(day, dt.time(8), dt.UTC)

    def key(self) -> str:
        """Return the key of a form that is filled in just now."""
        return f"form-{self._number + 1}"

    def do(
        self,
        name: str,
        act: Callable[..., Any],
        *,
        refusals: tuple[type[Exception], ...] = (),
        entries: int | Callable[[Any], int] | None = 1,
        again: bool = True,
    ) -> Any:
        """Do something once, whatever comes between; return what it gave, or None where it was refused.

        :param entries: how many it writes into the journal once nothing comes between; None for one or more
        :param again: whether it is a form that can be sent twice
        """
        self._number += 1
        self.now += MINUTE
        at, before = self.now, head().size
        dice = dice_of(self.seed, "desk", self._number)
        self._from = before
        self.source.begin(before)
        try:
            given = self._tried(lambda: act(at=at), name, dice.randint(0, MOST_STATEMENTS), dice.random())
        except refusals as refusal:
            self.why.append(f"{name}: {refusal}")
            self.counts[f"{name}, refused"] += 1
            self.expect(head().size == before, f"{name} was refused and left an entry")
            return None
        size, wanted = head().size, entries(given) if callable(entries) else entries
        written, self.entries = size - self._from, self.entries + size - before
        self.expect(written == wanted if wanted is not None else written > 0, f"{name} wrote {written}")
        self.counts[name] += 1
        if again and dice.random() < TWICE:
            self.counts["sent twice"] += 1
            self.expect(act(at=at) == given, f"{name} gave something else the second time")
            self.expect(head().size == size, f"{name} wrote again the second time")
        return given

    def _tried(self, act: Callable[[], Any], name: str, after: int, luck: float) -> Any:
        if not self.crashes or luck >= CRASHES:
            return act()
        try:
            with interrupted(after):
                return act()
        except Interrupted:
            self.counts["broken off"] += 1
        size = head().size
        # Several acts may be done by one call, such as all clocks of a morning: those before stand.
        self.expect(
            size == self._from or name.startswith("clocks passed"), f"{name} was broken off and left an entry"
        )
        self._from = size
        self.source.begin(size)
        return act()

    def expect(self, holds: bool, what: str) -> None:  # noqa: FBT001 - what is expected
        if not holds:
            self.wrong.append(f"{self.now:%Y-%m-%d %H:%M} {what}")
