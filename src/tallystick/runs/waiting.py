"""What the landing has waiting: checks to give, rows to settle, files to decide on, rules to confirm."""

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.waiting import Waiting
from tallystick.rulebook.coverage import coverage
from tallystick.rulebook.periods import Span
from tallystick.runs import excluded, queries
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Exclusion, Submission

# So many rows are looked at in one sitting, and named in one address.
AT_ONCE = 50
# What a folder of the rulebook holds, where its own name does not say it.
CALLED = {"voting": "voting schemes", "handling": "handling rules"}


def second_checks(acting: Acting) -> list[Waiting]:
    """List exclusions that another person entered: a row leaves only once two have agreed.

    Those of one measure and month that the same person entered are one errand, so many at once.
    """
    if not is_granted(acting, "exclusion", "u"):
        return []
    together: dict[tuple[str, str, int], list[Exclusion]] = {}
    for one in excluded.exclusions_to_check(acting):
        together.setdefault((one.measure or one.stream, one.period, one.entered_by_id), []).append(one)
    return [
        _second_check(acting, rows[first : first + AT_ONCE])
        for rows in together.values()
        for first in range(0, len(rows), AT_ONCE)
    ]


def _second_check(acting: Acting, rows: Sequence[Exclusion]) -> Waiting:
    first = rows[0]
    of = f"{first.measure or first.stream}{f', {Span.parse(first.period).words}' if first.period else ''}"
    alone = len(rows) == 1
    what = first.reference if alone else f"{len(rows)} excluded rows"
    chosen = {"state": Exclusion.ENTERED, "measure": first.measure, "period": first.period}
    asked = {"of": [row.reference for row in rows], **chosen, "from": "waiting"}
    told = urlencode({name: said for name, said in asked.items() if said}, doseq=True)
    return Waiting(
        title=f"Give the second check on {what}",
        words=f"{of}, entered by {first.entered_by.name}{f': {first.reason[:120]}' if alone else ''}",
        verb="Check",
        href=f"{reverse('exclusions', args=[acting.code])}?{told}",
        due=acting.day,
        rule="Before the next run of the month",
        classification=first.classification,
    )


def questions_to_answer(acting: Acting) -> list[Waiting]:
    """List what a second checker wants to know about exclusions that one entered."""
    if not is_granted(acting, "exclusion", "c"):
        return []
    return [
        Waiting(
            title=f"Answer the question about {one.exclusion.reference}",
            words=f"{one.asked_by.name} asks: {one.text[:160]}",
            verb="Answer",
            href=f"{reverse('exclusion', args=[acting.code, one.exclusion.reference])}#ask",
            due=acting.day,
            rule="Before the next run of the month",
            classification=one.exclusion.classification,
        )
        for one in excluded.open_questions(acting)
        if one.exclusion.entered_by_id == (acting.person and acting.person.pk)
    ]


def files_to_decide(acting: Acting) -> list[Waiting]:
    """List files that were looked over and neither taken in nor discarded."""
    if not is_granted(acting, "submission", "c"):
        return []
    mine = [
        one
        for one in queries.submissions_of(acting)
        if one.state == Submission.PREVIEWED and _is_ones_own(acting, one)
    ]
    return [
        Waiting(
            title=f"Take in or discard {one.filename}",
            words=f"{one.stream}: {one.accepted:,} accepted, {one.held:,} held, {one.refused:,} refused",
            verb="Decide",
            href=reverse("submission", args=[acting.code, one.reference]),
            classification=one.classification,
        )
        for one in mine
    ]


def _is_ones_own(acting: Acting, one: Submission) -> bool:
    person, party = acting.person, acting.organisation
    of_person = person.pk if person else None
    return one.person_id == of_person or one.party_id == (party.pk if party else None)


def held_rows(acting: Acting) -> list[Waiting]:
    """List rows that are in doubt until their sender sends them again; one errand for each submission."""
    verb = "Correct" if acting.organisation else "Ask the sender about"
    return [
        Waiting(
            title=f"{verb} {doubts:,} held row{'s'[: doubts != 1]}",
            words=f"{one.reference}: plausible but in doubt, and not counted until settled",
            verb="Look",
            href=reverse("submission", args=[acting.code, one.reference]),
            classification=one.classification,
        )
        for one in queries.submissions_of(acting)
        if (doubts := queries.in_doubt(one))
    ]


def expected(acting: Acting) -> list[Waiting]:
    """List evidence and reports that the latest month rests on and that are not here."""
    if acting.name not in Role.OFFICE:
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
    return [
        Waiting(
            title=f"See why the run of {Span.parse(one.period).words} failed",
            words=one.reason[:160],
            verb="Open",
            href=reverse("run", args=[acting.code, one.reference]),
        )
        for one in queries.runs_given_up(acting)
    ]


def _called(folder: str) -> str:
    return CALLED.get(folder, folder)


def rules_to_check(acting: Acting) -> list[Waiting]:
    """List what of the rulebook nobody has compared with the code's own text; one errand a folder."""
    if acting.name not in Role.OFFICE:
        return []
    return [
        Waiting(
            title=f"Check {len(one.statements)} of {one.of} {_called(one.folder)} against the code",
            words=f"Recalled or assumed, as every page says: {', '.join(one.statements[:4])}",
            verb="Check",
            href=reverse("clauses", args=[acting.code]),
        )
        for one in coverage(rulebook_of(acting.code)).unverified
        if one.statements
    ]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


SOURCES = (
    second_checks,
    questions_to_answer,
    files_to_decide,
    held_rows,
    runs_to_look_at,
    expected,
    rules_to_check,
)
