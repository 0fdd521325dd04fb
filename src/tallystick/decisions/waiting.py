"""What votes have waiting: to declare oneself, to vote, and to close what can be closed."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from tallystick.decisions import errands, queries
from tallystick.decisions.models import Motion
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.waiting import Waiting

CLOSES = "The vote closes then"


def conflicts_to_declare(acting: Acting) -> list[Waiting]:
    """List votes on which one has to say first whether one has a conflict of interest."""
    if not is_granted(acting, "ballot", "c"):
        return []
    return [
        Waiting(
            title="Declare whether you have a conflict of interest",
            words=f"{one.body} votes on a matter of {one.party}; nobody wrote down whom you work for",
            verb="Declare",
            href=_address(acting, one.reference),
            due=day_of(one.closes_at),
            rule=CLOSES,
            classification="amber",
        )
        for one in queries.undeclared(acting)
    ]


def votes_open(acting: Acting) -> list[Waiting]:
    """List votes that somebody has still to cast: their own, as alternate or by proxy."""
    if not is_granted(acting, "ballot", "c"):
        return []
    return [
        Waiting(
            title=f"Vote: {one.title}",
            words=f"{one.body.name}, for {', '.join(seat.name for seat in seats)}",
            verb="Vote",
            href=_address(acting, one.reference),
            due=_due(one),
            rule=CLOSES,
            classification=one.classification,
        )
        for one, seats in errands.to_vote(acting)
    ]


def votes_to_close(acting: Acting) -> list[Waiting]:
    """List votes whose time ends on the day or ended before, or on which everybody has voted."""
    if not is_granted(acting, "motion", "t"):
        return []
    return [
        Waiting(
            title=f"Close the vote: {one.title}",
            words=f"{one.body.name}, {one.reference}: its time ends, or everybody has voted",
            verb="Close",
            href=_address(acting, one.reference),
            due=_due(one),
            rule=CLOSES,
            classification=one.classification,
        )
        for one in errands.to_close(acting, _end_of(acting.day))
    ]


def day_of(moment: dt.datetime) -> dt.date:
    """Return the day of a moment, where people are."""
    return timezone.localtime(moment).date()


def _due(one: Motion) -> dt.date | None:
    return day_of(one.closes_at) if one.closes_at else None


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max, timezone.get_current_timezone())


def _address(acting: Acting, reference: str) -> str:
    return reverse("motion", args=[acting.code, reference])


SOURCES = (conflicts_to_declare, votes_open, votes_to_close)
