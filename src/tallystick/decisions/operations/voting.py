"""Votes are cast, passed on and taken back, under one lock with the close: what waited for it is too late."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.decisions.frozen import Rule
from tallystick.decisions.matters import Declaration
from tallystick.decisions.models import KEY, Ballot, Motion, SeatAtMotion, VotePassed
from tallystick.decisions.operations.entries import enter, in_turn, locked
from tallystick.decisions.rights import Right, casting_refusal, passed_votes, rights_of
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped


class UnableToCastVote(Exception):
    """The vote is closed, the seat is not one's to vote for, or its vote is cast and cannot be changed.

    `is_late` where the vote had closed, `is_cast` where another choice stands.
    """

    def __init__(self, words: str, *, is_late: bool = False, is_cast: bool = False) -> None:
        super().__init__(words)
        self.is_late, self.is_cast = is_late, is_cast


class UnableToPassVote(Exception):
    """The scheme has no proxies, the seat is not one's own, or the other may hold no more votes."""


@dataclass(frozen=True)
class Paper:
    """A ballot paper as it was filled in: the choice, the reason, and that there is no conflict of interest.

    `key` is that of the form: however often it is sent, it casts one ballot.
    """

    choice: str
    key: str
    has_no_conflict: bool
    reason: str = ""


@unscoped(BY_AN_ACT)
def cast_vote(*, motion: Motion, seat: SeatAtMotion, paper: Paper, by: Acting, at: dt.datetime) -> Ballot:
    """Cast the vote of a seat, once: the same form, or the same choice, again gives the ballot that stands.

    What writes nothing is answered without the lock, so that those who send again keep nobody waiting.

    :raises UnableToCastVote: if the vote is not open, the seat is not one's to vote for, or it has another
        ballot that cannot be changed
    """
    as_it_stands = Motion.objects.select_related("body", "party").get(pk=motion.pk)
    found = _found(as_it_stands, seat, paper, by, at)
    return found if isinstance(found, Ballot) else _cast(motion, seat, paper, by, at)


@in_turn()
@transaction.atomic
def _cast(motion: Motion, seat: SeatAtMotion, paper: Paper, by: Acting, at: dt.datetime) -> Ballot:
    """Ask all over again under the lock, and write."""
    held = locked(motion)
    found = _found(held, seat, paper, by, at)
    if isinstance(found, Ballot):
        return found
    _declare(held, by, at)
    ballot = _ballot(held, found.seat, found.right, paper, by, at)
    said = f"cast the vote of {found.seat.name} on {held.reference}"
    told = {"motion": held.reference, "seat": found.seat.seat.handle, "choice": paper.choice}
    return _kept(ballot, found.standing, enter("cast_vote", ballot, by, at, said, **told).seq)


def _found(motion: Motion, seat: SeatAtMotion, paper: Paper, by: Acting, at: dt.datetime) -> Ballot | Right:
    """Return the ballot that the vote was cast by before, or the right in which it may be cast now."""
    sent = _sent(motion, seat, paper, by)
    if sent is not None:
        return sent
    _check(motion, paper, by, at)
    right = _right(motion, seat, by)
    standing = right.standing
    if standing is not None and _says_the_same(standing, paper, by):
        return standing
    if standing is not None and not Rule.of_row(motion.rule).counts["changeable"]:
        raise UnableToCastVote(f"The vote of {right.seat.name} is cast, and stays as it is.", is_cast=True)
    return right


@in_turn()
@transaction.atomic
@unscoped(BY_AN_ACT)
def give_casting_vote(*, motion: Motion, paper: Paper, by: Acting, at: dt.datetime) -> Ballot:
    """Give the chair's casting vote, which decides a tie and nothing else.

    :raises UnableToCastVote: if the vote is not open, one is not its chair, or the choice is neither side's
    """
    held = locked(motion)
    sent = _sent(held, None, paper, by)
    if sent is not None:
        return sent
    _check(held, paper, by, at)
    refusal, counts = casting_refusal(by, held), Rule.of_row(held.rule).counts
    if refusal:
        raise UnableToCastVote(refusal)
    if counts["choices"][paper.choice] == "abstain":
        raise UnableToCastVote("A casting vote is for or against.")
    standing = held.ballots.filter(seat=None, is_standing=True).first()
    if standing is not None and _says_the_same(standing, paper, by):
        same: Ballot = standing
        return same
    if standing is not None and not counts["changeable"]:
        raise UnableToCastVote("The casting vote is given, and stays as it is.", is_cast=True)
    _declare(held, by, at)
    ballot = _ballot(held, None, Ballot.CASTING, paper, by, at)
    said = f"gave the casting vote on {held.reference}"
    told = {"motion": held.reference, "choice": paper.choice}
    return _kept(ballot, standing, enter("give_casting_vote", ballot, by, at, said, **told).seq)


@transaction.atomic
@unscoped(BY_AN_ACT)
def pass_vote(*, motion: Motion, seat: SeatAtMotion, to: Person, by: Acting, at: dt.datetime) -> VotePassed:
    """Let another member of the body vote for one's seat on this motion.

    :raises UnableToPassVote: if the scheme has no proxies, the seat is not one's own or has voted, or the
        other is no member, stood aside or holds as many votes as one may
    """
    held = locked(motion)
    if held.state != Motion.OPEN or held.closes_at is None or at >= held.closes_at:
        raise UnableToPassVote(f"The vote on {held.reference} is not open.")
    right = _own(held, seat, by)
    passed = passed_votes(held)
    if any(one.seat_id == seat.pk and one.to_id == to.pk for one in passed):
        return next(one for one in passed if one.seat_id == seat.pk)
    if right.refusal or right.standing is not None:
        raise UnableToPassVote(right.refusal or f"The vote of {right.seat.name} is cast.")
    _check_proxy(held, passed, to, by)
    made = VotePassed(motion=held, seat=right.seat, to=to, passed_by=by.person, at=at)
    made.save(force_insert=True)
    said = f"passed the vote of {right.seat.name} on {held.reference} to {to.name}"
    told = {"motion": held.reference, "seat": right.seat.seat.handle, "to": to.handle}
    enter("pass_vote", held, by, at, said, **told)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def take_back_vote(*, motion: Motion, seat: SeatAtMotion, by: Acting, at: dt.datetime) -> VotePassed:
    """Take back a vote that one passed on, as long as it is not cast.

    :raises UnableToPassVote: if it is cast, the vote is not open, or nothing of one's own was passed on
    """
    held = locked(motion)
    if held.state != Motion.OPEN:
        raise UnableToPassVote(f"The vote on {held.reference} is not open.")
    right = _own(held, seat, by)
    passed = held.votes_passed.filter(seat=seat, taken_back_at=None).select_related("to").first()
    if passed is None:
        raise UnableToPassVote(f"The vote of {right.seat.name} is not passed to anybody.")
    if right.standing is not None:
        raise UnableToPassVote(f"{passed.to.name} cast the vote of {right.seat.name} already.")
    passed.taken_back_at = at
    passed.save(update_fields=["taken_back_at"])
    said = f"took back the vote of {right.seat.name} on {held.reference} from {passed.to.name}"
    told = {"motion": held.reference, "seat": right.seat.seat.handle}
    enter("take_back_vote", held, by, at, said, **told)
    found: VotePassed = passed
    return found


def _sent(motion: Motion, seat: SeatAtMotion | None, paper: Paper, by: Acting) -> Ballot | None:
    """Return the ballot that the form cast before, also after the close.

    :raises UnableToCastVote: if the form said something else then
    """
    if by.person is None:
        raise UnableToCastVote("A vote is cast by somebody.")
    if not 0 < len(paper.key) <= KEY:
        raise UnableToCastVote("The form has no key, so that it could vote twice. Open the page again.")
    sent: Ballot | None = motion.ballots.filter(cast_by=by.person, key=paper.key).first()
    if sent is None:
        return None
    is_other = sent.seat_id != (seat.pk if seat else None)
    if is_other or (sent.choice, sent.reason) != (paper.choice, paper.reason.strip()):
        words = "This form cast another vote before. Open the page again to change it, where that is allowed."
        raise UnableToCastVote(words, is_cast=True)
    return sent


def _says_the_same(standing: Ballot, paper: Paper, by: Acting) -> bool:
    """Tell whether a paper of another form asks for the ballot that stands; no reason given changes none."""
    reason = paper.reason.strip()
    is_same = standing.choice == paper.choice and reason in ("", standing.reason)
    return is_same and standing.cast_by == by.person


def _check(motion: Motion, paper: Paper, by: Acting, at: dt.datetime) -> None:
    if motion.state == Motion.DRAFT or motion.opened_at is None or motion.closes_at is None:
        raise UnableToCastVote(f"The vote on {motion.reference} is not open.")
    if motion.state != Motion.OPEN or at >= motion.closes_at:
        ended = "withdrawn" if motion.state == Motion.WITHDRAWN else "closed"
        words = f"The vote on {motion.reference} is {ended}. Yours was not counted."
        raise UnableToCastVote(words, is_late=True)
    if by.body is None or by.body.pk != motion.body_id:
        raise UnableToCastVote(f"Members of {motion.body} vote, acting on it.")
    if paper.choice not in Rule.of_row(motion.rule).counts["choices"]:
        raise UnableToCastVote(f"The scheme has no choice {paper.choice[:60]!r}.")
    if not paper.has_no_conflict:
        raise UnableToCastVote("Say first that you have no conflict of interest, or stand aside.")


def _right(motion: Motion, seat: SeatAtMotion, by: Acting) -> Right:
    """Return the right in which somebody votes for a seat; the first that is not refused."""
    assert by.person is not None  # noqa: S101 - `_sent` has asked
    found = [one for one in rights_of(by.person, motion, by.day) if one.seat.pk == seat.pk]
    if not found:
        raise UnableToCastVote("You hold no seat of that name, are not its alternate, and have not its vote.")
    may = next((one for one in found if not one.refusal), None)
    if may is None:
        raise UnableToCastVote(found[0].refusal)
    return may


def _own(motion: Motion, seat: SeatAtMotion, by: Acting) -> Right:
    found = rights_of(by.person, motion, by.day) if by.person else []
    own = next((one for one in found if one.seat.pk == seat.pk and one.right == Ballot.HOLDER), None)
    if own is None or by.body is None or by.body.pk != motion.body_id:
        raise UnableToPassVote("Only the holder of a seat passes its vote on.")
    return own


def _check_proxy(motion: Motion, passed: list[VotePassed], to: Person, by: Acting) -> None:
    most = Rule.of_row(motion.rule).most_proxies
    if not most:
        raise UnableToPassVote("The scheme has no proxies.")
    rights = rights_of(to, motion, by.day)
    own = [one for one in rights if one.right in (Ballot.HOLDER, Ballot.ALTERNATE)]
    if to == by.person or not own:
        raise UnableToPassVote(f"{to.name} is no other member at this vote.")
    # The vote of the seat itself may have been passed to its alternate, who votes for it then.
    seats = {one.seat.pk for one in own}
    if all(one.refusal for one in rights if one.seat.pk in seats):
        raise UnableToPassVote(f"{to.name} cannot vote: {own[0].refusal}")
    if sum(one.to_id == to.pk for one in passed) >= most:
        raise UnableToPassVote(f"{to.name} holds {most} votes of others, the most that one may.")
    if any(one.to == by.person for one in passed):
        raise UnableToPassVote("You hold votes of others. They would go no further.")


def _declare(motion: Motion, by: Acting, at: dt.datetime) -> None:
    """Keep that whoever votes has no conflict in a matter of a party, as the ballot paper says."""
    if motion.party_id is not None and not motion.declarations.filter(person=by.person).exists():
        Declaration(motion=motion, person=by.person, has_conflict=False, at=at).save(force_insert=True)


def _ballot(
    motion: Motion, seat: SeatAtMotion | None, right: str, paper: Paper, by: Acting, at: dt.datetime
) -> Ballot:
    return Ballot(
        code=motion.code,
        classification=motion.classification,
        publicity=Ballot.ISSUED,
        party=motion.party,
        body=motion.body,
        motion=motion,
        seat=seat,
        choice=paper.choice,
        reason=paper.reason.strip(),
        cast_by=by.person,
        right=right,
        key=paper.key,
        at=at,
    )


def _kept(ballot: Ballot, before: Ballot | None, entry: int) -> Ballot:
    """Let a ballot stand in the place of the one before."""
    if before is not None:
        before.is_standing = False
        before.save(update_fields=["is_standing"])
        ballot.version = before.version + 1
    ballot.entry = entry
    ballot.save(force_insert=True)
    return ballot
