"""A party fills in a questionnaire, may save what it has, and sends it; what was sent is only corrected."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from tallystick.assessments.models import DraftResponse, Part, Questionnaire, Response
from tallystick.assessments.questionnaires.questions import (
    Picked,
    Question,
    Said,
    UnableToTakeAnswer,
    questions_of,
    taken,
)
from tallystick.assessments.techniques.facts import UNDER_WAY
from tallystick.assessments.techniques.operations.rows import LONGEST, enter, keyed, locked_part
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.queries import process_of, standing_of

ANSWERED = ("answered_at", "answered_by", "by_office", "answer_key")


class UnableToRespond(Exception):
    """It is not theirs to answer, is not asked now, or an answer is wanting or none that is allowed."""


@dataclass(frozen=True)
class Filled:
    """What was filled in: lists of text by question; and, where sent answers are corrected, why."""

    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    key: str = ""
    reason: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def save_response(*, part: Part, filled: Filled, by: Acting, at: dt.datetime) -> DraftResponse:
    """Save what a party has filled in so far. It is the party's alone, and is written over.

    :raises UnableToRespond: if it is another's, is not asked now, or an answer is none that is allowed
    """
    held = locked_part(part)
    person = _answering(held, by)
    if by.name in Role.OFFICE:
        raise UnableToRespond("What is not sent is the party's own. Write down what came as its answers.")
    picked, said = _taken(_asked(held, by.day), filled, is_draft=True)
    row = DraftResponse.objects.filter(part=held).first() or DraftResponse(**_of(held))
    row.picked, row.words, row.by, row.at = picked, said, person, at
    row.save()
    told = f"saved a draft of its answers to {held.application.reference}"
    facts = {"application": held.application.reference, "answered": len(picked) + len(said)}
    enter("save_response", held, by, at, told, facts)
    return row


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def send_response(*, part: Part, filled: Filled, by: Acting, at: dt.datetime) -> Response:
    """Send the answers of a party: its own, or those that the office has on paper. They stay.

    Sent again they are corrected: another version, which says why.

    :raises UnableToRespond: if it is another's, is not asked now, or something is wanting
    """
    held = locked_part(part)
    person = _answering(held, by)
    key = keyed(filled.key, UnableToRespond)
    asked = _asked(held, by.day)
    picked, said = _taken(asked, filled)
    there: Response | None = Response.objects.filter(by=person, key=key).first()
    reason = filled.reason.strip()
    if there is not None:
        if (there.part_id, there.picked, there.words, there.reason) != (held.pk, picked, said, reason):
            raise UnableToRespond("This form sent other answers before. Open the page again.")
        return there
    before = Response.objects.filter(part=held).order_by("-number").first()
    _check(before, (picked, said), reason)
    row = Response(**_of(held), number=before.number + 1 if before else 1, picked=picked, words=said)
    row.reason, row.by_office, row.by, row.at, row.key = reason, by.name in Role.OFFICE, person, at, key
    row.save(force_insert=True)
    _settle(held, row)
    how = "corrected" if before else "sent"
    told = f"{how} the answers of {held.party.name} to {held.application.reference}"
    facts = {"application": held.application.reference, "number": row.number, "by_office": row.by_office}
    places = worded(row, "reason", *(f"words.{key}" for key in said))
    enter("send_response", held, by, at, told, {**facts, **named(*places)})
    return row


def _settle(held: Part, row: Response) -> None:
    """Let a part be answered by its first response, and let nothing of the draft stay."""
    draft = DraftResponse.objects.filter(part=held).first()
    if draft is not None:
        draft.picked, draft.words = {}, {}
        draft.save(update_fields=["picked", "words"])
    if held.answered_at is None:
        held.answered_at, held.answered_by = row.at, row.by
        held.by_office, held.answer_key = row.by_office, row.key
        held.save(update_fields=ANSWERED)


def _check(before: Response | None, now: tuple[Picked, Said], reason: str) -> None:
    if before is None and reason:
        raise UnableToRespond("Nothing was sent before that could be corrected.")
    if before is not None and (not reason or len(reason) > LONGEST):
        raise UnableToRespond(f"Say why what was sent is corrected, in {LONGEST:,} characters at most.")
    if before is not None and (before.picked, before.words) == now:
        raise UnableToRespond("These are the answers that were sent.")


def _asked(held: Part, on: dt.date) -> tuple[Question, ...]:
    """Return what the party is asked.

    :raises UnableToRespond: if nothing was issued, or its application is no longer under way
    """
    course = held.application.course
    issued = Questionnaire.objects.filter(application=held.application, issued_at__isnull=False).first()
    stage = standing_of(course, on).at[process_of(course).main]
    if issued is None or held.served_at is None or stage != UNDER_WAY:
        raise UnableToRespond(f"{held.application.reference} asks nothing now.")
    return questions_of(issued.versions.latest("number"))


def _taken(questions: Sequence[Question], filled: Filled, *, is_draft: bool = False) -> tuple[Picked, Said]:
    try:
        return taken(questions, filled.given, is_draft=is_draft)
    except UnableToTakeAnswer as refusal:
        [ask] = [one.ask for one in questions if one.key == refusal.key]
        raise UnableToRespond(f"{ask} {refusal}") from refusal


def _answering(held: Part, by: Acting) -> Person:
    is_own = by.name == Role.PARTY_DELEGATE and by.organisation == held.party
    if by.person is None or not (is_own or by.name in Role.OFFICE):
        raise UnableToRespond("A party answers for itself; the office writes down what came on paper.")
    return by.person


def _of(held: Part) -> dict[str, object]:
    return {
        "code": held.code,
        "classification": held.classification,
        "party": held.party,
        "body_id": held.body_id,
        "publicity": Part.ISSUED,
        "part": held,
    }
