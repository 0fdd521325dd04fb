"""What members may read of a matter: the list and the single answer say the same."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from tallystick.decisions.models import Ballot, Motion, StoodAside
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.conflicts import declare_no_conflict, stand_aside
from tallystick.decisions.rights import matter_facts
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import Facts, may
from tests.decisions.chamber import (
    CLOSES,
    DAY,
    LATER,
    Chamber,
    acting_as,
    cast,
    chamber,
    opened,
    put,
    term_of,
    unknown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def ballot_facts_of(acting: Acting, ballot: Ballot) -> Facts:
    """Return the policy's facts of a ballot: one that somebody cast on the body they act on is their own."""
    found = replace(matter_facts(acting, ballot.motion), type="ballot", state=ballot.publicity)
    is_own = found.on_body and acting.person is not None and ballot.cast_by_id == acting.person.pk
    return replace(found, rel="own", conflicted=False) if is_own else found


def cast_of(of: Chamber) -> dict[str, Acting]:
    """Return somebody in every capacity that reads of votes, and in some that do not."""
    other = chamber(1, key="OPSG")
    named = {role: acting_as(f"A {role}", role) for role, _ in Role.ROLES if role not in BOUND}
    return {
        **named,
        "public": Acting("sec", DAY),
        "member": of.members[0],
        "employed": of.members[1],
        "unknown": of.members[2],
        "declared": of.members[3],
        "aside": of.members[4],
        "chair": of.chair,
        "elsewhere": other.members[0],
        "alfa": acting_as("Ivy Lorne", Role.PARTY_DELEGATE, of.parties["ALFA"]),
        "brvo": acting_as("Jon Wick", Role.PARTY_DELEGATE, of.parties["BRVO"]),
        "factorless": replace(of.members[0], second_factor_at=None),
    }


BOUND = {
    *(Role.PARTY_DELEGATE, Role.PROPOSER, Role.INGEST),
    *(Role.COMMITTEE_MEMBER, Role.BOARD_MEMBER, Role.CHAIR),
}


@pytest.fixture
def pab() -> Chamber:
    """Return a body one of whose members works for ALFA, and of two of whom nobody knows for whom."""
    made = chamber(5)
    term = term_of(made, 1)
    term.is_independent, term.employer = False, made.parties["ALFA"]
    term.save()
    unknown(made, 2)
    unknown(made, 3)
    return made


@pytest.fixture
def matters(pab: Chamber) -> list[Motion]:
    """Return motions of every class about a party and about none, as drafts, open and closed."""
    made = []
    for party, cls, end in product((None, "ALFA"), ("", "green", "red"), ("draft", "open", "closed")):
        told: dict[str, Any] = {"party": pab.parties[party] if party else None, "classification": cls}
        motion = put(pab, **told) if end == "draft" else opened(pab, **told)
        if end != "draft":
            declare_no_conflict(motion=motion, by=pab.members[3], at=LATER)
            stand_aside(motion=motion, words="I advised them", by=pab.members[4], at=LATER)
            cast(pab, motion, 0)
        if end == "closed":
            motion = close_vote(motion=motion, by=pab.chair, at=CLOSES)
        made.append(motion)
    return made


class TestMotions:
    def test_are_listed_to_exactly_those_who_may_read_each(self, pab: Chamber, matters: list[Motion]) -> None:
        for name, acting in cast_of(pab).items():
            listed = set(Motion.objects.visible_to(acting).values_list("pk", flat=True))

            may_read = {one.pk for one in matters if may(acting, "r", matter_facts(acting, one))}

            assert listed == may_read, name

    def test_about_a_party_are_hidden_from_who_stands_with_it_or_may(
        self, pab: Chamber, matters: list[Motion]
    ) -> None:
        cast_ = cast_of(pab)
        about = {one.pk for one in matters if one.party and one.state == Motion.OPEN}

        reading = {
            name: bool(about & set(Motion.objects.visible_to(acting).values_list("pk", flat=True)))
            for name, acting in cast_.items()
        }

        assert {name for name, reads in reading.items() if reads} >= {"member", "declared", "secretary"}
        assert not any(reading[name] for name in ("employed", "unknown", "aside", "alfa", "brvo", "public"))

    @pytest.mark.usefixtures("matters")
    def test_are_read_by_the_public_once_they_are_closed_and_white(self) -> None:
        found = Motion.objects.visible_to(Acting("sec", DAY))

        assert {(one.state, one.classification) for one in found} == {("closed", "white")}

    @pytest.mark.usefixtures("matters")
    def test_of_another_code_are_nobodys(self, pab: Chamber) -> None:
        assert not Motion.objects.visible_to(replace(pab.members[0], code="permits")).exists()


class TestBallots:
    @pytest.mark.usefixtures("matters")
    def test_are_listed_to_exactly_those_who_may_read_each(self, pab: Chamber) -> None:
        every = list(Ballot.objects.select_related("motion"))
        assert len(every) == 12

        for name, acting in cast_of(pab).items():
            listed = set(Ballot.objects.visible_to(acting).values_list("pk", flat=True))

            may_read = {one.pk for one in every if may(acting, "r", ballot_facts_of(acting, one))}

            assert listed == may_read, name

    @pytest.mark.usefixtures("matters")
    def test_are_their_voters_alone_while_the_vote_is_open(self, pab: Chamber) -> None:
        is_open = {"motion__state": Motion.OPEN}

        readers = {
            name
            for name, acting in cast_of(pab).items()
            if Ballot.objects.visible_to(acting).filter(**is_open).exists()
        }

        assert readers == {"member", "factorless"}
        assert Ballot.objects.visible_to(pab.members[0]).filter(**is_open).count() == 6

    def test_that_are_secret_stay_their_voters(self, pab: Chamber) -> None:
        motion = opened(pab, scheme="secret")
        cast(pab, motion, 0)
        close_vote(motion=motion, by=pab.chair, at=CLOSES)

        readers = {
            name for name, acting in cast_of(pab).items() if Ballot.objects.visible_to(acting).exists()
        }

        assert readers == {"member", "factorless"}


class TestThoseAside:
    @pytest.mark.usefixtures("matters")
    def test_are_told_to_those_who_read_the_motion(self, pab: Chamber) -> None:
        told = StoodAside.objects.visible_to(pab.members[0])

        assert told.filter(motion__state=Motion.OPEN).exists()
        assert not StoodAside.objects.visible_to(Acting("sec", DAY)).exists()
