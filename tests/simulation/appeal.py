"""A query and an appeal as docs/guide/challenges.md tells of them. No code of the product is used."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tests.simulation.law import Asked, Way
from tests.simulation.verdicts import Verdict

RUNS = ("queried", "appealed")


@dataclass(frozen=True)
class Carried:
    """A step of a case that carried out what a body decided."""

    number: int
    move: str
    track: str
    from_stage: str


@dataclass
class Appeal:
    """A decision that was served, and where the challenge stands.

    `carried_out` are the steps of the case by the decision that each carried out.
    """

    name: str
    verdict: Verdict
    way: Way
    since: dt.datetime
    reference: str
    carried_out: Mapping[str, Carried]

    @property
    def step(self) -> Carried | None:
        return self.carried_out.get(self.reference)

    @property
    def stage(self) -> str:
        return self.way.at["query"]

    @property
    def suspends(self) -> bool:
        """Tell whether it suspends what is challenged: while it runs, unless a body lifted that."""
        return self.stage in RUNS and self.way.at["effect"] == "suspends"

    @property
    def suspends_ladder(self) -> bool:
        """Tell whether it holds a case up: a decision on the remedy itself holds up nobody."""
        return self.suspends and self.step is not None and self.step.track == "ladder"

    def refused(self, asked: Asked, verdict: Verdict | None, both: Collection[str], of_body: str) -> str:
        """Return why a step is refused, or nothing.

        :param both: who decided on what is challenged, and on the verdict at hand too
        :param of_body: whose chair asks
        """
        rule = self.way.law.moves.get(asked.move, {})
        body = rule.get("body", "")
        if body and "chair" in asked.roles and of_body != body:
            return "another body's chair"
        if body and (verdict is None or not self._waits(verdict, body, rule.get("outcome", "agreed"))):
            return "nothing was decided so"
        if body and verdict is not None and verdict.served:
            return "what was served answers no query"
        if verdict is not None and rule and not body:
            return "carries out nothing"
        return self.way.refused(asked, lambda guard, _: guard != "heard_by_others" or not both)

    def _waits(self, verdict: Verdict, body: str, outcome: str) -> bool:
        is_here = {"queried": "pab", "appealed": "panel"}.get(self.stage) == body
        return is_here and verdict.waits(self.name, body, self.since, outcome)

    def make(self, asked: Asked, verdict: Verdict | None, at: dt.datetime) -> None:
        before = self.stage
        self.way.make(asked)
        if self.stage != before:
            self.since = at
        if verdict is not None:
            verdict.done.add(self.name)
        self.verdict.changed |= self.stage == "changed"

    def let_pass(self, on: dt.date) -> int:
        over = [name for name in self.way.open if self.way.passes(name, on)]
        for name in over:
            self.way.let_pass(name, on)
        return len(over)
