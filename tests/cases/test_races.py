"""Many act on one case at once: each thing happens once, and what came too late is told so."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tallystick.cases.models import Case, CaseFinding, Message
from tallystick.cases.operations.clocks import pass_due
from tallystick.cases.operations.opening import UnableToOpenCase
from tallystick.cases.operations.talking import Reply, read_messages, reply, send_message
from tallystick.processes.models import Course
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import NOTICED, REPLY_DUE, Cast, acts, at, key, landed, made_cast, on, stands
from tests.decisions.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SENT = 6
LATE = REPLY_DUE.replace(day=22)


def answered(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (UnableToMove, UnableToOpenCase) as refusal:
        return refusal


def raced(*doing: Callable[[], Any]) -> list[Any]:
    return at_once([partial(answered, one) for one in doing])


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return made_cast()


class TestACase:
    def test_is_opened_once_by_one_form(self, people: Cast) -> None:
        told = {"key": key()}

        answers = raced(*[partial(people.opened, **told)] * SENT)

        assert set(answers) == {Case.objects.get()}
        assert acts() == ["open_case"]
        assert Course.objects.count() == 1

    def test_takes_a_finding_that_another_wants_as_well(self, people: Cast) -> None:
        finding = landed(people.alfa)

        answers = raced(*[partial(people.opened, finding) for _ in range(SENT)])

        assert sum(isinstance(one, Case) for one in answers) == 1
        assert CaseFinding.objects.count() == Case.objects.count() == Course.objects.count() == 1


class TestTalk:
    def test_is_sent_and_read_once(self, people: Cast) -> None:
        case = people.told(people.opened())
        by, form = on(people.ada, NOTICED), key()
        send = partial(send_message, case=case, text="Well?", key=form, by=by, at=at(NOTICED, 12))

        sent = raced(*[send] * SENT)
        read = raced(*[partial(read_messages, case=case, by=by, at=at(NOTICED, 13))] * SENT)

        assert set(sent) == {Message.objects.get(kind="message")}
        assert sorted(len(one) for one in read) == [0] * (SENT - 1) + [1]
        assert acts().count("read_messages") == acts().count("send_message") == 1


class TestTheEndOfATime:
    def test_comes_before_a_reply_or_after_it(self, people: Cast) -> None:
        case = people.told(people.opened())
        said = Reply("accepted", "Yes", key())
        replies = partial(reply, case=case, said=said, by=on(people.ada, LATE), at=at(LATE))

        answers = raced(replies, *[partial(pass_due, at(LATE), LATE)] * SENT)

        assert stands(case, LATE)[0] == "reply"
        moves = list(case.course.steps.filter(from_stage="notice").values_list("move", flat=True))
        assert moves in (["reply"], ["end_reply"])
        assert acts().count("reply") + acts().count("pass_clock_of") == 1
        assert isinstance(answers[0], Message) is (moves == ["reply"])
