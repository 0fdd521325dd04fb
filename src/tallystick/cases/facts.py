"""What is known of a case when somebody wants to move it, under the names that conditions ask for.

A case that rests on no finding, or on findings without lines, has none to share: that is done when it is
opened. One that rests on no finding rests on what was told, which nothing withdraws.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tallystick.cases.decided import awaited, came_before, decided_by, was_escalated
from tallystick.cases.matter import Matter
from tallystick.cases.models import Case, Message
from tallystick.cases.progress import remedy_facts
from tallystick.cases.suspensions import suspended_by
from tallystick.processes.queries import process_of
from tallystick.processes.standing import Standing
from tallystick.runs.models import Finding

RIGHT_OF_REPLY = "right_of_reply"


def facts_of(case: Case, on: dt.date, matter: Matter | None = None) -> Mapping[str, Any]:
    """Return the facts of a case on the day; `decided_by` is of a decision that waits to be carried out.

    :param matter: the rows of the case, where they are read already and nothing has changed since
    """
    rows = matter or Matter(case)
    standing = rows.standing(on)
    said = {one.kind: one for one in sorted(rows.messages, key=lambda one: one.pk)}
    notice, reply = said.get(Message.NOTICE), said.get(Message.REPLY)
    before = awaited(process_of(case.course), standing)
    escalated = was_escalated(case, rows)
    return {
        "today": on,
        "lines_shared_on": lines_shared_on(case, rows),
        "notice_read_at": notice.read_at if notice else None,
        "replied_on": timezone.localtime(reply.sent_at).date() if reply else None,
        "reply_due_on": _reply_due_on(standing),
        **remedy_facts(case, on, rows),
        "was_escalated": escalated,
        "findings_standing": _findings_standing(rows),
        "from_audit": case.source == Case.AUDIT,
        "auditor_satisfied": case.auditor_satisfied_at is not None,
        "decided_by": decided_by(case, on, rows),
        "rejected_by": None,  # no step of a case carries out that a body did not let something
        "suspended_by": suspended_by(case) if escalated else None,  # only what a body decided is challenged
        "changed_by": None,  # told by the act that sets a step back, and by no other
        "draft_shown_on": _draft_shown_on(said.get(Message.TO_PUBLISH), came_before(case, before, rows)),
    }


def lines_shared_on(case: Case, matter: Matter | None = None) -> dt.date | None:
    """Return the day on which lines of each finding that has any were shared; the opening where none has."""
    told = (matter or Matter(case)).told
    with_lines = {one.finding.pk for one in told if one.has_lines and one.finding.state != Finding.WITHDRAWN}
    shared = {one.finding.pk for one in told if one.shared_at is not None}
    if with_lines - shared:
        return None
    at = [one.shared_at for one in told if one.shared_at is not None and one.finding.pk in with_lines]
    return timezone.localtime(max(at, default=case.opened_at)).date()


def _draft_shown_on(shown: Message | None, since: dt.datetime | None) -> dt.date | None:
    """Return when the party was last shown what is to be published, since the case is before its body."""
    if shown is None or since is None or shown.sent_at < since:
        return None
    return timezone.localtime(shown.sent_at).date()


def _reply_due_on(standing: Standing) -> dt.date | None:
    """Return the day of the last right of reply, running or ended; None while it is paused."""
    return next((one.due_on for one in reversed(standing.clocks) if one.clock == RIGHT_OF_REPLY), None)


def _findings_standing(matter: Matter) -> int:
    states = {one.finding.pk: one.finding.state for one in matter.told}
    return sum(state != Finding.WITHDRAWN for state in states.values()) if states else 1
