"""What both sides say to each other on a case, and what the office notes for itself."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from tallystick.cases.attached import Handed
from tallystick.cases.models import Attachment, Case, LineAnswer, Message, Note, SharedLines
from tallystick.cases.models.case import KEY
from tallystick.cases.operations.attaching import attach, is_same
from tallystick.cases.operations.entries import common, counted, enter, is_of_party, locked_case
from tallystick.cases.operations.steps import issue, step_case
from tallystick.cases.queries import to_open
from tallystick.decisions.worded import is_removed, named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.operations.courses import Taken
from tallystick.processes.said import words_of
from tallystick.runs.models import LineList

GIVE_NOTICE, REPLY = "give_notice", "reply"
LONGEST = 20_000
FROM_THE_OFFICE = (Message.MESSAGE, Message.TO_PUBLISH)


class UnableToSend(Exception):
    """Nothing is said, the party does not know of the case yet, or the form said something else before."""


class UnableToNote(Exception):
    """Nothing is noted, or the form noted something else before."""


@dataclass(frozen=True)
class Said:
    """What a party says of one line that was shared: accepted, or disputed for a reason."""

    answer: str
    reason: str = ""


@dataclass(frozen=True)
class Reply:
    """The reply to a notice as the form has it: one of the stances that the rule offers, words, and lines."""

    stance: str
    words: str
    key: str
    lines: Mapping[str, Said] = field(default_factory=dict)
    files: Sequence[Handed] = ()


@dataclass(frozen=True)
class Sending:
    """How words are sent: as a message, or as what is to be published; and with which files."""

    kind: str = Message.MESSAGE
    files: Sequence[Handed] = ()


PLAINLY = Sending()


@transaction.atomic
@unscoped(BY_AN_ACT)
def give_notice(
    *, case: Case, text: str, key: str, by: Acting, at: dt.datetime, files: Sequence[Handed] = ()
) -> Message:
    """Put a case to the party, whose right of reply begins. The same form again gives the same notice.

    :raises UnableToSend: if nothing is said
    :raises UnableToAttach: if one of the files may not be attached
    :raises UnableToMove: if the case was put to the party before, or lines are not shared yet
    """
    held = locked_case(case)
    there = _sent_before(held, _Words(Message.NOTICE, text, key, files), by)
    if there is not None:
        return there
    _check_words(text)
    step_case(held, Taken(GIVE_NOTICE, key), by, at)
    issue(held)
    message = _message(held, Message.NOTICE, text, key, by, at)
    told, facts = attach(message, files)
    said = f"gave {held.party.name} notice of {held.reference}{told}"
    enter("give_notice", held, by, at, said, {**_served(message), **facts})
    return message


@transaction.atomic
@unscoped(BY_AN_ACT)
def reply(*, case: Case, said: Reply, by: Acting, at: dt.datetime) -> Message:
    """Reply to the notice for the party, and answer lines that were shared. A form replies once.

    :raises UnableToSend: if a line was not shared, or is disputed without a reason
    :raises UnableToAttach: if one of the files may not be attached
    :raises UnableToMove: if the time is over, somebody acts for no such party, or nothing is said
    """
    held = locked_case(case)
    there = _sent_before(held, _Words(Message.REPLY, said.words, said.key, said.files), by)
    if there is not None:
        return there
    _check_lines(held, said.lines)
    words = said.words.strip()
    taken = Taken(REPLY, said.key, said={"stance": said.stance, "words": words})
    step = step_case(held, taken, by, at)
    message = _message(held, Message.REPLY, words, said.key, by, at)
    answers = [_answer(held, line, one, by, at) for line, one in said.lines.items()]
    for answer in answers:
        answer.save(force_insert=True)
    disputed = sum(one.answer == LineAnswer.DISPUTED for one in said.lines.values())
    attached, files = attach(message, said.files)
    told = f"replied to the notice of {held.reference}{attached}"
    reasons = [place for answer in answers for place in worded(answer, "reason")]
    facts = {**_served(message, *words_of(step), *reasons), "stance": said.stance, **files}
    enter("reply", held, by, at, told, {**facts, "lines": len(said.lines), "disputed": disputed})
    return message


@transaction.atomic
@unscoped(BY_AN_ACT)
def send_message(
    *, case: Case, text: str, key: str, by: Acting, at: dt.datetime, sending: Sending = PLAINLY
) -> Message:
    """Say something to the other side; the office may show the party what is to be published.

    :raises UnableToSend: if nothing is said, one stands on no side, or the party knows nothing of the case
    :raises UnableToAttach: if one of the files may not be attached
    """
    held, kind = locked_case(case), sending.kind
    there = _sent_before(held, _Words(kind, text, key, sending.files), by)
    if there is not None:
        return there
    _check_words(text)
    is_party = is_of_party(by, held)
    if not is_party and by.name not in Role.OFFICE:
        raise UnableToSend(f"{held.party.name} and the office write to each other here.")
    if kind not in FROM_THE_OFFICE or (is_party and kind != Message.MESSAGE):
        raise UnableToSend("Messages of this kind come with a step of the case, or from the office.")
    if held.publicity == Case.DRAFT:
        raise UnableToSend(
            f"{held.party.name} knows nothing of this case yet. Share the lines, or give notice."
        )
    message = _message(held, kind, text, key, by, at)
    told, files = attach(message, sending.files)
    said = f"wrote to {'the office' if is_party else held.party.name} on {held.reference}{told}"
    facts = {**_served(message), "kind": kind, **files}
    enter("send_message", held, by, at, said, facts)
    return message


@transaction.atomic
@unscoped(BY_AN_ACT)
def read_messages(
    *, case: Case, by: Acting, at: dt.datetime, fetched: Attachment | None = None
) -> list[Message]:
    """Mark what the other side sent as read, once, and return it. Whoever is on no side marks nothing.

    :param fetched: what of it came to somebody; it opens the one message that it came with
    """
    held = locked_case(case)
    unread = to_open(by).filter(case=held).order_by("pk")
    found = list(unread if fetched is None else unread.filter(attachments=fetched))
    for one in found:
        # A message is read at the earliest when it was sent, whatever two clocks say.
        one.read_by, one.read_at = by.person, max(at, one.sent_at)
        one.save(update_fields=["read_by", "read_at"])
    if found:
        how = " by fetching what came with it" if fetched else ""
        said = f"read {counted(len(found), 'message')} on {held.reference}{how}"
        enter("read_messages", held, by, at, said, {"messages": [one.handle for one in found]})
    return found


@transaction.atomic
@unscoped(BY_AN_ACT)
def write_note(*, case: Case, text: str, key: str, by: Acting, at: dt.datetime) -> Note:
    """Note something for the office alone. The same form again gives the same note.

    :raises UnableToNote: if nothing is noted, somebody is not of the office, or the form noted another
    """
    held = locked_case(case)
    there: Note | None = Note.objects.filter(case=held, by=by.person, key=key).first()
    if there is not None and (there.text == text.strip() or is_removed(there.text)):
        return there
    if there is not None or not 0 < len(key) <= KEY:
        raise UnableToNote("This form noted something else before, or has no key. Open the page again.")
    if by.name not in Role.OFFICE:
        raise UnableToNote("Internal notes are the office's own.")
    if not 0 < len(text.strip()) <= LONGEST:
        raise UnableToNote(f"Note something, of {LONGEST} characters at most.")
    note = Note(
        code=held.code,
        classification=held.classification,
        case=held,
        text=text.strip(),
        by=by.person,
        at=at,
        key=key,
    )
    note.save(force_insert=True)
    facts = {"text": note.text, **named(*worded(note, "text"))}
    enter("write_note", note, by, at, "wrote an internal note", facts)
    return note


def _message(case: Case, kind: str, text: str, key: str, by: Acting, at: dt.datetime) -> Message:
    message = Message(
        **common(case),
        case=case,
        kind=kind,
        text=text.strip(),
        from_party=is_of_party(by, case),
        sent_by=by.person,
        sent_at=at,
        key=key,
    )
    message.save(force_insert=True)
    return message


def _served(message: Message, *others: str) -> dict[str, Any]:
    """Return what an entry says of a message: its words, and where these stand besides."""
    places = named(*worded(message, "text"), *others)
    return {"message": message.handle, "text": message.text, **places}


def _answer(case: Case, line: str, said: Said, by: Acting, at: dt.datetime) -> LineAnswer:
    return LineAnswer(
        **common(case),
        case=case,
        line=line,
        answer=said.answer,
        reason=said.reason.strip(),
        by=by.person,
        at=at,
    )


@dataclass(frozen=True)
class _Words:
    """What a form sends."""

    kind: str
    text: str
    key: str
    files: Sequence[Handed]


def _sent_before(case: Case, words: _Words, by: Acting) -> Message | None:
    """Return the message that the form sent before.

    :raises UnableToSend: if nobody has signed in, the form has no key, or it said something else then
    """
    if by.person is None:
        raise UnableToSend("A message is sent by somebody. Sign in.")
    if not 0 < len(words.key) <= KEY:
        raise UnableToSend("The form has no key, so that it could send it twice. Open the page again.")
    there: Message | None = Message.objects.filter(case=case, sent_by=by.person, key=words.key).first()
    text = words.text.strip() if there is None or not is_removed(there.text) else there.text
    if there is not None and (there.kind, there.text) != (words.kind, text):
        raise UnableToSend("This form said something else before. Open the page again.")
    if there is not None and not is_same(there, words.files):
        raise UnableToSend("This form came with other files before. Open the page again.")
    return there


def _check_words(text: str) -> None:
    if not 0 < len(text.strip()) <= LONGEST:
        raise UnableToSend(f"Say something, in {LONGEST} characters at most.")


def _check_lines(case: Case, lines: Mapping[str, Said]) -> None:
    if not lines:
        return
    shared = SharedLines.objects.filter(case=case).values("version")
    lists = LineList.objects.filter(version__in=shared).values_list("lines", flat=True)
    known = {line["key"] for told in lists for line in told}
    for line, one in lines.items():
        if line not in known:
            raise UnableToSend(f"The line {line[:60]!r} was not shared.")
        if one.answer not in dict(LineAnswer.ANSWERS):
            raise UnableToSend("A line is accepted or disputed.")
        if one.answer == LineAnswer.DISPUTED and not one.reason.strip():
            raise UnableToSend(f"Say why the line {line[:60]!r} is disputed.")
