"""A machine that serves what the board decided, queries and appeals it, beside a case."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tallystick.cases.models import Case
from tallystick.cases.suspensions import suspended_by
from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.clocks import pass_due
from tallystick.challenges.operations.serving import Served, serve_decision
from tallystick.challenges.operations.stepping import step_challenge
from tallystick.decisions.models import Decision
from tallystick.journal.queries import head
from tallystick.parties.models import Membership, Seat
from tallystick.processes.models import Course
from tallystick.processes.operations.courses import Taken
from tests.cases.cast import OPENED, key, person_of
from tests.simulation.appeal import Appeal
from tests.simulation.law import NOTHING, ONE, Asked, Law, Way
from tests.simulation.leaving import BODY_OF, ROLES, WHO
from tests.simulation.machine import PLACES, Machine, latest
from tests.simulation.verdicts import Verdict

LAW = Law.of("query", OPENED)
WORDS = {"ground": "weight"}


class Challenging(Machine):
    """Challenges what was decided, and lets it go its way."""

    def __init__(self) -> None:
        super().__init__()
        self.challenges: list[tuple[Challenge, Appeal]] = []
        # Since when a member of the board sits on the Panel too, and until when.
        self.both: list[tuple[Membership, dt.date, dt.date | None]] = []

    def others(self) -> list[tuple[Course, Way]]:
        return [*super().others(), *((row.course, one.way) for row, one in self.challenges)]

    def others_pass(self) -> None:
        super().others_pass()
        before, on = head().size, self.told.today
        stages = [one.stage for _, one in self.challenges]
        passed = sum(one.let_pass(on) for _, one in self.challenges)
        for (_, one), stage in zip(self.challenges, stages, strict=True):
            one.since = self.now if one.stage != stage else one.since
        assert pass_due(self.now, on) == passed
        assert head().size == before + passed
        self.counted["clocks of challenges passed"] += passed

    @rule(who=st.sampled_from(["sam", "jo", "sam", "ada"]), pick=PLACES, ago=st.integers(-1, 16))
    def serve(self, who: str, pick: int, ago: int) -> None:
        """Serve a decision, mostly one that the case carried out, as received some days ago."""
        told = self.told
        among = list(told.carried_out if pick < 4 and told.carried_out else told.decided)
        if among:
            reference = among[-1 - pick % len(among)]
            ago = 0 if pick % 2 else ago
            self.serve_it(who, reference, told.today - ago * ONE)

    def serve_it(self, who: str, reference: str, received: dt.date) -> None:
        told, by = self.told, self.by(who)
        verdict = told.decided[reference]
        said = Served(Decision.objects.get(reference=reference), received, key())
        way = Way(Law.of("query", received), received)
        asked = Asked("serve", ROLES[who], received)
        may = (
            verdict.of_party
            and verdict.outcome != ""
            and verdict.body == "pab"
            and verdict.on <= received <= told.today
            and not verdict.served
            and not any(one.name in verdict.done for one in told.appeals)
            and LAW.due("query_window", received, None) >= told.today
            and not way.refused(asked, lambda *_: True)
        )

        def expect() -> None:
            way.make(asked)

        made = self.agree(
            "decisions served", lambda at: serve_decision(served=said, by=by, at=at), expect if may else None
        )
        if made is not None:
            name, verdict.served = f"appeal {len(self.challenges)}", True
            one = Appeal(name, verdict, way, self.now, reference, told.carried_out)
            self.challenges.append((made, one))
            told.appeals.append(one)

    @rule(move=st.sampled_from([*LAW.moves, "fly"]), who=WHO, pick=PLACES)
    def of_challenge(self, move: str, who: str, pick: int) -> None:
        if self.challenges:
            decided = ["", *self.told.decided]
            self.challenge_step(
                latest(pick, len(self.challenges)), move, who, decided[-1 - pick % len(decided)]
            )

    @rule(pick=PLACES)
    def challenge_ahead(self, pick: int) -> None:
        """Take a step of a challenge that leads on, deciding on it first where it needs that."""
        if not self.challenges:
            return
        place = latest(pick, len(self.challenges))
        way = self.challenges[place][1].way
        ahead = [
            move
            for move, rule_ in LAW.moves.items()
            if way.at[LAW.track_of(rule_["to"])] in rule_["from"]
            and all(way.at[track] in stages for track, stages in rule_.get("while", NOTHING).items())
            and (move not in ("accept", "withdraw", "no_query", "no_appeal") or pick == 5)
        ]
        if ahead:
            self.go_ahead(place, ahead[pick % len(ahead)])

    def go_ahead(self, place: int, move: str) -> None:
        rule_, decision = LAW.moves[move], ""
        if "body" in rule_:
            verb = "REJECTED" if rule_.get("outcome") == "rejected" else "AGREED"
            decision = self.decide_on(rule_["body"], verb, of_party=True)
        who = {"party": "ada", "clock": "jo"}.get(rule_["who"][0], "sam")
        self.challenge_step(place, move, who, decision)

    def challenge_step(self, place: int, move: str, who: str, decision: str) -> None:
        (row, one), told, by = self.challenges[place], self.told, self.by(who)
        asks = LAW.moves.get(move, NOTHING).get("asks", {})
        said = {name: WORDS.get(name, "words") for name in asks}
        asked, taken = Asked(move, ROLES[who], told.today, said), Taken(move, key(), said=said)
        verdict = told.decided.get(decision)
        verdict = verdict if verdict is None or verdict.of_party else None
        why = one.refused(asked, verdict, self._in_both(verdict), BODY_OF.get(who, ""))
        why = why or ("carries out nothing" if decision and "body" not in LAW.moves[move] else "")
        back = self._set_back(one, move)
        changes = LAW.moves.get(move, NOTHING).get("to") == "changed"
        besides = self.entries_besides(one.verdict) if changes else 0
        if back is not None and told.way.holding:
            why = why or "the case that would go back is on hold"

        def expect() -> None:
            one.make(asked, verdict if "body" in LAW.moves[move] else None, self.now)
            if back is not None:
                told.make(Asked(back, asked.roles, told.today), "", self.now)
            if one.stage == "changed":
                self.set_back_besides(one.verdict)

        self.agree(
            "steps of challenges" if why else f"challenges: {move}{' and back' if back else ''}",
            lambda at: step_challenge(challenge=row, taken=taken, by=by, at=at, decision=decision),
            None if why else expect,
            entries=(2 if back else 1) + besides,
        )

    def _set_back(self, one: Appeal, move: str) -> str | None:
        is_changing = LAW.moves.get(move, NOTHING).get("to") == "changed"
        return self.told.way_back(one.step) if is_changing and one.step is not None else None

    def _in_both(self, verdict: Verdict | None) -> Collection[str]:
        """Return who decided first and on the verdict: the members of both bodies on its day."""
        if verdict is None or verdict.body != "panel":
            return ()
        sat = [
            one
            for one, since, until in self.both
            if since <= verdict.on and (not until or verdict.on < until)
        ]
        return ["bo"] if sat else []

    @rule(leaves=st.sampled_from([False, True, True]))
    def sit_on_both(self, *, leaves: bool) -> None:
        """Let a member of the board come to the Panel as well, or leave it."""
        today = self.told.today
        going = [one for one in self.both if one[2] is None]
        if leaves and going and going[0][1] < today:
            term, since, _ = going[0]
            term.until_on = today
            term.save()
            self.both = [*(one for one in self.both if one[2] is not None), (term, since, today)]
        elif not leaves and not going and not self.both:
            seat = Seat.objects.create(body=self.cast.panel, name="Another seat", from_on=OPENED)
            bo = person_of(self.cast.bo)
            term = Membership.objects.create(seat=seat, person=bo, is_independent=True, from_on=today)
            self.both.append((term, today, None))

    @invariant()
    def suspended_alike(self) -> None:
        """Compare which challenge holds up the case, by its reference."""
        if not self.challenges:
            return
        found = suspended_by(Case.objects.select_related("course").get(pk=self.case.pk))
        wanted: list[Any] = [row.reference for row, one in self.challenges if one.suspends_ladder]
        assert found in wanted if wanted else found is None
