"""Notice, reply and messages between both sides, and notes that one side alone reads."""

import datetime as dt
from typing import Any

import pytest

from tallystick.cases.models import Case, LineAnswer, Message, Note
from tallystick.cases.operations.talking import (
    Reply,
    Said,
    Sending,
    UnableToNote,
    UnableToSend,
    give_notice,
    read_messages,
    reply,
    send_message,
    write_note,
)
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.row_security import seen_by
from tallystick.processes.queries import open_clocks
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import (
    NOTICED,
    REPLY_DUE,
    Cast,
    acts,
    at,
    key,
    landed,
    last_said,
    lines_of,
    on,
    stands,
)

pytestmark = pytest.mark.django_db
NEXT = NOTICED + dt.timedelta(days=1)


def send(case: Case, by: Acting, text: str = "When will it be done?", **told: Any) -> Message:
    told = {"key": key(), **told}
    return send_message(case=case, text=text, by=on(by, NEXT), at=at(NEXT), **told)


class TestNotice:
    def test_begins_the_right_of_reply(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        [clock] = open_clocks([case.course], NOTICED)
        assert (clock.clock, clock.due_on, clock.owner) == ("right_of_reply", REPLY_DUE, "party")
        assert stands(case)[0] == "notice"
        assert list(Case.objects.visible_to(cast.ada)) == [case]
        assert acts() == ["open_case", "give_notice"]

    def test_is_given_once(self, cast: Cast) -> None:
        case = cast.opened()
        give: Any = {"case": case, "key": key(), "by": on(cast.jo, NOTICED), "at": at(NOTICED)}

        first, again = give_notice(text="Please reply.", **give), give_notice(text="Please reply.", **give)

        assert first == again
        with pytest.raises(UnableToSend, match="said something else"):
            give_notice(text="Another", **give)
        with pytest.raises(UnableToMove, match="stands in"):
            give_notice(text="Please reply.", **{**give, "key": key()})

    def test_needs_the_lines_to_be_shared(self, cast: Cast) -> None:
        case = cast.opened(landed(cast.alfa))

        with pytest.raises(UnableToMove, match="the lines that failed are shared"):
            give_notice(case=case, text="Reply.", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED))

        assert not Message.objects.exists()
        assert not Case.objects.visible_to(cast.ada).exists()

    def test_says_something(self, cast: Cast) -> None:
        with pytest.raises(UnableToSend, match="Say something"):
            give_notice(case=cast.opened(), text=" ", key=key(), by=cast.jo, at=at(NOTICED))


class TestReply:
    def test_takes_a_stance_and_answers_lines(self, cast: Cast) -> None:
        finding = landed(cast.alfa, lines=3)
        case = cast.told(cast.opened(finding))
        one, other, _ = lines_of(finding)
        lines = {one: Said("accepted"), other: Said("disputed", "It was replaced in June")}
        said = Reply("accepted_in_part", "All but one.", key(), lines)

        message = reply(case=case, said=said, by=on(cast.ada, NEXT), at=at(NEXT))

        assert (message.kind, message.from_party, stands(case)[0]) == ("reply", True, "reply")
        assert {row.line: row.answer for row in LineAnswer.objects.visible_to(cast.ada)} == {
            one: "accepted",
            other: "disputed",
        }
        assert (last_said()[1]["stance"], last_said()[1]["disputed"]) == ("accepted_in_part", 1)
        assert reply(case=case, said=said, by=on(cast.ada, NEXT), at=at(NEXT)) == message

    def test_is_for_the_party_alone(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        for by in (cast.ben, cast.jo, cast.bo):
            with pytest.raises(UnableToMove, match="not for this role"):
                reply(case=case, said=Reply("accepted", "Yes", key()), by=on(by, NEXT), at=at(NEXT))

        assert stands(case)[0] == "notice"

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            (Reply("perhaps", "Yes", "a"), "no choice"),
            (Reply("accepted", " ", "b"), "nothing is said"),
        ],
    )
    def test_says_what_it_is_asked(self, cast: Cast, said: Reply, why: str) -> None:
        case = cast.told(cast.opened())

        with pytest.raises(UnableToMove, match=why):
            reply(case=case, said=said, by=on(cast.ada, NEXT), at=at(NEXT))

    def test_answers_lines_that_were_shared_and_says_why_one_is_disputed(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.told(cast.opened(finding))
        line = lines_of(finding)[0]
        refused = {
            "was not shared": {"hub-of-brvo": Said("accepted")},
            "accepted or disputed": {line: Said("maybe")},
            "Say why": {line: Said("disputed", " ")},
        }

        for why, lines in refused.items():
            with pytest.raises(UnableToSend, match=why):
                reply(
                    case=case, said=Reply("disputed", "No", key(), lines), by=on(cast.ada, NEXT), at=at(NEXT)
                )

        assert not LineAnswer.objects.exists()


class TestAParty:
    def test_acts_within_what_its_rows_let_it(self, cast: Cast) -> None:
        """On PostgreSQL the second layer holds a delegate to rows of their own."""
        finding = landed(cast.alfa)
        case = cast.told(cast.opened(finding))
        lines = {lines_of(finding)[0]: Said("accepted")}
        delegate = on(cast.ada, NEXT)

        with seen_by(delegate):
            read_messages(case=case, by=delegate, at=at(NEXT))
            reply(case=case, said=Reply("accepted", "Yes", key(), lines), by=delegate, at=at(NEXT))
            send(case, cast.ada)

        assert stands(case, NEXT)[0] == "reply"
        assert acts()[-3:] == ["read_messages", "reply", "send_message"]


class TestMessages:
    def test_go_from_one_side_to_the_other(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        of_office, of_party = send(case, cast.sam), send(case, cast.ada)

        assert (of_office.from_party, of_party.from_party) == (False, True)
        assert {of_office, of_party} <= set(Message.objects.visible_to(cast.ada))
        assert not Message.objects.visible_to(cast.ben).exists()
        assert last_said()[0] == f"wrote to the office on {case.reference}"

    def test_are_sent_once_a_form(self, cast: Cast) -> None:
        case, form = cast.told(cast.opened()), key()

        assert send(case, cast.jo, key=form) == send(case, cast.jo, key=form)
        with pytest.raises(UnableToSend, match="said something else"):
            send(case, cast.jo, "Another", key=form)
        with pytest.raises(UnableToSend, match="no key"):
            send(case, cast.jo, key="")

    def test_are_for_the_two_sides_alone(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        for by in (cast.ben, cast.bo, cast.obs, cast.aud):
            with pytest.raises(UnableToSend, match="write to each other"):
                send(case, by)
        with pytest.raises(UnableToSend, match="Sign in"):
            send_message(case=case, text="x", key=key(), by=Acting("sec", NEXT), at=at(NEXT))

    def test_wait_until_the_party_knows_of_the_case(self, cast: Cast) -> None:
        with pytest.raises(UnableToSend, match="knows nothing of this case"):
            send(cast.opened(), cast.jo)

    def test_of_other_kinds_come_with_a_step_or_from_the_office(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        assert send(case, cast.jo, sending=Sending(Message.TO_PUBLISH)).kind == "publish"
        for by, kind in ((cast.ada, Message.TO_PUBLISH), (cast.jo, Message.DECISION), (cast.jo, "odd")):
            with pytest.raises(UnableToSend, match="of this kind"):
                send(case, by, sending=Sending(kind))


class TestReading:
    def test_marks_what_the_other_side_sent_once(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        own = send(case, cast.ada)
        later = at(NEXT, 12)

        [notice] = read_messages(case=case, by=on(cast.ada, NEXT), at=later)
        again = read_messages(case=case, by=on(cast.ada, NEXT), at=at(NEXT, 15))
        own.refresh_from_db()

        assert (notice.kind, notice.read_by, notice.read_at) == ("notice", cast.ada.person, later)
        assert again == []
        assert own.read_at is None
        assert acts()[-1:] == ["read_messages"]

    def test_never_comes_before_the_sending(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        sent = send(case, cast.ada)

        [marked] = read_messages(case=case, by=on(cast.sam, NEXT), at=at(NOTICED))

        assert marked.read_at == sent.sent_at

    def test_of_somebody_on_no_side_marks_nothing(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        for by in (cast.bo, cast.aud, cast.obs, cast.ben):
            assert read_messages(case=case, by=on(by, NEXT), at=at(NEXT)) == []

        assert not Message.objects.exclude(read_at=None).exists()


class TestNotes:
    def test_are_read_by_the_office_and_the_auditor_alone(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        note = write_note(case=case, text="They were late before.", key=key(), by=cast.jo, at=at(NEXT))

        everybody = ("jo", "sam", "aud", "obs", "ada", "ben", "bo", "hal")
        readers = {name for name in everybody if Note.objects.visible_to(getattr(cast, name)).exists()}
        assert readers == {"jo", "sam", "aud"}
        assert Entry.objects.get(handle=note.handle).kind == "case_note"
        assert not Entry.objects.filter(handle=case.handle, act="cases.write_note").exists()

    def test_are_written_once_a_form_by_the_office(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        told: Any = {"case": case, "at": at(NEXT)}
        form = key()

        first, again = (write_note(text="A note", key=form, by=cast.jo, **told) for _ in range(2))

        assert first == again
        for text, by, its_key, why in (
            ("Another", cast.jo, form, "something else"),
            ("A note", cast.jo, "", "no key"),
            (" ", cast.jo, key(), "Note something"),
            ("A note", cast.ada, key(), "office's own"),
        ):
            with pytest.raises(UnableToNote, match=why):
                write_note(text=text, key=its_key, by=by, **told)
