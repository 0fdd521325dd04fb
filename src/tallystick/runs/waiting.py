"""What the landing has waiting: checks to give, rows to settle, files to decide on, rules to confirm."""

import datetime as dt

from django.urls import reverse

from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.waiting import Waiting
from tallystick.rulebook.coverage import coverage
from tallystick.rulebook.periods import Span
from tallystick.runs import queries
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Run, Submission

OFFICE = (Role.ANALYST, Role.SECRETARY)


def second_checks(acting: Acting) -> list[Waiting]:
    """List exclusions that another person entered: a row leaves only once two have agreed."""
    if not is_granted(acting, "exclusion", "u"):
        return []
    return [
        Waiting(
            title=f"Give the second check on {one.reference}",
            words=f"{one.measure or one.stream}, entered by {one.entered_by.name}: {one.reason[:120]}",
            verb="Check",
            href=reverse("exclusion", args=[acting.code, one.reference]),
            due=acting.day,
            rule="Before the next run of the month",
        )
        for one in queries.exclusions_to_check(acting)
    ]


def files_to_decide(acting: Acting) -> list[Waiting]:
    """List files that were looked over and neither taken in nor discarded."""
    if not is_granted(acting, "submission", "c"):
        return []
    mine = [
        one
        for one in queries.submissions_of(acting)
        if one.state == Submission.PREVIEWED
        and (one.person == acting.person or one.party == acting.organisation)
    ]
    return [
        Waiting(
            title=f"Take in or discard {one.filename}",
            words=f"{one.stream}: {one.accepted:,} accepted, {one.held:,} held, {one.refused:,} refused",
            verb="Decide",
            href=reverse("submission", args=[acting.code, one.reference]),
        )
        for one in mine
    ]


def held_rows(acting: Acting) -> list[Waiting]:
    """List rows that are in doubt until their sender sends them again; one errand for each submission."""
    found: dict[str, int] = {}
    for row in queries.held_rows(acting):
        found[row.submission.reference] = found.get(row.submission.reference, 0) + 1
    verb = "Correct" if acting.organisation else "Ask the sender about"
    return [
        Waiting(
            title=f"{verb} {count:,} held row{'s'[: count != 1]}",
            words=f"{reference}: plausible but in doubt, and not counted until settled",
            verb="Look",
            href=reverse("submission", args=[acting.code, reference]),
        )
        for reference, count in found.items()
    ]


def expected(acting: Acting) -> list[Waiting]:
    """List evidence and reports that the latest month rests on and that are not here."""
    if acting.name not in OFFICE:
        return []
    return [
        Waiting(
            title=f"Expect the {one.title}",
            words=f"{', '.join(one.clause) or one.what}, {Span.parse(one.period).words}: not received",
            verb="Open",
            href=reverse("evidence", args=[acting.code]),
            due=_day(one.due),
            rule=", ".join(one.clause),
        )
        for one in queries.expected(acting)
        if one.pursued and one.delivery in ("missing", "not_due")
    ]


def runs_to_look_at(acting: Acting) -> list[Waiting]:
    """List runs that failed with no later one of their month."""
    if not is_granted(acting, "run", "c"):
        return []
    latest: dict[str, Run] = {}
    for run in reversed(queries.runs_of(acting)):
        latest[run.period] = run
    return [
        Waiting(
            title=f"See why the run of {Span.parse(one.period).words} failed",
            words=one.reason[:160],
            verb="Open",
            href=reverse("run", args=[acting.code, one.reference]),
        )
        for one in latest.values()
        if one.state == Run.FAILED
    ]


def rules_to_check(acting: Acting) -> list[Waiting]:
    """List what of the rulebook nobody has compared with the code's own text; one errand a folder."""
    if acting.name not in OFFICE:
        return []
    return [
        Waiting(
            title=f"Check {len(one.statements)} of {one.of} {one.folder} against the code",
            words=f"Recalled or assumed, as every page says: {', '.join(one.statements[:4])}",
            verb="Check",
            href=reverse("clauses", args=[acting.code]),
        )
        for one in coverage(rulebook_of(acting.code)).unverified
        if one.statements
    ]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


SOURCES = (second_checks, files_to_decide, held_rows, runs_to_look_at, expected, rules_to_check)
