"""Files beside a message: kept with it, proved by its entry, sent once, and gone with its words."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.cases.attached import Handed, UnableToAttach
from tallystick.cases.models import AttachedBytes, Attachment, Case, Message
from tallystick.cases.operations.attaching import remove_attachments
from tallystick.cases.operations.remedies import file_remedy, return_remedy
from tallystick.cases.operations.talking import Reply, Sending, UnableToSend, give_notice, reply, send_message
from tallystick.decisions.kept_tables import SAID
from tallystick.journal import erasing
from tallystick.journal.models import Entry, Payload
from tallystick.journal.redacting import Asked, ask_redaction, redact
from tallystick.parties.row_security import seen_by
from tests.cases.cast import NOTICED, Cast, at, key, landed, on
from tests.cases.files import CANARY, GOOD, PDF
from tests.cases.promised import plan

pytestmark = pytest.mark.django_db
SECRET = Handed("answer.txt", CANARY * 5000)
FILES = (Handed("../notes.pdf", PDF), SECRET)


def sent(cast: Cast, case: Case, *files: Handed, form: str = "") -> Message:
    told: dict[str, Any] = {"by": on(cast.ada, NOTICED), "at": at(NOTICED, 12), "key": form or key()}
    return send_message(case=case, text="See these.", sending=Sending(files=files), **told)


def put(cast: Cast) -> Case:
    return cast.told(cast.opened())


def removed(cast: Cast, entry: Entry) -> None:
    """Let two persons order the words of an entry away, and what came with them."""
    told: dict[str, Any] = {"at": at(NOTICED, 13)}
    wanted = Asked("sec", entry.seq, "court_order", "County court, 2021-77")
    redaction = ask_redaction(asked=wanted, by=cast.jo.actor, **told)
    redact(redaction=redaction, by=cast.sam.actor, also=remove_attachments, **told)


class TestAttach:
    def test_keeps_the_files_as_they_came(self, cast: Cast) -> None:
        message = sent(cast, put(cast), *FILES)

        rows = list(message.attachments.order_by("number"))
        assert [(row.name, row.media, row.size) for row in rows] == [
            ("notes.pdf", "pdf", len(PDF)),
            ("answer.txt", "txt", len(SECRET.content)),
        ]
        assert [bytes(row.content.content) for row in rows] == [PDF, SECRET.content]
        assert {(row.classification, row.party, row.publicity) for row in rows} == {
            (message.classification, cast.alfa, message.publicity)
        }
        assert str(rows[1]) == f"attachment 2 of {message.pk}"
        assert str(rows[1].content) == f"bytes of {rows[1].pk}"

    def test_lets_the_entry_prove_them(self, cast: Cast) -> None:
        message = sent(cast, put(cast), *FILES)

        said = json.loads(Payload.objects.get(entry__act="cases.send_message").text)
        assert said["facts"]["attachments"] == [
            {
                "attachment": row.handle,
                "sha256": hashlib.sha256(bytes(row.content.content)).hexdigest(),
                "size": row.size,
                "class": "amber",
            }
            for row in message.attachments.order_by("number")
        ]
        assert said["said"].endswith(", with 2 attachments")
        assert "answer.txt" not in str(said)

    def test_writes_nothing_where_one_may_not_be_attached(self, cast: Cast) -> None:
        case = put(cast)
        before = Entry.objects.count()

        with pytest.raises(UnableToAttach, match=r"'a\.png' was not attached"):
            sent(cast, case, *FILES, Handed("a.png", b"<svg/>"))

        assert Entry.objects.count() == before
        assert not Attachment.objects.exists()
        assert not Message.objects.filter(text="See these.").exists()

    def test_is_done_once_by_one_form(self, cast: Cast) -> None:
        case = put(cast)

        first, again = (sent(cast, case, *FILES, form="form-1") for _ in range(2))

        assert first == again
        assert Attachment.objects.count() == len(FILES)
        for others in (FILES[:1], (), (FILES[0], Handed("b.pdf", PDF + PDF))):
            with pytest.raises(UnableToSend, match="came with other files before"):
                sent(cast, case, *others, form="form-1")

    def test_comes_with_a_notice_a_reply_and_a_return(self, cast: Cast) -> None:
        case, files = cast.opened(landed(cast.alfa)), [Handed(name, GOOD[name]()) for name in ("rows.csv",)]
        jo, ada = on(cast.jo, NOTICED), on(cast.ada, NOTICED)
        cast.told(other := cast.opened())
        give_notice(case=cast.opened(), text="Reply.", key=key(), files=files, by=jo, at=at(NOTICED))
        said = Reply("accepted", "We accept it.", key(), files=files)
        reply(case=other, said=said, by=ada, at=at(NOTICED, 11))
        cast.asked(case)
        filed = file_remedy(case=case, filed=plan(), by=ada, at=at(NOTICED, 13))

        return_remedy(remedy=filed, reasons="See.", key=key(), files=files, by=jo, at=at(NOTICED, 14))

        kinds = Attachment.objects.values_list("message__kind", flat=True)
        assert sorted(kinds) == ["notice", "reply", "return"]
        acts = [one.act for one in Entry.objects.filter(payload__text__contains='"sha256"').order_by("seq")]
        assert acts == ["cases.give_notice", "cases.reply", "cases.return_remedy"]

    def test_goes_before_the_body_with_the_message(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        sent(cast, case, *FILES)

        cast.step(case, "escalate_to_pab", said={"why": "No remedy came."})

        assert {one.body for one in Attachment.objects.all()} == {cast.pab}


class TestSecondLayer:
    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second layer")
    def test_gives_bytes_to_whom_it_gives_the_attachment(self, cast: Cast) -> None:
        sent(cast, put(cast), *FILES)
        every = AttachedBytes.objects.filter(attachment__number__gt=0)

        seen = {}
        for name in ("jo", "ada", "ben"):
            with seen_by(getattr(cast, name)), transaction.atomic():
                seen[name] = every.count()

        assert seen == {"jo": 2, "ada": 2, "ben": 0}


class TestRemoval:
    def test_takes_name_hash_and_bytes_and_leaves_that_there_was_one(self, cast: Cast) -> None:
        case = put(cast)
        message, other = sent(cast, case, *FILES), sent(cast, case, SECRET)
        entry = Entry.objects.filter(act="cases.send_message").earliest("seq")

        removed(cast, entry)

        assert not AttachedBytes.objects.filter(attachment__message=message).exists()
        assert AttachedBytes.objects.filter(attachment__message=other).exists()
        gone = list(message.attachments.all())
        assert [(one.name, one.size, one.sha256, one.is_gone) for one in gone] == [("", 0, "", True)] * 2
        assert not Payload.objects.filter(pk=entry.seq).exists()
        assert sent(cast, case, *FILES, form=message.key) == message

    @pytest.mark.parametrize("table", ["cases_attachedbytes", "cases_attachment"])
    def test_is_refused_without_the_order(self, cast: Cast, table: str) -> None:
        sent(cast, put(cast), *FILES)
        wanted = Asked("sec", Entry.objects.latest("seq").seq, "court_order", "County court, 2021-77")
        ask_redaction(asked=wanted, by=cast.jo.actor, at=at(NOTICED, 13))

        for sql in (f"DELETE FROM {table}", "UPDATE cases_attachment SET name = '', size = 0, sha256 = ''"):  # noqa: S608
            with (
                pytest.raises(DatabaseError, match=SAID),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)

    def test_of_an_entry_without_files_takes_none(self, cast: Cast) -> None:
        sent(cast, put(cast), SECRET)

        removed(cast, Entry.objects.filter(act="cases.give_notice").get())
        remove_attachments(10**9)

        assert AttachedBytes.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of one file")
@pytest.mark.django_db(transaction=True)
class TestTheFile:
    def test_holds_nothing_of_what_was_removed(self, cast: Cast) -> None:
        case = put(cast)
        sent(cast, case, SECRET)

        assert in_the_file(CANARY)
        removed(cast, Entry.objects.get(act="cases.send_message"))

        assert erasing.cut_log()
        assert not in_the_file(CANARY)
        assert not in_the_file(SECRET.name.encode())


def in_the_file(word: bytes) -> bool:
    told = Path(str(connection.settings_dict["NAME"]))
    return any(word in file.read_bytes() for file in told.parent.glob(f"{told.name}*"))
