import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, GroupMembership, Organisation, OrganisationGroup, Person, Role
from tallystick.parties.policy.guard import UnscopedQuery, guarded
from tallystick.rulebook.handling import Fewest
from tallystick.runs import peers
from tallystick.runs.models import Figure, Run
from tallystick.runs.peers import Band, Part, Peers, Version
from tests.runs.peer_cast import keep, landed

NOW = dt.datetime(2021, 9, 28, 9, 0, tzinfo=dt.UTC)
DAY = NOW.date()
# Eight large suppliers of some size: all but the last did well.
NAMES = ("ALFA", "BRVO", "CHLY", "DLTA", "ECHO", "FXTR", "GOLF", "HOTL")
MISSED = (150, 10, 14, 17, 19, 22, 26, 31)
JULY = {name: (1000 - missed, 1000) for name, missed in zip(NAMES, MISSED, strict=True)}

Sides = dict[str, tuple[int, int]]
Land = Callable[..., Run]


def parts(**sides: tuple[int, int]) -> list[Part]:
    return [Part(name, *both) for name, both in sides.items()]


def even(count: int, numerator: int = 95, denominator: int = 100) -> list[Part]:
    return [Part(f"P{number}", numerator - number, denominator) for number in range(count)]


def version(day: int, told: list[Part]) -> Version:
    return Version(dt.date(2021, 9, day), {part.party: part for part in told})


class TestStatement:
    def test_is_nothing_of_fewer_than_five(self) -> None:
        assert peers.statement(even(4)) is None

    def test_is_of_as_many_as_the_rulebook_asks(self) -> None:
        three = Fewest(owners=3, events=10, source="assumed", verified=False)

        assert peers.statement(even(2), three) is None
        assert peers.statement(even(4), three) is not None

    def test_is_made_of_five(self) -> None:
        assert peers.statement(even(5)) == (5, Band(Fraction(80), Fraction(96)))

    def test_leaves_out_whoever_has_few_events(self) -> None:
        small = Part("SMALL", 9, 9)

        assert peers.statement([*even(4), small]) is None
        assert peers.statement([*even(5), small]) == peers.statement(even(5))

    def test_is_nothing_where_one_has_nearly_all_events(self) -> None:
        giant = Part("GIANT", 2_800, 2_834)

        assert peers.statement([*even(5), giant]) is None
        assert peers.statement([*even(5), giant._replace(denominator=2_833)]) is not None

    def test_counts_in_fives(self) -> None:
        counted = [peers.statement(even(count)) for count in (9, 10, 14)]

        assert [told.at_least for told in counted if told] == [5, 10, 10]

    def test_holds_five_and_the_middle_in_its_cell(self) -> None:
        shares = [Fraction(100 * (400 - number), 400) for number in range(12)]

        told = peers.statement([Part(f"P{n}", 400 - n, 400) for n in range(12)])

        assert told is not None
        low, high = told.middle.low, told.middle.high
        assert high - low == 4
        assert low < shares[6] < shares[5] <= high
        assert sum(low < share <= high for share in shares) >= 5

    def test_has_whole_and_half_percents(self) -> None:
        told = [
            peers.statement([Part(f"P{n}", 9_920 - more, 10_000) for n in range(6)]) for more in range(20)
        ]

        assert {one.middle for one in told if one} == {
            Band(Fraction("98.5"), Fraction("99.5")),
            Band(Fraction(99), Fraction(100)),
        }

    def test_does_not_single_out_a_share_of_nothing(self) -> None:
        told = peers.statement([Part(f"P{n}", 0, 100) for n in range(6)])

        assert told is not None
        assert told.middle == Band(Fraction(0), Fraction(1))

    def test_is_nothing_of_figures_that_are_no_shares(self) -> None:
        assert peers.statement([*even(5), Part("MORE", 120, 100)]) is None


class TestLastTold:
    def test_is_the_first_while_fewer_than_five_have_changed(self) -> None:
        first = even(8)
        second = [*(Part(one.party, 1, 100) for one in first[:4]), *first[4:]]

        assert peers.last_told([version(1, first), version(2, second)]).known_on.day == 1

    def test_is_the_latest_once_five_have(self) -> None:
        first = even(8)
        second = [*(Part(one.party, 1, 100) for one in first[:5]), *first[5:]]

        assert peers.last_told([version(1, first), version(2, second)]).known_on.day == 2

    def test_remembers_every_statement_that_was_made(self) -> None:
        first = even(8)
        second = [*(Part(one.party, 1, 100) for one in first[:6]), *first[6:]]
        third = [*second[:2], *first[2:]]

        assert peers.last_told(
            [version(day, told) for day, told in enumerate((first, second, third), 1)]
        ) == (version(2, second))

    def test_does_not_wait_where_nothing_was_told(self) -> None:
        assert peers.last_told([version(1, even(4)), version(2, even(5))]).known_on.day == 2

    def test_does_not_count_changes_of_those_with_few_events(self) -> None:
        small = [Part(f"S{n}", 1, 9) for n in range(6)]
        grown = [one._replace(numerator=2) for one in small]
        second = [Part("P0", 50, 100), *even(5)[1:], *grown]

        assert peers.last_told([version(1, [*even(5), *small]), version(2, second)]).known_on.day == 1


class TestIsSafeToPublish:
    def test_asks_for_five_others_beside_each(self) -> None:
        assert not peers.is_safe_to_publish(even(5))
        assert peers.is_safe_to_publish(even(6))

    def test_counts_nobody_who_adds_nothing(self) -> None:
        assert not peers.is_safe_to_publish([*even(5), Part("CHLY", 0, 0)])

    @pytest.mark.parametrize("denominator", [2_267, 2_266])
    def test_refuses_where_one_has_nearly_all_of_what_the_others_have(self, denominator: int) -> None:
        """Whoever knows of 100 events sees the rest; four more have 400 of it."""
        giant = Part("GIANT", 1_000, denominator)

        assert peers.is_safe_to_publish([*even(5), giant]) is (denominator * 15 < 400 * 85)

    def test_refuses_where_all_the_others_have_nothing(self) -> None:
        only = [Part("ALFA", 3, 100), *(Part(f"P{n}", 0, 100) for n in range(6))]

        assert not peers.is_safe_to_publish(only)

    def test_knows_counts_without_a_denominator(self) -> None:
        assert peers.is_safe_to_publish([Part(f"P{n}", 7, 0) for n in range(6)])
        assert not peers.is_safe_to_publish([*(Part(f"P{n}", 1, 0) for n in range(6)), Part("ALFA", 90, 0)])

    def test_has_nothing_against_a_whole_that_no_party_adds_to(self) -> None:
        assert peers.is_safe_to_publish([])


class TestIsSafeToRestate:
    def test_lets_a_party_change_a_little(self) -> None:
        after = [Part("P0", 60, 140), *even(8)[1:]]

        assert peers.is_safe_to_restate(even(8), after)

    def test_refuses_where_one_came_or_went(self) -> None:
        assert not peers.is_safe_to_restate(even(7), even(8))
        assert not peers.is_safe_to_restate(even(8), even(7))

    def test_refuses_where_nearly_all_that_one_did_changed(self) -> None:
        after = [Part("P0", 5, 240), *even(8)[1:]]

        assert not peers.is_safe_to_restate(even(8), after)

    def test_lets_six_come_together(self) -> None:
        assert peers.is_safe_to_restate(even(3), even(9))

    def test_refuses_where_only_those_who_came_changed_much(self) -> None:
        after = [*(one._replace(denominator=101) for one in even(7)), Part("LATE", 500, 900)]

        assert not peers.is_safe_to_restate(even(7), after)


@pytest.fixture
def suppliers(db: None) -> dict[str, Organisation]:
    found = {}
    for name in (*NAMES, "GRID"):
        one = Organisation(slug=name.lower(), name=name)
        one.save()
        category = "large_supplier" if name != "GRID" else "electricity_network"
        Category(organisation=one, code="sec", category=category, from_on=dt.date(2020, 1, 1)).save()
        found[name] = one
    return found


@pytest.fixture
def land(suppliers: dict[str, Organisation]) -> Land:
    """Return how a run is landed with figures by party, and its whole in a class."""

    def land_run(sides: Sides, *, day: int = 0, whole: str = "white") -> Run:
        run = landed(NOW + dt.timedelta(days=day))
        numerators, denominators = zip(*sides.values(), strict=True) if sides else ((0,), (0,))
        keep(run, "", None, whole, (sum(numerators), sum(denominators)))
        for name, both in sides.items():
            keep(run, name, suppliers[name], "amber", both)
        return run

    return land_run


def acting(name: str, role: str, organisation: Organisation | None = None) -> Acting:
    person = Person(email=f"{name.lower()}@example.org", name=name)
    person.save()
    held = Role(person=person, code="sec", role=role, organisation=organisation, from_on=dt.date(2020, 1, 1))
    held.save()
    return Acting("sec", DAY, person, held, NOW)


@pytest.fixture
def ada(suppliers: dict[str, Organisation]) -> Acting:
    """The delegate of ALFA."""
    return acting("Ada", Role.PARTY_DELEGATE, suppliers["ALFA"])


def join(name: str, *members: Organisation) -> None:
    group = OrganisationGroup(name=name)
    group.save()
    for one in members:
        GroupMembership(organisation=one, group=group, from_on=dt.date(2020, 1, 1)).save()


class TestAmongPeers:
    def test_tells_a_delegate_where_the_others_are(self, land: Land, ada: Acting) -> None:
        run = land(JULY)

        told = peers.all_among_peers(ada, run).get("AREA-B")

        assert told == Peers("large_supplier", 5, Band(Fraction(95), Fraction(99)), DAY)

    def test_leaves_out_other_categories(self, land: Land, ada: Acting) -> None:
        run = land({**dict(list(JULY.items())[:5]), "GRID": (990, 1000)})

        assert peers.all_among_peers(ada, run).get("AREA-B") is None

    def test_counts_parties_of_one_owner_as_one(
        self, land: Land, ada: Acting, suppliers: dict[str, Organisation]
    ) -> None:
        run = land(JULY)
        join("Holding", *(suppliers[name] for name in NAMES[1:4]))

        told = peers.all_among_peers(ada, run).get("AREA-B")
        join("Another", *(suppliers[name] for name in NAMES[3:5]))

        assert told is not None
        assert peers.all_among_peers(ada, run).get("AREA-B") is None

    def test_takes_what_the_own_owner_has_for_known(
        self, land: Land, ada: Acting, suppliers: dict[str, Organisation]
    ) -> None:
        run = land(JULY)

        join("Holding", *(suppliers[name] for name in NAMES[:4]))

        assert peers.all_among_peers(ada, run).get("AREA-B") is None

    def test_takes_what_the_person_sees_in_other_roles_for_known(
        self, land: Land, ada: Acting, suppliers: dict[str, Organisation]
    ) -> None:
        run = land(JULY)
        for name in NAMES[1:4]:
            Role(
                person=ada.person,
                code="sec",
                role=Role.PARTY_DELEGATE,
                organisation=suppliers[name],
                from_on=dt.date(2020, 1, 1),
            ).save()

        assert peers.all_among_peers(ada, run).get("AREA-B") is None

    @pytest.mark.parametrize("role", [Role.ANALYST, Role.OBSERVER])
    def test_tells_those_who_see_names_nothing(self, land: Land, role: str) -> None:
        assert peers.all_among_peers(acting("Jo", role), land(JULY)) == {}

    def test_asks_for_a_second_factor_as_for_the_own_figure(self, land: Land, ada: Acting) -> None:
        without = Acting("sec", DAY, ada.person, ada.role)

        assert peers.all_among_peers(without, land(JULY)) == {}

    def test_stands_while_fewer_than_five_restate(self, land: Land, ada: Acting) -> None:
        first = land(JULY)

        second = land({**JULY, **dict.fromkeys(NAMES[1:5], (10, 1000))}, day=1)

        assert peers.all_among_peers(ada, second).get("AREA-B") == peers.all_among_peers(ada, first).get(
            "AREA-B"
        )

    def test_does_not_change_for_an_earlier_run(self, land: Land, ada: Acting) -> None:
        first = land(JULY)
        before = peers.all_among_peers(ada, first).get("AREA-B")

        land(dict.fromkeys(NAMES, (500, 1000)), day=1)

        assert peers.all_among_peers(ada, first).get("AREA-B") == before

    def test_reads_past_the_policy_and_asks_three_questions(self, land: Land, ada: Acting) -> None:
        run = land(JULY)

        with guarded(), CaptureQueriesContext(connection) as asked:
            told = peers.all_among_peers(ada, run)

        assert list(told) == ["AREA-B"]
        assert len(asked) == 3
        with guarded(), pytest.raises(UnscopedQuery):
            list(Figure.objects.all())
