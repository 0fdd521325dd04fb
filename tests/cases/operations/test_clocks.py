"""Clocks of cases and remedies pass, each once."""

import datetime as dt
import logging

import pytest

from tallystick.cases.operations.clocks import pass_clock_of, pass_due
from tallystick.cases.operations.remedies import accept_remedy, file_remedy
from tallystick.cases.progress import stages_of
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.processes.operations.holds import Placed, place_hold
from tallystick.processes.queries import open_clocks
from tests.cases.cast import CODE, NOTICED, REPLY_DUE, Cast, acts, at, key, last_said, on, stands
from tests.cases.promised import by_hand

pytestmark = pytest.mark.django_db
OVER = REPLY_DUE + dt.timedelta(days=1)


def due(day: dt.date) -> int:
    return pass_due(at(day), day)


class TestClocks:
    def test_pass_on_the_day_after_they_are_due(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        on_the_day = due(REPLY_DUE), stands(case, REPLY_DUE)[0]
        after = due(OVER), stands(case, OVER)[0]

        assert (on_the_day, after) == ((0, "notice"), (1, "reply"))
        said, facts = last_said()
        assert said == f"saw the time pass on {case.reference}: Right of reply"
        assert facts["stages"] == ["notice", "reply"]

    def test_pass_once_however_often_they_are_looked_at(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        told = [due(OVER), due(OVER), due(OVER + dt.timedelta(days=9))]
        by = Acting(CODE, OVER, stands_for="Worker")
        again = pass_clock_of(case=case, course=case.course, clock="right_of_reply", by=by, at=at(OVER))

        assert (told, again) == ([1, 0, 0], False)
        assert acts().count("pass_clock_of") == 1

    def test_are_passed_by_nobody(self, cast: Cast) -> None:
        cast.told(cast.opened())

        due(OVER)

        entry = Entry.objects.get(act="cases.pass_clock_of")
        assert (entry.actor, entry.kind) == ("", "case")

    def test_that_only_remind_end_where_they_are(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())

        assert due(OVER) == 1

        assert stands(case, OVER) == ("remedy", "remedy_requested")
        assert open_clocks([case.course], OVER) == []

    def test_of_a_remedy_pass_with_those_of_its_case(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        remedy = file_remedy(case=case, filed=by_hand(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        accept_remedy(remedy=remedy, words="", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 14))
        missed_on = dt.date(2021, 10, 30)

        due(missed_on)

        assert [stage for _, stage in stages_of(case, missed_on)] == ["missed"]

    def test_stand_still_on_hold(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        placed = Placed("The market is closed", key(), NOTICED, course=case.course)
        place_hold(placed=placed, by=on(cast.sam, NOTICED), at=at(NOTICED, 13))

        assert due(OVER) == 0

        assert stands(case, OVER)[0] == "notice"

    def test_that_cannot_pass_yet_wait_and_are_told_of(
        self, cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        case = cast.asked(cast.opened())
        remedy = file_remedy(case=case, filed=by_hand(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        accept_remedy(remedy=remedy, words="", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 14))
        later = dt.date(2021, 11, 30)
        monkeypatch.setattr(
            "tallystick.cases.operations.clocks.facts_of", lambda *_: {"milestones_missed": 0}
        )

        with caplog.at_level(logging.INFO):
            due(later)

        assert [stage for _, stage in stages_of(case, later)] == ["accepted"]
        assert f"{case.reference}, milestone: " in caplog.text
