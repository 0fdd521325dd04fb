"""A case, its remedy, derogations and appeals against a small model: any act by anybody, in any order."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from tallystick.cases.models import Case, Message, Remedy
from tallystick.cases.operations.closing import satisfy_auditor
from tallystick.cases.operations.ladder import take_ladder_step
from tallystick.cases.operations.milestones import meet_milestone, recover, warn
from tallystick.cases.operations.remedies import accept_remedy, file_remedy, return_remedy
from tallystick.cases.operations.talking import Reply, Sending, give_notice, reply, send_message
from tallystick.processes.operations.courses import Taken
from tests.cases.cast import OPENED, key
from tests.cases.promised import by_hand, planned
from tests.simulation.challenging import Challenging
from tests.simulation.law import ONE, Asked, Law, Way
from tests.simulation.leaving import BODY_OF, ROLES, Leaving
from tests.simulation.machine import PLACES, latest
from tests.simulation.matter import ELSEWHERE, FILED_IN, Told, Version

pytestmark = pytest.mark.django_db
MATTERS = int(os.environ.get("TALLY_MATTERS", "2"))
STEPS = 40
LAW = Law.of("case", OPENED)
WHO = st.sampled_from(sorted(ROLES))
THE_OFFICE = st.sampled_from(["jo", "jo", "jo", "sam", "sam", "ada", "hal"])
SAYS = st.sampled_from([True, True, True, True, False])
WORDS = {"stance": "disputed"}
Note = Callable[[str, object], None]


class Matter(Leaving, Challenging):
    """Does everything to a case and to the model."""

    @initialize(
        audit=st.booleans(),
        far=st.sampled_from([8, 0, 2, 4, 6, 8, 8]),
        leave=st.sampled_from([0, 5, 8, 2]),
        appeal=st.sampled_from([2, 0, 1, 3, 4, 5]),
    )
    def begin(self, far: int, leave: int = 0, appeal: int = 0, *, audit: bool) -> None:
        """Open a case, and let it go some way as most cases do, with what is asked and appealed beside it."""
        self.case = self.cast.opened(source=Case.AUDIT if audit else Case.BY_HAND)
        self.told = Told(OPENED, self.now, from_audit=audit)
        for act in self._most_go_so()[: 2 * far]:
            act()
        for act in self._leave_goes_so()[:leave]:
            act()
        if self.told.carried_out:
            self.serve_it("sam", next(iter(self.told.carried_out)), self.told.today)
        for move in ("query", "reject_query", "appeal", "lift_at_panel", "allow_appeal")[:appeal]:
            if self.challenges:
                self.go_ahead(0, move)

    def _leave_goes_so(self) -> list[Callable[[], None]]:
        return [
            lambda: self.draft("ada", 0, 20, 70, waits=True),
            *(lambda: self.leave_ahead(0, 1, None), lambda: self.leave_ahead(0, 1, None)),
            *(lambda: self.leave_ahead(0, 9, None), lambda: self.propose("jo")),
            *(lambda: self.forbear("decide", "sam", 6, "AGREED"), lambda: self.leave_ahead(1, 20, None)),
        ]

    def _most_go_so(self) -> list[Callable[[], None]]:
        def taken(move: str) -> Callable[[], None]:
            return lambda: self.step_of(move, who="jo", says=True, decision="")

        filed = {"who": "ada", "days": [6, 20], "is_signed": True, "instead": False}
        return [
            *(lambda: self.notice("jo", says=True), lambda: self.reply("ada", says=True)),
            *(taken("inform"), taken("persuade"), taken("go_on"), taken("ask_for_remedy")),
            *(lambda: self.file(**filed), lambda: self.accept("jo", 0, 0)),
            *(lambda: self.wait(9), taken("escalate_to_pab")),
            *(lambda: self.decide("pab", "APPROVED"), lambda: self.step_ahead(1)),
            *(lambda: self.decide("panel", "APPROVED"), lambda: self.say("sam", publish=True)),
            *(lambda: self.step_ahead(0), lambda: self.decide("panel", "AGREED")),
        ]

    def step_of(self, move: str, *, who: str, says: bool, decision: str) -> None:
        rule_ = LAW.moves.get(move, {})
        said = {name: WORDS.get(name, "words") if says else "" for name in rule_.get("asks", {})}
        reason = "It is grave." if says else ""
        asked = Asked(move, ROLES[who], self.told.today, said, reason=reason)
        taken, by = Taken(move, key(), said=said, reason=reason), self.by(who)
        why = self.told.refused(asked, decision, BODY_OF.get(who, ""))
        may = not why and move not in ELSEWHERE
        self.agree(
            f"{move}," if may else "steps",
            lambda at: take_ladder_step(case=self.case, taken=taken, by=by, at=at, decision=decision),
            (lambda: self.told.make(asked, decision, self.now)) if may else None,
        )

    @rule(move=st.sampled_from([*LAW.moves, "fly"]), who=WHO, says=SAYS, pick=PLACES)
    def step(self, move: str, who: str, pick: int, *, says: bool) -> None:
        decided = ["", "DEC-2021-NONE", *self.told.decided]
        self.step_of(move, who=who, says=says, decision=decided[pick % len(decided)])

    @rule(pick=PLACES)
    def step_ahead(self, pick: int) -> None:
        """Take a step that the model allows: what is drawn blindly is mostly refused."""
        ahead = [
            (move, who, decision)
            for move, rule_ in LAW.moves.items()
            if move not in ELSEWHERE
            for who in ("jo", "sam", "hal", "pat")
            for decision in (list(self.told.decided) if "body" in rule_ else [""])
            if not self.told.refused(
                Asked(move, ROLES[who], self.told.today, _says(move), reason="It is grave."),
                decision,
                BODY_OF.get(who, ""),
            )
        ]
        if ahead:
            move, who, decision = ahead[pick % len(ahead)]
            self.step_of(move, who=who, says=True, decision=decision)

    @rule(queries=st.booleans())
    def serve_first(self, *, queries: bool) -> None:
        """Serve what the board decided, and let the case carry it out then: before a query or after it."""
        decision = self.decide_on("pab", "APPROVED", of_party=True)
        self.serve_it("sam", decision, self.told.today)
        place = len(self.challenges) - 1
        if queries:
            self.challenge_step(place, "query", "ada", "")
        self.step_of("escalate_to_panel", who="hal", says=True, decision=decision)
        if not queries:
            self.challenge_step(place, "query", "ada", "")

    @rule(move=st.sampled_from(["revoke", "vary", "refuse"]), allows=st.booleans())
    def challenge_leave(self, move: str, *, allows: bool) -> None:
        """Let the board revoke, vary or refuse leave, and the party query that; answer it at once or not."""
        law = Law.of("derogation", OPENED)
        fit = [at for at, (_, one) in enumerate(self.leaves) if one.stage in law.moves[move]["from"]]
        if not fit:
            return
        decision = self.decide_on("pab", "REJECTED" if move == "refuse" else "APPROVED", of_party=True)
        self.leave_step(fit[-1], self._wanted(move, "sam", decision, 20, 80), decision, "sam")
        self.serve_it("sam", decision, self.told.today)
        self.challenge_step(len(self.challenges) - 1, "query", "ada", "")
        if allows:
            self.go_ahead(len(self.challenges) - 1, "allow_query")

    @rule(who=THE_OFFICE, says=SAYS)
    def notice(self, who: str, *, says: bool) -> None:
        text, form, by = "Please reply." if says else " ", key(), self.by(who)
        asked = Asked("give_notice", ROLES[who], self.told.today)
        may = says and not self.told.way.refused(asked, self.told.opens)
        self.agree(
            "notices",
            lambda at: give_notice(case=self.case, text=text, key=form, by=by, at=at),
            (lambda: self.told.make(asked, "", self.now)) if may else None,
        )

    @rule(who=st.sampled_from(["ada", "ada", "ben", "jo"]), says=SAYS)
    def reply(self, who: str, *, says: bool) -> None:
        said, by = Reply("disputed", "It was a storm." if says else "", key()), self.by(who)
        asked = Asked("reply", ROLES[who], self.told.today, {"stance": "disputed", "words": said.words})
        may = not self.told.way.refused(asked, self.told.opens)
        self.agree(
            "replies",
            lambda at: reply(case=self.case, said=said, by=by, at=at),
            (lambda: self.told.make(asked, "", self.now)) if may else None,
        )

    @rule(who=WHO, publish=st.booleans())
    def say(self, who: str, *, publish: bool) -> None:
        kind, form, by = Message.TO_PUBLISH if publish else Message.MESSAGE, key(), self.by(who)
        is_office = who in ("jo", "sam")
        may = self.told.is_told and (is_office or (who == "ada" and not publish))

        def expect() -> None:
            self.told.shown_at = self.now if publish else self.told.shown_at

        self.agree(
            "messages",
            lambda at: send_message(
                case=self.case, text="Well?", key=form, sending=Sending(kind), by=by, at=at
            ),
            expect if may else None,
        )

    @rule(who=st.sampled_from(["aud", "jo"]))
    def satisfy(self, who: str) -> None:
        told, by = self.told, self.by(who)
        is_new = not told.is_satisfied
        may = who == "aud" and told.from_audit and not (is_new and told.has_ended)

        def expect() -> None:
            told.is_satisfied = True

        self.agree(
            "auditors satisfied",
            lambda at: satisfy_auditor(case=self.case, by=by, at=at),
            expect if may else None,
            entries=int(is_new),
        )

    @rule(
        who=st.sampled_from(["ada", "ada", "ada", "jo", "ben"]),
        days=st.lists(st.integers(1, 30), min_size=1, max_size=2),
        is_signed=SAYS,
        instead=st.booleans(),
    )
    def file(self, who: str, days: list[int], *, is_signed: bool, instead: bool) -> None:
        told, by = self.told, self.by(who)
        due = [told.today + one * ONE for one in days]
        signed = {"signed_by": "A. Head", "signed_as": "Director", "signed_on": told.today}
        because = {"instead_because": "It was mended."} if instead else {}
        works = tuple(planned(f"Work {one}", day) for one, day in enumerate(due))
        filed = by_hand(milestones=works, key=key(), **(signed if is_signed else {}), **because)
        asked = Asked("file", ROLES[who], told.today)
        fresh = Version(Way(Law.of("remedy", told.today), told.today), is_signed, due)
        may = (
            not told.way.holding
            and told.stage in FILED_IN
            and (is_signed or not told.was_escalated)
            and (instead or told.waiting is None)
            and not fresh.way.refused(asked, lambda *_: True)
        )

        def expect() -> None:
            for one in told.versions:
                if one.stage in ("returned", "filed"):
                    move = "supersede" if one.stage == "returned" else "set_aside"
                    one.way.make(Asked(move, ROLES[who], told.today))
            fresh.way.make(asked)
            told.versions.append(fresh)

        row = self.agree(
            "remedies filed",
            lambda at: file_remedy(case=self.case, filed=filed, by=by, at=at),
            expect if may else None,
        )
        self.rows += [row] if row is not None else []

    @rule(who=THE_OFFICE, says=SAYS, pick=PLACES)
    def send_back(self, who: str, pick: int, *, says: bool) -> None:
        self._on_version("return", who, pick, {"reasons": "Say by when." if says else ""})

    @rule(who=THE_OFFICE, says=SAYS, pick=PLACES, back=st.booleans())
    def warn_or_recover(self, who: str, pick: int, *, says: bool, back: bool) -> None:
        self._on_version("recover" if back else "warn", who, pick, {"why": "A storm" if says else ""})

    def _on_version(self, move: str, who: str, pick: int, said: dict[str, str]) -> None:
        if not self.rows:
            return
        place = latest(pick, len(self.rows))
        version, by = self.told.versions[place], self.by(who)
        asked = Asked(move, ROLES[who], self.told.today, said)
        acts: dict[str, Callable[..., Remedy]] = {"return": return_remedy, "warn": warn, "recover": recover}
        act = acts[move]
        form: dict[str, Any] = {"remedy": self.rows[place], **said, "key": key()}
        may = not version.way.refused(asked, lambda guard, _: self.told.opens_of(version, guard))
        self.agree(
            f"remedies: {move}",
            lambda at: act(**form, by=by, at=at),
            (lambda: version.way.make(asked)) if may else None,
        )

    @rule(who=THE_OFFICE, pick=PLACES, which=PLACES)
    def accept(self, who: str, pick: int, which: int) -> None:
        if not self.rows:
            return
        told, by, form = self.told, self.by(who), key()
        place, move = latest(pick, len(self.rows)), told.accepting()
        decided = [*told.decided, ""]
        decision = decided[which % len(decided)] if move and move.endswith(("pab", "panel")) else ""
        version, former = told.versions[place], told.carried
        asked = Asked("accept", ROLES[who], told.today, stated=version.stated(told.today))
        of_case = Asked(move or "", ROLES[who], told.today)
        gives_way = Asked("supersede", ROLES[who], told.today)
        may = (
            move is not None
            and not (move and told.refused(of_case, decision, BODY_OF.get(who, "")))
            and not (former and former.way.refused(gives_way, lambda *_: True))
            and not version.way.refused(asked, lambda guard, _: told.opens_of(version, guard))
        )

        def expect() -> None:
            if move:
                told.make(of_case, decision, self.now)
            if former is not None:
                former.way.make(gives_way)
            version.way.make(asked)

        told_so: dict[str, Any] = {"remedy": self.rows[place], "words": "", "key": form, "decision": decision}
        self.agree(
            "remedies accepted", lambda at: accept_remedy(**told_so, by=by, at=at), expect if may else None
        )

    @rule(who=st.sampled_from(["jo", "jo", "jo", "sam", "ada"]), pick=PLACES, number=PLACES, late=SAYS)
    def meet(self, who: str, pick: int, number: int, *, late: bool) -> None:
        if not self.rows:
            return
        told, by = self.told, self.by(who)
        place = latest(pick, len(self.rows))
        version = told.versions[place]
        number = number % len(version.due) + 1
        day = told.today if late else told.today + ONE
        milestone = self.rows[place].milestones.get(number=number)
        may = version is told.carried and number not in version.met and late
        before = set(version.met)
        version.met |= {number} if may else set()
        move = "meet_milestone" if version.open else "meet_last_milestone"
        asked = Asked(move, ROLES[who], told.today, stated=version.stated(told.today))
        may = may and not version.way.refused(asked, lambda guard, _: told.opens_of(version, guard))
        version.met = before

        def expect() -> None:
            version.met.add(number)
            version.way.make(asked)
            if version.missed(told.today):
                version.way.make(Asked("miss", ROLES[who], told.today))

        form: dict[str, Any] = {"milestone": milestone, "on": day, "by_what": "The log", "key": key()}
        self.agree("milestones met", lambda at: meet_milestone(**form, by=by, at=at), expect if may else None)


def _says(move: str) -> dict[str, str]:
    return {name: WORDS.get(name, "words") for name in LAW.moves[move].get("asks", {})}


class TestACaseAndItsRemedy:
    def test_go_as_the_model_says(self, record_property: Note) -> None:
        Matter.counted.clear()

        counts = settings(
            max_examples=MATTERS,
            stateful_step_count=STEPS,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            phases=[Phase.generate],
        )
        run_state_machine_as_test(Matter, settings=counts)

        done = ", ".join(f"{number:,} {what}" for what, number in sorted(Matter.counted.items()))
        record_property("counted", f"{MATTERS:,} cases of at most {STEPS} acts, as the model says: {done}")
        assert Matter.counted["notices done"] > 0

    def test_are_told_apart_where_they_go_otherwise(self) -> None:
        machine = Matter()
        machine.begin(1, audit=False)
        machine.told.way.at["ladder"] = "referred"

        with pytest.raises(AssertionError):
            machine.stand_alike()
        with pytest.raises(AssertionError, match="steps"):
            machine.step_of("inform", who="jo", says=True, decision="")
        machine.teardown()
