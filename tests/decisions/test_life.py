"""A motion's life against a small model of it: every act at any time, by anybody, in any order."""

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tallystick.decisions.models import Ballot, Motion
from tallystick.decisions.operations.closing import UnableToCloseVote, close_vote
from tallystick.decisions.operations.conflicts import UnableToDeclare, declare_no_conflict, stand_aside
from tallystick.decisions.operations.motions import withdraw_motion
from tallystick.decisions.operations.voting import (
    UnableToCastVote,
    UnableToPassVote,
    cast_vote,
    give_casting_vote,
    pass_vote,
    take_back_vote,
)
from tallystick.parties.acting import Acting
from tests.decisions.chamber import (
    CLOSES,
    LATER,
    Chamber,
    alternate,
    chamber,
    opened,
    paper,
    recounted,
    seat_at,
    unknown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
MOTIONS = int(os.environ.get("TALLY_MOTIONS", "12"))
SCHEMES = ("pab", "loose", "loose", "loose", "casting", "recast", "early", "strict", "secret")
CHANGEABLE, CASTING, MOST_PROXIES = ("loose", "recast"), ("casting", "recast"), 2
SEATS, IVY, STRANGER, CHAIR = 4, 4, 5, 6
UNKNOWN = 3  # the member of whom nobody wrote down whom they work for
REFUSALS = (UnableToCastVote, UnableToPassVote, UnableToDeclare, UnableToCloseVote)
PLACES = st.integers(0, SEATS - 1)
VOTERS = st.integers(0, STRANGER)
CHOICES = st.sampled_from(["approve", "reject", "abstain"])
KEYS = st.sampled_from(["one", "two", "three"])


class Told:
    """What is expected of one motion: people by number, seats by place."""

    def __init__(self, scheme: str, *, about: bool) -> None:
        self.scheme, self.about = scheme, about
        self.state, self.is_over = "open", False
        self.ballots: dict[int | None, tuple[int, str]] = {}
        self.forms: dict[tuple[int, str], tuple[int | None, str]] = {}
        self.conflicts: set[int] = set()
        self.declared: set[int] = set()
        self.passed: dict[int, int] = {}

    def is_barred(self, who: int) -> bool:
        """Tell whether a conflict, or that it is not known, keeps somebody from voting at all."""
        unknown_ = self.about and who in (UNKNOWN, CHAIR, IVY)
        return who in self.conflicts or (unknown_ and who not in self.declared)

    def may_vote(self, who: int, place: int) -> bool:
        if self.is_barred(who) or place in self.conflicts:
            return False
        if place in self.passed:
            return self.passed[place] == who
        return who == place or (who == IVY and place == 0 and self.scheme != "strict")

    def cast(self, who: int, place: int | None, choice: str, key: str) -> bool:
        sent = self.forms.get((who, key))
        if sent is not None:
            return sent == (place, choice)
        may = self.scheme in CASTING and not self.is_barred(CHAIR) and choice != "abstain"
        may = may if place is None else self.may_vote(who, place)
        if self.state != "open" or self.is_over or not may:
            return False
        standing = self.ballots.get(place)
        if who == IVY and standing is not None and standing[0] == place:
            return False  # the holder is there
        if standing == (who, choice):
            return True
        if standing is not None and self.scheme not in CHANGEABLE:
            return False
        self.ballots[place], self.forms[who, key] = (who, choice), (place, choice)
        if self.about:
            self.declared.add(who)
        return True

    def declare(self, who: int, *, conflict: bool) -> bool:
        if self.state != "open" or who == STRANGER or (who in self.conflicts and not conflict):
            return False
        (self.conflicts if conflict else self.declared).add(who)
        return True

    def pass_on(self, place: int, to: int) -> bool:
        if self.state != "open" or self.is_over:
            return False
        if self.passed.get(place) == to:
            return True
        may = self.scheme == "loose" and self.may_vote(place, place) and place not in self.ballots
        own = 0 if to == IVY else to
        may = may and to not in (place, STRANGER) and self.may_vote(to, own)
        if to == IVY and self.ballots.get(0, (IVY, ""))[0] == 0:
            may = False  # whose alternate she is, is there
        holds = list(self.passed.values())
        if not may or holds.count(to) >= MOST_PROXIES or place in holds:
            return False
        self.passed[place] = to
        return True

    def take_back(self, place: int) -> bool:
        may = self.state == "open" and place in self.passed and place not in self.ballots
        if may:
            del self.passed[place]
        return may

    def close(self, *, why: str) -> bool:
        if self.state == "closed":
            return True
        left = [place for place in range(SEATS) if place not in self.aside and place not in self.ballots]
        waits = bool(left) or (self.about and UNKNOWN not in self.declared | self.conflicts)
        present = len([place for place in self.counted() if place is not None])
        has_quorum = 2 * present >= SEATS - len(self.aside)
        waits = waits or (self.scheme in CASTING and None not in self.ballots and has_quorum)
        early = self.scheme == "early" and why != "" and not self.is_barred(CHAIR)
        if self.state != "open" or (waits and not self.is_over and not early):
            return False
        self.state = "closed"
        return True

    @property
    def aside(self) -> set[int]:
        silent = {UNKNOWN} if self.about and UNKNOWN not in self.declared else set()
        return {who for who in self.conflicts | silent if who < SEATS}

    def sums(self) -> dict[str, int]:
        counted = [choice for place, (_, choice) in self.counted().items() if place is not None]
        return {choice: counted.count(choice) for choice in ("approve", "reject", "abstain")}

    def counted(self) -> dict[int | None, tuple[int, str]]:
        return {place: one for place, one in self.ballots.items() if place not in self.aside}


class Life(RuleBasedStateMachine):
    """Does to a motion what it expects of one, and compares."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()

    @initialize(scheme=st.sampled_from(SCHEMES), about=st.booleans())
    def open_it(self, scheme: str, about: bool) -> None:  # noqa: FBT001 - drawn by name
        self.of: Chamber = chamber(SEATS)
        unknown(self.of, UNKNOWN)
        ivy, stranger = alternate(self.of, 0), self.of.member("Jon Wick")
        self.people: list[Acting] = [*self.of.members, ivy, stranger, self.of.chair]
        party = self.of.parties["ALFA"] if about else None
        self.motion: Motion = opened(self.of, scheme=scheme, party=party)
        self.told, self.at = Told(scheme, about=about), LATER

    def same(self, expected: bool, act: Callable[..., Any], **told: Any) -> None:  # noqa: FBT001 - as above
        try:
            with transaction.atomic():
                act(motion=self.motion, at=self.at, **told)
        except REFUSALS as refusal:
            refused = str(refusal)
        else:
            refused = ""
        assert (refused == "") is expected, refused or f"{act.__name__} was not refused"

    @rule(who=VOTERS, place=PLACES, choice=CHOICES, key=KEYS)
    def cast(self, who: int, place: int, choice: str, key: str) -> None:
        expected = self.told.cast(who, place, choice, key)
        told = {"seat": seat_at(self.motion, place), "paper": paper(choice, key)}
        self.same(expected, cast_vote, by=self.people[who], **told)

    @rule(place=PLACES, choice=CHOICES)
    def vote(self, place: int, choice: str) -> None:
        self.cast(place, place, choice, f"{place} {choice} {len(self.told.forms)}")

    @rule(choice=CHOICES, key=KEYS)
    def give_casting(self, choice: str, key: str) -> None:
        expected = self.told.cast(CHAIR, None, choice, key)
        self.same(expected, give_casting_vote, paper=paper(choice, key), by=self.of.chair)

    @rule(who=st.integers(0, CHAIR))
    def stand_aside(self, who: int) -> None:
        expected = self.told.declare(who, conflict=True)
        self.same(expected, stand_aside, words="I drafted it", by=self.people[who])

    @rule(who=st.integers(0, CHAIR))
    def declare_none(self, who: int) -> None:
        expected = self.told.declare(who, conflict=False)
        self.same(expected, declare_no_conflict, by=self.people[who])

    @rule(place=PLACES, to=VOTERS)
    def pass_on(self, place: int, to: int) -> None:
        expected = self.told.pass_on(place, to)
        told = {"seat": seat_at(self.motion, place), "to": self.people[to].person}
        self.same(expected, pass_vote, by=self.people[place], **told)

    @rule(place=PLACES, choice=CHOICES)
    def vote_by_proxy(self, place: int, choice: str) -> None:
        self.cast(self.told.passed.get(place, IVY), place, choice, f"by proxy {len(self.told.forms)}")

    @rule(place=PLACES)
    def pass_to_the_first(self, place: int) -> None:
        self.pass_on(place, 0)

    @rule(place=PLACES)
    def take_back(self, place: int) -> None:
        expected = self.told.take_back(place)
        self.same(expected, take_back_vote, seat=seat_at(self.motion, place), by=self.people[place])

    @rule()
    def run_out(self) -> None:
        if len(self.told.forms) > 2:
            self.told.is_over, self.at = True, CLOSES + dt.timedelta(minutes=1)

    @rule(why=st.sampled_from(["", "We are done"]))
    def close(self, why: str) -> None:
        if len(self.told.forms) > 3:
            self.run_out()
        self.same(self.told.close(why=why), close_vote, because=why, by=self.of.chair)

    @rule(wish=st.integers(0, 9))
    def withdraw(self, wish: int) -> None:
        if wish == 0 and self.told.state == "open":
            self.told.state = "withdrawn"
            withdraw_motion(motion=self.motion, because="Put anew", by=self.of.secretary, at=self.at)

    @invariant()
    def stands_as_expected(self) -> None:
        if not hasattr(self, "told"):
            return
        now = Motion.objects.get(pk=self.motion.pk)
        standing = Ballot.objects.filter(motion=now, is_standing=True).select_related("seat")
        found = {one.seat.place if one.seat else None: (one.cast_by_id, one.choice) for one in standing}
        people = [one.person.pk if one.person else 0 for one in self.people]
        assert found == {place: (people[who], choice) for place, (who, choice) in self.told.ballots.items()}
        assert now.state == self.told.state
        if now.state == Motion.CLOSED:
            self.counts_as_expected(now)

    def counts_as_expected(self, now: Motion) -> None:
        sums, count = self.told.sums(), now.count
        assert count == recounted(now)
        assert [count["for"], count["against"], count["abstained"]] == list(sums.values())
        assert count["present"] == sum(sums.values())
        assert (count["aside"], count["silent"]) == (
            len(self.told.aside),
            SEATS - len(self.told.aside) - sum(sums.values()),
        )

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)


class TestAMotionsLife:
    def test_is_that_of_its_model(self) -> None:
        run_state_machine_as_test(
            Life,
            settings=settings(
                max_examples=MOTIONS,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
