"""The office says under which classes a technique stands from today on."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.models import Tag
from tallystick.assessments.techniques.operations.rows import enter, office_of, told
from tallystick.decisions.marks import class_of
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of


class UnableToTag(Exception):
    """The catalogue has no such technique, the code no such class, or no reason is given."""


@dataclass(frozen=True)
class Tagged:
    """The classes that a technique carries from today on, by key, and why."""

    technique: str
    classes: tuple[str, ...]
    why: str
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def tag_technique(*, tagged: Tagged, by: Acting, at: dt.datetime) -> Tag:
    """Let a technique carry other classes from today on; those before stay to be read.

    :raises UnableToTag: if it cannot be so
    """
    office_of(by, tagged.key, UnableToTag)
    there = _before(tagged, by)
    if there is not None:
        return there
    _check(tagged, by)
    rule = rulebook_of(by.code).techniques[tagged.technique]
    made, is_new = written_once(lambda: _fresh(tagged, by, at), lambda: _before(tagged, by))
    if is_new:
        said = f"put {rule.title} under {', '.join(made.classes)}"
        facts = {"technique": made.technique, "number": made.number, "classes": made.classes}
        enter("tag_technique", made, by, at, said, {**facts, **named(*worded(made, "why"))})
    return made


def _check(tagged: Tagged, by: Acting) -> None:
    told(tagged.why, "why", UnableToTag)
    rulebook = rulebook_of(by.code)
    if tagged.technique not in rulebook.techniques:
        raise UnableToTag(f"The catalogue has no technique {tagged.technique[:60]!r}.")
    if not tagged.classes or set(tagged.classes) - set(rulebook.code.technique_classes):
        raise UnableToTag("A technique carries one or several of the code's classes.")


def _fresh(tagged: Tagged, by: Acting, at: dt.datetime) -> Tag:
    """Return the next tag of the technique.

    :raises UnableToTag: if it carries these classes already
    """
    rulebook = rulebook_of(by.code)
    last = Tag.objects.filter(code=by.code, technique=tagged.technique).order_by("-number").first()
    standing = last.classes if last else rulebook.techniques[tagged.technique].classes
    if set(standing) == set(tagged.classes):
        raise UnableToTag("It carries these classes already.")
    return Tag(
        code=by.code,
        classification=class_of(rulebook, Tag.TYPE, by.day, None),
        publicity=Tag.ISSUED,
        technique=tagged.technique,
        number=(last.number if last else 0) + 1,
        classes=[one for one in rulebook.code.technique_classes if one in tagged.classes],
        from_on=by.day,
        why=tagged.why.strip(),
        by=by.person,
        at=at,
        key=tagged.key,
    )


def _before(tagged: Tagged, by: Acting) -> Tag | None:
    """Return what the form wrote before.

    :raises UnableToTag: if it said something else then
    """
    there: Tag | None = Tag.objects.filter(by=by.person, key=tagged.key).first()
    if there is None:
        return None
    if (there.technique, set(there.classes), there.why) != (
        tagged.technique,
        set(tagged.classes),
        tagged.why.strip(),
    ):
        raise UnableToTag("This form said something else before. Open the page again.")
    return there
