import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from tallystick.parties.row_policies import POLICIES, secured, securing, unsecuring


@contextmanager
def a_table() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE a_thing (code text, classification text, publicity text, "
            "party_id bigint, body_id bigint)"
        )
    yield "a_thing"


class TestPolicies:
    def test_are_one_for_each_command_and_none_for_all(self) -> None:
        commands = [re.findall(r"^FOR (\w+)", policy) for policy in POLICIES.values()]

        assert commands == [["SELECT"], ["INSERT"], ["UPDATE"], ["DELETE"]]

    def test_take_an_undone_setting_for_a_missing_one(self) -> None:
        for policy in POLICIES.values():
            asked = re.findall(r"(nullif\()?current_setting\('tally\.\w+', (\w+)\)", policy)
            assert asked
            assert set(asked) == {("nullif(", "true")}


class TestSecured:
    @pytest.mark.parametrize("way", ["forwards", "backwards"])
    def test_does_nothing_on_another_database(self, way: str) -> None:
        step = secured("a_thing")

        assert list(getattr(step, way)(ProjectState(), "sqlite")) == []

    def test_sets_and_takes_away(self) -> None:
        step = secured("a_thing", "b_thing")

        told, back = (list(way(ProjectState(), "postgresql")) for way in (step.forwards, step.backwards))

        assert told == [*securing("a_thing"), *securing("b_thing")]
        assert back == [*unsecuring("a_thing"), *unsecuring("b_thing")]

    @pytest.mark.django_db
    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no policies on rows")
    def test_may_be_set_anew_and_leaves_nothing_when_taken_away(self) -> None:
        with a_table() as table, connection.cursor() as cursor:
            for statement in [*securing(table), *securing(table)]:
                cursor.execute(statement)
            cursor.execute("SELECT count(*) FROM pg_policies WHERE tablename = %s", [table])
            standing = cursor.fetchone()
            for statement in unsecuring(table):
                cursor.execute(statement)
            cursor.execute("SELECT count(*) FROM pg_policies WHERE tablename = %s", [table])

            assert (standing, cursor.fetchone()) == ((4,), (0,))
