"""What acts on remedies share."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tallystick.cases.models import Message
from tallystick.cases.operations.remedy_rows import enter_remedy, fresh, has_taken, next_due, tell
from tallystick.cases.progress import Standing
from tallystick.cases.versions import Promise, Slip
from tallystick.journal.models import Entry
from tests.cases.cast import at
from tests.cases.promised import FILED_ON, asked, plan

DUE = dt.date(2021, 10, 29)


def standing(due_on: dt.date) -> Standing:
    promise = Promise(1, 1, "Do it", "O. Pike", due_on, "Log")
    return Standing(promise, Slip(due_on, due_on), "open", is_measured=False)


class TestTheNextDay:
    def test_is_that_of_the_first_milestone_that_is_open(self) -> None:
        by = cast("Any", SimpleNamespace(day=FILED_ON))

        assert next_due((standing(DUE), standing(DUE + dt.timedelta(days=9))), by) == {"milestone": DUE}

    def test_is_today_where_that_is_over(self) -> None:
        late = cast("Any", SimpleNamespace(day=DUE + dt.timedelta(days=3)))

        assert next_due((standing(DUE),), late) == {"milestone": late.day}

    def test_is_none_where_all_are_met(self) -> None:
        assert next_due((), cast("Any", SimpleNamespace(day=FILED_ON))) == {}


@pytest.mark.django_db
class TestAVersion:
    def test_is_read_again_as_it_stands(self) -> None:
        remedy = asked().file()
        remedy.level = Decimal(1)

        assert fresh(remedy).level == Decimal(97)

    def test_knows_the_forms_that_it_was_moved_by(self) -> None:
        filed = plan()
        remedy = asked().file(filed)

        assert (has_taken(remedy, filed.key), has_taken(remedy, "another")) == (True, False)

    def test_is_told_of_to_both_sides(self) -> None:
        made = asked()
        remedy = made.file()

        tell(remedy, Message.RETURN, "Too late", "form", made.jo, at(FILED_ON))

        message = Message.objects.get(kind=Message.RETURN)
        assert (message.case, message.party, message.publicity) == (made.case, made.case.party, "issued")

    def test_is_what_its_entries_are_about(self) -> None:
        made = asked()
        remedy = made.file()

        enter_remedy("do_it", remedy, made.jo, at(FILED_ON), "did it", words="so")

        entry = Entry.objects.latest("seq")
        assert (entry.act, entry.kind, entry.handle) == ("cases.do_it", "remedy", remedy.handle)
