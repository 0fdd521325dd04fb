"""PostgreSQL holds where a query forgot to ask. On SQLite there is no such layer, and little to test."""

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from tallystick.parties import row_security
from tallystick.parties.acting import Acting
from tallystick.parties.policy import guard
from tallystick.parties.policy.kinds import CONTENT
from tallystick.parties.policy.predicates import CLASSES, ROLES, STATES
from tallystick.parties.policy.scope import scope
from tallystick.parties.row_policies import SETTINGS, securing
from tallystick.parties.row_security import Standing, seen_by, standing
from tests.parties.policy.conftest import table_of_things, world
from tests.parties.policy.world import CODE, NOW, Thing, World, every_thing, keep, thing, things

__all__ = ["table_of_things", "world"]
pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second layer")
WORLDS = int(os.environ.get("TALLY_WORLDS", "200"))
TABLE = Thing._meta.db_table
HIDDEN = ("amber", "red", "")


@pytest.fixture(scope="module")
def secured_table(table_of_things: None, django_db_blocker: DjangoDbBlocker) -> None:
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for statement in securing(TABLE):
                cursor.execute(statement)


@pytest.fixture
def secured(secured_table: None, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Return the world, with its table among those of rows with a class."""
    monkeypatch.setattr(guard, "classified_tables", lambda: frozenset({TABLE}))
    row_security._rows_with_a_class.cache_clear()
    yield world
    row_security._rows_with_a_class.cache_clear()


def told() -> list[str]:
    """Return what the database knows of who asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('{name}', true)" for name in SETTINGS))
        return [value or "" for value in cursor.fetchone()]


def nobody_is_told() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL tally.reach TO ''")


def seen(acting: Acting, rows: "QuerySet[Any] | None" = None) -> set[int]:
    """Return the rows that the database gives when it is asked for all, or for some."""
    with seen_by(acting):
        return set((things() if rows is None else rows).values_list("pk", flat=True))


def one(world: World, cls: str = "amber", party: int | None = 1, state: str = "issued") -> Thing:
    of = None if party is None else world.parties[party]
    keep([thing(classification=cls, publicity=state, party=of)])
    found: Thing = things().order_by("-pk")[0]
    return found


class TestStanding:
    @pytest.mark.parametrize(
        ("role", "reach"),
        [
            ("public", "public"),
            ("party_delegate", "party"),
            ("proposer", "party"),
            ("ingest", "party"),
            ("analyst", "code"),
            ("board_member", "code"),
            ("administrator", ""),
        ],
    )
    def test_follows_from_the_role(self, world: World, role: str, reach: str) -> None:
        found = standing(world.acting(role))

        own = str(world.parties[0].pk) if reach == "party" else ""
        assert found == Standing(reach, CODE if reach else "", own, "")

    def test_of_a_role_that_ended_is_that_of_the_public(self, world: World) -> None:
        acting = world.acting("analyst")
        assert acting.role is not None
        acting.role.until_on = acting.day

        assert standing(acting) == Standing("public", CODE)


@on_postgresql
class TestTheSecondLayer:
    @pytest.mark.parametrize("role", ["party_delegate", "proposer", "ingest"])
    def test_gives_no_rivals_row_to_who_asks_for_all(self, secured: World, role: str) -> None:
        keep(every_thing(secured))
        own = secured.parties[0].pk

        rows = things().filter(pk__in=seen(secured.acting(role)), classification__in=HIDDEN)

        assert set(rows.values_list("party", flat=True)) == {own}

    def test_gives_the_public_what_is_issued_and_white_alone(self, secured: World) -> None:
        keep(every_thing(secured))

        rows = things().filter(pk__in=seen(secured.acting("public")))

        kinds = set(rows.values_list("classification", "publicity"))
        assert kinds == {("white", state) for state in ("issued", "decided", "closed")}

    def test_gives_nothing_where_nobody_is_told(self, secured: World) -> None:
        keep(every_thing(secured))

        nobody_is_told()

        assert things().count() == 0
        assert things().update(code="x") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            keep([thing(classification="white")])

    def test_gives_an_administrator_and_another_code_nothing(self, secured: World) -> None:
        keep(every_thing(secured))

        assert seen(secured.acting("administrator")) == set()
        assert seen(secured.acting("analyst", code="rec")) == set()

    def test_lets_no_rivals_row_be_changed_or_removed(self, secured: World) -> None:
        others = [one(secured, cls) for cls in CLASSES] + [one(secured, "white", None)]
        mine = one(secured, party=0)
        acting = secured.acting("party_delegate")

        with seen_by(acting):
            changed = things().filter(pk__in=[row.pk for row in others]).update(publicity="closed")
            removed = things().all()._raw_delete("default")
            kept = things().filter(pk=mine.pk).update(publicity="closed")

        assert (changed, removed, kept) == (0, 0, 1)
        assert things().filter(publicity="issued").count() == len(others)

    def test_lets_nothing_be_added_for_a_rival_or_given_away(self, secured: World) -> None:
        mine, acting = one(secured, party=0), secured.acting("party_delegate")

        with seen_by(acting):
            for party in (secured.parties[1], None):
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    keep([thing(party=party)])
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    things().filter(pk=mine.pk).update(party=party)

    def test_opens_for_figures_of_many_where_somebody_says_why(self, secured: World) -> None:
        one(secured)

        with seen_by(secured.acting("party_delegate")):
            with guard.unscoped("the middle of five", of_everybody=True):
                of_all = things().count()
            with guard.unscoped("an act locks what it found"):
                of_one = things().count()

        assert (of_all, of_one, things().count()) == (1, 0, 1)


@on_postgresql
class TestScope:
    @pytest.mark.parametrize("role", ROLES)
    def test_never_lacks_a_row_that_the_policy_shows(self, secured: World, role: str) -> None:
        keep(every_thing(secured))

        for kind in sorted(CONTENT):
            for person in range(len(secured.people)):
                acting = secured.acting(role, person=person)
                asked = things().filter(scope(acting, kind), code=CODE)
                assert seen(acting, asked) == set(asked.values_list("pk", flat=True)), (kind, person)

    @given(data=st.data())
    @settings(max_examples=WORLDS, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_lies_within_the_second_layer_in_random_worlds(self, secured: World, data: Any) -> None:
        draw = data.draw
        code = f"code-{draw(st.uuids(version=4))}"[:40]
        keep(
            [
                thing(
                    code=draw(st.sampled_from([code, CODE])),
                    classification=draw(st.sampled_from([*CLASSES, ""])),
                    publicity=draw(st.sampled_from([*STATES, ""])),
                    party=draw(st.sampled_from([None, *secured.parties])),
                    body=draw(st.sampled_from([None, *secured.bodies])),
                )
                for _ in range(draw(st.integers(0, 12)))
            ]
        )
        acting = secured.acting(
            draw(st.sampled_from(ROLES)),
            party=draw(st.integers(0, 2)),
            body=draw(st.integers(0, 1)),
            person=draw(st.integers(0, 2)),
            factor=draw(st.sampled_from([None, NOW])),
            code=code,
        )
        asked = things().filter(scope(acting, draw(st.sampled_from(sorted(CONTENT)))), code=code)

        given_all = seen(acting)

        assert set(asked.values_list("pk", flat=True)) <= given_all
        if acting.organisation:
            rivals = things().filter(pk__in=given_all, classification__in=HIDDEN, party__isnull=False)
            assert not rivals.exclude(party=acting.organisation).exists()


@on_postgresql
class TestTelling:
    def test_is_taken_back_when_the_request_is_over(self, secured: World) -> None:
        before = told()

        with seen_by(secured.acting("party_delegate")):
            things().count()
            within = told()

        assert within == ["party", CODE, str(secured.parties[0].pk), ""]
        assert told() == before == ["everything", "", "", ""]

    def test_costs_one_question_a_transaction(self, secured: World, monkeypatch: pytest.MonkeyPatch) -> None:
        tellings: list[Standing] = []
        pairs = row_security._pairs

        def noted(to: Standing) -> Iterator[str]:
            tellings.append(to)
            return pairs(to)

        monkeypatch.setattr(row_security, "_pairs", noted)

        with seen_by(secured.acting("analyst")):
            for _ in range(3):
                things().count()

        assert tellings == [Standing("code", CODE)]

    def test_of_a_page_is_in_one_transaction(self, secured: World) -> None:
        one(secured, party=0)
        before = len(connection.savepoint_ids)

        with seen_by(secured.acting("party_delegate"), in_one=True):
            assert connection.in_atomic_block
            assert len(connection.savepoint_ids) == before + 1
            assert things().count() == 1

        assert told()[0] == "everything"

    def test_is_done_again_after_a_savepoint_took_it_back(self, secured: World) -> None:
        one(secured, party=0)

        with seen_by(secured.acting("party_delegate")):
            with transaction.atomic():
                things().count()
                transaction.set_rollback(True)
            things().count()
            after = told()

        assert after[0] == "party"


class TestTables:
    @on_postgresql
    def test_of_rows_with_a_class_are_all_under_the_policies(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY relname"
            )
            forced = [name for (name,) in cursor.fetchall()]
            cursor.execute("SELECT tablename, array_agg(cmd ORDER BY cmd) FROM pg_policies GROUP BY 1")
            commands = dict(cursor.fetchall())

        assert set(row_security.tables()) <= set(forced)
        for table in row_security.tables():
            assert commands[table] == ["DELETE", "INSERT", "SELECT", "UPDATE"], table

    def test_hold_the_user_of_the_tests(self) -> None:
        assert not row_security.is_wanting()

    @on_postgresql
    def test_are_wanting_where_one_of_them_is_free(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE runs_run NO FORCE ROW LEVEL SECURITY")

        assert row_security.is_wanting()


class TestDeclare:
    def test_is_said_once_to_each_new_connection(self, monkeypatch: pytest.MonkeyPatch) -> None:
        closed: list[int] = []
        stand_in = SimpleNamespace(
            vendor="postgresql",
            settings_dict={"OPTIONS": {"options": "-c x=y"}},
            close=lambda: closed.append(1),
        )
        monkeypatch.setattr(row_security, "connection", stand_in)

        row_security.declare()
        row_security.declare()

        assert stand_in.settings_dict["OPTIONS"]["options"] == "-c x=y -c tally.reach=everything"
        assert closed == [1]

    @pytest.mark.skipif(connection.vendor == "postgresql", reason="there it tells the database")
    def test_and_asking_change_nothing_on_sqlite(self, world: World) -> None:
        row_security.declare()

        with seen_by(world.acting("public")):
            assert "options" not in connection.settings_dict["OPTIONS"]
