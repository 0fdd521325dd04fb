"""A body with its members, and what is put to it: small enough to know by heart."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import tally_verify
from tallystick.decisions.models import Ballot, Motion, SeatAtMotion
from tallystick.decisions.operations.motions import Put, open_motion, put_motion
from tallystick.decisions.operations.voting import Paper, cast_vote
from tallystick.journal.models import Payload
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Person, Role, Seat
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.voting import Proxies, VotingScheme

CODE = "sec"
DAY = dt.date(2021, 9, 1)
AT = dt.datetime(2021, 9, 1, 9, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(hours=1)
CLOSES = AT + dt.timedelta(days=7)
BEGAN = dt.date(2021, 8, 10)
NAMES = ("Ada Quill", "Ben Marlow", "Cleo Ashby", "Dev Harrow", "Edith Moss", "Finn Rook", "Gwen Tully")
_KEYS = count(1)


@dataclass(frozen=True)
class Chamber:
    """A body, its seats, whoever holds each acting on it, its chair, who has no seat, and the secretary."""

    body: Body
    seats: tuple[Seat, ...]
    members: tuple[Acting, ...]
    chair: Acting
    secretary: Acting
    parties: Mapping[str, Organisation] = field(default_factory=dict)

    def member(self, name: str, **term: Any) -> Acting:
        """Return another person who acts on the body; with `alternate_for` or `seat`, one who has a term."""
        made = acting_on(self.body, name)
        if term:
            Membership.objects.create(person=person_of(made), from_on=BEGAN, **term)
        return made


def person_of(acting: Acting) -> Person:
    assert acting.person is not None
    return acting.person


def acting_as(name: str, role: str, of: Body | Organisation | None = None) -> Acting:
    person, _ = Person.objects.get_or_create(
        email=f"{name.replace(' ', '.').lower()}@example.org", defaults={"name": name}
    )
    held = Role(person=person, code=CODE, role=role, from_on=BEGAN)
    held.body = of if isinstance(of, Body) else None
    held.organisation = of if isinstance(of, Organisation) else None
    held.save()
    return Acting(CODE, DAY, person, held, AT)


def acting_on(body: Body, name: str, role: str = Role.BOARD_MEMBER) -> Acting:
    return acting_as(name, role, body)


def chamber(
    seats: int = 3, *, key: str = "PAB", constituencies: Sequence[str] = (), vacant: int = 0
) -> Chamber:
    """Make a body of so many filled seats, whose holders work for nobody, and of vacant ones after them."""
    body = Body.objects.create(code=CODE, key=key, name=f"The {key}", from_on=BEGAN)
    rows, members = [], []
    for number in range(seats + vacant):
        of = constituencies[number % len(constituencies)] if constituencies else ""
        seat = Seat.objects.create(body=body, name=f"Seat {number + 1:03}", constituency=of, from_on=BEGAN)
        rows.append(seat)
        if number < seats:
            name = NAMES[number] if number < len(NAMES) else f"Member {number + 1}"
            members.append(acting_on(body, name))
            Membership.objects.create(
                seat=seat, person=person_of(members[-1]), is_independent=True, from_on=BEGAN
            )
    parties = {
        name: Organisation.objects.get_or_create(slug=name.lower(), name=name)[0]
        for name in ("ALFA", "BRVO", "CHLY")
    }
    chair = acting_on(body, "Hal Penrose", Role.CHAIR)
    return Chamber(body, tuple(rows), tuple(members), chair, acting_as("Sam Birch", Role.SECRETARY), parties)


def term_of(of: Chamber, place: int) -> Membership:
    found: Membership = of.seats[place].memberships.get(alternate_for=None)
    return found


def unknown(of: Chamber, place: int) -> None:
    """Let nobody have written down whom the holder of a seat works for."""
    term = term_of(of, place)
    term.is_independent = False
    term.save()


def alternate(of: Chamber, place: int, name: str = "Ivy Lorne") -> Acting:
    return of.member(name, seat=of.seats[place], alternate_for=term_of(of, place))


def ruled(sec: Rulebook) -> Rulebook:
    """Return the code's rules with some more schemes of its Performance Assurance Board."""
    [(day, plain)] = sec.voting["pab"].values.items()
    casting = {"chair": "casting", "tie": "casting"}
    changed: dict[str, dict[str, Any]] = {
        "loose": {"changeable": True, "counts_while_open": True, "proxies": Proxies(most="2")},
        "early": {"closes_early": True},
        "casting": casting,
        "shown": {**casting, "counts_while_open": True},
        "recast": {**casting, "changeable": True},
        "secret": {"ballots": "secret"},
        "weighted": {"method": "weighted"},
        "strict": {"alternates": False},
    }
    made = {
        key: sec.voting["pab"].model_copy(
            update={"key": key, "values": {day: plain.model_copy(update=changes)}}
        )
        for key, changes in changed.items()
    }
    schemes: dict[str, VotingScheme] = {**sec.voting, **made}
    return replace(sec, voting=schemes)


def put(of: Chamber, **told: Any) -> Motion:
    """Put a motion to the body."""
    said = {
        "title": "Approve the plan",
        "question": "Shall the plan be approved?",
        "does": "The plan comes into force.",
        "body": of.body,
        "scheme": "pab",
        "key": new_key(),
        **told,
    }
    return put_motion(put=Put(**said), by=of.secretary, at=AT)


def opened(of: Chamber, *, weights: Mapping[str, int] | None = None, **told: Any) -> Motion:
    """Put a motion to the body and open its vote."""
    return open_motion(motion=put(of, **told), closes_at=CLOSES, weights=weights, by=of.secretary, at=AT)


def seat_at(motion: Motion, place: int = 0) -> SeatAtMotion:
    found: SeatAtMotion = motion.seats.get(place=place)
    return found


def paper(choice: str = "approve", key: str = "", *, has_no_conflict: bool = True, reason: str = "") -> Paper:
    return Paper(choice, key or new_key(), has_no_conflict, reason)


def cast(of: Chamber, motion: Motion, place: int, choice: str = "approve", **told: Any) -> Ballot:
    """Let the holder of a seat vote."""
    by = told.pop("by", of.members[place])
    at = told.pop("at", LATER)
    return cast_vote(motion=motion, seat=seat_at(motion, place), paper=paper(choice, **told), by=by, at=at)


def new_key() -> str:
    return f"form-{next(_KEYS)}"


def told_of(motion: Motion) -> list[tuple[str, dict[str, Any]]]:
    """Return what the journal says of a motion: acts with their facts, in order."""
    rows = Payload.objects.select_related("entry").order_by("entry__seq")
    found = [(row.entry.act, json.loads(row.text)["facts"]) for row in rows]
    return [(act, facts) for act, facts in found if facts.get("motion") == motion.reference]


def recounted(motion: Motion) -> dict[str, Any]:
    """Count a motion again from what the journal says, by the checker's own rules."""
    told = told_of(motion)
    opening = next(facts for act, facts in told if act == "decisions.open_motion")
    until = [act for act, _ in told].index("decisions.close_vote")
    votes = ("decisions.stand_aside", "decisions.cast_vote", "decisions.give_casting_vote")
    acts = [(act, facts) for act, facts in told[:until] if act in votes]
    found: dict[str, Any] = tally_verify.recount(opening["scheme"], opening["seats"], acts)
    return found
