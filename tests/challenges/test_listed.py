"""Challenges and disputes as lists show them."""

import pytest

from tallystick.challenges.listed import OFFICE, about, listed, measure_title, standing, title_of
from tallystick.challenges.models import Dispute
from tallystick.challenges.operations.disputing import Raised, raise_dispute
from tallystick.challenges.queries import challenges_of, disputes_of
from tests.cases.cast import at, key, on, run_of
from tests.challenges.cast import NEXT, QUERY_DUE, SERVED, Chamber

pytestmark = pytest.mark.django_db


class TestListed:
    def test_tells_who_acts_next_and_by_when(self, cast: Chamber) -> None:
        row = cast.served()
        told = listed(challenges_of(cast.jo), NEXT)
        cast.queried(row)
        told += listed(challenges_of(cast.jo), NEXT)
        cast.does(row, "withdraw")
        told += listed(challenges_of(cast.jo), NEXT)

        assert [(one.stage, one.who, one.due_on, one.suspends) for one in told] == [
            ("served", "ALFA", QUERY_DUE, False),
            ("queried", "The PAB", None, True),
            ("stands", "", None, False),
        ]
        assert told[0].chip is not None
        assert told[0].href == f"/sec/challenges/{row.reference}"

    def test_is_of_disputes_as_well(self, cast: Chamber) -> None:
        row = cast.disputed()

        [one] = listed(disputes_of(cast.jo), NEXT)

        assert (one.stage_title, one.who, one.clock) == ("Raised", OFFICE, "Look at it")
        assert one.title.startswith(f"{row.finding.reference if row.finding else ''}: 351 of 412")
        assert [each.stage for each in standing(disputes_of(cast.jo))] == ["raised"]


class TestTitles:
    def test_are_of_what_was_decided_and_of_where_it_was_carried_out(self, cast: Chamber) -> None:
        cast.served()
        [row] = standing(challenges_of(cast.jo))

        assert title_of(row) == row.decided.title
        assert about(row) == f"{cast.case_of(row).reference} · {row.decided.reference}"

    def test_are_of_the_measure_where_there_is_no_finding(self, cast: Chamber) -> None:
        run_of("2021-07")
        raised = Raised("Late.", key(), measure="AREA-B", period="2021-07")
        row = raise_dispute(raised=raised, by=on(cast.ada, SERVED), at=at(SERVED))

        assert title_of(row) == f"{measure_title(row)}, 2021-07"
        assert about(row) == "AREA-B · 2021-07"
        assert measure_title(Dispute(code="sec", measure="GONE")) == "GONE"
