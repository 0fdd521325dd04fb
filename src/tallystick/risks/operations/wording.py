"""The office adds a risk to the register, and words one otherwise."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.decisions.worded import named
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import Risk, Wording
from tallystick.risks.operations.entries import (
    Writing,
    class_for,
    enter,
    free_reference,
    locked_register,
    person_of,
    places,
    written_risk,
    written_words,
)
from tallystick.risks.words import Words, of_wording, refusal_of


class UnableToWord(Exception):
    """No register is open, the class is Red, the words are not whole, name what is not there, or stand."""


@dataclass(frozen=True)
class Worded:
    """The words of a risk and why they are so; `classification` where they are not for everybody."""

    words: Words
    why: str
    key: str
    classification: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT)
def add_risk(*, worded: Worded, by: Acting, at: dt.datetime) -> Risk:
    """Add a risk under the next reference. Its words are read from then on by whom its class allows.

    :raises UnableToWord: if the words cannot be so
    """
    person = person_of(by, worded.key, UnableToWord)
    period = locked_register(by.code)
    if period is None:
        raise UnableToWord("No register is open. Open that of an operating period first.")
    there = _worded_before(worded, person)
    if there is not None:
        if there.number != 1:
            raise UnableToWord(f"This form worded {there.risk.reference} before. Open the page again.")
        return there.risk
    _check(worded, by)
    cls = class_for(by, worded.classification)
    if cls == Risk.RED:
        raise UnableToWord("Nobody could read a risk of that class. Amber is the strictest of the register.")
    told = Writing(by, at, worded.why, worded.key, period.body_id)
    risk, wording = written_risk(free_reference(by.code), worded.words, told, cls)
    said = f"added {risk.reference} to the register: {wording.title}"
    enter("add_risk", risk, by, at, said, {"risk": risk.reference, **named(*places(wording))})
    return risk


@transaction.atomic
@unscoped(BY_AN_ACT)
def reword_risk(*, risk: Risk, worded: Worded, by: Acting, at: dt.datetime) -> Wording:
    """Word a risk otherwise; the versions before stay.

    :raises UnableToWord: if the words cannot be so, or the risk was split or merged
    """
    person = person_of(by, worded.key, UnableToWord)
    locked_register(by.code)
    there = _worded_before(worded, person)
    if there is not None:
        if there.risk_id != risk.pk:
            raise UnableToWord(f"This form worded {there.risk.reference} before. Open the page again.")
        return there
    held = Risk.objects.select_for_update(of=("self",)).get(pk=risk.pk)
    if held.code != by.code or held.ended_on is not None:
        raise UnableToWord(f"{held.reference} is not in the register any more.")
    _check(worded, by)
    last = Wording.objects.filter(risk=held).latest("number")
    if of_wording(last).columns == worded.words.columns:
        raise UnableToWord(f"{held.reference} says just that. Change something, or leave it.")
    told_by = Writing(by, at, worded.why, worded.key, held.body_id)
    wording = written_words(held, last.number + 1, worded.words, told_by)
    said = f"worded {held.reference} otherwise, version {wording.number}"
    told = {"risk": held.reference, "version": wording.number, **named(*places(wording))}
    enter("reword_risk", held, by, at, said, told)
    return wording


def _worded_before(worded: Worded, person: Person) -> Wording | None:
    """Return what the form worded before.

    :raises UnableToWord: if it said something else then
    """
    found = Wording.objects.filter(by=person, key=worded.key).select_related("risk").first()
    there: Wording | None = found
    if there is not None and of_wording(there).columns != worded.words.columns:
        raise UnableToWord(f"This form worded {there.risk.reference} before. Open the page again.")
    return there


def _check(worded: Worded, by: Acting) -> None:
    refused = refusal_of(worded.words, worded.why, rulebook_of(by.code))
    if refused:
        raise UnableToWord(refused)
