import pytest
from django.db import connection
from django.db.models import Q

from tallystick.parties.models import Organisation
from tallystick.parties.policy import guard
from tallystick.parties.policy.guard import UnscopedQuery, guarded, unasked_in, unscoped
from tallystick.parties.policy.scope import scope
from tests.parties.policy.world import Thing, World, keep, thing, things

TABLE = Thing._meta.db_table


@pytest.fixture(autouse=True)
def _things_are_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "classified_tables", lambda: frozenset({TABLE}))


@pytest.mark.usefixtures("world")
class TestGuard:
    @pytest.mark.parametrize("kind", ["finding", "clause", "submission"])
    def test_lets_through_what_asked_who_may_see_it(self, world: World, kind: str) -> None:
        keep([thing(classification="white", publicity="issued", party=world.parties[0])])
        visible = things().filter(scope(world.acting("auditor"), kind))

        with guarded():
            assert [row.party for row in visible.select_related("party")] == [world.parties[0]]
            assert visible.count() == visible.filter(~Q(code="x")).count() == 1
            assert visible.exists()
            assert list(Organisation.objects.filter(pk__in=visible.values("party"))) == [world.parties[0]]

    def test_stops_a_list_that_nobody_was_asked_about(self) -> None:
        with guarded(), pytest.raises(UnscopedQuery, match=f"{TABLE} is read without asking"):
            list(things())

    def test_stops_a_single_row_a_count_and_a_raw_query(self) -> None:
        with guarded(), pytest.raises(UnscopedQuery):
            things().get(pk=1)
        with guarded(), pytest.raises(UnscopedQuery):
            things().filter(classification="white").count()
        with guarded(), connection.cursor() as cursor, pytest.raises(UnscopedQuery):
            cursor.execute(f'SELECT count(*) FROM "{TABLE}"')  # noqa: S608 - the name of our own table

    def test_stops_a_question_inside_another(self) -> None:
        parties = Organisation.objects.filter(pk__in=things().values("party"))

        with guarded(), pytest.raises(UnscopedQuery):
            list(parties)

    @pytest.mark.parametrize(
        "sql",
        [
            "select * from things",
            'SELECT 1 FROM "parties_organisation" INNER JOIN "things" ON (1 = 1)',
            'SELECT 1 FROM "parties_organisation", "things"',
            'WITH x AS (SELECT * FROM "things") SELECT * FROM x',
            'SELECT 1 FROM "things" U0 WHERE "things"."classification" IS NOT NULL',
        ],
    )
    def test_sees_the_table_however_it_is_reached(self, sql: str) -> None:
        assert unasked_in(sql.replace("things", TABLE)) == TABLE

    def test_lets_rows_be_written(self) -> None:
        assert unasked_in("UPDATE things SET code = NULL".replace("things", TABLE)) is None

    def test_leaves_other_tables_and_other_times_alone(self) -> None:
        with guarded():
            assert Organisation.objects.count() == 3

        assert things().count() == 0

    def test_lets_through_what_says_why(self) -> None:
        with guarded():
            with unscoped("the middle of five or more parties"):
                assert things().count() == 0
            with pytest.raises(UnscopedQuery):
                things().count()

    def test_asks_for_a_reason(self) -> None:
        with pytest.raises(ValueError, match="Say why"), unscoped(" "):
            pass


class TestTables:
    def test_are_those_of_all_rows_with_a_class(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.undo()

        assert {"runs_submission", "runs_finding"} <= guard.classified_tables()
        assert "parties_organisation" not in guard.classified_tables()
