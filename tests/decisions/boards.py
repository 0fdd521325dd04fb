"""Boards made at random: the facts of a motion's opening and of the acts that follow."""

import random
from dataclasses import dataclass, field
from typing import Any

from tallystick.decisions.counting import Act, Scheme, Seat, act_of

CONSTITUENCIES = ["large", "small", "network", "other", "chair"]
SHARES = ["1/2", "1/2", "1/2", "2/3", "3/4", "1/1", "3/5", "1/3", "2/4"]
CHOICES = {"approve": "for", "agree": "for", "reject": "against", "abstain": "abstain", "no_view": "abstain"}
CHANCES = [0.1, 0.5, 0.9]


@dataclass(frozen=True)
class Board:
    """What the journal says of one motion."""

    opened: dict[str, Any]
    later: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def scheme(self) -> Scheme:
        return Scheme.of_facts(self.opened["scheme"])

    @property
    def seats(self) -> tuple[Seat, ...]:
        return tuple(Seat.of_facts(one) for one in self.opened["seats"])

    @property
    def acts(self) -> tuple[Act, ...]:
        found = [act_of(f"decisions.{name}", facts) for name, facts in self.later]
        return tuple(one for one in found if one is not None)


def scheme_of(dice: random.Random) -> dict[str, Any]:
    """Return any scheme that the format allows."""
    quorum: dict[str, Any] | None = dice.choice(
        [None, {dice.choice(["at_least", "more_than"]): dice.choice(SHARES[:5])}]
    )
    if quorum and dice.random() < 0.3:
        quorum["fewest"] = dice.randint(0, 6)
    return {
        "choices": dict(CHOICES),
        "method": dice.choice(["members", "weighted", "categories"]),
        "needs": {dice.choice(["at_least", "more_than", "more_than"]): dice.choice(SHARES)},
        "base": dice.choice(["cast", "cast", "cast_or_abstained", "able"]),
        "quorum": quorum,
        "vacancies": dice.choice(["out", "in"]),
        "aside": dice.choice(["out", "in"]),
        "chair": dice.choice(["votes", "casting", "none"]),
        "tie": dice.choice(["not_carried", "casting", "deferred"]),
        "changeable": dice.choice([True, False]),
    }


def ruled(scheme: dict[str, Any]) -> dict[str, Any]:
    """Return the scheme as a rulebook could state it: a tie is decided over votes cast or categories only."""
    if scheme["method"] != "categories" and scheme["base"] != "cast":
        return {**scheme, "tie": "not_carried"}
    return scheme


def board(dice: random.Random, most: int = 16, scheme: dict[str, Any] | None = None) -> Board:
    """Return a board of up to so many seats: second ballots, late conflicts, casting votes and many ties."""
    states = ["filled"] * dice.randint(3, 8) + ["vacant", "aside"]
    names = CONSTITUENCIES[: dice.randint(1, 5)]
    seats = [
        {
            "seat": f"S{n}",
            "constituency": dice.choice(names),
            "weight": dice.choice([1, 1, 2, 3, 7, 0]),
            "state": dice.choice(states),
        }
        for n in range(dice.randint(0, most))
    ]
    turnout, change, conflict = (dice.choice(CHANCES) for _ in range(3))
    later: list[tuple[str, dict[str, Any]]] = []
    level = dice.random() < 0.4
    for n, seat in enumerate(seats):
        offered = ["approve", "reject"][n % 2 :][:1] if level else list(CHOICES)
        later += [
            ("cast_vote", {"seat": seat["seat"], "choice": dice.choice(offered)})
            for chance in (turnout, turnout * change)
            if dice.random() < chance
        ]
        if dice.random() < conflict / 4:
            later.append(("stand_aside", {"seat": seat["seat"]}))
    casting = dice.choices(["approve", "reject"], k=dice.choice([0, 1, 1, 2]))
    later += [("give_casting_vote", {"choice": choice}) for choice in casting]
    if dice.random() < 0.1:
        later.append(("cast_vote", {"seat": "nobody's", "choice": "approve"}))
    dice.shuffle(later)
    return Board({"scheme": scheme or scheme_of(dice), "seats": seats}, later)
