"""A party comments to a document in consultation, and the office answers each comment."""

import datetime as dt

from django.db import transaction

from tallystick.assessments.models import Comment, Document, Reply
from tallystick.assessments.planning.facts import CONSULTED, CONSULTING, stage_of
from tallystick.assessments.planning.operations.rows import LONGEST, enter, locked_document, person_of
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.queries import process_of, standing_of


class UnableToComment(Exception):
    """The consultation is not open, nothing is said, or it is not a party that says it."""


class UnableToReply(Exception):
    """It is answered already, nothing is said, or the office is not who says it."""


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def comment_on_document(*, document: Document, words: str, key: str, by: Acting, at: dt.datetime) -> Comment:
    """Comment on a document while it is in consultation; a party may do so more than once.

    :raises UnableToComment: if the consultation is not open, or it is not a delegate's to say
    """
    person = person_of(by, key, UnableToComment, (Role.PARTY_DELEGATE,))
    held = locked_document(document)
    there: Comment | None = Comment.objects.filter(by=person, key=key).first()
    if there is not None:
        if (there.document_id, there.words) != (held.pk, words.strip()):
            raise UnableToComment("This form said something else before. Open the page again.")
        return there
    if by.organisation is None:
        raise UnableToComment("A comment is a party's.")
    if _stage(held, by.day) != CONSULTING:
        raise UnableToComment(f"{held.reference} is not in consultation.")
    _check(words, UnableToComment)
    made = Comment(
        code=held.code,
        classification=held.classification,
        party=by.organisation,
        body_id=held.body_id,
        publicity=Comment.ISSUED,
        document=held,
        number=held.comments.count() + 1,
        words=words.strip(),
        by=person,
        at=at,
        key=key,
    )
    made.save(force_insert=True)
    said = f"commented on {held.reference}, as comment {made.number}"
    told = {"document": held.reference, "comment": made.number, **named(*worded(made, "words"))}
    enter("comment_on_document", made, by, at, said, told)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def reply_to_comment(*, comment: Comment, words: str, key: str, by: Acting, at: dt.datetime) -> Reply:
    """Answer a comment, once.

    :raises UnableToReply: if it is answered already, or its document has gone on
    """
    person = person_of(by, key, UnableToReply)
    held = locked_document(comment.document)
    there: Reply | None = Reply.objects.filter(comment=comment).first()
    if there is not None:
        if (there.key, there.by_id, there.words) != (key, person.pk, words.strip()):
            raise UnableToReply(f"Comment {comment.number} is answered already.")
        return there
    if _stage(held, by.day) not in (CONSULTING, CONSULTED):
        raise UnableToReply(f"{held.reference} has gone on: what was said of it stands as it is.")
    _check(words, UnableToReply)
    made = Reply(
        code=held.code,
        classification=held.classification,
        party_id=comment.party_id,
        body_id=held.body_id,
        publicity=Reply.ISSUED,
        comment=comment,
        words=words.strip(),
        by=person,
        at=at,
        key=key,
    )
    made.save(force_insert=True)
    said = f"answered comment {comment.number} to {held.reference}"
    told = {"document": held.reference, "comment": comment.number, **named(*worded(made, "words"))}
    enter("reply_to_comment", made, by, at, said, told)
    return made


def _stage(row: Document, on: dt.date) -> str:
    return stage_of(process_of(row.course), standing_of(row.course, on))


def _check(words: str, refusal: type[Exception]) -> None:
    if not words.strip() or len(words) > LONGEST:
        raise refusal(f"Say something, in {LONGEST} characters at most.")
