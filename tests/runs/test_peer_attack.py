"""The attacker tries to learn rivals' numbers. TALLY_WORLDS says in how many worlds: 150 as a habit.

The bar: nobody's numerator or denominator is known to a twentieth of itself, and no share, minimum, maximum
or rank that is told is that of fewer than five. A later month tells of an earlier one what that published.
"""

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest

from tallystick.month import export, retold
from tallystick.month.assessment import Assessment, Point
from tallystick.runs import pasts, peers
from tallystick.runs.instead import share_instead
from tallystick.runs.peers import Part
from tests.month.july import MONTH
from tests.runs import peer_months
from tests.runs.peer_worlds import Attack, World, parts, statements, wholes

WORLDS = int(os.environ.get("TALLY_WORLDS", "150"))
BATCHES = 10
ATTACKERS = 2
FEW = 1_000
CPM1 = next(one for one in MONTH.figures if one.measure == "CPM1")
EVENTS = 400  # a quarter of a percent is one of them


def world(seed: int) -> tuple[World, random.Random]:
    chance = random.Random(seed)  # noqa: S311 - a made-up world, not a secret
    owners = [f"P{number}" for number in range(chance.randint(3, 12))]
    categories = chance.choice((1, 1, 2))
    category = {owner: f"c{chance.randrange(categories)}" for owner in owners}
    return World(category, [peer_months.month(chance, owners) for _ in range(2)]), chance


def attacks(seed: int) -> Iterator[Attack]:
    """Yield some owners' attacks in each month of a world."""
    made, chance = world(seed)
    for month in made.months:
        present = sorted({owner for version in month for owner in version})
        for own in chance.sample(present, min(ATTACKERS, len(present))):
            yield Attack(made, month, own)


def told_of(quarters: tuple[int, ...]) -> peers.Told:
    told = peers.statement(Part(f"P{at}", EVENTS - short, EVENTS) for at, short in enumerate(quarters))
    assert told is not None
    return told


class TestNumbers:
    @pytest.mark.parametrize("batch", range(BATCHES))
    def test_of_no_rival_are_known_to_a_twentieth(
        self, batch: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        counts: Counter[str] = Counter()
        known = []
        for seed in range(batch, WORLDS, BATCHES):
            for attack in attacks(seed):
                known += [(seed, *one) for one in attack.determined()]
                counts.update(attack.counts())

        with capsys.disabled():
            said = ", ".join(f"{number:,} {name}" for name, number in sorted(counts.items()))
            print(f"\npeers {batch}: {said}, {len(known)} known", end="")  # noqa: T201 - asked for by the bar
        assert known == []

    def test_of_the_only_rival_would_be_known_from_a_whole(self) -> None:
        both = {"P0": (90, 100), "P1": (180, 210)}
        pair = World(dict.fromkeys(both, "c0"), [[both]])

        careless = Attack(pair, pair.months[0], "P0", carefully=False, tries=FEW).determined()
        careful = Attack(pair, pair.months[0], "P0").determined()

        assert careless == [("P1", 0, "numerator"), ("P1", 0, "denominator")]
        assert careful == []

    def test_of_a_party_that_came_late_would_be_known_from_two_versions(self) -> None:
        owners = {f"P{number}": (90 + number, 100) for number in range(8)}
        late = World(dict.fromkeys([*owners, "LATE"], "c0"), [[owners, {**owners, "LATE": (70, 80)}]])

        careless = Attack(late, late.months[0], "P0", carefully=False, tries=FEW).determined()
        careful = Attack(late, late.months[0], "P0").determined()

        assert {(rival, side) for rival, _, side in careless} == {
            ("LATE", "numerator"),
            ("LATE", "denominator"),
        }
        assert careful == []


class TestShares:
    def test_of_a_whole_that_is_withheld_are_of_six_owners_or_more(self) -> None:
        told = []
        for seed in range(WORLDS):
            made, _ = world(seed)
            for version in (one for month in made.months for one in month):
                adding = parts(version)
                if not peers.is_safe_to_publish(adding) and share_instead(adding) is not None:
                    told.append(
                        (len(adding), max(one.denominator for one in adding), sum(p[2] for p in adding))
                    )

        assert told
        assert min(owners for owners, _, _ in told) >= 6
        assert all(most < peers.DOMINANT * events for _, most, events in told)


class TestLaterMonths:
    def test_tell_of_an_earlier_one_what_was_published_and_nothing_else(self) -> None:
        """Whatever the numbers of a whole that was withheld, the month after is the same to the last byte."""
        counts: Counter[str] = Counter()
        for seed in range(WORLDS):
            made, chance = world(seed)
            for month in made.months:
                exact, published = added(month[-1]), wholes(month)[-1]
                other = exact[0] // 2, exact[1] + chance.randint(1, 999)
                told = [export.as_json(later(whole, published)) for whole in (exact, other)]
                careless = [export.as_json(later(whole, whole)) for whole in (exact, other)]
                assert told[0] == told[1]
                assert careless[0] != careless[1]
                assert (told[0] == careless[0]) is (published is not None)
                counts["withheld" if published is None else "published"] += 1

        assert min(counts["withheld"], counts["published"]) > WORLDS / 10


def added(version: dict[str, tuple[int, int]]) -> tuple[int, int]:
    return sum(one for one, _ in version.values()), sum(of for _, of in version.values())


def later(june: tuple[int, int], published: tuple[int, int] | None) -> Assessment:
    """Return July as somebody is told it who knows of June what was published: a run had June as it was."""

    def point(sides: tuple[int, int]) -> Point:
        return Point("2021-06", *sides, None, "below_target", CPM1.target, CPM1.minimum)

    now = Point(
        "2021-07", CPM1.numerator, CPM1.denominator, CPM1.share, CPM1.state, CPM1.target, CPM1.minimum
    )
    history = (point(june), now)
    landed = replace(MONTH, figures=(retold.with_past(CPM1, history),), history={"CPM1": history}, notes=())
    known = {} if published is None else {"CPM1": {"2021-06": point(published)}}
    return retold.summed_up(pasts.retell(landed, known, {"CPM1"}))


class TestMiddle:
    def test_lies_in_its_cell_with_four_others(self) -> None:
        held = []
        for seed in range(WORLDS):
            made, _ = world(seed)
            for own in made.category:
                for version in (one for month in made.months for one in statements(made, month, own)):
                    told = peers.statement(version.parts.values())
                    shares = [100 * part.numerator / part.denominator for part in version.parts.values()]
                    if told is not None:
                        low, high = float(told.middle.low), float(told.middle.high)
                        held.append(sum(low < one <= high or one == low == 0 for one in shares))

        assert min(held) >= 5

    @pytest.mark.parametrize(("number", "quarters"), [(5, 16), (7, 8), (10, 8)])
    def test_places_no_rank_and_nobody_in_part_of_its_cell(self, number: int, quarters: int) -> None:
        """Every world of so many peers is looked at, their shares quarters of a percent from 100 down."""
        worlds: dict[peers.Told, list[tuple[int, ...]]] = defaultdict(list)
        for short in combinations_with_replacement(range(quarters), number):
            told = told_of(short)
            if 100 - told.middle.low <= quarters / 4:
                worlds[told].append(short)

        for told, alike in worlds.items():
            width = int((told.middle.high - told.middle.low) * 4)
            ranks = np.array(alike)
            assert (ranks.max(axis=0) - ranks.min(axis=0) + 1 > width / 2).all()
            counts = np.array([np.bincount(one, minlength=quarters) for one in alike])
            sums = np.concatenate([np.zeros((len(alike), 1), int), counts.cumsum(axis=1)], axis=1)
            for size in range(1, quarters):
                fewest = (sums[:, size:] - sums[:, :-size]).min(axis=0)
                assert size >= width / 2 or set(fewest) <= {0, *range(5, number + 1)}
        assert len(worlds) > 3

    def test_told_again_does_not_place_the_one_that_stayed_the_same(self) -> None:
        """Five of six have changed; of five peers, four would place the fifth."""
        assert placed(6) == 0
        assert placed(5) > 0


def placed(number: int, quarters: int = 8) -> int:
    """Count the pairs of statements that place one peer, the same in both, in half a percent or less."""
    may_be: dict[peers.Told, set[int]] = defaultdict(set)
    for one in range(quarters):
        for others in combinations_with_replacement(range(quarters), number - 1):
            told = told_of((one, *others))
            if 100 - told.middle.low <= quarters / 4:
                may_be[told].add(one)
    both = [first & second for first in may_be.values() for second in may_be.values()]
    return sum(max(ones) - min(ones) < 2 for ones in both if ones)
