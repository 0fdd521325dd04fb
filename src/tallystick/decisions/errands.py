"""Which votes wait on somebody, asked for a list that stands on every home: one question each, however many.

What a member may do in the end is for the page of the motion to say, and for the act: a list may offer a vote
that is then refused, as to an alternate who voted for another seat.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from tallystick.decisions.counting import CHAIR
from tallystick.decisions.models import Ballot, Declaration, Motion, SeatAtMotion, StoodAside, VotePassed
from tallystick.decisions.queries import motions
from tallystick.parties.acting import Acting
from tallystick.parties.models import Membership, in_force
from tallystick.parties.policy.guard import unscoped

OF_ONESELF = "Tells somebody which seats of votes that they may see are still theirs to vote for."
HOW_FAR = "Tells whether anybody is left to vote; not who, and not what was voted for."


def to_vote(acting: Acting) -> list[tuple[Motion, list[SeatAtMotion]]]:
    """Return the open motions on which somebody has still to vote, with the seats that they may vote for."""
    if acting.person is None or acting.body is None:
        return []
    seen = motions(acting).filter(state=Motion.OPEN, body=acting.body).values("pk")
    declared = Declaration.objects.filter(motion=OuterRef("motion"), person=acting.person, has_conflict=True)
    mine = _silent().filter(_own(acting), ~Exists(declared), motion__in=seen).distinct()
    found: dict[Motion, list[SeatAtMotion]] = {}
    with unscoped(OF_ONESELF):
        for row in mine.select_related("motion__body").order_by("motion__closes_at", "motion", "place"):
            if _has_a_vote(row.motion, row.constituency):
                found.setdefault(row.motion, []).append(row)
    return list(found.items())


def to_close(acting: Acting, by: dt.datetime) -> list[Motion]:
    """Return the open motions that can be closed: their time is over by then, or everybody has voted."""
    left = _silent().filter(motion=OuterRef("pk"))
    seen = motions(acting).filter(state=Motion.OPEN).order_by("closes_at", "pk")
    if acting.body is not None:
        seen = seen.filter(body=acting.body)
    told = seen.annotate(
        members_left=Exists(left.exclude(constituency=CHAIR)),
        chair_left=Exists(left.filter(constituency=CHAIR)),
        casting_given=Exists(Ballot.objects.filter(motion=OuterRef("pk"), seat=None, is_standing=True)),
    )
    with unscoped(HOW_FAR):
        return [one for one in told if _is_over(one, by) or not _is_anybody_left(one)]


def _silent() -> QuerySet[SeatAtMotion]:
    """Return the seats that were filled and neither stood aside nor voted."""
    cast = Ballot.objects.filter(seat=OuterRef("pk"), is_standing=True)
    aside = StoodAside.objects.filter(seat=OuterRef("pk"))
    return SeatAtMotion.objects.filter(~Exists(cast), ~Exists(aside), state=SeatAtMotion.FILLED)


def _own(acting: Acting) -> Q:
    """Return the condition that a seat is one's own to vote for: as holder or alternate, or by proxy."""
    terms = Membership.objects.filter(in_force(acting.day), person=acting.person)
    passed = VotePassed.objects.filter(seat=OuterRef("pk"), taken_back_at=None)
    own = Q(holder__in=terms) | Q(alternates__in=terms, motion__rule__alternates=True)
    return (own & ~Exists(passed)) | Exists(passed.filter(to=acting.person))


def _has_a_vote(one: Motion, constituency: str) -> bool:
    return bool(constituency != CHAIR or one.rule["counts"]["chair"] == "votes")


def _is_over(one: Motion, by: dt.datetime) -> bool:
    return one.closes_at is not None and one.closes_at <= by


def _is_anybody_left(one: Motion) -> bool:
    """Tell whether a seat may still vote, or a chair decide a tie."""
    told = vars(one)
    chair = one.rule["counts"]["tie"] == "casting" and not told["casting_given"]
    return bool(told["members_left"] or (told["chair_left"] and _has_a_vote(one, CHAIR)) or chair)
