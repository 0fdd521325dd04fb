import pytest

from tallystick.rulebook.handling import UNWRITTEN_FEWEST
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.instead import measures_of_parties, periods_alike, share_instead, shares_instead
from tallystick.runs.peers import Part, is_safe_to_publish
from tests.runs.peer_cast import figure


def parts(*sides: tuple[int, int]) -> list[Part]:
    return [Part(f"P{place}", *both) for place, both in enumerate(sides)]


class TestShareInstead:
    def test_is_told_to_a_whole_percent_where_only_the_numerator_tells_on_somebody(self) -> None:
        faults = parts((90, 1000), *[(1, 1000)] * 7)

        assert not is_safe_to_publish(faults)
        assert share_instead(faults) == 1

    def test_is_told_of_nothing_at_all_out_of_many(self) -> None:
        none = parts(*[(0, 100)] * 6)

        assert not is_safe_to_publish(none)
        assert share_instead(none) == 0

    @pytest.mark.parametrize("number", range(6))
    def test_is_not_told_of_fewer_than_five_others(self, number: int) -> None:
        assert share_instead(parts(*[(90, 100)] * number)) is None

    def test_is_not_told_where_one_of_the_others_has_most_of_the_events(self) -> None:
        assert share_instead(parts((4000, 4300), *[(90, 100)] * 7)) is None

    @pytest.mark.parametrize("odd", [(3, 0), (101, 100), (-1, 100)])
    def test_is_not_told_of_what_is_no_share(self, odd: tuple[int, int]) -> None:
        assert share_instead(parts(odd, *[(90, 100)] * 7)) is None

    def test_counts_an_owner_once(self) -> None:
        owned_by_one = [Part("one owner", 90, 100)] * 3

        assert share_instead([*owned_by_one, *parts(*[(90, 100)] * 4)]) is None


class TestSharesInstead:
    def test_are_of_wholes_that_are_withheld(self) -> None:
        figures = [figure("A", 90, 6000), figure("A", 9, 600, party="P1"), figure("B", 1, 2)]

        told = shares_instead(figures, {"A"}, {"A": parts(*[(15, 1000)] * 6)}, UNWRITTEN_FEWEST)

        assert told == {"A": "2"}

    def test_tell_no_sum_of_measures(self) -> None:
        summed = figure("R", 90, 6000)
        summed = type(summed)(**{**vars(summed), "kind": "roll_up"})

        told = {"R": parts(*[(15, 1000)] * 6)}

        assert shares_instead([summed], {"R"}, told, UNWRITTEN_FEWEST) == {"R": None}


class TestMeasuresOfParties:
    def test_are_those_that_count_rows_of_parties_and_their_sums(self, sec: Rulebook) -> None:
        found = measures_of_parties(sec)

        assert {"AREA-G", "DSP-PM1.1", "CPM1"} <= found
        assert "CSPN-PM2" not in found


class TestPeriodsAlike:
    def test_are_the_months_in_which_a_quarter_is_told(self, sec: Rulebook) -> None:
        alike = periods_alike(sec, Span.parse("2021-08"))

        assert set(alike) == {"CSPC-PM1.2", "CSPS-PM1.2"}
        assert alike["CSPC-PM1.2"] == {"2021-07", "2021-08", "2021-09"}

    def test_are_none_for_a_longer_period(self, sec: Rulebook) -> None:
        assert periods_alike(sec, Span.parse("2021-Q3")) == {}
