import pytest

from tallystick.cases.beside import of_finding
from tests.cases.cast import Cast, landed, withdrawn

pytestmark = pytest.mark.django_db


class TestOfFinding:
    def test_is_the_form_to_open_a_case_for_the_office(self, cast: Cast) -> None:
        finding = landed(cast.alfa)

        [door] = of_finding(cast.jo, finding)

        assert (door.words, door.href) == ("Open a case", f"/sec/cases/new?finding={finding.reference}")
        assert of_finding(cast.ada, finding) == []

    def test_is_its_case_for_whoever_may_see_that(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.opened(finding)

        assert [one.words for one in of_finding(cast.jo, finding)] == [case.reference]
        assert of_finding(cast.ada, finding) == []
        cast.told(case)
        assert [one.words for one in of_finding(cast.ada, finding)] == [case.reference]
        assert of_finding(cast.ben, finding) == []

    def test_is_nothing_of_what_was_withdrawn(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        withdrawn(finding)

        assert of_finding(cast.jo, finding) == []
