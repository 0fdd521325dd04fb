"""The first rung: the lines that failed are shared with the party, which learns of the case by it."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from tallystick.cases.facts import lines_shared_on
from tallystick.cases.models import Case, SharedLines
from tallystick.cases.operations.entries import common, counted, enter, locked_case
from tallystick.cases.operations.steps import issue, step_case
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import standing_of
from tallystick.runs.models import FindingVersion, LineList

UNINFORMED, INFORM = "uninformed", "inform"


class UnableToShareLines(Exception):
    """The case has ended, the finding is none of its own, or its lines are not the party's alone."""


@transaction.atomic
@unscoped(BY_AN_ACT)
def share_lines(
    *, case: Case, versions: Sequence[FindingVersion], key: str, by: Acting, at: dt.datetime
) -> list[SharedLines]:
    """Share the lines of findings with the party, each as one run listed them; those shared stay so.

    Once lines of every finding that has any are shared, the ladder's first rung is taken.

    :raises UnableToShareLines: if the case has ended, or the lines are not its party's to have
    :raises UnableToMove: if the first rung is not for this role
    """
    held = locked_case(case)
    there = list(SharedLines.objects.filter(case=held, version__in=versions))
    wanted = [one for one in versions if one.pk not in {row.version_id for row in there}]
    if versions and not wanted:
        return there
    lists = _lists(held, wanted)
    made = [_shared(held, one, by, at) for one in lists]
    for row in made:
        row.save(force_insert=True)
    issue(held)
    if standing_of(held.course, by.day).at["ladder"] == UNINFORMED and lines_shared_on(held) is not None:
        step_case(held, Taken(INFORM, key), by, at)
    number = sum(row.lines for row in made)
    said = f"shared {counted(number, 'line')} of {held.reference} with {held.party.name}"
    lines = {one.version.handle: len(one.lines) for one in lists}
    enter("share_lines", held, by, at, said, {"lines": lines})
    return [*there, *made]


def _lists(case: Case, versions: Collection[FindingVersion]) -> list[LineList]:
    """Return the lists behind versions of findings.

    :raises UnableToShareLines: if one of them is not for the party of the case
    """
    if not versions:
        raise UnableToShareLines("Choose whose lines are shared.")
    if case.closed_at is not None:
        raise UnableToShareLines(f"{case.reference} has ended.")
    own = set(case.case_findings.values_list("finding", flat=True))
    found = []
    for version in versions:
        reference = version.finding.reference
        if version.finding_id not in own:
            raise UnableToShareLines(f"{case.reference} does not rest on {reference}.")
        listed = LineList.objects.filter(version=version).first()
        if listed is None or not listed.lines:
            raise UnableToShareLines(f"{reference} has no lines.")
        if listed.party_id != case.party_id:
            raise UnableToShareLines(
                f"The lines of {reference} hold rows of others: they are not {case.party.name}'s to have."
            )
        found.append(listed)
    return found


def _shared(case: Case, listed: LineList, by: Acting, at: dt.datetime) -> SharedLines:
    return SharedLines(
        **common(case),
        case=case,
        version=listed.version,
        lines=len(listed.lines),
        shared_by=by.person,
        shared_at=at,
    )
