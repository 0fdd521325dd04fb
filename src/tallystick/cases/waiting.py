"""What cases have waiting on each side, by the clocks that run, and what is new of them.

Clocks are read as they are written down, which is settled daily: a home asks little of the database.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from tallystick.cases.listed import Running, open_cases, running
from tallystick.cases.models import Case, Message
from tallystick.decisions.views.asked import by_the_story
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.waiting import Changed, Waiting
from tallystick.rulebook.processes import PARTY

MOST = 6
WHY = "Tells when others wrote on cases that were found through what somebody may see."
# What each clock asks for: what it is, the verb, and the name of the address that asks it.
ERRANDS = {
    "right_of_reply": ("Reply to the notice", "Reply", "reply_to_notice"),
    "remedy_plan": ("File a remedy", "File", "file_remedy"),
    "another_version": ("File another version of the remedy", "File", "file_remedy"),
    "views": ("Give your views before the body decides", "Write", "case"),
    "assess": ("Assess the remedy", "Assess", "case"),
    "milestone": ("Next milestone of the remedy", "Open", "case"),
}


def waiting(acting: Acting) -> list[Waiting]:
    """List what falls due on cases, the messages to open and the lines to answer, for either side."""
    is_party = acting.name == Role.PARTY_DELEGATE
    if not (is_party or acting.name in Role.OFFICE) or not is_granted(acting, Case.TYPE, "r"):
        return []
    cases = {one.pk: one for one in open_cases(acting)}
    clocked = [
        _errand(acting, cases[one.case], one)
        for one in running(tuple(cases.values()))
        if _is_on(one, acting, is_party=is_party)
    ]
    return [*clocked, *(_unread(acting, one) for one in cases.values() if one.has_unread)]


def _is_on(one: Running, acting: Acting, *, is_party: bool) -> bool:
    """Tell whether a clock is somebody's: their role's or their side's; a milestone is the office's too."""
    if is_party:
        return one.owner == PARTY
    return one.owner == acting.name or one.owner in Role.OFFICE or one.clock == "milestone"


def _errand(acting: Acting, case: Any, one: Running) -> Waiting:
    title, verb, address = ERRANDS.get(one.clock, (one.title, "Open", "case"))
    if one.clock == "milestone" and acting.name in Role.OFFICE:
        title = "Verify the next milestone"
    words = f"{case.reference}, {case.title}"
    if acting.name in Role.OFFICE:
        words = f"{case.party.name} · {words}"
    lines = case.lines_shared
    if one.clock == "right_of_reply" and lines and not case.has_answers:
        words = f"{words}: {lines} line{'' if lines == 1 else 's'} to answer"
    return Waiting(
        title=title,
        words=words,
        verb=verb,
        href=reverse(address, args=[acting.code, case.reference]),
        due=one.due_on,
        rule=one.title,
        classification=case.classification,
    )


def _unread(acting: Acting, case: Case) -> Waiting:
    return Waiting(
        title=f"Open what {'the office' if acting.name not in Role.OFFICE else case.party.name} wrote",
        words=f"{case.reference}, {case.title}",
        verb="Open",
        href=f"{reverse('case', args=[acting.code, case.reference])}#messages",
        due=acting.day,
        rule="Served already; it counts as read once it is opened",
        classification=case.classification,
    )


def changes(acting: Acting, since: dt.datetime) -> list[Changed]:
    """List cases that were opened or closed and messages of others, as far as somebody may see them."""
    if not is_granted(acting, Case.TYPE, "r"):
        return []
    told = by_the_story(since)
    found = [one for case in _changed(acting, told) for one in _of_case(acting, case, told)]
    latest = sorted(found, key=lambda one: one.at, reverse=True)[:MOST]
    # Told among what is new of other rooms, by the clock that they go by.
    return [replace(one, at=one.at + (since - told)) for one in latest]


def _changed(acting: Acting, since: dt.datetime) -> list[Any]:
    """Return the cases of which something is new, each with when others `wrote` last and on which side."""
    with unscoped(WHY):
        sent = Message.objects.filter(case=OuterRef("pk"), sent_at__gt=since).exclude(sent_by=acting.person)
        last = sent.order_by("-sent_at", "-pk")
        seen = Case.objects.visible_to(acting).select_related("party")
        told = seen.annotate(
            wrote=Subquery(last.values("sent_at")[:1]), by_party=Subquery(last.values("from_party")[:1])
        )
        new = told.filter(Q(opened_at__gt=since) | Q(closed_at__gt=since) | Q(wrote__isnull=False))
        return list(new.order_by("-opened_at", "-pk")[: MOST * 5])


def _of_case(acting: Acting, case: Any, since: dt.datetime) -> Iterator[Changed]:
    name = case.party.name
    if case.opened_at > since and case.opened_by_id != getattr(acting.person, "pk", None):
        yield _told(acting, case, case.opened_at, f"A case on {name} was opened: {case.title}")
    if case.closed_at and case.closed_at > since:
        yield _told(acting, case, case.closed_at, f"The case on {name} ended: {case.title}")
    if case.wrote and is_granted(acting, Message.TYPE, "r"):
        who = name if case.by_party else "The office"
        yield _told(acting, case, case.wrote, f"{who} wrote on “{case.title}”")


def _told(acting: Acting, case: Case, at: dt.datetime, words: str) -> Changed:
    href = reverse("case", args=[acting.code, case.reference])
    return Changed(at, words, case.reference, href, case.classification)


SOURCES = (waiting,)
NEWS = (changes,)
