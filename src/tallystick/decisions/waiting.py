"""What votes have waiting, to declare oneself, to vote and to close, and what is new: what was decided."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils import timezone

from tallystick.decisions import errands, queries
from tallystick.decisions.models import Decision, Motion
from tallystick.decisions.views.asked import by_the_story
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.waiting import Changed, Waiting

CLOSES = "The vote closes then"
MOST = 6


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


def decided(acting: Acting, since: dt.datetime) -> list[Changed]:
    """List votes that closed and decisions that were recorded, as far as somebody may see them."""
    told = by_the_story(since)
    found = [*_closed(acting, told), *_recorded(acting, told)]
    # Told among what is new of other rooms, by the clock that they go by.
    return [replace(one, at=one.at + (since - told)) for one in found]


def _closed(acting: Acting, since: dt.datetime) -> Iterator[Changed]:
    if not is_granted(acting, "motion", "r"):
        return
    closed = queries.motions(acting).filter(state=Motion.CLOSED, closed_at__gt=since)
    for one in closed.order_by("-closed_at", "pk")[:MOST]:
        if one.closed_at:
            said = f"{one.body.name} voted on “{one.title}”, which is {one.told['word']}"
            href = _address(acting, one.reference)
            yield Changed(one.closed_at, said, one.reference, href, one.classification)


def _recorded(acting: Acting, since: dt.datetime) -> Iterator[Changed]:
    """Yield what others recorded."""
    if not is_granted(acting, "decision", "r"):
        return
    found = Decision.objects.visible_to(acting).filter(recorded_at__gt=since).select_related("body")
    others = found.exclude(recorded_by=acting.person) if acting.person else found
    for one in others.order_by("-recorded_at", "-pk")[:MOST]:
        href = reverse("decision", args=[acting.code, one.reference])
        said = f"{one.body.name} {one.verb} “{one.title}”"
        yield Changed(one.recorded_at, said, one.reference, href, one.classification)


def day_of(moment: dt.datetime) -> dt.date:
    """Return the day of a moment, where people are."""
    return timezone.localtime(moment).date()


def _due(one: Motion) -> dt.date | None:
    return day_of(one.closes_at) if one.closes_at else None


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max, timezone.get_current_timezone())


def _address(acting: Acting, reference: str) -> str:
    return reverse("motion", args=[acting.code, reference])


NEWS = (decided,)
SOURCES = (conflicts_to_declare, votes_open, votes_to_close)
