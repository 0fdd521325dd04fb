import pytest

from tallystick.cases.beside import of_clause, of_finding, of_obligation
from tallystick.rulebook.rulebook import Rulebook
from tests.cases.cast import Cast, landed, withdrawn
from tests.cases.operations.test_gaps import recorded

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


class TestOfClause:
    def test_is_the_gaps_under_it_and_the_form_of_whoever_may_record_one(
        self, cast: Cast, sec: Rulebook
    ) -> None:
        recorded(cast)
        clause = sec.clauses["G3"]

        assert [one.words for one in of_clause(cast.jo, clause)] == ["1 gap under G3", "Record a gap"]
        assert [one.href for one in of_clause(cast.ben, clause)] == ["/sec/gaps?clause=G3"]


class TestOfObligation:
    def test_is_the_gaps_under_its_clauses(self, cast: Cast, sec: Rulebook) -> None:
        owed = next(one for one in sec.obligations.values() if one.clause)
        assert of_obligation(cast.jo, owed) == []

        for _ in range(2):
            recorded(cast, clause=owed.clause[0])

        assert [one.words for one in of_obligation(cast.ben, owed)] == [f"2 gaps under {owed.clause[0]}"]
