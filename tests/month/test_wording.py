from decimal import Decimal

import pytest

from tallystick.findings.history_runs import Run
from tallystick.month import wording
from tallystick.month.assessment import Missing, Point


class TestFigureShown:
    def test_is_taken_from_the_counts_and_rounded_half_up(self) -> None:
        assert wording.figure_shown(Point("2021-07", 6_999, 7_000, None, "met")) == "99.99%"
        assert wording.figure_shown(Point("2021-07", 19_999, 20_000, None, "met")) == "100.00%"

    def test_is_the_share_as_its_measure_rounds_it(self) -> None:
        assert wording.figure_shown(Point("2021-07", 2, 3, "66.7", "met")) == "66.7%"

    def test_is_the_reported_percentage_where_there_are_no_counts(self) -> None:
        assert wording.figure_shown(Point("2021-07", None, None, "97.125", "below_target")) == "97.13%"

    def test_tells_no_events_from_a_share_of_nothing(self) -> None:
        assert wording.figure_shown(Point("2021-07", 0, 0, None, "no_events")) == "0 of 0"
        assert wording.figure_shown(Point("2021-07", 0, 4, None, "below_minimum")) == "0.00%"

    def test_is_none_where_nothing_was_reported(self) -> None:
        assert wording.figure_shown(Point("2021-07", None, None, None, "not_reported")) == "none"

    def test_is_the_number_of_a_count(self) -> None:
        assert wording.figure_shown(Point("2021-07", 12_345, None, None, "no_level")) == "12,345"

    def test_has_a_real_minus(self) -> None:
        assert wording.figure_shown(Point("2021-07", 1, 2, "-82.74", "no_level")) == "−82.74%"  # noqa: RUF001


class TestNumbers:
    def test_are_parted_by_commas(self) -> None:
        assert wording.count(20_867_318) == "20,867,318"

    @pytest.mark.parametrize(
        ("number", "short"), [(574_089, "574k"), (9_999, "9,999"), (10_000, "10k"), (1_250_000, "1.3m")]
    )
    def test_are_short_beside_a_bar(self, number: int, short: str) -> None:
        assert wording.compact(number) == short

    @pytest.mark.parametrize(("number", "said"), [("0.55", "+0.55"), ("-65.2", "−65.2"), ("0.00", "0.00")])  # noqa: RUF001
    def test_carry_their_sign(self, number: str, said: str) -> None:
        assert wording.signed(Decimal(number)) == said

    def test_of_levels_drop_their_noughts(self) -> None:
        assert [wording.level(Decimal(one)) for one in ("99.00", "99.5", "100")] == ["99%", "99.5%", "100%"]


class TestDay:
    def test_is_written_as_people_write_it(self) -> None:
        assert wording.day("2021-10-05") == "Tue 5 Oct 2021"

    def test_has_its_time_where_there_is_one(self) -> None:
        assert wording.day("2021-09-28T09:10:00+01:00") == "Tue 28 Sep 2021 09:10"
        assert wording.day("2021-09-28T09:10:00+00:00") == "Tue 28 Sep 2021 09:10 UTC"

    def test_that_cannot_be_read_stays_as_it_is(self) -> None:
        assert wording.day("soon") == "soon"


class TestGroup:
    def test_names_what_it_is_by_as_people_do(self) -> None:
        names = ("srv", "region", "party_category")

        assert [wording.column(one) for one in names] == ["Service request", "Region", "Category of party"]

    def test_writes_days_and_regions_out(self) -> None:
        labels = {"day": "2021-07-15", "region": "north", "device_kind": "esme", "party": ""}

        assert wording.group(labels) == "Thu 15 Jul 2021, North, esme, not named"


class TestPeriod:
    def test_is_in_words(self) -> None:
        assert wording.period("2021-07") == "July 2021"
        assert [wording.short_period(one) for one in ("2021-07", "2021-Q3")] == ["July", "Q3"]

    def test_knows_the_one_before(self) -> None:
        assert [wording.before(one) for one in ("2021-01", "2021-Q1")] == ["December", "Q4"]


class TestRun:
    def test_names_side_and_length(self) -> None:
        assert wording.run(Run("below_target", 37, "2018-07")) == "37 months below target"
        assert wording.run(Run("met", 14, "2020-06")) == "Met 14 months"
        assert wording.run(Run("below_minimum", 1, "2021-Q3")) == "First quarter below minimum"

    def test_says_where_history_is_missing(self) -> None:
        assert (
            wording.run(Run("below_target", 3, "2021-05", at_least=True)) == "At least 3 months below target"
        )
        assert wording.run(Run("met", 1, "2021-07", at_least=True)) == "First month known"


class TestDuration:
    @pytest.mark.parametrize(
        ("microseconds", "said"),
        [
            (0, "0 s"),
            (1_500_000, "1.5 s"),
            (95_000_000, "1 min 35 s"),
            (7_200_000_000, "2 h"),
            (273_600_000_000, "3 d 4 h"),
        ],
    )
    def test_is_said_in_its_two_largest_units(self, microseconds: int, said: str) -> None:
        assert wording.duration(microseconds) == said


class TestOrdinal:
    def test_ends_as_it_is_spoken(self) -> None:
        assert [wording.ordinal(one) for one in (1, 2, 3, 11, 50, 95)] == [
            "1st",
            "2nd",
            "3rd",
            "11th",
            "50th",
            "95th",
        ]


class TestDelivery:
    def test_counts_working_days(self) -> None:
        late = Missing("R", "Report", (), "2021-07", "2021-08-13", "late", 3)

        assert wording.delivery(late) == "3 WD late"

    def test_says_that_no_date_is_set(self) -> None:
        assert wording.delivery(Missing("R", "Report", (), "2021-07", None, "no_date_set")) == "no date set"


class TestShortHash:
    def test_shortens_hashes_alone(self) -> None:
        assert wording.short_hash("ab" * 32) == "ab" * 6
        assert wording.short_hash("E-0412-of-the-spring") == "E-0412-of-the-spring"
