"""A case and its remedy as they are expected to go: by the law, and by the few facts that its guards ask for.

Each kind of matter is a row of the table `JUDGES`: of each guard of its process, when it holds. No code of
the product is used.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from tests.simulation.appeal import Appeal, Carried
from tests.simulation.law import Asked, Law, Way
from tests.simulation.verdicts import Verdict

HEARD_BY = {
    "escalated_to_pab": "pab",
    **dict.fromkeys(("escalated_to_panel", "published", "constrained", "material_breach"), "panel"),
}
ACCEPTS = ("accept_remedy", "accept_remedy_at_pab", "accept_remedy_at_panel")
FILED_IN = ("notice", "reply", "remedy", "on_track")
CARRIED = ("accepted", "at_risk", "missed", "done")
# Moves that another act makes.
ELSEWHERE = ("give_notice", "reply", *ACCEPTS)


@dataclass
class Version:
    """A version of a remedy: where it stands, who signed, its milestones' days, and which were met."""

    way: Way
    is_signed: bool
    due: list[dt.date]
    met: set[int] = field(default_factory=set)

    @property
    def stage(self) -> str:
        return self.way.at["remedy"]

    @property
    def open(self) -> list[dt.date]:
        return sorted(day for number, day in enumerate(self.due, 1) if number not in self.met)

    def missed(self, on: dt.date) -> bool:
        return any(day < on for day in self.open)

    def stated(self, on: dt.date) -> dict[str, dt.date]:
        """Return what the clock of the next milestone is told."""
        return {"milestone": max(self.open[0], on)} if self.open else {}


class Told:
    """What is expected of one case and its remedy."""

    def __init__(self, on: dt.date, at: dt.datetime, *, from_audit: bool) -> None:
        self.today, self.from_audit = on, from_audit
        self.way, self.is_satisfied, self.is_told = Way(Law.of("case", on), on), False, False
        self.rungs: list[tuple[str, dt.datetime]] = [("uninformed", at)]
        self.versions: list[Version] = []
        self.decided: dict[str, Verdict] = {}
        self.carried_out: dict[str, Carried] = {}
        self.steps: list[str] = []
        self.appeals: list[Appeal] = []
        self.work_done_on: dt.date | None = None
        self.shown_at: dt.datetime | None = None
        self.market = 0

    @property
    def has_ended(self) -> bool:
        return self.way.has_ended

    @property
    def stage(self) -> str:
        return self.way.at["case"]

    @property
    def waiting(self) -> Version | None:
        return next((one for one in reversed(self.versions) if one.stage == "filed"), None)

    @property
    def carried(self) -> Version | None:
        return next((one for one in reversed(self.versions) if one.stage in CARRIED), None)

    @property
    def was_escalated(self) -> bool:
        return any(stage in HEARD_BY for stage, _ in self.rungs)

    @property
    def is_signed(self) -> bool:
        last = self.waiting or (self.versions[-1] if self.versions else None)
        return not self.was_escalated or (last is not None and last.is_signed)

    def ways(self) -> Iterator[Way]:
        yield self.way
        yield from (one.way for one in self.versions)

    @property
    def before(self) -> str | None:
        """The body that the case is before."""
        return HEARD_BY.get(self.rungs[-1][0])

    def since(self, body: str) -> dt.datetime:
        """Return when the case came before a body, which it was ever since."""
        [(_, since), *before] = reversed(self.rungs)
        for stage, at in before:
            if HEARD_BY.get(stage) != body:
                break
            since = at
        return since

    def opens(self, guard: str, body: str) -> bool:
        return JUDGES["case"][guard](self, body)

    def opens_of(self, version: Version, guard: str) -> bool:
        return JUDGES["remedy"][guard](self, version)

    def refused(self, asked: Asked, decision: str, of_body: str) -> str:
        """Return why a step of the case is refused; nothing if it is not. `of_body` is whose chair it is."""
        rule = self.way.law.moves.get(asked.move)
        body = rule.get("body", "") if rule else ""
        if body and "chair" in asked.roles and of_body != body:
            return "another body's chair"
        if body and not self._waits(decision, body):
            return "nothing was decided so"
        if decision and rule and not body:
            return "carries out nothing"
        return self.way.refused(asked, self.opens)

    def make(self, asked: Asked, decision: str, at: dt.datetime) -> None:
        """Let a step of the case be taken, and all that hangs on it follow."""
        track = self.way.law.track_of(self.way.law.moves[asked.move]["to"])
        before = self.way.at[track]
        self.way.make(asked)
        self.steps.append(self.way.at[track])
        if decision:
            self.decided[decision].done.add("case")
            self.carried_out[decision] = Carried(len(self.steps), asked.move, track, before)
        if self.way.at["ladder"] != self.rungs[-1][0]:
            self.rungs.append((self.way.at["ladder"], at))
        self.is_told |= asked.move in ("inform", "give_notice")
        if self.has_ended:
            self._end_remedies(asked.roles, asked.on)

    def see(self) -> None:
        """See what follows from where all stands now: what suspends what, and when the work was done."""
        for verdict in self.decided.values():
            verdict.stayed = any(one.suspends for one in self.appeals if one.verdict is verdict)
        if self.work_done_on is None and (
            self.has_ended or any(one.stage == "done" for one in self.versions)
        ):
            self.work_done_on = self.today

    def way_back(self, step: Carried) -> str | None:
        """Return the move that leads back to where a step came from, unless it came there again since."""
        came_back = step.from_stage in self.steps[step.number :]
        back = [
            name
            for name, rule in self.way.law.moves.items()
            if "decision_was_changed" in rule.get("guards", ())
            and rule["to"] == step.from_stage
            and self.way.at[step.track] in rule["from"]
        ]
        return back[0] if back and not came_back and not self.has_ended else None

    def accepting(self) -> str | None:
        """Return the move by which the case takes a version on; empty where it carries one out, or None."""
        ladder, moves = self.way.at["ladder"], self.way.law.moves
        if self.stage == "remedy":
            return next(one for one in ACCEPTS if ladder in moves[one]["while"]["ladder"])
        is_below = ladder in moves[ACCEPTS[0]]["while"]["ladder"]
        return "" if self.stage == "on_track" and is_below else None

    def let_pass(self) -> int:
        """Let the clocks pass that are over, and return how many did."""
        over = [
            (way, name)
            for way in self.ways()
            if not self.has_ended
            for name in way.open
            if way.passes(name, self.today)
        ]
        for way, name in over:
            way.let_pass(name, self.today)
        return len(over)

    def _waits(self, decision: str, body: str) -> bool:
        verdict = self.decided.get(decision)
        return verdict is not None and verdict.of_party and verdict.waits("case", body, self.since(body))

    def _end_remedies(self, roles: Collection[str], on: dt.date) -> None:
        """End what stands of the remedy with its case: what has done finishes, all else gives way."""
        for one in self.versions:
            if one.way.has_ended:
                continue
            has_done = one.stage == "accepted" and not one.open
            said = {"why": "The case has ended."} if one.stage == "filed" else {}
            move = "finish" if has_done else "set_aside" if one.stage == "filed" else "supersede"
            one.way.make(Asked(move, roles, on, said))


def _failed(told: Told, _: object) -> bool:
    return told.carried is None or told.carried.missed(told.today)


def _all_met(told: Told, _: object) -> bool:
    return told.carried is not None and not told.carried.open


def _was_shown(told: Told, body: object) -> bool:
    return told.shown_at is not None and told.shown_at >= told.since(str(body))


# Of each kind of matter, when each guard holds that its process names.
JUDGES: dict[str, dict[str, Callable[..., bool]]] = {
    "case": {
        "lines_are_shared": lambda _, __: True,
        "reply_is_in_or_over": lambda told, _: told.stage not in ("finding", "notice"),
        "remedy_is_filed": lambda told, _: told.waiting is not None,
        "remedy_is_signed": lambda told, _: told.is_signed,
        "remedy_failed": _failed,
        "milestones_are_met": _all_met,
        "criterion_is_met": _all_met,
        "auditor_is_satisfied": lambda told, _: told.is_satisfied or not told.from_audit,
        "findings_are_withdrawn": lambda _, __: False,
        "body_has_decided": lambda _, __: True,
        "draft_was_shown": _was_shown,
        "is_not_suspended": lambda told, _: not any(one.suspends_ladder for one in told.appeals),
        # It is made with the decision on a challenge, and never by itself.
        "decision_was_changed": lambda _, __: False,
    },
    "remedy": {
        "remedy_is_signed": lambda told, _: told.is_signed,
        "milestones_are_met": _all_met,
        "criterion_is_met": _all_met,
        "milestone_is_missed": lambda told, version: version.missed(told.today),
    },
}
