"""A comparison is drafted and moved along its way; nothing is published but by a body's decision."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.comparisons.comparing import UnableToCompare
from tallystick.assessments.comparisons.issues import open_in, weights_on
from tallystick.assessments.comparisons.operations.sheets import (
    Made,
    aliases_for,
    made_of,
    made_of_issues,
    print_sheet,
    seal_lines,
    write_sheet,
)
from tallystick.assessments.comparisons.withholding import UnableToCompareParties
from tallystick.assessments.matters.counts import UnableToCount, Window, done_in, measures_of_parties
from tallystick.assessments.matters.operations.moving import step
from tallystick.assessments.matters.operations.rows import LONGEST, enter, has_taken, locked, told_of
from tallystick.assessments.models import Publication
from tallystick.assessments.models.publication import KEY, LEAGUE, RATING
from tallystick.decisions.marks import class_of
from tallystick.decisions.models import new_reference
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.operations.courses import Taken, begin_course
from tallystick.processes.queries import process_of
from tallystick.processes.said import words_of
from tallystick.rulebook.periods import Span

PROCESS = "publication"
PUBLISH, RECOMMEND, CORRECT = "publish", "recommend", "correct"


class UnableToDraftPublication(Exception):
    """Nothing is said why, months or measure cannot be, too few are compared, or it is not by the office."""


@dataclass(frozen=True)
class Drafted:
    """A comparison as its form has it; `names` whether readers are shown names, `key` that of the form.

    A rating has a measure and a window of months; without them it is a league of what is open today.
    """

    category: str
    why: str
    key: str
    measure: str = ""
    window: Window | None = None
    names: bool = False
    classification: str = ""

    @property
    def is_league(self) -> bool:
        return not self.measure and self.window is None


@transaction.atomic
@unscoped(BY_AN_ACT)
def draft_publication(*, drafted: Drafted, by: Acting, at: dt.datetime) -> Publication:
    """Draft a comparison, and freeze what each party did, or has open. Sent again it drafts no other.

    :raises UnableToDraftPublication: if something is not said or cannot be, or it is for another role
    """
    _check(drafted, by)
    there = _drafted_before(drafted, by)
    if there is not None:
        return there
    try:
        lines = _lines(drafted, by, at)
    except (UnableToCount, UnableToCompare, UnableToCompareParties) as refusal:
        raise UnableToDraftPublication(str(refusal)) from refusal
    before = transaction.savepoint()
    course = begin_course(_row(drafted, by, at), PROCESS, on=by.day, at=at)

    def fresh() -> Publication:
        row = _row(drafted, by, at)
        row.course_id, row.reference = course.pk, new_reference("PUB", by.day.year)
        row.seal = seal_lines(lines)
        return row

    made, is_new = written_once(fresh, lambda: _drafted_before(drafted, by))
    if not is_new:
        transaction.savepoint_rollback(before)
        return made
    sheet = write_sheet(made, lines, "As it stood." if made.is_league else "As landed.", by, at)
    said = f"drafted {made.reference}: {made.measure or 'open issues'} of {made.category or 'all parties'}"
    told: dict[str, object] = {"measure": made.measure, "months": [made.first, made.last], "seal": made.seal}
    told |= {"lines": len(lines), **named(*worded(made, "why"), *worded(sheet, "why"))}
    enter("draft_publication", made, (by, at), said, told, sheet)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def take_publication_step(
    *, publication: Publication, taken: Taken, by: Acting, at: dt.datetime, decision: str = ""
) -> Step:
    """Take a step of a comparison, once. What is published is printed as it was sealed.

    :param decision: the reference of what the body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if another act makes the move, or nothing was decided so
    """
    held = locked(publication)
    if taken.move == CORRECT:
        raise UnableToTakeStep("Use the form to correct it: what was wrong belongs to it.")
    was_done = has_taken(held, taken.key)
    made = step(held, taken, by, at, decision)
    if was_done:
        return made
    rule = process_of(held.course).moves[made.move]
    if made.move == RECOMMEND:
        held.recommended_by = rule.body or ""
        held.save(update_fields=["recommended_by"])
    if made.move == PUBLISH:
        held.published_on = by.day
        held.save(update_fields=["published_on"])
        print_sheet(held)
    said = f"took a step of {held.reference}: {rule.title}"
    told = {**told_of(made, decision), "seal": held.seal, **named(*words_of(made))}
    enter("take_publication_step", held, (by, at), said, told)
    return made


def _lines(drafted: Drafted, by: Acting, at: dt.datetime) -> list[Made]:
    """Return the lines of the first sheet.

    :raises UnableToCount: if a month has not landed, or nobody had an event
    :raises UnableToCompare: if a severity has no weight
    :raises UnableToCompareParties: if too few could be shown
    """
    row = _row(drafted, by, at)
    if drafted.window is None:
        of_issues = open_in(by, drafted.category, by.day)
        return made_of_issues(row, of_issues, aliases_for([one.party for one in of_issues]))
    done = done_in(by, drafted.measure, drafted.window, drafted.category)
    return made_of(row, done, aliases_for([one.party for one in done]))


def _check(drafted: Drafted, by: Acting) -> None:
    if by.person is None or by.name not in Role.OFFICE:
        raise UnableToDraftPublication("The office drafts it; one body recommends it and another decides.")
    if not 0 < len(drafted.key) <= KEY:
        raise UnableToDraftPublication(
            "The form has no key, so that it could draft two. Open the page again."
        )
    if not drafted.why.strip() or len(drafted.why) > LONGEST:
        raise UnableToDraftPublication(f"Say what the comparison is for, in {LONGEST} characters at most.")
    _check_measure(drafted, by)
    rulebook = rulebook_of(by.code)
    if drafted.category and drafted.category not in rulebook.code.categories:
        raise UnableToDraftPublication(f"The code has no category {drafted.category[:60]!r}.")
    found = rulebook.processes.get(PROCESS)
    if found is None or min(found.values) > by.day:
        raise UnableToDraftPublication("The code has no comparisons on that day.")
    if _class_of(drafted, by) == Publication.WHITE and drafted.names:
        raise UnableToDraftPublication("What everybody may read has aliases. Name nobody.")


def _check_measure(drafted: Drafted, by: Acting) -> None:
    if drafted.is_league and not (drafted.category and weights_on(by.code, by.day)):
        raise UnableToDraftPublication(
            "A league is of one category, by weights that the code has on the day."
        )
    if not drafted.is_league and drafted.measure not in measures_of_parties(by.code):
        raise UnableToDraftPublication(
            f"{drafted.measure[:60]!r} is no measure by which parties are compared."
        )


def _drafted_before(drafted: Drafted, by: Acting) -> Publication | None:
    """Return the comparison that the form drafted before.

    :raises UnableToDraftPublication: if the form said something else then
    """
    there: Publication | None = Publication.objects.filter(drafted_by=by.person, key=drafted.key).first()
    if there is None:
        return None
    window = None if there.is_league else Window(there.first, there.last)
    again = (there.measure, there.category, window, there.why, there.names)
    if again != (drafted.measure, drafted.category, drafted.window, drafted.why.strip(), drafted.names):
        raise UnableToDraftPublication(f"This form drafted {there.reference} before. Open the page again.")
    return there


def _class_of(drafted: Drafted, by: Acting) -> str:
    return class_of(rulebook_of(by.code), PROCESS, by.day, None, drafted.classification)


def _row(drafted: Drafted, by: Acting, at: dt.datetime) -> Publication:
    month = str(Span.month_of(by.day))
    window = drafted.window or Window(month, month)
    return Publication(
        code=by.code,
        classification=_class_of(drafted, by),
        kind=LEAGUE if drafted.is_league else RATING,
        measure=drafted.measure,
        counted_on=by.day if drafted.is_league else None,
        category=drafted.category,
        first=window.first,
        last=window.last,
        names=drafted.names,
        why=drafted.why.strip(),
        drafted_by=by.person,
        drafted_at=at,
        key=drafted.key,
    )
