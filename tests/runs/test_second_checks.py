import datetime as dt
from collections.abc import Callable
from functools import partial
from threading import Thread

import pytest
from django.db import connection

from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.runs import excluded, operations, second_checks
from tallystick.runs.models import Exclusion
from tallystick.runs.taken import Excluded
from tests.runs.conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=1)


def enter(by: Acting, key: str = "SR-1") -> Exclusion:
    row = Excluded("service_requests", key, "CPM1", "2021-07")
    return operations.enter_exclusion(row=row, reason="Agreed outage", party=None, by=by, at=NOW)


def acts() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("act", flat=True))


class TestCheckAll:
    def test_settles_each_by_an_entry_of_its_own(self, jo: Acting, sam: Acting) -> None:
        rows = [enter(jo, key) for key in ("SR-1", "SR-2")]

        done = second_checks.check_all(exclusions=rows, agrees=True, by=sam, at=NOW)

        assert [one.state for one in done] == [Exclusion.CONFIRMED] * 2
        entries = Entry.objects.filter(act="runs.check_exclusion").order_by("seq")
        assert [one.handle for one in entries] == [one.handle for one in rows]

    def test_settles_none_where_one_is_ones_own(self, jo: Acting, sam: Acting) -> None:
        rows = [enter(jo, "SR-1"), enter(sam, "SR-2")]

        with pytest.raises(operations.UnableToCheckExclusion, match="Somebody else has to check"):
            second_checks.check_all(exclusions=rows, agrees=True, by=sam, at=NOW)

        assert {one.state for one in Exclusion.objects.all()} == {Exclusion.ENTERED}
        assert "runs.check_exclusion" not in acts()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_a_row_is_settled_or_asked_about_and_never_both(self, jo: Acting, sam: Acting) -> None:
        rows = [enter(jo, f"SR-{number}") for number in range(8)]
        told: list[str] = []

        def done(act: Callable[[], object]) -> None:
            try:
                act()
            except (operations.UnableToCheckExclusion, second_checks.UnableToAsk) as refusal:
                told.append(str(refusal))
            finally:
                connection.close()

        acts = [
            partial(second_checks.check_all, exclusions=rows, agrees=True, by=sam, at=NOW),
            partial(second_checks.check_all, exclusions=rows[::-1], agrees=True, by=sam, at=NOW),
            partial(second_checks.ask_about_exclusion, exclusion=rows[5], text="Why?", by=sam, at=NOW),
        ]
        threads = [Thread(target=done, args=[act]) for act in acts]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        asked = excluded.open_questions(sam)
        confirmed = Exclusion.objects.filter(state=Exclusion.CONFIRMED).count()
        assert (confirmed, len(asked)) in ((8, 0), (0, 1))
        assert len(told) == len(threads) - 1


class TestAskAboutExclusion:
    def test_puts_the_second_check_off_until_it_is_answered(self, jo: Acting, sam: Acting) -> None:
        row = enter(jo)
        second_checks.ask_about_exclusion(exclusion=row, text=" Which outage? ", by=sam, at=NOW)
        assert excluded.exclusions_to_check(sam) == []

        done = second_checks.answer_question(exclusion=row, text="That of 3 July.", by=jo, at=LATER)

        assert (done.text, done.answer, done.answered_by) == ("Which outage?", "That of 3 July.", jo.person)
        assert excluded.exclusions_to_check(sam) == [row]
        assert acts()[-2:] == ["runs.ask_about_exclusion", "runs.answer_question"]

    def test_is_refused_to_who_entered_the_row(self, jo: Acting) -> None:
        with pytest.raises(second_checks.UnableToAsk, match="helps nobody"):
            second_checks.ask_about_exclusion(exclusion=enter(jo), text="Why?", by=jo, at=NOW)

    def test_is_refused_while_another_question_is_open(self, jo: Acting, sam: Acting) -> None:
        row = enter(jo)
        second_checks.ask_about_exclusion(exclusion=row, text="Which outage?", by=sam, at=NOW)

        with pytest.raises(second_checks.UnableToAsk, match="waits for its answer already"):
            second_checks.ask_about_exclusion(exclusion=row, text="And when?", by=sam, at=LATER)

    def test_is_refused_once_the_exclusion_is_settled(self, jo: Acting, sam: Acting) -> None:
        row = operations.check_exclusion(exclusion=enter(jo), agrees=True, by=sam, at=NOW)

        with pytest.raises(second_checks.UnableToAsk, match="is settled: Confirmed"):
            second_checks.ask_about_exclusion(exclusion=row, text="Why?", by=sam, at=NOW)

    def test_asks_something(self, jo: Acting, sam: Acting) -> None:
        with pytest.raises(second_checks.UnableToAsk, match="what you want to know"):
            second_checks.ask_about_exclusion(exclusion=enter(jo), text="  ", by=sam, at=NOW)


class TestCheckExclusion:
    def test_waits_for_the_answer_to_an_open_question(self, jo: Acting, sam: Acting) -> None:
        row = enter(jo)
        second_checks.ask_about_exclusion(exclusion=row, text="Which outage?", by=sam, at=NOW)

        with pytest.raises(operations.UnableToCheckExclusion, match="waits for its answer"):
            second_checks.check_all(exclusions=[row], agrees=True, by=sam, at=LATER)


class TestAnswerQuestion:
    def test_is_given_by_who_entered_the_row_alone(self, jo: Acting, sam: Acting) -> None:
        row = enter(jo)
        second_checks.ask_about_exclusion(exclusion=row, text="Which outage?", by=sam, at=NOW)

        with pytest.raises(second_checks.UnableToAnswer, match="Whoever entered"):
            second_checks.answer_question(exclusion=row, text="That one.", by=sam, at=LATER)

    def test_says_something_to_an_open_question(self, jo: Acting, sam: Acting) -> None:
        row = enter(jo)
        with pytest.raises(second_checks.UnableToAnswer, match="No question"):
            second_checks.answer_question(exclusion=row, text="That one.", by=jo, at=LATER)
        second_checks.ask_about_exclusion(exclusion=row, text="Which outage?", by=sam, at=NOW)

        with pytest.raises(second_checks.UnableToAnswer, match="Say what"):
            second_checks.answer_question(exclusion=row, text=" ", by=jo, at=LATER)


class TestTakeBackQuestion:
    def test_lets_the_row_wait_for_its_check_again_and_keeps_what_was_asked(
        self, jo: Acting, sam: Acting
    ) -> None:
        row = enter(jo)
        second_checks.ask_about_exclusion(exclusion=row, text="Which outage?", by=sam, at=NOW)

        second_checks.take_back_question(exclusion=row, by=sam, at=LATER)

        assert excluded.exclusions_to_check(sam) == [row]
        assert [(one.text, one.withdrawn_at) for one in excluded.questions_on(sam, row)] == [
            ("Which outage?", LATER)
        ]
        assert acts()[-1] == "runs.take_back_question"

    def test_is_for_who_asked_and_before_the_answer(self, jo: Acting, sam: Acting) -> None:
        row = enter(jo)
        second_checks.ask_about_exclusion(exclusion=row, text="Which outage?", by=sam, at=NOW)
        with pytest.raises(second_checks.UnableToTakeBack, match="Only who asked"):
            second_checks.take_back_question(exclusion=row, by=jo, at=LATER)
        second_checks.answer_question(exclusion=row, text="That one.", by=jo, at=LATER)

        with pytest.raises(second_checks.UnableToTakeBack, match="was answered"):
            second_checks.take_back_question(exclusion=row, by=sam, at=LATER)


class TestTakeBackCheck:
    @pytest.mark.parametrize("agrees", [True, False])
    def test_lets_the_row_wait_again(self, jo: Acting, sam: Acting, *, agrees: bool) -> None:
        row = operations.check_exclusion(exclusion=enter(jo), agrees=agrees, by=sam, at=NOW)

        done = second_checks.take_back_check(exclusion=row, by=sam, at=LATER)

        assert (done.state, done.checked_by, done.checked_at) == (Exclusion.ENTERED, None, None)
        assert acts()[-2:] == ["runs.check_exclusion", "runs.take_back_check"]

    def test_is_for_who_gave_it(self, jo: Acting, sam: Acting) -> None:
        row = operations.check_exclusion(exclusion=enter(jo), agrees=True, by=sam, at=NOW)

        with pytest.raises(second_checks.UnableToTakeBack, match="Only who gave"):
            second_checks.take_back_check(exclusion=row, by=jo, at=LATER)

    def test_comes_too_late_once_a_run_has_left_the_row_out(self, jo: Acting, sam: Acting) -> None:
        row = operations.check_exclusion(exclusion=enter(jo), agrees=True, by=sam, at=NOW)
        operations.place_exclusion(exclusion=row, evidence="S-1", by=jo.actor, at=NOW)

        with pytest.raises(second_checks.UnableToTakeBack, match="by now"):
            second_checks.take_back_check(exclusion=row, by=sam, at=LATER)

    def test_comes_too_late_once_the_row_was_entered_anew(self, jo: Acting, sam: Acting) -> None:
        row = operations.check_exclusion(exclusion=enter(jo), agrees=False, by=sam, at=NOW)
        enter(jo)

        with pytest.raises(second_checks.UnableToTakeBack, match="anew"):
            second_checks.take_back_check(exclusion=row, by=sam, at=LATER)

    def test_has_nothing_to_take_back_before_there_is_one(self, jo: Acting, sam: Acting) -> None:
        with pytest.raises(second_checks.UnableToTakeBack, match="already"):
            second_checks.take_back_check(exclusion=enter(jo), by=sam, at=LATER)
