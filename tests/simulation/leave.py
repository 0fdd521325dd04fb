"""Derogations and forbearance as docs/guide/derogations.md tells of them. No code of the product is used."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from tests.simulation.law import Asked, Law, Runs, Way
from tests.simulation.verdicts import Verdict

TARGET = 97
# Which steps state a last day, and which grant something.
STATES_AN_END = ("grant", "extend")
GRANTS = (*STATES_AN_END, "vary")


@dataclass(frozen=True)
class Granted:
    """What a body granted, from a day until another; a `variation` by the verdict that it carried out."""

    from_on: dt.date
    until_on: dt.date
    level: int | None
    variation: Verdict | None = None

    @property
    def counts(self) -> bool:
        """Tell whether it counts: a variation that is suspended, or was changed, does not."""
        return self.variation is None or not (self.variation.stayed or self.variation.changed)


@dataclass(frozen=True)
class Wanted:
    """A step as somebody wants it: the last day and the level that they state, and what it carries out."""

    asked: Asked
    verdict: Verdict | None = None
    until: dt.date | None = None
    level: int | None = None
    body: str = ""  # whose chair asks


@dataclass
class Leave:
    """A derogation: what was asked, where it stands, and what was granted. `waits` is for work to be done."""

    name: str
    way: Way
    from_on: dt.date
    until_on: dt.date
    level: int | None
    waits: bool
    since: dt.datetime | None = None
    granted: list[Granted] = field(default_factory=list)
    last_on: dt.date | None = None
    is_read_by_board: bool = False
    # The verdicts that revoked or refused it, and varied it: each may be challenged.
    undoing: list[tuple[str, Verdict]] = field(default_factory=list)

    @property
    def counting(self) -> list[Granted]:
        return [one for one in self.granted if one.counts]

    @property
    def is_suspended(self) -> bool:
        return any(verdict.stayed for _, verdict in self.undoing)

    @property
    def ended_on(self) -> dt.date | None:
        """The last day as it was written down, unless a challenge suspends what revoked it."""
        revoked = [verdict for move, verdict in self.undoing if move == "revoke"]
        return None if any(one.stayed for one in revoked) else self.last_on

    @property
    def stage(self) -> str:
        return self.way.at["derogation"]

    def last_day(self, work: dt.date | None) -> dt.date | None:
        """Return its last day as far as is known: as granted, as it ended, or when its work was done."""
        done = work if self.waits else None
        ends = [self.ended_on, done, self.counting[-1].until_on if self.granted else None]
        return min((one for one in ends if one is not None), default=None)

    def stands(self, on: dt.date, work: dt.date | None) -> Granted | None:
        """Return what stands on a day: the last that began, up to the last day of all."""
        last = self.last_day(work)
        begun = [one for one in self.counting if one.from_on <= on]
        return begun[-1] if begun and last is not None and on <= last else None

    def refused(self, wanted: Wanted, work: dt.date | None) -> str:
        """Return why a step is refused, or nothing."""
        asked = wanted.asked
        rule, last = self.way.law.moves.get(asked.move, {}), self.last_day(work)
        body = rule.get("body", "")
        if self.stage == "active" and last is not None and last < asked.on:
            return "its last day is over"
        if asked.move == "submit" and self.until_on <= asked.on:
            return "its last day is over"
        if body and (("chair" in asked.roles and wanted.body != body) or not self._is_let(wanted, rule)):
            return "nothing was decided so"
        if asked.move in STATES_AN_END and (work is not None and self.waits):
            return "its work is done"
        return self._cannot_be(wanted) or self.way.refused(asked, lambda guard, _: self._opens(guard, wanted))

    def _is_let(self, wanted: Wanted, rule: dict[str, str]) -> bool:
        verdict, outcome = wanted.verdict, rule.get("outcome", "agreed")
        return verdict is not None and verdict.waits(self.name, "pab", self.since, outcome)

    def _cannot_be(self, wanted: Wanted) -> str:
        """Return why what would be granted cannot be."""
        until, move = wanted.until, wanted.asked.move
        if (until is not None) != (move in STATES_AN_END):
            return "a last day, or none"
        if move == "grant" and until is not None and until < max(self.from_on, wanted.asked.on):
            return "it ends before it begins"
        if move == "extend" and self.granted and until is not None and until <= self.granted[-1].until_on:
            return "it stands as long already"
        is_of_level = wanted.level is not None and move in GRANTS
        if is_of_level and (self.level is None or (wanted.level or 0) >= TARGET):
            return "no level that is weaker"
        return ""

    def _opens(self, guard: str, wanted: Wanted) -> bool:
        if guard == "is_not_suspended":
            return not self.is_suspended
        # It is made with the decision on a challenge, and never by itself.
        if guard != "has_an_end":
            return guard != "decision_was_changed"
        ends = wanted.until or (self.granted[-1].until_on if self.granted else self.until_on)
        return ends > wanted.asked.on

    def make(self, wanted: Wanted, at: dt.datetime) -> None:
        asked, verdict = wanted.asked, wanted.verdict
        body = self.way.law.moves[asked.move].get("body")
        self.way.make(asked)
        if body and verdict is not None:
            verdict.done.add(self.name)
        if asked.move in ("assess", "grant"):
            self.since = at
        self.is_read_by_board |= asked.move == "assess"
        if asked.move in GRANTS:
            self._grant(wanted)
        if asked.move in ("vary", "revoke", "refuse") and verdict is not None:
            self.undoing.append((asked.move, verdict))
        if asked.move == "revoke":
            self.last_on = asked.on - dt.timedelta(1)
        elif asked.move == "lapse":
            self.last_on = asked.on

    def _grant(self, wanted: Wanted) -> None:
        before, on = (self.counting[-1] if self.granted else None), wanted.asked.on
        variation = wanted.verdict if wanted.asked.move == "vary" else None
        until = wanted.until or (before.until_on if before else on)
        former = before.level if before else self.level
        level = wanted.level if wanted.level is not None else former
        from_on = max(on, self.granted[0].from_on if self.granted else self.from_on)
        self.granted.append(Granted(from_on, until, level, variation))

    def undone_by(self, verdict: Verdict) -> str:
        """Return the step that carried out a verdict and is undone with it, if one is."""
        return next((move for move, one in self.undoing if one is verdict), "")

    def go_back(self, verdict: Verdict, roles: Collection[str], on: dt.date, at: dt.datetime) -> None:
        """Let it go back to where it stood before it carried out a verdict, which was changed."""
        move = self.undone_by(verdict)
        if move == "revoke":
            until = self.counting[-1].until_on
            is_over = until < on
            self.last_on = until if is_over or self.way.has_ended else None
            if self.stage == "revoked" and not is_over:
                self.way.make(Asked("set_back_in_force", roles, on, stated={"term": until}))
                self.since = at
        elif move == "refuse" and self.stage == "refused":
            self.way.make(Asked("set_back_to_pab", roles, on))
            self.since = at

    def let_pass(self, on: dt.date, work: dt.date | None) -> int:
        """Let it end where its time is over or its work was done before; return how much passed."""
        last = self.last_day(work)
        if self.stage == "active" and last is not None and last < on:
            term: Runs = self.way.open["term"]
            term.due_on = max(term.started_on, last)
            self.last_on = last
            self.way.let_pass("term", on)
            return 1
        over = [name for name in self.way.open if self.way.passes(name, on)]
        for name in over:
            self.way.let_pass(name, on)
        return len(over)


@dataclass
class Forborne:
    """Forbearance: where it stands, since when it is so, and the days that it has."""

    name: str
    way: Way
    since: dt.datetime
    since_on: dt.date | None = None
    review_on: dt.date | None = None
    ended_on: dt.date | None = None

    def refused(self, wanted: Wanted) -> str:
        asked, verdict = wanted.asked, wanted.verdict
        rule = self.way.law.moves.get(asked.move, {})
        if rule.get("body"):
            outcome = rule.get("outcome", "agreed")
            if "chair" in asked.roles and wanted.body != "panel":
                return "another body's chair"
            if verdict is None or not verdict.waits(self.name, "panel", self.since, outcome):
                return "nothing was decided so"
        return self.way.refused(asked, lambda guard, _: guard != "has_a_review" or _lies_ahead(asked))

    def make(self, wanted: Wanted, at: dt.datetime) -> None:
        asked = wanted.asked
        self.way.make(asked)
        self.since = at
        if wanted.verdict is not None and self.way.law.moves[asked.move].get("body"):
            wanted.verdict.done.add(self.name)
        if asked.move in ("decide", "go_on"):
            self.since_on, self.review_on = self.since_on or asked.on, asked.stated["review"]
        if asked.move == "end":
            self.ended_on = asked.on

    def let_pass(self, on: dt.date, at: dt.datetime) -> int:
        over = [name for name in self.way.open if self.way.passes(name, on)]
        for name in over:
            self.way.let_pass(name, on)
            self.since = at
        return len(over)


def _lies_ahead(asked: Asked) -> bool:
    return "review" in asked.stated and asked.stated["review"] > asked.on


def of(process: str, on: dt.date) -> Way:
    """Return the way of a matter that begins on a day."""
    return Way(Law.of(process, on), on)
