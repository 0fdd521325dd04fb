import datetime as dt

import pytest

from tallystick.cases.listed import age_of, listed, marks_of, open_cases, running, standing
from tallystick.cases.operations.clocks import pass_due
from tallystick.cases.operations.closing import withdraw_case
from tallystick.cases.operations.remedies import accept_remedy, file_remedy
from tallystick.cases.queries import cases_of
from tallystick.processes.queries import process_of
from tests.cases.cast import NOTICED, OPENED, REPLY_DUE, Cast, at, key, landed, on, withdrawn
from tests.cases.promised import by_hand

pytestmark = pytest.mark.django_db


class TestListed:
    def test_tells_where_a_case_stands_and_what_falls_due_next(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        [one] = listed(list(standing(cases_of(cast.jo))), NOTICED)

        assert (one.case, one.title, one.rung, one.marks, one.age) == (case, "Notice", "Inform", "fc.....", 1)
        assert one.next is not None
        assert (one.next.title, one.next.due_on, one.next.chip.bold) == (
            "Right of reply",
            REPLY_DUE,
            "in 10 WD",
        )
        assert (one.on_hold, one.is_missed) == (False, False)

    def test_tells_of_a_milestone_that_was_missed(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        remedy = file_remedy(case=case, filed=by_hand(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        accept_remedy(remedy=remedy, words="", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 14))
        missed_on = dt.date(2021, 10, 30)
        pass_due(at(missed_on, 1), missed_on)

        [one] = listed(list(standing(cases_of(on(cast.jo, missed_on)))), missed_on)

        assert one.is_missed

    def test_tells_no_rung_of_what_was_withdrawn_before_anything_was_said(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.opened(finding)
        [before] = listed(list(standing(cases_of(cast.jo))), OPENED)
        withdrawn(finding)
        withdraw_case(case=case, key=key(), by=cast.jo, at=at(OPENED, 15))

        [after] = listed(list(standing(cases_of(cast.jo))), OPENED)

        assert (before.rung, after.rung, after.is_closed) == ("Not told yet", "", True)

    def test_of_none_asks_nothing(self) -> None:
        assert listed([], OPENED) == []


class TestMarks:
    def test_are_of_all_stages_once_it_is_closed(self, cast: Cast) -> None:
        value = process_of(cast.opened().course)

        assert marks_of(value, "finding") == "c......"
        assert marks_of(value, "closed") == "fffffff"
        assert marks_of(value, "withdrawn") == "xxxxxxx"


class TestAge:
    def test_is_counted_in_working_days(self, cast: Cast) -> None:
        case = cast.opened()

        assert age_of(case, OPENED) == 0
        assert age_of(case, REPLY_DUE) == 11


class TestOpenCases:
    def test_say_what_waits_on_either_side(self, cast: Cast) -> None:
        cast.told(cast.opened(landed(cast.alfa)))

        [party], [office] = open_cases(on(cast.ada, NOTICED)), open_cases(on(cast.jo, NOTICED))

        assert (party.has_unread, party.lines_shared, party.has_answers) == (True, 2, False)
        assert not office.has_unread
        assert open_cases(cast.ben) == ()


class TestRunning:
    def test_are_clocks_with_whose_they_are(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        [one] = running((case,))

        assert (one.case, one.clock, one.owner, one.due_on) == (case.pk, "right_of_reply", "party", REPLY_DUE)
