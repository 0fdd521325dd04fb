"""Which figures of a comparison are withheld, so that nobody learns what is theirs from what is shown.

A figure of fewer events than the rulebook says (`fewest` of `handling.yaml`) is withheld. Whoever knows the
whole, or can add it up from month reports, takes away from it what is shown, and has what is withheld: so
more is withheld, the fewest events first, until that sum tells on nobody. The rules are those by which a
whole is published (`runs.peers`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.rulebook.handling import UNWRITTEN_FEWEST, Fewest
from tallystick.runs.peers import is_safe_to_publish


class UnableToCompareParties(Exception):
    """So few parties could be shown that each could work out what another did."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a party did over the months compared; `owner` is who owns it, by any name."""

    party: str
    owner: str
    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


def withheld(
    counted: Sequence[Counted], before: Collection[str] = (), fewest: Fewest = UNWRITTEN_FEWEST
) -> frozenset[str]:
    """Return the parties whose figures are not shown.

    :param before: parties whose figures were withheld before, which a correction does not let out
    :param fewest: how few events a figure may rest on, and how few owners may be compared
    :raises UnableToCompareParties: if fewer owners would be left to be compared
    """
    hidden = [one for one in counted if one.denominator < fewest.events or one.party in before]
    left = sorted((one for one in counted if one not in hidden), key=lambda one: (one.denominator, one.party))
    while not _tells_on_nobody(hidden, fewest) and left:
        hidden.append(left.pop(0))
    if len({one.owner for one in left}) < fewest.owners:
        raise UnableToCompareParties(
            f"Fewer than {fewest.owners} parties under different owners could be shown. Compare more months, "
            "or parties of another category."
        )
    return frozenset(one.party for one in hidden)


def check_league(compared: Sequence[tuple[str, bool]], fewest: Fewest) -> None:
    """Stop a league in which a place would tell whose it is.

    All or nothing is shown of it: nobody's issues are so few that they say nothing, as a share of few events
    does. So there have to be enough owners, and enough of them with something open.

    :param compared: the owner of each party, and whether that has anything open
    :raises UnableToCompareParties: if either are too few
    """
    if len({owner for owner, _ in compared}) < fewest.owners:
        raise UnableToCompareParties(
            f"Fewer than {fewest.owners} parties under different owners are of this category."
        )
    if len({owner for owner, has_open in compared if has_open}) < fewest.owners:
        raise UnableToCompareParties(
            f"Fewer than {fewest.owners} parties under different owners have anything open. "
            "A place would tell whose it is."
        )


def _tells_on_nobody(hidden: Sequence[Counted], fewest: Fewest) -> bool:
    return is_safe_to_publish([(one.owner, one.numerator, one.denominator) for one in hidden], fewest)


def ranks(counted: Sequence[Counted], direction: str) -> dict[str, int]:
    """Return the place of each party by its share, the best first; who has the same share has the same place.

    :param direction: `up` where a higher share is better, `down` where a lower one is
    """
    better = {one.party: one.share if direction == "up" else -one.share for one in counted}
    return {party: 1 + sum(other > share for other in better.values()) for party, share in better.items()}
