import pytest

from tallystick.site.panels import doors, noted, remarks
from tests.cases.cast import landed, made_cast
from tests.derogations import cast as of_derogations

pytestmark = pytest.mark.django_db


class TestDoors:
    def test_are_those_that_rooms_have_for_a_record(self) -> None:
        cast = made_cast()
        finding = landed(cast.alfa)

        assert [one.words for one in doors(cast.jo, "finding", finding)] == ["Open a case"]
        assert doors(cast.bo, "finding", finding) == []
        assert doors(cast.jo, "something", finding) == []


class TestRemarks:
    def test_are_what_rooms_say_of_a_record(self) -> None:
        cast = made_cast()
        case = cast.opened()

        told = [one.words for one in remarks(cast.jo, "case", case)]

        assert any(
            "Appeals against the Performance Assurance Board go to the SEC Panel" in one for one in told
        )
        assert remarks(cast.jo, "something", case) == []


class TestNotes:
    def test_are_what_rooms_have_to_say_beside_a_finding(self) -> None:
        cast = of_derogations.made_cast()
        row = cast.granted()
        finding = landed(cast.alfa, "2021-10")

        assert [one.name for one in noted(cast.jo, "finding", finding)] == [row.reference]
        assert noted(cast.ben, "finding", finding) == []
        assert noted(cast.jo, "something", finding) == []
