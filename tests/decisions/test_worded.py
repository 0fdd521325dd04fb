"""Words of an act that stand in rows as well go by the order that removes its entry, and by nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tallystick.cases.models import Case, LineAnswer, Message, Note
from tallystick.cases.operations.talking import (
    Reply,
    Said,
    UnableToNote,
    UnableToSend,
    read_messages,
    reply,
    send_message,
    write_note,
)
from tallystick.decisions.kept_tables import SAID
from tallystick.decisions.models import Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.motions import withdraw_motion
from tallystick.decisions.operations.records import object_to
from tallystick.decisions.worded import UnableToNameWords, instead, is_removed, named, remove_words, worded
from tallystick.journal import erasing, queries
from tallystick.journal.merkle import leaf_hash, verify_inclusion
from tallystick.journal.models import Entry, Payload, Redaction
from tallystick.journal.redacting import Asked, ask_redaction, redact
from tallystick.journal.verify import verified
from tallystick.processes.models import Step
from tests.cases.cast import NOTICED, Cast, at, key, landed, lines_of, made_cast, on
from tests.decisions.canaries import CANARY, live
from tests.decisions.chamber import CLOSES, LATER, chamber, opened, person_of, recounted
from tests.decisions.chamber import cast as ballot
from tests.decisions.operations.test_records import taken

pytestmark = pytest.mark.django_db
Also = Callable[[int], None]


@pytest.fixture
def cast(db: None) -> Cast:
    return made_cast()


def wrote(cast: Cast, case: Case, text: str = CANARY, form: str = "") -> Message:
    told: dict[str, Any] = {"by": on(cast.ada, NOTICED), "at": at(NOTICED, 12), "key": form or key()}
    return send_message(case=case, text=text, **told)


def noted(cast: Cast, case: Case, text: str = CANARY, form: str = "") -> Note:
    told: dict[str, Any] = {"by": on(cast.jo, NOTICED), "at": at(NOTICED, 12), "key": form or key()}
    return write_note(case=case, text=text, **told)


def replied(cast: Cast, case: Case) -> Message:
    """Dispute a notice, and a line of it, in words."""
    finding = case.case_findings.get().finding
    disputed = {lines_of(finding)[0]: Said("disputed", CANARY), lines_of(finding)[1]: Said("accepted")}
    said = Reply("disputed", CANARY, key(), disputed)
    return reply(case=case, said=said, by=on(cast.ada, NOTICED), at=at(NOTICED, 12))


def put(cast: Cast) -> Case:
    return cast.told(cast.opened(landed(cast.alfa)))


def asked(cast: Cast, seq: int) -> Redaction:
    wanted = Asked("sec", seq, "court_order", "County court, 2021-77")
    return ask_redaction(asked=wanted, by=cast.jo.actor, at=at(NOTICED, 13))


def removed(cast: Cast, seq: int, also: Also = remove_words) -> str:
    """Let two persons order the words of an entry away; return what stands in their place."""
    done = redact(redaction=asked(cast, seq), by=cast.sam.actor, at=at(NOTICED, 13), also=also)
    return instead(NOTICED, done.order_id or 0)


def last(act: str) -> int:
    return int(Entry.objects.filter(act=f"cases.{act}").latest("seq").seq)


def told(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


class TestNaming:
    def test_leaves_out_what_is_empty(self) -> None:
        step = Step(handle="H", said={"words": "So."}, reason="")

        assert worded(step, "said.words", "reason") == ["H.said.words"]
        assert named(*worded(step, "reason")) == {}

    def test_knows_the_columns_of_words_alone(self) -> None:
        with pytest.raises(UnableToNameWords, match="Message holds no words in key"):
            worded(Message(), "text", "key")

    @pytest.mark.parametrize(
        ("words", "is_one"),
        [
            ("Removed by order, 7 September 2021 (#9,001)", True),
            ("Removed by order, as I hear.", False),
            ("“Removed by order, 7 September 2021 (#9,001)”", False),
        ],
    )
    def test_tells_the_sentence_of_an_order(self, words: str, is_one: bool) -> None:  # noqa: FBT001 - a case of the table
        assert is_removed(words) is is_one


class TestRemoval:
    def test_of_a_message_takes_its_words_and_no_others(self, cast: Cast) -> None:
        case = put(cast)
        message, other = wrote(cast, case), wrote(cast, case, "Another.")

        sentence = removed(cast, entry_of(message))

        message.refresh_from_db()
        other.refresh_from_db()
        assert (message.text, other.text) == (sentence, "Another.")
        assert is_removed(sentence)

    def test_of_a_reply_takes_the_step_and_the_disputed_line(self, cast: Cast) -> None:
        case = put(cast)
        message = replied(cast, case)

        sentence = removed(cast, last("reply"))

        message.refresh_from_db()
        assert message.text == sentence
        assert Step.objects.get(move="reply").said == {"stance": "disputed", "words": sentence}
        reasons = LineAnswer.objects.order_by("answer").values_list("answer", "reason")
        assert list(reasons) == [("accepted", ""), ("disputed", sentence)]

    def test_of_what_was_read_leaves_the_words(self, cast: Cast) -> None:
        case = put(cast)
        message = wrote(cast, case)
        read_messages(case=case, by=on(cast.jo, NOTICED), at=at(NOTICED, 12))

        removed(cast, last("read_messages"))

        message.refresh_from_db()
        assert message.text == CANARY

    def test_leaves_every_proof_as_it_was(self, cast: Cast) -> None:
        noted(cast, put(cast))
        size, root = queries.head()
        before = {seq: queries.inclusion_proof(seq) for seq in range(size)}

        removed(cast, last("write_note"))

        assert verified() == []
        for seq, proof in before.items():
            leaf = leaf_hash(bytes(Entry.objects.get(seq=seq).leaf))
            assert verify_inclusion(leaf, seq, size, proof, bytes.fromhex(root))

    def test_lets_the_form_that_said_it_be_sent_again(self, cast: Cast) -> None:
        case = put(cast)
        message, note = wrote(cast, case, form="form-1"), noted(cast, case, form="form-2")
        for act in ("send_message", "write_note"):
            removed(cast, last(act))

        assert wrote(cast, case, form="form-1") == message
        assert noted(cast, case, form="form-2") == note
        assert (Message.objects.filter(from_party=True).count(), Note.objects.count()) == (1, 1)

    def test_of_another_form_is_no_answer(self, cast: Cast) -> None:
        case = put(cast)
        wrote(cast, case, form="form-1")
        noted(cast, case, form="form-2")

        with pytest.raises(UnableToSend):
            wrote(cast, case, "Another.", form="form-1")
        with pytest.raises(UnableToNote):
            noted(cast, case, "Another.", form="form-2")

    def test_without_an_order_takes_nothing(self, cast: Cast) -> None:
        message = wrote(cast, put(cast))
        asked(cast, last("send_message"))

        remove_words(last("send_message"))
        remove_words(10**9)

        message.refresh_from_db()
        assert message.text == CANARY

    def test_takes_all_that_was_ever_said(self, cast: Cast) -> None:
        live(cast)
        assert len(holding(CANARY)) > 25

        for seq in Payload.objects.exclude(entry__act__startswith="journal.").values_list("pk", flat=True):
            removed(cast, seq)

        assert holding(CANARY) == set()
        assert verified() == []


class TestTheGuard:
    def test_refuses_without_an_order(self, cast: Cast) -> None:
        case = put(cast)
        replied(cast, case)
        noted(cast, case)
        for act in ("reply", "write_note"):
            asked(cast, last(act))

        for table, column in (
            ("cases_message", "text"),
            ("cases_note", "text"),
            ("cases_lineanswer", "reason"),
            ("processes_step", "reason"),
        ):
            with pytest.raises(DatabaseError, match=SAID):
                told(f"UPDATE {table} SET {column} = %s", instead(NOTICED, 1))  # noqa: S608 - our own names
        with pytest.raises(DatabaseError, match=SAID):
            told("UPDATE processes_step SET said = '{}' WHERE move = 'reply'")

    def test_lets_nothing_else_go_by_an_order(self, cast: Cast) -> None:
        case = put(cast)
        message, other = wrote(cast, case), wrote(cast, case)
        seq = entry_of(message)

        def also(_: int) -> None:
            for column, words, row in (
                ("text", "What was never said", message),
                ("text", instead(NOTICED, 1), other),
                ("key", instead(NOTICED, 1), message),
            ):
                with pytest.raises(DatabaseError, match=SAID):
                    told(f"UPDATE cases_message SET {column} = %s WHERE id = %s", words, row.pk)  # noqa: S608 - as above
            remove_words(seq)

        removed(cast, seq, also)

        with pytest.raises(DatabaseError, match=SAID):
            told("UPDATE cases_message SET text = %s WHERE id = %s", instead(NOTICED, 1), message.pk)

    def test_is_not_led_astray_by_what_somebody_wrote(self, cast: Cast) -> None:
        case = put(cast)
        other = wrote(cast, case)
        wrote(cast, case, f'"worded":["{other.handle}.text"] ","worded":["{other.handle}.text"]')

        def also(_: int) -> None:
            with pytest.raises(DatabaseError, match=SAID):
                told("UPDATE cases_message SET text = %s WHERE id = %s", instead(NOTICED, 1), other.pk)

        removed(cast, last("send_message"), also)


@pytest.mark.usefixtures("rules")
class TestDecisions:
    def test_go_by_their_words_and_keep_their_count(self) -> None:
        pab = chamber()
        motion = opened(pab, title=CANARY, question=CANARY, does=CANARY)
        gone = opened(pab)
        ballot(pab, motion, 0)
        close_vote(motion=motion, by=pab.chair, at=CLOSES)
        withdraw_motion(motion=gone, because=CANARY, by=pab.secretary, at=LATER)
        decision = taken(pab, title=CANARY, text=CANARY, objections={person_of(pab.members[1]): CANARY})
        object_to(decision=decision, words=CANARY, by=pab.members[0], at=LATER)
        before = Motion.objects.get(pk=motion.pk)
        proved = "put_motion", "withdraw_motion", "record_decision", "object_to"

        for entry in Entry.objects.filter(act__in=[f"decisions.{act}" for act in proved]):
            wanted = Asked("sec", entry.seq, "court_order", "County court, 2021-77")
            redaction = ask_redaction(asked=wanted, by=pab.chair.actor, at=CLOSES)
            redact(redaction=redaction, by=pab.secretary.actor, at=CLOSES, also=remove_words)

        assert holding(CANARY) == set()
        now = Motion.objects.get(pk=motion.pk)
        assert (now.count, now.outcome, now.count) == (before.count, before.outcome, recounted(now))
        assert is_removed(now.title)

    def test_stay_without_an_order(self) -> None:
        pab = chamber()
        motion, decision = opened(pab), taken(pab)
        object_to(decision=decision, words="No.", by=pab.members[0], at=LATER)

        for table, column in (
            ("decisions_motion", "title"),
            ("decisions_decision", "text"),
            ("decisions_objection", "words"),
        ):
            with pytest.raises(DatabaseError, match="what was voted on stays"):
                told(f"UPDATE {table} SET {column} = %s", instead(NOTICED, 1))  # noqa: S608 - our own names
        close_vote(motion=motion, by=pab.chair, at=CLOSES)
        with pytest.raises(DatabaseError, match="what was voted on stays"):
            told("UPDATE decisions_motion SET question = %s", instead(NOTICED, 1))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of one file")
@pytest.mark.django_db(transaction=True)
class TestTheFile:
    @pytest.mark.parametrize(
        ("said", "act"), [(wrote, "send_message"), (noted, "write_note"), (replied, "reply")]
    )
    def test_holds_nothing_of_what_was_removed(self, cast: Cast, said: Callable[..., Any], act: str) -> None:
        case = put(cast)
        said(cast, case)

        assert in_the_file(CANARY)
        removed(cast, last(act))

        assert erasing.cut_log()
        assert not in_the_file(CANARY)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no samples")
def test_no_sample_is_kept_of_words(cast: Cast) -> None:
    live(cast)

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT tablename, attname FROM pg_stats")
        sampled = set(cursor.fetchall())

    assert [
        (model.__name__, column)
        for model in apps.get_models()
        for column in getattr(model, "WORDS", ())
        if (model._meta.db_table, column) in sampled
    ] == []


def holding(word: str) -> set[tuple[str, str, str]]:
    """Return the room, the model and the column of each place in the database that holds a word."""
    return {
        (model._meta.app_label, model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField", "JSONField")
        for value in model._default_manager.values_list(field.name, flat=True)
        if word in str(value)
    }


def in_the_file(word: str) -> bool:
    there = Path(str(connection.settings_dict["NAME"]))
    return any(word.encode() in file.read_bytes() for file in there.parent.glob(f"{there.name}*"))


def entry_of(message: Message) -> int:
    return int(Payload.objects.get(text__contains=f'"message":"{message.handle}"').pk)
