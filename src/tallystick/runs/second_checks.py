"""The second check of exclusions: given for several at once, put off by a question, or taken back."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from tallystick.journal.operations import record
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.runs import marks, operations
from tallystick.runs.models import Exclusion
from tallystick.runs.questions import Question


class UnableToAsk(Exception):
    """The exclusion is settled or one's own, a question is open already, or nothing is asked."""


class UnableToAnswer(Exception):
    """No question is open, somebody else entered the exclusion, or nothing is answered."""


class UnableToTakeBack(Exception):
    """Somebody else did it, or something rests on it by now."""


@transaction.atomic
@unscoped(BY_AN_ACT)
def check_all(
    *, exclusions: Sequence[Exclusion], agrees: bool, by: Acting, at: dt.datetime
) -> list[Exclusion]:
    """Confirm or refuse several exclusions, each by its own act; all of them, or none.

    :raises UnableToCheckExclusion: if one of them cannot be checked, or a question about it is open
    """
    # Locked before it is asked whether a question is open, and always in the same order.
    named = Exclusion.objects.filter(pk__in=[one.pk for one in exclusions])
    locked = list(named.select_for_update().order_by("pk"))
    for one in locked:
        if _open(one) is not None:
            raise operations.UnableToCheckExclusion(f"A question about {one.reference} waits for its answer.")
    return [operations.check_exclusion(exclusion=one, agrees=agrees, by=by, at=at) for one in locked]


@transaction.atomic
@unscoped(BY_AN_ACT)
def ask_about_exclusion(*, exclusion: Exclusion, text: str, by: Acting, at: dt.datetime) -> Question:
    """Send an exclusion back to whoever entered it, with a question.

    :raises UnableToAsk: if it is settled or one's own, a question is open, or nothing is asked
    """
    exclusion = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    if exclusion.state != Exclusion.ENTERED:
        raise UnableToAsk(f"{exclusion.reference} is settled: {exclusion.get_state_display()}.")
    if by.person is None or exclusion.entered_by_id == by.person.pk:
        raise UnableToAsk("You entered it: a question to yourself helps nobody.")
    if not text.strip():
        raise UnableToAsk("Say what you want to know.")
    question = Question(
        code=exclusion.code,
        classification=exclusion.classification,
        publicity=exclusion.publicity,
        party=exclusion.party,
        body=exclusion.body,
        exclusion=exclusion,
        text=text.strip(),
        asked_by=by.person,
        asked_at=at,
    )
    try:
        with transaction.atomic():
            question.save(force_insert=True)
    except IntegrityError:
        raise UnableToAsk(f"A question about {exclusion.reference} waits for its answer already.") from None
    record(
        act="runs.ask_about_exclusion",
        subject=marks.subject_of(exclusion),
        by=by.actor,
        at=at,
        said=f"asked a question about {exclusion.reference}",
        facts={"question": question.text},
    )
    return question


@transaction.atomic
@unscoped(BY_AN_ACT)
def answer_question(*, exclusion: Exclusion, text: str, by: Acting, at: dt.datetime) -> Question:
    """Answer the open question about an exclusion; it waits for its second check again.

    :raises UnableToAnswer: if none is open, somebody else entered the exclusion, or nothing is answered
    """
    exclusion = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    question = _open(exclusion)
    if question is None or exclusion.state != Exclusion.ENTERED:
        raise UnableToAnswer(f"No question about {exclusion.reference} is open.")
    if by.person is None or exclusion.entered_by_id != by.person.pk:
        raise UnableToAnswer("Whoever entered the exclusion answers for it.")
    if not text.strip():
        raise UnableToAnswer("Say what the answer is.")
    question.answer, question.answered_by, question.answered_at = text.strip(), by.person, at
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    record(
        act="runs.answer_question",
        subject=marks.subject_of(exclusion),
        by=by.actor,
        at=at,
        said=f"answered the question about {exclusion.reference}",
        facts={"answer": question.answer},
    )
    return question


@transaction.atomic
@unscoped(BY_AN_ACT)
def take_back_question(*, exclusion: Exclusion, by: Acting, at: dt.datetime) -> Question:
    """Take back a question that nobody has answered; it stays to be read.

    :raises UnableToTakeBack: if none is open, or somebody else asked it
    """
    exclusion = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    question = _open(exclusion)
    if question is None or exclusion.state != Exclusion.ENTERED:
        raise UnableToTakeBack(f"The question about {exclusion.reference} was answered.")
    if by.person is None or question.asked_by_id != by.person.pk:
        raise UnableToTakeBack("Only who asked a question may take it back.")
    question.withdrawn_at = at
    question.save(update_fields=["withdrawn_at"])
    record(
        act="runs.take_back_question",
        subject=marks.subject_of(exclusion),
        by=by.actor,
        at=at,
        said=f"took back the question about {exclusion.reference}",
    )
    return question


@transaction.atomic
@unscoped(BY_AN_ACT)
def take_back_check(*, exclusion: Exclusion, by: Acting, at: dt.datetime) -> Exclusion:
    """Take back the second check one gave, as long as no run has left the row out: it waits for one again.

    :raises UnableToTakeBack: if none was given, somebody else gave it, or a run or another entry rests on it
    """
    exclusion = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    if exclusion.state == Exclusion.ENTERED:
        raise UnableToTakeBack(f"{exclusion.reference} waits for its second check already.")
    if by.person is None or exclusion.checked_by_id != by.person.pk:
        raise UnableToTakeBack("Only who gave a second check may take it back.")
    if exclusion.evidence or exclusion.claimed_at:
        raise UnableToTakeBack(f"A run leaves out the row of {exclusion.reference} by now.")
    exclusion.state, exclusion.checked_by, exclusion.checked_at = Exclusion.ENTERED, None, None
    try:
        with transaction.atomic():
            exclusion.save(update_fields=["state", "checked_by", "checked_at"])
    except IntegrityError:
        raise UnableToTakeBack("The row was entered for exclusion anew since.") from None
    record(
        act="runs.take_back_check",
        subject=marks.subject_of(exclusion),
        by=by.actor,
        at=at,
        said=f"took back the second check of {exclusion.reference}",
    )
    return exclusion


def _open(exclusion: Exclusion) -> Question | None:
    found: Question | None = (
        Question.objects.select_for_update().filter(Question.OPEN, exclusion=exclusion).first()
    )
    return found
