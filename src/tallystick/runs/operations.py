"""What is done with submissions, runs and exclusions: one act, one entry in the journal."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from tallystick.evidence.reading import Reading
from tallystick.evidence.submissions import Receipt
from tallystick.journal.operations import record
from tallystick.journal.subjects import Actor
from tallystick.measures.known import EXCEPTIONS
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Organisation
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.rulebook.periods import Span
from tallystick.runs import installation, landing, marks, taken
from tallystick.runs.computing import Computed
from tallystick.runs.models import Exclusion, Run, Submission, new_run_reference
from tallystick.runs.uploads import Upload


class UnableToCommitSubmission(Exception):
    """The submission is not waiting to be taken in."""


class UnableToDiscardSubmission(Exception):
    """The submission is not waiting: what was taken in stays, and is corrected by a later one."""


class UnableToStartRun(Exception):
    """The period is no month, has not ended, or a run of it is under way."""


class UnableToLandRun(Exception):
    """The run is no longer this worker's: it was cancelled, or another worker took it up."""


class UnableToEndRun(Exception):
    """The run has ended already."""


class UnableToExclude(Exception):
    """The row is excluded already or waits for its second check, or no reason is given."""


class UnableToCheckExclusion(Exception):
    """The exclusion was entered by the same person, or is settled already."""


@dataclass(frozen=True)
class Sent:
    """A file and what its sender says of it."""

    upload: Upload
    stream: str
    sender: Organisation | None
    period: str


@dataclass(frozen=True)
class Found:
    """What a file came to when it was read, and what the store says to it."""

    reading: Reading
    receipt: Receipt


@transaction.atomic
def preview_submission(*, sent: Sent, found: Found, by: Acting, at: dt.datetime) -> Submission:
    """Keep what taking a file in would come to, for its sender to decide."""
    submission = _submission(sent, by, at)
    submission.state = Submission.PREVIEWED
    taken.describe(submission, found.reading, found.receipt)
    submission.save()
    record(
        act="runs.preview_submission",
        subject=marks.subject_of(submission),
        by=by.actor,
        at=at,
        said=f"sent {submission.rows:,} rows of {submission.stream}{_for(submission.period)} to look over",
        facts={"sha256": submission.sha256, "size": submission.size},
    )
    return submission


@transaction.atomic
def refuse_submission(*, sent: Sent, because: str, by: Acting, at: dt.datetime) -> Submission:
    """Keep that a file was refused as a whole, and why."""
    submission = _submission(sent, by, at)
    submission.state, submission.reason = Submission.REFUSED, because
    submission.save()
    record(
        act="runs.refuse_submission",
        subject=marks.subject_of(submission),
        by=by.actor,
        at=at,
        said=f"sent a file of {submission.stream}{_for(submission.period)}, which was refused",
        facts={"sha256": submission.sha256, "size": submission.size},
    )
    return submission


@transaction.atomic
@unscoped(BY_AN_ACT)
def commit_submission(*, submission: Submission, found: Found, by: Acting, at: dt.datetime) -> Submission:
    """Note that the store took a submission in, what it supersedes, and the rows that are held.

    :raises UnableToCommitSubmission: if it is not waiting to be taken in
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    if submission.state != Submission.PREVIEWED:
        raise UnableToCommitSubmission(taken.not_waiting(submission))
    taken.describe(submission, found.reading, found.receipt)
    taken.take_in(submission, found.reading, found.receipt, at)
    record(
        act="runs.commit_submission",
        subject=marks.subject_of(submission),
        by=by.actor,
        at=at,
        said=_said_of(submission),
        facts={
            "evidence": submission.evidence,
            "sha256": submission.sha256,
            "accepted": submission.accepted,
            "held": submission.held,
            "refused": submission.refused,
        },
    )
    return submission


@transaction.atomic
@unscoped(BY_AN_ACT)
def discard_submission(*, submission: Submission, by: Acting, at: dt.datetime) -> Submission:
    """Note that a file that was shown is not to be taken in.

    :raises UnableToDiscardSubmission: if it is not waiting
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    if submission.state != Submission.PREVIEWED:
        raise UnableToDiscardSubmission(taken.not_waiting(submission))
    submission.state = Submission.DISCARDED
    submission.save(update_fields=["state"])
    record(
        act="runs.discard_submission",
        subject=marks.subject_of(submission),
        by=by.actor,
        at=at,
        said=f"discarded a file of {submission.stream} before it was taken in",
    )
    return submission


@transaction.atomic
@unscoped(BY_AN_ACT)
def start_run(*, period: Span, known_on: dt.date, by: Acting, at: dt.datetime) -> Run:
    """Ask for a month to be computed, as it is known on a day.

    :raises UnableToStartRun: if the period is no month or starts later, or a run of it is under way
    """
    if period.months != 1:
        raise UnableToStartRun(f"{period} is not a month.")
    if known_on < period.first:
        raise UnableToStartRun(f"On {known_on} nothing of {period.words} was known.")
    if Run.objects.filter(code=by.code, period=str(period), state__in=Run.UNDER_WAY).exists():
        raise UnableToStartRun(f"A run of {period.words} is under way. Wait for it, or cancel it.")
    run = Run(
        code=by.code,
        classification=_class_of("run", by, at),
        reference=new_run_reference(str(known_on)),
        period=str(period),
        known_on=known_on,
        asked_by=by.person,
        asked_at=at,
    )
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        raise UnableToStartRun(f"A run of {period.words} was just asked for by somebody else.") from None
    record(
        act="runs.start_run",
        subject=marks.subject_of(run),
        by=by.actor,
        at=at,
        said=f"asked for a run of {period.words} as known on {known_on}",
    )
    return run


@transaction.atomic
def land_run(*, run: Run, computed: Computed, by: Actor, at: dt.datetime) -> Run:
    """Put down everything a run came to: all of it, or nothing. One that has landed stays as it is.

    :param run: as it was when the worker took it up
    :raises UnableToLandRun: if it was cancelled, or another worker took it up since
    """
    held: Run = Run.objects.select_for_update().get(pk=run.pk)
    if held.state == Run.LANDED:
        return held
    if (held.state, held.worker, held.attempts) != (Run.RUNNING, run.worker, run.attempts):
        raise UnableToLandRun(f"{held.reference} is {held.get_state_display().lower()}, not this worker's.")
    came_to = landing.land(held, computed, at)
    record(
        act="runs.land_run",
        subject=marks.subject_of(held),
        by=by,
        at=at,
        said=f"computed {Span.parse(held.period).words}: {came_to.findings} findings",
        facts={
            "edition": held.edition,
            "snapshot": held.snapshot,
            "engine": held.engine,
            "known_on": str(held.known_on),
            "figures": came_to.figures,
            "withdrawn": came_to.withdrawn,
            "month": computed.digest,
        },
    )
    return held


@transaction.atomic
def fail_run(*, run: Run, reason: str, by: Actor, at: dt.datetime) -> Run:
    """Give a run up, and say why.

    :raises UnableToEndRun: if it has ended already
    """
    run = _ended(run, Run.FAILED, at, reason=reason)
    record(
        act="runs.fail_run",
        subject=marks.subject_of(run),
        by=by,
        at=at,
        said=f"gave up the run of {Span.parse(run.period).words}",
        facts={"reason": reason},
    )
    return run


@transaction.atomic
@unscoped(BY_AN_ACT)
def cancel_run(*, run: Run, by: Acting, at: dt.datetime) -> Run:
    """Stop a run that waits, or one that runs: its worker stops at the next step.

    :raises UnableToEndRun: if it has ended already
    """
    run = _ended(run, Run.CANCELLED, at)
    record(
        act="runs.cancel_run",
        subject=marks.subject_of(run),
        by=by.actor,
        at=at,
        said=f"cancelled the run of {Span.parse(run.period).words}",
    )
    return run


@transaction.atomic
@unscoped(BY_AN_ACT)
def enter_exclusion(
    *, row: taken.Excluded, reason: str, party: Organisation | None, by: Acting, at: dt.datetime
) -> Exclusion:
    """Enter that a row is to leave both sides; it counts once another person has checked it.

    :raises UnableToExclude: if no reason is given, or the row is excluded or waiting already
    """
    if by.person is None or not reason.strip():
        raise UnableToExclude("Say why the row is to leave the measure.")
    _check_row(row, by.code)
    exclusion = Exclusion(
        code=by.code,
        classification=_class_of("exclusion", by, at),
        publicity=Classified.ISSUED,
        party=party,
        stream=row.stream,
        row_key=row.key,
        measure=row.measure,
        period=row.period,
        reason=reason.strip(),
        entered_by=by.person,
        entered_at=at,
    )
    try:
        with transaction.atomic():
            exclusion.save(force_insert=True)
    except IntegrityError:
        raise UnableToExclude("The row is excluded already, or waits for its second check.") from None
    record(
        act="runs.enter_exclusion",
        subject=marks.subject_of(exclusion),
        by=by.actor,
        at=at,
        said=f"entered {exclusion.reference}: a row of {row.stream} is to leave both sides",
        facts={"stream": row.stream, "row_key": row.key, "reason": exclusion.reason},
    )
    return exclusion


@transaction.atomic
@unscoped(BY_AN_ACT)
def check_exclusion(*, exclusion: Exclusion, agrees: bool, by: Acting, at: dt.datetime) -> Exclusion:
    """Confirm or refuse an exclusion that another person entered.

    A confirmed one goes into the evidence before the next run; see `exclusions.write_out`.

    :raises UnableToCheckExclusion: if the same person entered it, or it is settled
    """
    exclusion = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    if exclusion.state != Exclusion.ENTERED:
        raise UnableToCheckExclusion(f"{exclusion.reference} is settled: {exclusion.get_state_display()}.")
    if by.person is None or exclusion.entered_by_id == by.person.pk:
        raise UnableToCheckExclusion("Somebody else has to check what you entered.")
    exclusion.state = Exclusion.CONFIRMED if agrees else Exclusion.REFUSED
    exclusion.checked_by, exclusion.checked_at = by.person, at
    exclusion.save(update_fields=["state", "checked_by", "checked_at"])
    record(
        act="runs.check_exclusion",
        subject=marks.subject_of(exclusion),
        by=by.actor,
        at=at,
        said=f"{'confirmed' if agrees else 'refused'} {exclusion.reference}",
    )
    return exclusion


@transaction.atomic
def place_exclusion(*, exclusion: Exclusion, evidence: str, by: Actor, at: dt.datetime) -> Exclusion:
    """Note which submission of the exceptions list carries a confirmed exclusion."""
    exclusion = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    exclusion.evidence = evidence
    exclusion.save(update_fields=["evidence"])
    record(
        act="runs.place_exclusion",
        subject=marks.subject_of(exclusion),
        by=by,
        at=at,
        said=f"put {exclusion.reference} on the list of exceptions",
        facts={"evidence": evidence},
    )
    return exclusion


def _submission(sent: Sent, by: Acting, at: dt.datetime) -> Submission:
    return Submission(
        handle=sent.upload.handle,
        code=by.code,
        classification=_class_of("submission", by, at),
        publicity=Classified.ISSUED,
        party=sent.sender,
        stream=sent.stream,
        period=sent.period,
        filename=sent.upload.filename,
        sha256=sent.upload.sha256,
        size=sent.upload.size,
        received_at=at,
        person=by.person,
    )


def _check_row(row: taken.Excluded, code: str) -> None:
    streams = installation.rulebook_of(code).streams
    if not {row.stream, EXCEPTIONS} <= set(streams):
        raise UnableToExclude(f"No row of {row.stream[:40]!r} can be excluded under {code}.")
    if problem := taken.key_problem(streams[row.stream], row.key):
        raise UnableToExclude(problem)


def _class_of(kind: str, by: Acting, at: dt.datetime) -> str:
    return marks.class_of(installation.rulebook_of(by.code), kind, at.date())


def _ended(run: Run, state: str, at: dt.datetime, *, reason: str = "") -> Run:
    held: Run = Run.objects.select_for_update().get(pk=run.pk)
    if held.state not in Run.UNDER_WAY:
        raise UnableToEndRun(f"{held.reference} has ended already: {held.get_state_display().lower()}.")
    held.state, held.reason, held.ended_at = state, reason, at
    held.save(update_fields=["state", "reason", "ended_at"])
    return held


def _for(period: str) -> str:
    return f" for {Span.parse(period).words}" if period else ""


def _said_of(submission: Submission) -> str:
    of_what = f"{submission.stream}{_for(submission.period)}"
    if submission.state == Submission.NO_CHANGE:
        return f"sent {submission.rows:,} rows of {of_what} that stood already"
    return f"took in {submission.accepted:,} of {submission.rows:,} rows of {of_what}"
