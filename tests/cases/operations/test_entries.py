"""What acts on cases share."""

import pytest

from tallystick.cases.operations.entries import common, counted, enter, is_of_party, locked_case
from tallystick.journal.models import Entry
from tests.cases.cast import OPENED, Cast, at, last_said

pytestmark = pytest.mark.django_db


class TestEntries:
    def test_name_the_case_and_its_class(self, cast: Cast) -> None:
        case = cast.opened()

        entry = enter("look_at", case, cast.jo, at(OPENED), "looked at it", {"twice": True})

        kept = Entry.objects.get(pk=entry.pk)
        assert (kept.act, kept.kind, kept.handle) == ("cases.look_at", "case", case.handle)
        assert kept.classification == "amber"
        assert last_said() == ("looked at it", {"case": case.reference, "twice": True})


class TestCommon:
    def test_is_that_of_the_case_as_it_stands(self, cast: Cast) -> None:
        case = locked_case(cast.opened())

        assert common(case) == {
            "code": "sec",
            "classification": "amber",
            "party": cast.alfa,
            "body": None,
            "publicity": "issued",
        }


class TestParty:
    def test_is_stood_for_by_its_delegates_alone(self, cast: Cast) -> None:
        case = cast.opened()

        found = [is_of_party(one, case) for one in (cast.ada, cast.ben, cast.jo, cast.bo)]

        assert found == [True, False, False, False]


class TestCounts:
    def test_are_told_in_words(self) -> None:
        assert [counted(one, "line") for one in (0, 1, 2)] == ["0 lines", "1 line", "2 lines"]
