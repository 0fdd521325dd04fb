import re
from pathlib import Path

import pytest
from django.db import connection

from tallystick.decisions.keeping import Kept
from tallystick.decisions.kept_tables import Keeping, guards, postgresql, sqlite
from tests.decisions.kept import guards as set_guards
from tests.decisions.kept import kept_models

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "security.md"
NAME = re.compile(r"`([\w.]+)`")
# What of a file is removed with it.
BY_ORDER = {"cases.Attachment": {"name", "size", "sha256"}}


class TestGuards:
    def test_name_every_column_that_stays(self) -> None:
        stays, is_kept = guards("t", ["id", "text", "body_id"], Keeping("a.T", ("body_id",)))

        assert ('OLD."text"' in stays.when, 'OLD."body_id"' in stays.when) == (True, False)
        assert (stays.event, is_kept.event, is_kept.when) == ("UPDATE", "DELETE", "")

    def test_let_go_what_an_order_says(self) -> None:
        keeping = Keeping("a.T", by_order=("name",), order="1 = 1", goes=True)

        stays, is_kept = guards("t", ["id", "name"], keeping)

        assert stays.when.endswith('IS DISTINCT FROM CAST(NEW."name" AS text)) AND NOT (1 = 1)')
        assert is_kept.when == "NOT (1 = 1)"

    @pytest.mark.parametrize("spelled", [sqlite, postgresql])
    def test_are_taken_away_as_they_were_set(self, spelled: object) -> None:
        for one in guards("t", ["id"], Keeping("a.T")):
            for made, taken in spelled(one):  # type: ignore[operator]  # of the two above
                kind = made.split()[1]
                assert taken.startswith(f"DROP {kind} {made.split()[2].removesuffix('()')}")


@pytest.mark.django_db
class TestTheDatabase:
    @pytest.mark.parametrize("model", kept_models(), ids=lambda model: model.__name__)
    def test_guards_every_column_that_does_not_change(self, model: type[Kept]) -> None:
        told, there = model._meta, set_guards()
        columns = {one.name: one.column for one in told.concrete_fields}

        stays = there[f"{told.db_table}_stays"]

        free = {name for name in model.CHANGES if f'OLD."{columns[name]}"' not in stays}
        kept = {one.column for one in told.concrete_fields if one.name not in free}
        assert [column for column in kept if f'OLD."{column}"' not in stays] == []
        assert f"{told.db_table}_is_kept" in there
        assert f"{told.db_table}_is_not_{'replaced' if connection.vendor == 'sqlite' else 'emptied'}" in there

    def test_guards_some(self) -> None:
        assert {"Step", "Message", "Derogation"} <= {one.__name__ for one in kept_models()}

    def test_lets_change_what_the_guide_says_and_no_more(self) -> None:
        section = GUIDE.read_text().partition("## What is kept as it was written")[2].partition("\n## ")[0]
        rows = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| `")]
        told = {name: columns.partition("once") for names, columns in rows for name in NAME.findall(names)}

        there = set_guards()

        for model in kept_models():
            freely, _, once = (NAME.findall(one) for one in told.get(model._meta.label, ("", "", "")))
            stays = there[f"{model._meta.db_table}_stays"]
            assert {*freely, *once} == model.CHANGES - BY_ORDER.get(model._meta.label, set())
            for one in model._meta.concrete_fields:
                assert (f'OLD."{one.column}"' not in stays) == (one.name in freely)
                is_once = f"COALESCE(CAST(OLD.\"{one.column}\" AS text), '') <> ''" in stays
                assert is_once == (one.name in once)
        assert set(told) <= {one._meta.label for one in kept_models()}
