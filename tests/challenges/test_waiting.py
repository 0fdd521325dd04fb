"""What challenges and disputes have waiting on each side."""

import pytest

from tallystick.challenges.waiting import open_matters, waiting
from tests.cases.cast import on
from tests.challenges.cast import NEXT, QUERY_DUE, REASONS, Chamber

pytestmark = pytest.mark.django_db
WHO = ("jo", "sam", "ada", "ben", "bo", "hal", "pat", "aud", "obs")


def errands(cast: Chamber) -> dict[str, list[str]]:
    """Return the errands of everybody who has any."""
    told = {who: [one.title for one in waiting(on(getattr(cast, who), NEXT))] for who in WHO}
    return {who: found for who, found in told.items() if found}


class TestOpenMatters:
    def test_are_those_of_the_party_whoever_acts_next(self, cast: Chamber) -> None:
        row = cast.appealed()

        [own] = open_matters(on(cast.ada, NEXT))

        assert (own.row, own.stage, own.chip) == (row, "appealed", None)
        assert open_matters(on(cast.ben, NEXT)) == ()


class TestWaiting:
    def test_of_the_office_is_what_was_not_served(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()

        found = errands(cast)
        [one] = waiting(on(cast.jo, NEXT))

        assert found == {"jo": ["Serve the decision"], "sam": ["Serve the decision"]}
        assert one.href == f"/sec/challenges/new?case={case.reference}&decided={decision.reference}"

    def test_of_a_party_is_to_query_and_to_appeal(self, cast: Chamber) -> None:
        row = cast.served()
        served, [one] = errands(cast), waiting(on(cast.ada, NEXT))
        cast.answered(row)

        assert served == {"ada": ["Query the decision, or let it stand"]}
        assert (one.due, one.rule) == (QUERY_DUE, "Time to query")
        assert errands(cast) == {"ada": ["Appeal, or let the decision stand"]}

    def test_of_a_body_is_what_is_before_it(self, cast: Chamber) -> None:
        row = cast.queried()
        queried = errands(cast)
        decision = cast.decided(cast.pab, NEXT, verb="REJECTED")
        cast.does(row, "reject_query", cast.hal, said=REASONS, decision=decision.reference)
        cast.does(row, "appeal", said={"ground": "process", "grounds": "Nobody asked us."})

        assert queried == {who: ["Decide on the query"] for who in ("sam", "bo", "hal")}
        assert errands(cast) == {who: ["Hear the appeal"] for who in ("sam", "pat")}

    def test_of_a_dispute_goes_from_side_to_side(self, cast: Chamber) -> None:
        row = cast.disputed()
        raised = errands(cast)
        cast.moves(row, "reject", said=REASONS)

        assert raised == {who: ["Take up the dispute or not"] for who in ("jo", "sam")}
        assert errands(cast) == {"ada": ["Object, as the dispute was not taken up"]}

    def test_ends_with_the_matter(self, cast: Chamber) -> None:
        cast.does(cast.served(), "accept")

        assert errands(cast) == {}
