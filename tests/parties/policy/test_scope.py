"""A list shows exactly the rows that one by one may be read."""

import os
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import may
from tallystick.parties.policy.kinds import CONTENT
from tallystick.parties.policy.predicates import CLASSES, ROLES, STATES
from tallystick.parties.policy.scope import scope
from tests.parties.policy.world import CODE, NOW, Thing, World, every_thing, keep, thing, things

WORLDS = int(os.environ.get("TALLY_WORLDS", "200"))


def listed(acting: Acting, kind: str) -> set[int]:
    rows = things().filter(scope(acting, kind), code=acting.code)
    return set(rows.values_list("pk", flat=True))


def one_by_one(acting: Acting, kind: str, rows: list[Thing]) -> set[int]:
    for row in rows:
        row.TYPE = kind  # type: ignore[misc]  # one table stands for the tables of all types
    return {row.pk for row in rows if may(acting, "r", row)}


class TestScope:
    @pytest.mark.parametrize("role", ROLES)
    def test_equals_the_check_on_every_row_there_can_be(self, role: str, world: World) -> None:
        keep(every_thing(world))
        rows = list(things().all())

        for kind in sorted(CONTENT):
            for person in range(len(world.people)):
                acting = world.acting(role, person=person)

                assert listed(acting, kind) == one_by_one(acting, kind, rows), (kind, person)

    @given(data=st.data())
    @settings(max_examples=WORLDS, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_equals_the_check_on_random_worlds(self, world: World, data: Any) -> None:
        draw = data.draw
        code = f"code-{draw(st.uuids(version=4))}"[:40]
        rows = [
            thing(
                code=draw(st.sampled_from([code, CODE])),
                classification=draw(st.sampled_from([*CLASSES, "", "pink"])),
                publicity=draw(st.sampled_from([*STATES, "", "lost"])),
                party=draw(st.sampled_from([None, *world.parties])),
                body=draw(st.sampled_from([None, *world.bodies])),
            )
            for _ in range(draw(st.integers(0, 12)))
        ]
        keep(rows)
        acting = world.acting(
            draw(st.sampled_from(ROLES)),
            party=draw(st.integers(0, 2)),
            body=draw(st.integers(0, 1)),
            person=draw(st.integers(0, 3)),
            factor=draw(st.sampled_from([None, NOW])),
            code=code,
        )
        kind = draw(st.sampled_from(sorted(CONTENT)))
        mine = list(things().filter(code=code))

        assert listed(acting, kind) == one_by_one(acting, kind, mine)

    def test_is_not_empty_by_accident(self, world: World) -> None:
        keep(every_thing(world))

        counts = {role: len(listed(world.acting(role), "finding")) for role in ROLES}

        assert counts["public"] == 1 * 3 * 4 * 3
        assert counts["party_delegate"] > counts["public"]
        assert counts["analyst"] > counts["party_delegate"]
        assert counts["administrator"] == counts["ingest"] == counts["change_team"] == 0

    def test_reads_the_persons_interests_once(self, world: World, django_assert_num_queries: Any) -> None:
        acting = world.acting("board_member", person=1)

        with django_assert_num_queries(1):
            scope(acting, "finding")
            scope(acting, "measure")

    def test_hides_a_members_employer_from_the_member(self, world: World) -> None:
        rows = [
            thing(classification="amber", publicity="issued", party=party, body=world.bodies[0])
            for party in world.parties
        ]
        keep(rows)

        assert len(listed(world.acting("board_member", person=0), "finding")) == 3
        assert len(listed(world.acting("board_member", person=1), "finding")) == 2
        assert len(listed(world.acting("board_member", person=3), "finding")) == 0

    def test_opens_a_matter_to_a_member_who_declared_no_conflict_but_not_that_of_their_employer(
        self, world: World
    ) -> None:
        keep(
            [
                thing(classification="amber", publicity="issued", party=party, body=world.bodies[0])
                for party in world.parties
            ]
        )

        def cleared(person: int) -> int:
            acting = world.acting("board_member", person=person)
            return things().filter(scope(acting, "motion", cleared=True), code=CODE).count()

        assert [cleared(person) for person in (0, 1, 3)] == [3, 2, 3]

    def test_knows_no_type_that_the_policy_does_not(self, world: World) -> None:
        with pytest.raises(LookupError, match="no type 'secret'"):
            scope(world.acting("analyst"), "secret")

    def test_leaves_a_trace_even_where_everything_may_be_read(self, world: World) -> None:
        acting = world.acting("auditor")

        assert isinstance(scope(acting, "clause"), Q)
        assert '"classification" IS NOT NULL' in str(things().filter(scope(acting, "clause")).query)
