"""What is known of a challenge or a dispute when somebody wants to move it, as conditions ask for it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from tallystick.cases.decided import hearing
from tallystick.challenges.deciders import day_of, sat_in_both
from tallystick.challenges.matter import Matter
from tallystick.challenges.models import Challenge
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.decided import VERBS, VOTES, Decided, undone_of_any
from tallystick.processes.queries import process_of
from tallystick.rulebook.processes import Outcome

QUERIED, APPEALED = "queried", "appealed"
WHY = "Looks for what a body decided about a matter that was found before."


def facts_of(matter: Matter, on: dt.date, carried: Decided | None = None) -> Mapping[str, Any]:
    """Return the facts of a matter on the day.

    :param carried: what the step at hand carries out, where one is at hand
    """
    key = matter.before(on)
    told = waiting(matter, key)
    known: dict[str, Any] = {
        "today": on,
        "decided_by": key if told["agreed"] else None,
        "rejected_by": key if told["rejected"] else None,
    }
    if not isinstance(matter.row, Challenge):
        return known
    heard = [carried] if carried is not None else [*told["agreed"], *told["rejected"]]
    return {**known, **_of_the_appeal(matter, on, heard)}


@unscoped(WHY)
def waiting(matter: Matter, key: str | None) -> Mapping[Outcome, list[Decided]]:
    """Return what the body that a matter is before decided since and not carried out in it, by outcome."""
    found: dict[Outcome, list[Decided]] = {"agreed": [], "rejected": []}
    since = matter.since
    if key is None or since is None:
        return found
    motions, decisions = undone_of_any(matter.row.course, since, "agreed")
    other_motions, other_decisions = undone_of_any(matter.row.course, since, "rejected")
    of_body = Q(body__key__iexact=key)
    for motion in (motions | other_motions).filter(of_body).order_by("closed_at", "pk"):
        found["agreed" if motion.outcome == VOTES["agreed"] else "rejected"].append(motion)
    for one in (decisions | other_decisions).filter(of_body).order_by("recorded_at", "pk"):
        found["agreed" if one.verb in VERBS["agreed"] else "rejected"].append(one)
    return found


def heard_by(row: Challenge) -> str | None:
    """Return the key of the body that hears an appeal: the one that the page of who decided names.

    None where the process sends appeals elsewhere, so that nobody hears it before the rulebook is mended.
    """
    body = rulebook_of(row.code).bodies.get(row.decided.body.key.lower())
    to = body.appeals_to if body is not None else None
    return to if to == hearing(process_of(row.course), APPEALED) else None


def _of_the_appeal(matter: Matter, on: dt.date, heard: list[Decided]) -> dict[str, Any]:
    row = matter.row
    assert isinstance(row, Challenge)  # noqa: S101 - only challenges are appealed
    to = heard_by(row)
    is_heard = matter.before(on) == to
    body = row.body if is_heard else None
    return {
        "appeal_heard_by": to,
        "sat_in_both": sat_in_both(matter, heard, body, on) if is_heard else 0,
        "decided_on": day_of(row.decided),
    }
