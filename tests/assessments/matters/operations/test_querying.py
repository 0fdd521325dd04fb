import pytest

from tallystick.assessments.matters.operations.querying import (
    Answered,
    UnableToAnswerQuery,
    UnableToQuery,
    answer_charge_query,
)
from tallystick.assessments.models import ChargeQuery, PublicationQuery
from tests.assessments.market import DRAFTED, Market, acts, at, key

pytestmark = pytest.mark.django_db


class TestQueryPublication:
    def test_keeps_what_a_party_says_of_its_own_line(self, market: Market) -> None:
        row = market.opened()

        query = market.queried(row)

        assert (query.party, query.number, query.version) == (market.alfa, 1, 1)
        assert query.classification == "amber"
        assert acts()[-1] == "query_publication"

    def test_does_it_once_however_often_the_form_is_sent(self, market: Market) -> None:
        row, again = market.opened(), key()

        queries = {market.queried(row, key=again).pk for _ in range(2)}

        assert len(queries) == 1
        with pytest.raises(UnableToQuery, match="something else before"):
            market.queried(row, "Other words", key=again)

    def test_counts_the_queries_of_everybody(self, market: Market) -> None:
        row = market.opened()

        numbers = [market.queried(row, by=by).number for by in (market.ada, market.ben)]

        assert numbers == [1, 2]

    def test_is_open_in_the_window_alone(self, market: Market) -> None:
        for row in (market.drafted(), market.checked()):
            with pytest.raises(UnableToQuery, match="over, or has not begun"):
                market.queried(row)

    def test_is_the_partys(self, market: Market) -> None:
        row = market.opened()

        with pytest.raises(UnableToQuery, match="its own line"):
            market.queried(row, by=market.jo)
        with pytest.raises(UnableToQuery, match="Say what is wrong"):
            market.queried(row, " ")


class TestAnswerPublicationQuery:
    def test_says_whether_the_party_was_right(self, market: Market) -> None:
        query = market.answered(market.queried(market.opened()), "They were.", is_upheld=True)

        assert (query.answer, query.is_upheld, query.answered_by) == ("They were.", True, market.jo.person)

    def test_stays_once_it_is_given(self, market: Market) -> None:
        query = market.answered(market.queried(market.opened()))

        market.answered(query)
        with pytest.raises(UnableToAnswerQuery, match="answered before"):
            market.answered(query, "They were not.", is_upheld=False)
        assert acts().count("answer_publication_query") == 1

    def test_says_something(self, market: Market) -> None:
        with pytest.raises(UnableToAnswerQuery, match="Say what came of it"):
            market.answered(market.queried(market.opened()), " ")


class TestQueryCharge:
    def test_keeps_what_a_party_says_of_its_own_charge(self, market: Market) -> None:
        query = market.queried_charge(market.shown())

        assert (query.party, query.number) == (market.alfa, 1)
        assert acts()[-1] == "query_charge"
        assert ChargeQuery.objects.count() == 1
        assert not PublicationQuery.objects.exists()


class TestAnswerChargeQuery:
    def test_is_the_offices(self, market: Market) -> None:
        query = market.queried_charge(market.shown())
        answered = Answered("They were not.", is_upheld=False, key=key())

        with pytest.raises(UnableToAnswerQuery, match="The office answers"):
            answer_charge_query(query=query, answered=answered, by=market.ada, at=at(DRAFTED))
        answer_charge_query(query=query, answered=answered, by=market.jo, at=at(DRAFTED))

        assert ChargeQuery.objects.get().is_upheld is False
        assert acts()[-1] == "answer_charge_query"
