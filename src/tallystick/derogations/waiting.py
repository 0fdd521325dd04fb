"""What derogations and forbearance have waiting on each side, and what is new of them.

Clocks are read as they are written down, which is settled daily: a home asks little of the database.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse

from tallystick.decisions.views.asked import by_the_story
from tallystick.derogations.facts import ACTIVE, TERM
from tallystick.derogations.listed import Listed, derogations, forbearances
from tallystick.derogations.models import Derogation
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import Changed, Waiting

SOON = 20  # working days before the last one
MOST = 6


def waiting(acting: Acting) -> list[Waiting]:
    """List what is to be submitted, assessed, decided or closed, and what ends or is reviewed soon."""
    if acting.name not in (*Role.OFFICE, Role.PARTY_DELEGATE, Role.CHAIR):
        return []
    last = rulebook_of(acting.code).calendar().after(acting.day, SOON)
    found = [_errand(acting, one, last) for one in derogations(acting) if not one.is_over]
    if acting.name != Role.PARTY_DELEGATE:
        found += [_review(acting, one, last) for one in forbearances(acting) if not one.is_over]
    return [one for one in found if one is not None]


def changes(acting: Acting, since: dt.datetime) -> list[Changed]:
    """List derogations that were drafted by others or ended, as far as somebody may see them."""
    if not is_granted(acting, Derogation.TYPE, "r"):
        return []
    told = by_the_story(since)
    found = [one for listed in derogations(acting) for one in _news(acting, listed, told)]
    latest = sorted(found, key=lambda one: one.at, reverse=True)[:MOST]
    return [replace(one, at=one.at + (since - told)) for one in latest]


def _errand(acting: Acting, one: Listed, last: dt.date) -> Waiting | None:
    """Return what a derogation asks of somebody where it stands, if anything."""
    told = _asked(acting, one, last)
    if told is None:
        return None
    title, verb, move = told
    row, due = one.row, one.due
    words = f"{row.reference}, derogation from {row.obligation}"
    reference = [acting.code, row.reference]
    return Waiting(
        title=title,
        words=words if acting.name == Role.PARTY_DELEGATE else f"{row.party.name} · {words}",
        verb=verb,
        href=reverse("take_derogation_step", args=[*reference, move])
        if move
        else reverse("derogation", args=reference),
        due=due.on if due else None,
        rule=due.title if due else "No date is set",
        classification=row.classification,
    )


def _asked(acting: Acting, one: Listed, last: dt.date) -> tuple[str, str, str] | None:
    """Return what is asked: its words, the verb, and the move whose form asks for it, if one does."""
    is_party, is_office = acting.name == Role.PARTY_DELEGATE, acting.name in Role.OFFICE
    ends_soon = one.stage == ACTIVE and one.due is not None and one.due.clock == TERM and one.due.on <= last
    if is_party and one.stage == "drafted":
        return "Submit the derogation that is drafted", "Submit", "submit"
    if is_office and one.stage == "submitted":
        return "Assess the impact of a derogation", "Assess", "assess"
    if acting.name in (Role.CHAIR, Role.SECRETARY) and one.stage == "assessed":
        return "Bring a derogation to its decision", "Open", ""
    if is_office and one.stage in ("expired", "revoked"):
        return "Note what a derogation did", "Close", "close"
    if ends_soon:
        return "A derogation ends; nothing prolongs it but a decision", "Open", ""
    return None


def _review(acting: Acting, one: Listed, last: dt.date) -> Waiting | None:
    """Return what forbearance asks of somebody where it stands, if anything."""
    is_deciding = acting.name in Role.OFFICE or (acting.name == Role.CHAIR and acting.body == one.row.body)
    is_soon = one.stage == "in_force" and one.due is not None and one.due.on <= last
    if not is_deciding or not (is_soon or one.stage in ("proposed", "under_review")):
        return None
    titles = {
        "proposed": "Bring forbearance to its decision",
        "under_review": "Decide whether to forbear longer",
    }
    row = one.row
    return Waiting(
        title=titles.get(one.stage, "Look again at what is not pursued"),
        words=f"{row.reference}, {row.obligation}",
        verb="Open",
        href=reverse("forbearance", args=[acting.code, row.reference]),
        due=one.due.on if one.due else None,
        rule=one.due.title if one.due else "No date is set",
        classification=row.classification,
    )


def _news(acting: Acting, one: Listed, since: dt.datetime) -> Iterator[Changed]:
    row = one.row
    href = reverse("derogation", args=[acting.code, row.reference])
    told = (row.reference, href, row.classification)
    if row.drafted_at > since and row.drafted_by_id != getattr(acting.person, "pk", None):
        yield Changed(row.drafted_at, f"{row.party.name} asks for a derogation from {row.obligation}", *told)
    if row.ended_at and row.ended_at > since:
        yield Changed(row.ended_at, f"The derogation of {row.party.name} is over: {one.title}", *told)


SOURCES = (waiting,)
NEWS = (changes,)
