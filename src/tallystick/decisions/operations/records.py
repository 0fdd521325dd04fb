"""Decisions that a body takes without a vote, and objections to them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from tallystick.decisions.electorate import UnableToCallTheSeats, sitting_body
from tallystick.decisions.marks import class_of
from tallystick.decisions.models import Decision, Motion, Objection, new_reference
from tallystick.decisions.operations.entries import enter, written_once
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Person, in_force
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of

LONGEST_TITLE = 200
OF_A_FORM = ("verb", "title", "text", "on", "body_id", "motion_id", "party_id", "classification")


class UnableToRecordDecision(Exception):
    """The verb is none, something is not said, the day is to come, or the form recorded another.

    Nor is an objection recorded of somebody who is no member.
    """


class UnableToObject(Exception):
    """One is no member of the body, has objected already, or says nothing."""


@dataclass(frozen=True)
class Taken:
    """What a body decided: one of the verbs of `Decision.VERBS`, on a day; `key` is that of the form.

    `objections` are the words of members who objected, by person.
    """

    verb: str
    title: str
    text: str
    body: Body
    on: dt.date
    key: str
    motion: Motion | None = None
    party: Organisation | None = None
    classification: str = ""
    objections: Mapping[Person, str] = field(default_factory=dict)


@transaction.atomic
@unscoped(BY_AN_ACT)
def record_decision(*, taken: Taken, by: Acting, at: dt.datetime) -> Decision:
    """Record what a body decided without a vote, and who objected. The same form again changes nothing.

    :raises UnableToRecordDecision: if the verb is none, something is not said, or the day is to come
    """
    if by.person is None:
        raise UnableToRecordDecision("A decision is recorded by somebody.")
    there = _recorded_before(taken, by)
    if there is not None:
        return there
    _check(taken, by)
    decision, is_new = written_once(lambda: _decision(taken, by, at), lambda: _recorded_before(taken, by))
    if not is_new:
        return decision
    places = worded(decision, "title", "text")
    for person, words in taken.objections.items():
        one = _objection(decision, person, words, at)
        one.save(force_insert=True)
        places += worded(one, "words")
    said = f"recorded {decision.reference}: {taken.body.name} {taken.verb} {decision.title}"
    told = {
        "decision": decision.reference,
        "verb": decision.verb,
        "text": decision.text,
        "on": decision.on.isoformat(),
        "objections": {person.handle: words.strip() for person, words in taken.objections.items()},
    }
    enter("record_decision", decision, by, at, said, **told, **named(*places))
    return decision


@transaction.atomic
@unscoped(BY_AN_ACT)
def object_to(*, decision: Decision, words: str, by: Acting, at: dt.datetime) -> Objection:
    """Object to a decision without a vote. The decision stands, and the objection with it.

    :raises UnableToObject: if one is no member of the body, has objected otherwise, or says nothing
    """
    if by.person is None or by.body is None or by.body.pk != decision.body_id:
        raise UnableToObject(f"Members of {decision.body} object, acting on it.")
    if not is_member(by.person, decision.body, by.day):
        raise UnableToObject(f"You hold no seat of {decision.body}, and are nobody's alternate.")
    if not words.strip():
        raise UnableToObject("Say what you object to.")
    held = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    there: Objection | None = held.objections.filter(person=by.person).first()
    if there is not None and there.words == words.strip():
        return there
    if there is not None:
        raise UnableToObject("You objected already. What you said stands.")
    made = _objection(held, by.person, words, at)
    made.save(force_insert=True)
    said = f"objected to {held.reference}"
    told = {"person": by.person.handle, "words": made.words, **named(*worded(made, "words"))}
    enter("object_to", held, by, at, said, decision=held.reference, **told)
    return made


def is_member(person: Person, body: Body, day: dt.date) -> bool:
    """Tell whether somebody holds a seat of a body on the day, or stands in for one who does.

    Of a body that is a role of one that is not entered, nobody is a member.
    """
    try:
        sitting = sitting_body(body, rulebook_of(body.code))
    except UnableToCallTheSeats:
        return False
    found: bool = Membership.objects.filter(in_force(day), person=person, seat__body=sitting).exists()
    return found


def _decision(taken: Taken, by: Acting, at: dt.datetime) -> Decision:
    party = taken.party or (taken.motion.party if taken.motion else None)
    return Decision(
        code=by.code,
        classification=class_of(rulebook_of(by.code), "decision", taken.on, party, taken.classification),
        publicity=Decision.DECIDED,
        party=party,
        body=taken.body,
        reference=new_reference("DEC", taken.on.year),
        verb=taken.verb,
        title=taken.title.strip(),
        text=taken.text.strip(),
        on=taken.on,
        motion=taken.motion,
        recorded_by=by.person,
        recorded_at=at,
        key=taken.key,
    )


def _recorded_before(taken: Taken, by: Acting) -> Decision | None:
    """Return the decision that the form recorded before.

    :raises UnableToRecordDecision: if the form said something else then
    """
    there: Decision | None = Decision.objects.filter(recorded_by=by.person, key=taken.key).first()
    if there is None:
        return None
    again = _decision(taken, by, there.recorded_at)
    objected = dict(there.objections.filter(at=there.recorded_at).values_list("person", "words"))
    said = {person.pk: words.strip() for person, words in taken.objections.items()}
    if objected != said or any(getattr(again, name) != getattr(there, name) for name in OF_A_FORM):
        raise UnableToRecordDecision(
            f"This form recorded {there.reference} before, which stays as it is. "
            "Open the page again to record another."
        )
    return there


def _check(taken: Taken, by: Acting) -> None:
    if taken.verb not in dict(Decision.VERBS):
        raise UnableToRecordDecision(f"{taken.verb[:20]!r} is none of {', '.join(dict(Decision.VERBS))}.")
    if not (taken.title.strip() and taken.text.strip()):
        raise UnableToRecordDecision("Say what was decided, in a title and in words.")
    if len(taken.title.strip()) > LONGEST_TITLE:
        raise UnableToRecordDecision(f"A title has {LONGEST_TITLE} characters at most.")
    if not taken.key:
        raise UnableToRecordDecision(
            "The form has no key, so that it could be recorded twice. Open the page again."
        )
    _check_day(taken, by)
    _check_others(taken)


def _check_day(taken: Taken, by: Acting) -> None:
    if taken.on > by.day:
        raise UnableToRecordDecision("That day is to come.")
    if taken.body.code != by.code or not taken.body.is_in_force(taken.on):
        raise UnableToRecordDecision(f"{taken.body.name} was no body of this code on that day.")


def _check_others(taken: Taken) -> None:
    """Check the motion that the decision is about, and those who objected."""
    if taken.motion is not None and taken.motion.body_id != taken.body.pk:
        raise UnableToRecordDecision(f"{taken.motion.reference} was put to another body.")
    for person, words in taken.objections.items():
        if not words.strip():
            raise UnableToRecordDecision(f"Say what {person.name} objected to.")
        if not is_member(person, taken.body, taken.on):
            raise UnableToRecordDecision(f"{person.name} was no member of {taken.body.name} on that day.")


def _objection(decision: Decision, person: Person, words: str, at: dt.datetime) -> Objection:
    return Objection(
        code=decision.code,
        classification=decision.classification,
        publicity=decision.publicity,
        party=decision.party,
        body=decision.body,
        decision=decision,
        person=person,
        words=words.strip(),
        at=at,
    )
