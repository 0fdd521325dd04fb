"""A document of a year is drafted, frozen and put forward, led to its bodies, and takes effect."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.models import Document, Draft, Frozen
from tallystick.assessments.planning.content import contents_of, together
from tallystick.assessments.planning.facts import (
    PROCESS,
    TERM,
    came_before,
    facts_of,
    stage_of,
)
from tallystick.assessments.planning.operations.rows import (
    LONGEST,
    class_for,
    day,
    enter,
    locked_document,
    locked_period,
    person_of,
)
from tallystick.decisions.models import new_reference
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import UnableToTakeStep, as_decided, carry_out, decided_so
from tallystick.processes.operations.courses import Taken, begin_course, follow, take_step
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.said import words_of
from tallystick.risks.models import OperatingPeriod, Score
from tallystick.risks.operations.approving import approve_register

PUT_FORWARD = ("consult", "bring_at_once")
TAKE_EFFECT, SUPERSEDE = "take_effect", "supersede"


class UnableToDraftDocument(Exception):
    """It has no reason or nothing to say, one is on its way already, or the code has no such way."""


@dataclass(frozen=True)
class Drafting:
    """A document as the form has it: its kind, why it is drafted or what changes, of a plan the draft."""

    kind: str
    why: str
    key: str
    draft: Draft | None = None


@transaction.atomic
@unscoped(BY_AN_ACT)
def draft_document(*, period: OperatingPeriod, drafting: Drafting, by: Acting, at: dt.datetime) -> Document:
    """Draft a document of a period; where one of its kind is in force, it is the version that revises it.

    :raises UnableToDraftDocument: if it cannot be so
    """
    person = person_of(by, drafting.key, UnableToDraftDocument)
    held = locked_period(period)
    there = _drafted_before(held, drafting, person)
    if there is not None:
        return there
    _check(held, drafting, by)
    before = transaction.savepoint()
    course = begin_course(_row(held, drafting, by, at), PROCESS, on=by.day, at=at)

    def fresh() -> Document:
        row = _row(held, drafting, by, at)
        row.course_id, row.reference = course.pk, new_reference("DOC", by.day.year)
        return row

    made, is_new = written_once(fresh, lambda: _drafted_before(held, drafting, person))
    if not is_new:
        transaction.savepoint_rollback(before)
        return made
    said = f"drafted {made.reference}: {made.title}"
    told = {"kind": made.kind, "period": held.name, "version": made.version}
    told |= {"draft": made.draft.number if made.draft else None}
    told |= {"revises": made.revises.reference if made.revises else None}
    enter("draft_document", made, by, at, said, {**told, **named(*worded(made, "why"))})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def put_forward(*, document: Document, taken: Taken, by: Acting, at: dt.datetime) -> Step:
    """Freeze what a document says, and put it to consultation, or to the board at once with a reason.

    :raises UnableToTakeStep: if the move is another, or nothing is scored that a register could tell of
    :raises UnableToMove: if the rule does not allow it
    """
    held = locked_document(document)
    there: Step | None = held.course.steps.filter(key=taken.key).first()
    if there is not None:
        return take_step(held.course, taken, {}, PREDICATES, by=by, at=at)
    if taken.move not in PUT_FORWARD:
        raise UnableToTakeStep("Only a draft is put forward.")
    made = take_step(held.course, taken, facts_of(held, by.day), PREDICATES, by=by, at=at)
    frozen = _frozen(held, by, at)
    first = frozen[0].sha256
    held.publicity = Document.ISSUED
    held.save(update_fields=["publicity"])
    follow(held.course, held)
    if held.draft is not None and held.draft.publicity == Draft.DRAFT:
        held.draft.publicity = Draft.ISSUED
        held.draft.save(update_fields=["publicity"])
    title = process_of(held.course).moves[made.move].title
    said = f"froze {held.reference} at {first[:12]}: {title}"
    hashes = {"sha256": first, "stricter": [one.sha256 for one in frozen[1:]]}
    told = {"move": made.move, "stages": [made.from_stage, made.to_stage], **hashes}
    places = [place for one in frozen for place in worded(one, *(f"words.{key}" for key in one.words))]
    places += words_of(made)
    enter("put_forward", held, by, at, said, {**told, **_reference(held), **named(*places)})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def take_document_step(
    *, document: Document, taken: Taken, by: Acting, at: dt.datetime, decision: str = ""
) -> Step:
    """Take a step of a document that changes nothing else: recommended, endorsed, refused, withdrawn.

    :param decision: the reference of what the body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if another act makes the move, or no such decision waits to be carried out
    """
    held = locked_document(document)
    if held.course.steps.filter(key=taken.key).exists():
        return take_step(held.course, taken, {}, PREDICATES, by=by, at=at)
    if taken.move in (*PUT_FORWARD, TAKE_EFFECT):
        raise UnableToTakeStep("Use the form for it: more belongs to it than a step.")
    facts = dict(facts_of(held, by.day))
    found = decided_so(held.course, taken.move, decision, came_before(held.course), by)
    if found is not None:
        facts |= as_decided(held.course, taken.move)
    made = take_step(held.course, taken, facts, PREDICATES, by=by, at=at)
    if found is not None:
        carry_out(made, found)
    settle(held, by.day, at)
    title = process_of(held.course).moves[made.move].title
    told = {"move": made.move, "stages": [made.from_stage, made.to_stage], "decision": decision.strip()}
    places = named(*words_of(made))
    said = f"took a step of {held.reference}: {title}"
    enter("take_document_step", held, by, at, said, {**told, **_reference(held), **places})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def implement_document(*, document: Document, key: str, by: Acting, at: dt.datetime) -> Step:
    """Let a document take effect today, in the place of the version in force, which ends with that.

    :raises UnableToMove: if the rule does not allow it, as before the first day of its period
    """
    held = locked_document(document)
    there: Step | None = held.course.steps.filter(key=key).first()
    taken = Taken(TAKE_EFFECT, key, stated={TERM: held.period.until_on})
    if there is not None:
        return take_step(held.course, taken, {}, PREDICATES, by=by, at=at)
    made = take_step(held.course, taken, facts_of(held, by.day), PREDICATES, by=by, at=at)
    before = _give_way(held, by, at)
    held.from_on = by.day
    held.save(update_fields=["from_on"])
    if held.kind == Document.REGISTER:
        stood = held.frozen.earliest("pk").at
        approve_register(held.period, held.reference, on=by.day, by=by, at=at, stood_at=stood)
    instead = f", in the place of {before.reference}" if before else ""
    said = f"let {held.reference} take effect on {day(by.day)}{instead}"
    told = {"from_on": by.day.isoformat(), "superseded": before.reference if before else ""}
    moved = {"move": made.move, "stages": [made.from_stage, made.to_stage]}
    enter("implement_document", held, by, at, said, {**told, **moved, **_reference(held)})
    return made


def settle(row: Document, on: dt.date, at: dt.datetime) -> None:
    """Give a document the state that follows from where it stands."""
    value = process_of(row.course)
    if not value.stage(stage_of(value, standing_of(row.course, on))).ends:
        return
    row.ended_at = at
    if row.from_on is not None and row.until_on is None:
        row.until_on = on
    # What was never put forward stays with the office and the board.
    row.publicity = row.publicity if row.publicity == Document.DRAFT else Document.CLOSED
    row.save(update_fields=["publicity", "until_on", "ended_at"])
    follow(row.course, row)


def _give_way(later: Document, by: Acting, at: dt.datetime) -> Document | None:
    """Let the version in force end, as the later one takes its place; return it, if there was one."""
    others = Document.objects.filter(
        period=later.period, kind=later.kind, from_on__isnull=False, until_on=None
    )
    before = others.exclude(pk=later.pk).first()
    if before is None:
        return None
    held = locked_document(before)
    facts = {**facts_of(held, by.day), "superseded_by": later.reference}
    taken = Taken(SUPERSEDE, f"superseded-{later.reference}")
    take_step(held.course, taken, facts, PREDICATES, by=by, at=at)
    settle(held, by.day, at)
    return held


def _frozen(row: Document, by: Acting, at: dt.datetime) -> list[Frozen]:
    """Freeze what a document says, each class of it by itself."""
    contents = contents_of(row, by)
    if row.kind == Document.REGISTER and not together(contents.values()).figures["risks"]:
        raise UnableToTakeStep("No risk of the period has a score, so that the register has nothing to say.")
    made = [
        Frozen(
            code=row.code,
            classification=cls,
            body_id=row.body_id,
            publicity=Frozen.ISSUED,
            document=row,
            content=dict(content.figures),
            words=dict(content.words),
            sha256=content.sha256,
            at=at,
        )
        for cls, content in contents.items()
    ]
    for one in made:
        one.save(force_insert=True)
    return made


def _reference(row: Document) -> dict[str, object]:
    return {"document": row.reference, "kind": row.kind}


def _drafted_before(period: OperatingPeriod, drafting: Drafting, person: Person) -> Document | None:
    """Return what the form drafted before.

    :raises UnableToDraftDocument: if it drafted something else then
    """
    found = Document.objects.filter(drafted_by=person, key=drafting.key)
    there: Document | None = found.select_related("period", "draft", "revises", "course").first()
    told = (period.pk, drafting.kind, drafting.why.strip(), drafting.draft and drafting.draft.pk)
    if there is not None and told != (there.period_id, there.kind, there.why, there.draft_id):
        raise UnableToDraftDocument(f"This form drafted {there.reference} before. Open the page again.")
    return there


def _check(period: OperatingPeriod, drafting: Drafting, by: Acting) -> None:
    if not drafting.why.strip() or len(drafting.why) > LONGEST:
        raise UnableToDraftDocument(f"Say why, or what changes, in {LONGEST} characters at most.")
    if drafting.kind not in dict(Document.KINDS):
        raise UnableToDraftDocument(f"A year has no document {drafting.kind[:20]!r}.")
    process = rulebook_of(by.code).processes.get(PROCESS)
    if process is None or min(process.values) > by.day:
        raise UnableToDraftDocument("The code has no way for such documents on this day.")
    if (drafting.draft is not None) != (drafting.kind == Document.PLAN):
        raise UnableToDraftDocument("A plan is put forward by its draft, and nothing else is.")
    if drafting.draft is not None and drafting.draft.period_id != period.pk:
        raise UnableToDraftDocument("The draft is of another period.")
    of_kind = Document.objects.filter(period=period, kind=drafting.kind)
    going = of_kind.filter(from_on=None, ended_at=None).first()
    if going is not None:
        raise UnableToDraftDocument(
            f"{going.reference} is on its way. Withdraw it before another is drafted."
        )
    if drafting.kind == Document.REGISTER and not Score.objects.filter(period=period).exists():
        raise UnableToDraftDocument("No risk of the period has a score.")


def _row(period: OperatingPeriod, drafting: Drafting, by: Acting, at: dt.datetime) -> Document:
    of_kind = Document.objects.filter(period=period, kind=drafting.kind)
    return Document(
        code=by.code,
        classification=class_for(by),
        body_id=period.body_id,
        kind=drafting.kind,
        period=period,
        version=of_kind.count() + 1,
        revises=of_kind.filter(from_on__isnull=False, until_on=None).first(),
        draft=drafting.draft,
        why=drafting.why.strip(),
        drafted_by=by.person,
        drafted_at=at,
        key=drafting.key,
    )
