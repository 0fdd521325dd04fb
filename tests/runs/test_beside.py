import datetime as dt
from collections.abc import Callable

import pytest

from tallystick.month.assessment import Assessment
from tallystick.parties.acting import Acting
from tallystick.runs import beside, operations, second_checks
from tallystick.runs.models import Exclusion, Run, Submission
from tallystick.runs.taken import Excluded
from tests.runs.conftest import NOW

pytestmark = pytest.mark.django_db
BEFORE = NOW - dt.timedelta(hours=1)


def enter(by: Acting, key: str = "SR-1") -> Exclusion:
    row = Excluded("service_requests", key, "CPM1", "2021-07")
    return operations.enter_exclusion(row=row, reason="Agreed outage", party=None, by=by, at=NOW)


class TestOnOthers:
    def test_tells_who_entered_a_row_that_it_waits_for_its_check(
        self, jo: Acting, sam: Acting, ada: Acting
    ) -> None:
        row = enter(jo)

        assert [one.title for one in beside.on_others(jo)] == [f"Give the second check on {row.reference}"]
        assert beside.on_others(sam) == beside.on_others(ada) == []

    def test_tells_who_asked_that_the_answer_is_not_here(self, jo: Acting, sam: Acting) -> None:
        row = enter(jo)

        second_checks.ask_about_exclusion(exclusion=row, text="Which outage?", by=sam, at=NOW)

        [one] = beside.on_others(sam)
        assert (one.title, one.words) == (f"Answer your question about {row.reference}", "Jo")
        assert beside.on_others(jo) == []


class TestChanges:
    def test_tell_of_a_month_that_was_computed(
        self, month: Assessment, land: Callable[..., Run], ada: Acting
    ) -> None:
        run = land(month)

        [one] = beside.changes(ada, BEFORE)

        assert (one.words, one.name) == ("July 2021 was computed", run.reference)
        assert beside.changes(ada, NOW) == []

    def test_tell_of_what_others_did_with_exclusions(self, jo: Acting, sam: Acting, ada: Acting) -> None:
        row = enter(jo)
        told = [[one.words for one in beside.changes(by, BEFORE)] for by in (jo, sam, ada)]
        assert told == [[], ["An exclusion was entered"], []]

        operations.check_exclusion(exclusion=row, agrees=True, by=sam, at=NOW)

        assert [one.words for one in beside.changes(jo, BEFORE)] == ["An exclusion was confirmed"]

    def test_are_not_crowded_out_by_ones_own_acts(self, jo: Acting, sam: Acting) -> None:
        earlier = NOW - dt.timedelta(minutes=30)
        row = Excluded("service_requests", "SR-0", "CPM1", "2021-07")
        other = operations.enter_exclusion(row=row, reason="Outage", party=None, by=sam, at=earlier)
        own = [enter(jo, f"SR-{number}") for number in range(1, beside.MOST + 2)]

        assert [one.name for one in beside.changes(jo, BEFORE)] == [other.reference]
        operations.check_exclusion(exclusion=own[0], agrees=True, by=sam, at=NOW)
        assert [one.name for one in beside.changes(jo, BEFORE)] == [own[0].reference, other.reference]

    @pytest.mark.usefixtures("received")
    def test_tell_of_files_to_those_who_may_see_them(
        self, received: list[Submission], jo: Acting, ada: Acting, public: Acting
    ) -> None:
        names = [one.name for one in beside.changes(ada, BEFORE)]

        assert names == [received[0].reference]
        assert len(beside.changes(jo, BEFORE)) == min(len(received), beside.MOST)
        assert beside.changes(public, BEFORE) == []


class TestComing:
    def test_lists_what_falls_due_next_by_the_rules(self, ada: Acting) -> None:
        told = beside.coming(ada)

        assert told
        assert [one.on for one in told] == sorted(one.on for one in told)
        assert all(ada.day <= one.on <= ada.day + beside.LOOKED_AHEAD for one in told)
        assert any("Performance Measurement Report" in one.title for one in told)
