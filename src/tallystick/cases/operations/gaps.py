"""A gap is recorded, handed on to a modification of the code, and closed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from tallystick.cases.models import Gap, GapFinding
from tallystick.cases.models.case import KEY
from tallystick.cases.operations.entries import counted
from tallystick.cases.operations.opening import LONGEST_TITLE
from tallystick.cases.operations.talking import LONGEST
from tallystick.decisions.models import new_reference
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.runs.models import Finding

LONGEST_MODIFICATION = 40
OF_A_FORM = ("clause", "area", "title", "what", "harmed", "needed")


class UnableToRecordGap(Exception):
    """Something is not said, the code has no such clause or area, or the form recorded something else."""


class UnableToHandOnGap(Exception):
    """No modification is named, the gap was handed on to another, or it is closed."""


class UnableToCloseGap(Exception):
    """No reason is said, or it was closed for another."""


@dataclass(frozen=True)
class Recorded:
    """A gap as the form has it; `key` is that of the form.

    `what` happens and nobody owes it, `harmed` is who is harmed, `needed` what the code would have to say.
    """

    clause: str
    title: str
    what: str
    harmed: str
    needed: str
    key: str
    area: str = ""
    findings: tuple[Finding, ...] = ()


@transaction.atomic
@unscoped(BY_AN_ACT)
def record_gap(*, recorded: Recorded, by: Acting, at: dt.datetime) -> Gap:
    """Record what nobody owes under a clause. The same form again gives the same gap.

    :raises UnableToRecordGap: if something is not said, or there is no such clause, area or finding
    """
    if by.person is None or by.name not in Role.OFFICE:
        raise UnableToRecordGap("Gaps are recorded by the office of the code.")
    there = _recorded_before(recorded, by)
    if there is not None:
        return there
    _check(recorded, by)
    gap, is_new = written_once(lambda: _drafted(recorded, by, at), lambda: _recorded_before(recorded, by))
    if not is_new:
        return gap
    for one in recorded.findings:
        GapFinding(gap=gap, finding=one).save(force_insert=True)
    rests = f", resting on {counted(len(recorded.findings), 'finding')}" if recorded.findings else ""
    said = f"recorded {gap.reference} under {gap.clause}: {gap.title}{rests}"
    # A finding may be on a party, and is no more than a handle to those who read of the gap alone.
    facts = {"clause": gap.clause, "area": gap.area, "findings": [one.handle for one in recorded.findings]}
    facts |= named(*worded(gap, "title", "what", "harmed", "needed"))
    _enter_gap("record_gap", gap, by, at, said, facts)
    return gap


@transaction.atomic
@unscoped(BY_AN_ACT)
def hand_on_gap(*, gap: Gap, modification: str, by: Acting, at: dt.datetime) -> Gap:
    """Hand a gap on to the modification of the code that is to fill it. Said again, it stands.

    :raises UnableToHandOnGap: if none is named, it was handed on to another, or it is closed
    """
    held, named = _locked_gap(gap), modification.strip()
    if by.name not in Role.OFFICE:
        raise UnableToHandOnGap("Gaps are handed on by the office of the code.")
    if not 0 < len(named) <= LONGEST_MODIFICATION:
        raise UnableToHandOnGap(f"Name the modification, in {LONGEST_MODIFICATION} characters at most.")
    if held.modification == named:
        return held
    if held.is_closed:
        raise UnableToHandOnGap(f"{held.reference} is closed.")
    if held.modification:
        raise UnableToHandOnGap(f"{held.reference} was handed on to {held.modification}.")
    held.state, held.modification, held.handed_on_at = Gap.HANDED_ON, named, at
    held.save(update_fields=["state", "modification", "handed_on_at"])
    _enter_gap("hand_on_gap", held, by, at, f"handed {held.reference} on to {named}", {"modification": named})
    return held


@transaction.atomic
@unscoped(BY_AN_ACT)
def close_gap(*, gap: Gap, reason: str, by: Acting, at: dt.datetime) -> Gap:
    """Close a gap for a reason, such as that the code says now who owes it. Said again, it stands.

    :raises UnableToCloseGap: if no reason is said, or it was closed for another
    """
    held, why = _locked_gap(gap), reason.strip()
    if by.name not in Role.OFFICE:
        raise UnableToCloseGap("Gaps are closed by the office of the code.")
    if not 0 < len(why) <= LONGEST:
        raise UnableToCloseGap(f"Say why it is closed, in {LONGEST} characters at most.")
    if held.is_closed and held.closed_because == why:
        return held
    if held.is_closed:
        raise UnableToCloseGap(f"{held.reference} is closed, and for another reason.")
    held.state, held.closed_at, held.closed_because = Gap.ENDED, at, why
    held.save(update_fields=["state", "closed_at", "closed_because"])
    facts = {"because": why, **named(*worded(held, "closed_because"))}
    _enter_gap("close_gap", held, by, at, f"closed {held.reference}", facts)
    return held


def _locked_gap(gap: Gap) -> Gap:
    """Return the gap as it stands, which nobody else can change until this transaction ends."""
    found: Gap = Gap.objects.select_for_update(of=("self",)).get(pk=gap.pk)
    return found


def _recorded_before(recorded: Recorded, by: Acting) -> Gap | None:
    """Return the gap that the form recorded before.

    :raises UnableToRecordGap: if the form said something else then
    """
    there: Gap | None = Gap.objects.filter(recorded_by=by.person, key=recorded.key).first()
    if there is None:
        return None
    rests_on = set(there.gap_findings.values_list("finding", flat=True))
    is_same = all(getattr(recorded, name).strip() == getattr(there, name) for name in OF_A_FORM)
    if not is_same or rests_on != {one.pk for one in recorded.findings}:
        raise UnableToRecordGap(
            f"This form recorded {there.reference} before, which stays as it is. Open the page again."
        )
    return there


def _check(recorded: Recorded, by: Acting) -> None:
    rulebook = rulebook_of(by.code)
    for what, longest in (
        ("title", LONGEST_TITLE),
        ("what", LONGEST),
        ("harmed", LONGEST),
        ("needed", LONGEST),
    ):
        if not 0 < len(getattr(recorded, what).strip()) <= longest:
            raise UnableToRecordGap(
                "Say its title, what happens, who is harmed, and what would be needed: "
                f"{LONGEST_TITLE} characters for the title and {LONGEST} for each of the others at most."
            )
    if not 0 < len(recorded.key) <= KEY:
        raise UnableToRecordGap("The form has no key, so that it could record two. Open the page again.")
    if recorded.clause not in rulebook.clauses:
        raise UnableToRecordGap(f"The rulebook has no clause {recorded.clause[:60]!r}.")
    if recorded.area and recorded.area not in rulebook.code.areas:
        raise UnableToRecordGap(f"The code has no area {recorded.area[:10]!r}.")
    if any(one.code != by.code for one in recorded.findings):
        raise UnableToRecordGap("A gap rests on findings of its own code.")


def _drafted(recorded: Recorded, by: Acting, at: dt.datetime) -> Gap:
    return Gap(
        code=by.code,
        # Green, or stricter where the code's own policy has no words for it on the day.
        classification=rulebook_of(by.code).handling.held_as(Gap.GREEN, by.day),
        publicity=Gap.ISSUED,
        reference=new_reference("GAP", by.day.year),
        **{name: getattr(recorded, name).strip() for name in OF_A_FORM},
        recorded_by=by.person,
        recorded_at=at,
        key=recorded.key,
    )


def _enter_gap(
    act: str, gap: Gap, by: Acting, at: dt.datetime, said: str, facts: Mapping[str, object]
) -> Entry:
    subject = Subject(gap.code, gap.TYPE, gap.handle, gap.classification)
    told = {"gap": gap.reference, **facts}
    return record(act=f"cases.{act}", subject=subject, by=by.actor, at=at, said=said, facts=told)
