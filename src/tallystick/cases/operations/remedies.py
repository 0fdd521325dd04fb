"""A remedy is filed version by version, assessed, and carried out milestone by milestone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from tallystick.cases.attached import Handed
from tallystick.cases.facts import facts_of
from tallystick.cases.filings import Before, Filed, UnableToFileRemedy, check
from tallystick.cases.models import Case, Message, Milestone, Remedy
from tallystick.cases.operations.attaching import attach
from tallystick.cases.operations.entries import common, counted, locked_case
from tallystick.cases.operations.remedy_rows import enter_remedy, fresh, has_taken, next_due, step, tell
from tallystick.cases.operations.steps import step_case
from tallystick.cases.progress import carried_of, met_threads, progress_of, stages_of, versions_of
from tallystick.cases.remedies import FILED_IN, accepting_move
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken, begin_course
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.said import words_of

OF_A_FORM = ("cause", "measure", "level", "months", "otherwise", "signed_by", "signed_as", "signed_on")


class UnableToAcceptRemedy(Exception):
    """The version waits no more, or the case is not where a remedy is accepted, or not by this body."""


@transaction.atomic
@unscoped(BY_AN_ACT)
def file_remedy(*, case: Case, filed: Filed, by: Acting, at: dt.datetime) -> Remedy:
    """File the next version of a case's remedy: the party itself, or the office on its behalf.

    A version that was returned gives way to it at once, and one that is carried out when this is accepted.
    The same form again gives the version that it filed.

    :raises UnableToFileRemedy: if something is not said, or the case is not where one is filed
    :raises UnableToMove: if it is not for this role
    """
    if by.person is None:
        raise UnableToFileRemedy("A remedy is filed by somebody. Sign in.")
    held = locked_case(case)
    there = _filed_before(held, filed, by)
    if there is not None:
        return there
    facts = facts_of(held, by.day)
    _check_case(held, filed, facts, by)
    before = _before(held)
    check(filed, held, before, by.day)
    given_way = _make_room(held, filed, facts, by, at)
    remedy = _written(held, filed, before, by, at)
    step(remedy, Taken("file", filed.key), facts, by, at)
    last = max(one.due_on for one in filed.milestones)
    said = (
        f"filed version {remedy.version} of the remedy of {held.reference}: "
        f"{counted(len(filed.milestones), 'milestone')} to {last.day} {last:%B %Y}"
    )
    told = {"milestones": len(filed.milestones), "last_due": last.isoformat()}
    places = named(*_words_of(remedy), *words_of(*given_way))
    enter_remedy("file_remedy", remedy, by, at, said, **told, **places)
    return remedy


@transaction.atomic
@unscoped(BY_AN_ACT)
def return_remedy(
    *, remedy: Remedy, reasons: str, key: str, by: Acting, at: dt.datetime, files: Sequence[Handed] = ()
) -> Remedy:
    """Return a version that waits to its party, with reasons that both sides read.

    :raises UnableToMove: if it waits no more, no reason is given, or it is not for this role
    :raises UnableToAttach: if one of the files may not be attached
    """
    case, held = locked_case(remedy.case), fresh(remedy)
    was_done = has_taken(held, key)
    taken = Taken("return", key, said={"reasons": reasons.strip()})
    made = step(held, taken, facts_of(case, by.day), by, at)
    if not was_done:
        message = tell(held, Message.RETURN, reasons.strip(), key, by, at)
        told, facts = attach(message, files)
        facts |= named(*worded(message, "text"), *words_of(made))
        said = f"returned version {held.version} of the remedy of {case.reference} with reasons{told}"
        enter_remedy("return_remedy", held, by, at, said, reasons=reasons.strip(), **facts)
    return held


@transaction.atomic
@unscoped(BY_AN_ACT)
def accept_remedy(
    *, remedy: Remedy, words: str, key: str, by: Acting, at: dt.datetime, decision: str = ""
) -> Remedy:
    """Accept a version that waits: the case goes on to carry it out, and what it replaces is superseded.

    :param words: what the party is told besides; may be empty
    :param decision: the reference of the motion or the decision that it carries out, where a body decides
    :raises UnableToAcceptRemedy: if the case stands where none is accepted, or where its body has to decide
    :raises UnableToTakeStep: if the body decided nothing of that name that waits to be carried out
    :raises UnableToMove: if the version waits no more, is not signed, or it is not for this role
    """
    case, held = locked_case(remedy.case), fresh(remedy)
    if has_taken(held, key):
        step(held, Taken("accept", key), {}, by, at)  # refuses where the form did something else
        return held
    facts, move = facts_of(case, by.day), _move_of(case, held, by)
    former, next_days = carried_of(case, by.day), next_due(progress_of(held, by.day).open, by)
    if move:
        step_case(case, Taken(move, key), by, at, decision)
    if former is not None:
        step(former, Taken("supersede", key), facts, by, at)
    step(held, Taken("accept", key, stated=next_days), facts, by, at)
    said = f"accepted version {held.version} of the remedy of {case.reference}"
    told = f"Version {held.version} of the remedy is accepted. {words.strip()}".strip()
    message = tell(held, Message.DECISION, told, key, by, at)
    places = named(*worded(message, "text"))
    enter_remedy("accept_remedy", held, by, at, said, words=words.strip(), decision=decision, **places)
    return held


def _filed_before(case: Case, filed: Filed, by: Acting) -> Remedy | None:
    """Return the version that the form filed before.

    :raises UnableToFileRemedy: if it said something else then
    """
    there: Remedy | None = Remedy.objects.filter(case=case, filed_by=by.person, key=filed.key).first()
    if there is None:
        return None
    again = _row(case, filed, there.version, by, there.filed_at)
    before = list(there.milestones.order_by("number").values_list("what", "owner", "due_on", "proof"))
    now = [(one.what.strip(), one.owner.strip(), one.due_on, one.proof.strip()) for one in filed.milestones]
    if before != now or any(getattr(again, name) != getattr(there, name) for name in OF_A_FORM):
        raise UnableToFileRemedy(
            f"This form filed version {there.version} before, which stays as it is. Open the page again."
        )
    return there


def _check_case(case: Case, filed: Filed, facts: Mapping[str, Any], by: Acting) -> None:
    standing = standing_of(case.course, by.day)
    stage = standing.at[process_of(case.course).main]
    if standing.on_hold:
        raise UnableToFileRemedy(f"{case.reference} is on hold.")
    if stage not in FILED_IN:
        title = process_of(case.course).stage(stage).title
        raise UnableToFileRemedy(f"{case.reference} stands in “{title}”, where no remedy is filed.")
    if facts["was_escalated"] and not filed.signed_by.strip():
        raise UnableToFileRemedy(
            "The case was escalated, so that a senior signatory signs. Say who signed, as what and when."
        )


def _before(case: Case) -> Before:
    promises = {thread: one for version in versions_of(case) for thread, one in version.by_thread().items()}
    return Before(promises, met_threads(case).keys())


def _make_room(case: Case, filed: Filed, facts: Mapping[str, Any], by: Acting, at: dt.datetime) -> list[Step]:
    """Let the version before give way, if it was returned, or waits and a reason is given."""
    made = []
    for remedy, stage in stages_of(case, by.day):
        if stage == "returned":
            made.append(step(remedy, Taken("supersede", filed.key), facts, by, at))
        elif stage == "filed" and filed.instead_because.strip():
            why = {"why": filed.instead_because.strip()}
            made.append(step(remedy, Taken("set_aside", filed.key, said=why), facts, by, at))
        elif stage == "filed":
            raise UnableToFileRemedy(
                f"Version {remedy.version} waits to be assessed. Say why another takes its place."
            )
    return made


def _row(case: Case, filed: Filed, version: int, by: Acting, at: dt.datetime) -> Remedy:
    return Remedy(
        **common(case),
        case=case,
        version=version,
        cause=filed.cause.strip(),
        measure=filed.measure,
        level=filed.level,
        months=filed.months,
        otherwise=filed.otherwise.strip(),
        signed_by=filed.signed_by.strip(),
        signed_as=filed.signed_as.strip(),
        signed_on=filed.signed_on,
        filed_by=by.person,
        filed_at=at,
        key=filed.key,
    )


def _written(case: Case, filed: Filed, before: Before, by: Acting, at: dt.datetime) -> Remedy:
    """Write a version with its course and its milestones; one that is new to the case has a new thread."""
    remedy = _row(case, filed, case.remedies.count() + 1, by, at)
    remedy.course = begin_course(remedy, "remedy", on=by.day, at=at, within=case.course)
    remedy.save(force_insert=True)
    fresh = max(before.promises, default=0)
    for number, planned in enumerate(filed.milestones, 1):
        fresh += planned.thread is None
        Milestone(
            **common(case),
            remedy=remedy,
            number=number,
            thread=fresh if planned.thread is None else planned.thread,
            what=planned.what.strip(),
            owner=planned.owner.strip(),
            due_on=planned.due_on,
            proof=planned.proof.strip(),
        ).save(force_insert=True)
    return remedy


def _words_of(remedy: Remedy) -> list[str]:
    own = worded(remedy, "cause", "otherwise", "signed_by", "signed_as")
    return own + [place for one in remedy.milestones.all() for place in worded(one, "what", "owner", "proof")]


def _move_of(case: Case, remedy: Remedy, by: Acting) -> str:
    """Return the move by which the case takes on the version; empty where it carries one out already.

    :raises UnableToAcceptRemedy: if it stands where no remedy is accepted
    """
    value, standing = process_of(case.course), standing_of(case.course, by.day)
    move = accepting_move(case, standing)
    if move is not None:
        return move
    stage, ladder = (value.stage(standing.at[track]).title for track in ("case", "ladder"))
    if standing.at["case"] != "on_track":
        raise UnableToAcceptRemedy(f"{case.reference} stands in “{stage}”. Go on to the remedy first.")
    raise UnableToAcceptRemedy(
        f"{case.reference} stands in “{ladder}”. Ask for another remedy first, and let the body decide on "
        f"version {remedy.version}."
    )
