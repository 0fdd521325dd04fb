"""Single decisions, as people would say them."""

import datetime as dt
from dataclasses import replace

import pytest

from tallystick.parties.acting import Acting
from tallystick.parties.models import Membership, Role
from tallystick.parties.policy import decision
from tallystick.parties.policy.decision import Facts, facts, masked, may, needs_factor
from tests.parties.policy.world import BEGAN, CODE, DAY, NOW, World, thing

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
UNPLACED = 3  # the person of whom nobody wrote down whom they work for
MOTION = Facts("motion", classification="white", state="issued")


class TestMay:
    def test_let_a_delegate_read_what_is_their_partys_and_no_others(self, world: World) -> None:
        acting = world.acting("party_delegate")
        own, other = (
            thing(classification="amber", publicity="issued", party=party) for party in world.parties[:2]
        )

        assert may(acting, "r", own)
        assert not may(acting, "r", other)

    def test_let_nobody_read_in_another_code(self, world: World) -> None:
        row = thing(code="permits", classification="white", publicity="issued")

        assert not may(world.acting("analyst"), "r", row)
        assert may(world.acting("analyst", code="permits"), "r", row)

    def test_take_a_row_without_a_class_for_red(self, world: World) -> None:
        own = thing(classification="", publicity="issued", party=world.parties[0], body=world.bodies[0])

        assert not may(world.acting("analyst"), "r", own)
        assert may(world.acting("secretary"), "r", own)

    def test_let_the_board_read_what_is_before_it(self, world: World) -> None:
        def case(acting: Acting) -> Facts:
            return facts(
                acting, "case", classification="amber", party=world.parties[0], body=world.bodies[0].pk
            )

        before, beside = (world.acting("board_member", body=body) for body in (0, 1))

        assert may(before, "r", case(before))
        assert not may(beside, "r", case(beside))

    def test_let_any_board_read_the_figures_of_parties(self, world: World) -> None:
        row = thing(classification="amber", publicity="issued", party=world.parties[0])

        assert may(world.acting("board_member", body=1), "r", row)
        assert not may(world.acting("committee_member", body=1), "r", row)

    @pytest.mark.parametrize("person", [1, 2])
    def test_let_no_member_read_of_their_employer_or_of_whom_they_stand_for(
        self, world: World, person: int
    ) -> None:
        row = thing(
            classification="amber", publicity="issued", party=world.parties[person - 1], body=world.bodies[0]
        )

        assert not may(world.acting("board_member", person=person), "r", row)
        assert may(world.acting("board_member", person=3 - person), "r", row)

    @pytest.mark.parametrize("role", ["board_member", "chair", "committee_member"])
    def test_let_a_member_read_of_no_party_while_it_is_not_known_whom_they_work_for(
        self, world: World, role: str
    ) -> None:
        placed, unplaced = (world.acting(role, person=person) for person in (0, UNPLACED))
        rows = [
            thing(classification="amber", publicity="issued", party=party, body=world.bodies[0])
            for party in world.parties
        ]

        assert [may(placed, "r", row) for row in rows] == [True] * 3
        assert [may(unplaced, "r", row) for row in rows] == [False] * 3

    def test_let_a_member_of_an_unknown_employer_read_what_is_open_or_of_no_party(self, world: World) -> None:
        unplaced = world.acting("board_member", person=UNPLACED)

        assert may(unplaced, "r", thing(classification="green", publicity="issued", party=world.parties[0]))
        assert may(unplaced, "r", thing(classification="amber", publicity="issued"))

    def test_count_a_member_without_a_term_as_of_an_unknown_employer(self, world: World) -> None:
        term = Membership.objects.get(person=world.people[0])
        term.until_on = DAY
        term.save()
        row = thing(classification="amber", publicity="issued", party=world.parties[0])

        assert not may(world.acting("board_member", person=0), "r", row)

    def test_ask_of_the_office_no_employer(self, world: World) -> None:
        row = thing(classification="amber", publicity="issued", party=world.parties[0])

        assert may(world.acting("analyst", person=UNPLACED), "r", row)

    def test_count_a_role_that_ended_or_is_of_another_code_as_none(self, world: World) -> None:
        row = thing(classification="green", publicity="issued")
        acting = world.acting("analyst")
        assert acting.role is not None
        ended = Role(code=CODE, role="analyst", from_on=BEGAN, until_on=DAY)

        assert may(acting, "r", row)
        assert not may(replace(acting, role=ended), "r", row)
        assert not may(replace(acting, code="permits"), "r", thing(code="permits", publicity="issued"))

    def test_know_no_type_that_the_policy_does_not(self) -> None:
        with pytest.raises(LookupError, match="no type 'secret'"):
            may(Acting(CODE, DAY), "r", Facts("secret"))

    def test_take_what_is_not_said_for_red_and_a_draft(self, world: World) -> None:
        assert not may(world.acting("analyst"), "r", Facts("finding"))


class TestSecondFactor:
    @pytest.mark.parametrize(
        ("ago", "counts"),
        [
            (10 * MINUTE, "fresh"),
            (11 * MINUTE, "session"),
            (12 * HOUR, "session"),
            (12 * HOUR + MINUTE, "none"),
            (-MINUTE, "fresh"),
            (-2 * MINUTE, "none"),
        ],
    )
    def test_counts_for_so_long(self, world: World, ago: dt.timedelta, counts: str) -> None:
        acting = world.acting("analyst", factor=NOW - ago)

        assert decision.factor_of(acting, NOW) == counts

    def test_is_asked_of_those_who_read_amber(self, world: World) -> None:
        row = thing(classification="amber", publicity="issued")

        assert may(world.acting("analyst"), "r", row)
        assert not may(world.acting("analyst", factor=None), "r", row)

    def test_has_to_be_fresh_for_a_motion(self, world: World) -> None:
        acting = world.acting("chair")

        assert may(acting, "c", MOTION, now=NOW)
        assert not may(acting, "c", MOTION, now=NOW + HOUR)
        assert not may(acting, "c", MOTION)

    def test_can_be_asked_for_where_nothing_else_is_wanting(self, world: World) -> None:
        later = NOW + HOUR

        assert needs_factor(world.acting("chair"), "c", MOTION, now=later)
        assert not needs_factor(world.acting("chair"), "c", MOTION, now=NOW)
        assert not needs_factor(world.acting("analyst"), "c", MOTION, now=later)

    def test_is_needed_in_every_role_that_has_something_confidential_or_gives_rights(self) -> None:
        found = decision.roles_that_need_a_factor()

        assert found == {role for role, _ in Role.ROLES} - {"ingest"}


class TestMasked:
    def test_hides_a_partys_name_from_other_parties(self, world: World) -> None:
        row = thing(classification="amber", publicity="issued", party=world.parties[1])

        assert masked(world.acting("party_delegate"), "measure", "party_name", row)
        assert not masked(world.acting("party_delegate", party=1), "measure", "party_name", row)
        assert not masked(world.acting("analyst"), "measure", "party_name", row)

    def test_hides_nothing_by_a_misspelt_name(self, world: World) -> None:
        with pytest.raises(LookupError):
            masked(world.acting("analyst"), "measure", "party_nam", Facts("measure"))


class TestFacts:
    def test_are_those_of_a_row(self, world: World) -> None:
        acting = world.acting("board_member", person=1)
        party, body = world.parties[0], world.bodies[0]
        row = thing(classification="amber", publicity="decided", party=party, body=body)

        assert decision.facts_of(acting, row) == facts(
            acting, "finding", classification="amber", party=party, body=body.pk, state="decided"
        )
        assert decision.facts_of(acting, row) == Facts(
            "finding", "amber", rel="other", on_body=True, conflicted=True, state="decided"
        )


class TestGranted:
    def test_tells_whether_a_role_has_anything_to_do_with_a_type(self, world: World) -> None:
        assert decision.is_granted(world.acting("analyst"), "run", "c")
        assert not decision.is_granted(world.acting("observer"), "run", "c")
        assert not decision.is_granted(Acting(CODE, DAY), "submission", "r")
