import pytest

from tallystick.assessments.matters.counts import (
    UnableToCount,
    Window,
    done_in,
    landed_months,
    measures_of_parties,
)
from tallystick.parties.models import Organisation, OrganisationGroup
from tests.assessments.market import CATEGORY, CODE, DID, JULY, JUNE, MEASURE, Market, landed
from tests.cases.cast import BEGAN

pytestmark = pytest.mark.django_db


class TestWindow:
    def test_has_its_months_over_the_turn_of_a_year(self) -> None:
        window = Window("2020-11", "2021-02")

        assert window.months == ["2020-11", "2020-12", "2021-01", "2021-02"]
        assert window.words == "November 2020 to February 2021"
        assert Window(JULY, JULY).words == "July 2021"


class TestMeasuresOfParties:
    def test_are_shares_that_are_had_by_party(self) -> None:
        found = measures_of_parties(CODE)

        assert MEASURE in found
        assert not {"CPM1", "RDP-ROLL", "INC-RAISED"} & set(found)


class TestLandedMonths:
    def test_are_those_with_a_run_that_counts(self, market: Market) -> None:
        assert landed_months(market.jo) == [JULY, JUNE]


class TestDoneIn:
    def test_sums_what_landed_by_party(self, market: Market) -> None:
        found = {
            one.party.name: (one.numerator, one.denominator) for one in _done(market, Window(JUNE, JULY))
        }

        assert found == {name: (2 * good, 2 * whole) for name, (good, whole) in DID.items()}

    def test_adds_nothing_for_a_month_without_events(self, market: Market) -> None:
        new = Organisation.objects.create(slug="new", name="New")
        landed(new, JULY, 9, 10)

        found = {one.party.name: one.denominator for one in done_in(market.jo, MEASURE, Window(JUNE, JULY))}

        assert found["New"] == 10

    def test_knows_who_owns_them(self, market: Market) -> None:
        group = OrganisationGroup.objects.create(name="One owner")
        for party in (market.alfa, market.brvo):
            party.group_memberships.create(group=group, from_on=BEGAN)

        owners = {one.party.name: one.owner for one in _done(market, Window(JULY, JULY))}

        assert owners["ALFA"] == owners["BRVO"] != owners["Supplier C"]

    def test_finds_a_partys_own_alone_for_that_party(self, market: Market) -> None:
        found = done_in(market.ada, MEASURE, Window(JULY, JULY))

        assert [one.party.name for one in found] == ["ALFA"]

    @pytest.mark.parametrize(
        ("window", "match"),
        [
            (Window("2021-04", JULY), "2021-04, 2021-05 has not landed"),
            (Window(JULY, JUNE), "window of 1 to 13"),
            (Window("2019-01", JULY), "window of 1 to 13"),
        ],
    )
    def test_refuses_months_that_are_not_there(self, market: Market, window: Window, match: str) -> None:
        with pytest.raises(UnableToCount, match=match):
            _done(market, window)


def _done(market: Market, window: Window) -> list:  # type: ignore[type-arg]  # of what the module says
    return done_in(market.jo, MEASURE, window, CATEGORY)
