"""A party queries its own line while the window is open, and the office answers it in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from tallystick.assessments.matters.operations.rows import LONGEST, enter, locked
from tallystick.assessments.matters.standing import OPEN_WINDOW, stage_of
from tallystick.assessments.models import ChargeQuery, ChargeRun, Publication, PublicationQuery
from tallystick.assessments.models.publication import KEY
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.queries import process_of, standing_of

Queried = PublicationQuery | ChargeQuery


class UnableToQuery(Exception):
    """The window is not open, nothing is said, or the line is not one's own."""


class UnableToAnswerQuery(Exception):
    """Nothing is said, it was answered otherwise before, or it is not the office that answers."""


@dataclass(frozen=True)
class Answered:
    """What a query is answered, and whether it was right; `key` is that of the form."""

    words: str
    is_upheld: bool
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def query_publication(
    *, publication: Publication, words: str, key: str, by: Acting, at: dt.datetime
) -> PublicationQuery:
    """Query one's own line of a comparison. Sent again it queries nothing more.

    :raises UnableToQuery: if the window is not open, or there is no such line
    """
    row = Publication.objects.select_related("course", "body").get(pk=publication.pk)
    made: PublicationQuery
    made, is_new = _queried(PublicationQuery, row, words, (by, key), at)
    if is_new:
        said = f"queried its line of {row.reference}"
        told = {"query": made.number, "sheet": made.version, **named(*worded(made, "words"))}
        enter("query_publication", row, (by, at), said, told, made)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def query_charge(*, charge_run: ChargeRun, words: str, key: str, by: Acting, at: dt.datetime) -> ChargeQuery:
    """Query one's own charge. Sent again it queries nothing more.

    :raises UnableToQuery: if the window is not open, or there is no such charge
    """
    row = of_any(charge_run)
    made: ChargeQuery
    made, is_new = _queried(ChargeQuery, row, words, (by, key), at)
    if is_new:
        said = f"queried its charge of {row.reference}"
        told = {"query": made.number, "sheet": made.version, **named(*worded(made, "words"))}
        enter("query_charge", row, (by, at), said, told, made)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def answer_publication_query(
    *, query: PublicationQuery, answered: Answered, by: Acting, at: dt.datetime
) -> PublicationQuery:
    """Answer a query on a comparison, once; a figure that was wrong is corrected by its own act.

    :raises UnableToAnswerQuery: if nothing is said, or it was answered otherwise
    """
    row = locked(query.publication)
    made: PublicationQuery
    made, is_new = _answered(PublicationQuery, query.pk, answered, by, at)
    if is_new:
        told = {"query": made.number, "is_upheld": made.is_upheld, **named(*worded(made, "answer"))}
        said = f"answered query {made.number} of {row.reference}"
        enter("answer_publication_query", row, (by, at), said, told, made)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def answer_charge_query(
    *, query: ChargeQuery, answered: Answered, by: Acting, at: dt.datetime
) -> ChargeQuery:
    """Answer a query on a charge, once; a charge that was wrong is corrected by its own act.

    :raises UnableToAnswerQuery: if nothing is said, or it was answered otherwise
    """
    row = locked(query.charge_run)
    made: ChargeQuery
    made, is_new = _answered(ChargeQuery, query.pk, answered, by, at)
    if is_new:
        told = {"query": made.number, "is_upheld": made.is_upheld, **named(*worded(made, "answer"))}
        said = f"answered query {made.number} of {row.reference}"
        enter("answer_charge_query", row, (by, at), said, told, made)
    return made


@unscoped(BY_AN_ACT, of_everybody=True)
def of_any(charge_run: ChargeRun) -> ChargeRun:
    """Return the head of a run, which a party reaches by its own line: it tells of nobody."""
    found: ChargeRun = ChargeRun.objects.select_related("course", "body", "run").get(pk=charge_run.pk)
    return found


def _queried(
    model: type[Any], row: Publication | ChargeRun, words: str, told: tuple[Acting, str], at: dt.datetime
) -> tuple[Any, bool]:
    by, key = told
    if by.person is None or by.name != Role.PARTY_DELEGATE or by.organisation is None:
        raise UnableToQuery("A party queries its own line.")
    there = model.objects.filter(asked_by=by.person, key=key).first()
    if there is not None:
        if there.words != words.strip():
            raise UnableToQuery("This form queried something else before. Open the page again.")
        return there, False
    line = _line_of(row, words, (by, key))
    of = {"publication": row} if isinstance(row, Publication) else {"charge_run": row}

    def fresh() -> Any:
        return model(
            **of,
            code=row.code,
            classification=line.classification,
            party=by.organisation,
            body=row.body,
            publicity=row.publicity,
            number=_next(model, of),
            version=row.version,
            words=words.strip(),
            asked_by=by.person,
            asked_at=at,
            key=key,
        )

    return written_once(fresh, lambda: model.objects.filter(asked_by=by.person, key=key).first())


def _line_of(row: Publication | ChargeRun, words: str, told: tuple[Acting, str]) -> Any:
    """Return the line that a party queries.

    :raises UnableToQuery: if there is none, nothing is said, or the window is not open
    """
    by, key = told
    if not 0 < len(key) <= KEY or not words.strip() or len(words) > LONGEST:
        raise UnableToQuery(f"Say what is wrong with it, in {LONGEST} characters at most.")
    stage = stage_of(process_of(row.course), standing_of(row.course, by.day))
    if stage not in OPEN_WINDOW:
        raise UnableToQuery("The time to query is over, or has not begun.")
    lines = row.comparedlines if isinstance(row, Publication) else row.chargelines
    line = lines.filter(party=by.organisation, version=row.version).first()
    if line is None:
        raise UnableToQuery("There is no line of yours in it.")
    return line


@unscoped(BY_AN_ACT, of_everybody=True)
def _next(model: type[Any], of: dict[str, Any]) -> int:
    """Return the next number of a query, of whichever party the others are."""
    return (model.objects.filter(**of).aggregate(last=Max("number"))["last"] or 0) + 1


def _answered(
    model: type[Any], key: int, answered: Answered, by: Acting, at: dt.datetime
) -> tuple[Any, bool]:
    held = model.objects.select_for_update(of=("self",)).get(pk=key)
    if by.person is None or by.name not in Role.OFFICE:
        raise UnableToAnswerQuery("The office answers.")
    if held.answered_at is not None:
        if (held.answer, held.is_upheld) != (answered.words.strip(), answered.is_upheld):
            raise UnableToAnswerQuery("It was answered before, and the answer stays.")
        return held, False
    if not answered.words.strip() or len(answered.words) > LONGEST:
        raise UnableToAnswerQuery(f"Say what came of it, in {LONGEST} characters at most.")
    held.answer, held.is_upheld, held.answer_key = answered.words.strip(), answered.is_upheld, answered.key
    held.answered_by, held.answered_at = by.person, at
    held.save(update_fields=["answer", "is_upheld", "answer_key", "answered_by", "answered_at"])
    return held, True
