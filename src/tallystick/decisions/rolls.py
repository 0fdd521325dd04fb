"""A vote as its rows have it, in the shapes that counting takes: acts in the order of the journal."""

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.decisions import models
from tallystick.decisions.counting import (
    Act,
    Ballot,
    CastingVote,
    Count,
    Roll,
    Scheme,
    Seat,
    StoodAside,
    called,
    counted,
)
from tallystick.decisions.frozen import Rule
from tallystick.decisions.models import Declaration, Motion, SeatAtMotion
from tallystick.parties.once import once


@dataclass(frozen=True)
class Vote:
    """An opened vote: its rule, its rows of seats, and what counts of it."""

    rule: Rule
    rows: tuple[SeatAtMotion, ...]
    seats: tuple[Seat, ...]
    acts: tuple[Act, ...]
    undeclared: tuple[SeatAtMotion, ...]

    @property
    def scheme(self) -> Scheme:
        return self.rule.scheme

    @property
    def roll(self) -> Roll:
        return called(self.scheme, self.seats, self.acts)

    @property
    def count(self) -> Count:
        return counted(self.scheme, self.seats, self.acts)

    @property
    def is_complete(self) -> bool:
        """Whether nobody is left who could vote, or could declare and then vote."""
        return not self.roll.silent() and not self.undeclared and not self.waits_for_the_chair

    @property
    def waits_for_the_chair(self) -> bool:
        """Whether a casting vote could still decide; while counts are hidden, whatever was voted for."""
        if self.scheme.tie != "casting" or self.roll.casting is not None:
            return False
        count = self.count
        return count.tied if self.rule.counts_while_open else count.present >= count.needed


def vote_of(motion: Motion) -> Vote:
    """Return the vote of a motion that was opened. Whoever asks has to be let through before.

    A seat whose holder still has to declare counts as stood aside, as it will if nothing is declared.
    """
    rows = seats_at(motion)
    undeclared = undeclared_of(motion, rows)
    handles = {one.pk: one.seat.handle for one in rows}
    acts: list[tuple[int, Act]] = [
        (one.entry, StoodAside(handles[one.seat_id])) for one in stood_aside_at(motion)
    ]
    for one in ballots_of(motion):
        seat = one.seat_id
        acts.append(
            (one.entry, CastingVote(one.choice) if seat is None else Ballot(handles[seat], one.choice))
        )
    told = [act for _, act in sorted(acts, key=lambda one: one[0])]
    told += [StoodAside(handles[one.pk]) for one in undeclared]
    return Vote(Rule.of_row(motion.rule), rows, tuple(map(_seat, rows)), tuple(told), undeclared)


@once
def seats_at(motion: Motion) -> tuple[SeatAtMotion, ...]:
    """Return the seats of a motion in their order, each with its holder."""
    return tuple(motion.seats.select_related("seat", "holder__person").order_by("place"))


@once
def stood_aside_at(motion: Motion) -> tuple[models.StoodAside, ...]:
    """Return that seats stood aside, in the order of the journal."""
    return tuple(motion.stood_aside.select_related("seat", "person").order_by("entry"))


@once
def ballots_of(motion: Motion) -> tuple[models.Ballot, ...]:
    """Return all ballots, also those that were replaced, in the order of the journal."""
    return tuple(motion.ballots.select_related("cast_by").order_by("entry"))


@once
def declarations_of(motion: Motion) -> tuple[Declaration, ...]:
    """Return what people declared of themselves in the matter."""
    return tuple(motion.declarations.order_by("pk"))


@once
def barred_at(motion: Motion) -> Mapping[int, str]:
    """Return who has no vote on a motion as they decided before, by person, each with why.

    A motion that was found for a page says whether it `has_bars`; of any other the database is asked.
    """
    if not getattr(motion, "has_bars", True):
        return {}
    return dict(motion.barred.order_by("pk").values_list("person", "words"))


def undeclared_of(motion: Motion, rows: tuple[SeatAtMotion, ...]) -> tuple[SeatAtMotion, ...]:
    """Return the seats whose holder has to declare and has not; none where the vote has ended."""
    waiting = [one for one in rows if one.must_declare and one.holder is not None]
    if motion.state != Motion.OPEN or not waiting:
        return ()
    declared = {one.person_id for one in declarations_of(motion)}
    return tuple(one for one in waiting if one.holder and one.holder.person_id not in declared)


def _seat(row: SeatAtMotion) -> Seat:
    return Seat(row.seat.handle, row.constituency, row.weight, row.state)  # type: ignore[arg-type]  # one of three
