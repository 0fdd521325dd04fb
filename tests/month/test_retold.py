from dataclasses import replace

import pytest

from tallystick.month import retold
from tallystick.month.assessment import Figure, Finding, Point
from tests.month.july import MONTH

CPM1 = next(one for one in MONTH.figures if one.measure == "CPM1")
HISTORY = MONTH.history["CPM1"]
SHOWN = {one.period: one for one in HISTORY}


def known(*hidden: str) -> dict[str, Point]:
    return {period: one for period, one in SHOWN.items() if period not in hidden}


class TestWithheld:
    def test_tells_what_it_is_and_a_share_at_most(self) -> None:
        told = retold.withheld(CPM1, "97")

        assert (told.measure, told.title, told.target) == (CPM1.measure, CPM1.title, CPM1.target)
        assert (told.numerator, told.denominator, told.share, told.state) == (None, None, "97", "withheld")

    def test_tells_nothing_that_follows_from_the_counts(self) -> None:
        told = retold.withheld(replace(CPM1, commentary="97.13%", open=3, detail={"aged": 2}), None)

        assert (told.run, told.above_minimum, told.spc, told.change) == (None, None, None, None)
        assert (told.commentary, told.reported, told.open, told.detail, told.percentiles) == (
            None,
            None,
            0,
            {},
            {},
        )

    def test_keeps_what_the_rules_say_of_it(self) -> None:
        told = retold.withheld(replace(CPM1, flags=("restated", "unverified", "provisional")), None)

        assert told.flags == ("unverified",)


class TestPastOf:
    def test_is_the_same_where_all_of_it_is_known(self) -> None:
        assert retold.past_of(HISTORY, SHOWN) == HISTORY

    def test_shows_nothing_of_a_month_that_is_not_known(self) -> None:
        past = retold.past_of(HISTORY, known("2021-06"))

        assert past[-2] == Point(
            "2021-06", None, None, None, "withheld", HISTORY[-2].target, HISTORY[-2].minimum
        )
        assert past[:-2] == HISTORY[:-2]

    def test_keeps_the_month_that_is_read(self) -> None:
        assert retold.past_of(HISTORY, {})[-1] == HISTORY[-1]

    def test_tells_a_month_as_it_was_published(self) -> None:
        was = replace(HISTORY[3], numerator=1, denominator=2)

        assert retold.past_of(HISTORY, {**SHOWN, was.period: was})[3] == was


class TestWithPast:
    def test_reckons_nothing_from_what_is_not_shown(self) -> None:
        past = retold.past_of(HISTORY, known("2021-06"))

        told = retold.with_past(CPM1, past)

        assert told.change is None
        assert told.spc is not None
        assert "2021-06" not in {one.period for one in told.spc.points}
        assert told.run is not None
        assert (told.run.periods, told.run.since, told.run.at_least) == (1, "2021-07", True)
        assert "at_least" in told.flags

    def test_is_the_same_for_two_pasts_that_differ_in_what_is_not_shown(self) -> None:
        other = tuple(
            replace(one, numerator=1, denominator=2, state="below_minimum")
            if one.period == "2021-03"
            else one
            for one in HISTORY
        )

        told = [retold.with_past(CPM1, retold.past_of(one, known("2021-03"))) for one in (HISTORY, other)]

        assert told[0] == told[1]


class TestSummedUp:
    def test_says_nothing_of_a_whole_that_is_not_there(self) -> None:
        figures = tuple(one for one in MONTH.figures if one.measure != "CPM1")

        told = retold.summed_up(replace(MONTH, figures=(*figures, retold.withheld(CPM1, None))))

        assert "CPM1" in MONTH.sentence
        assert "CPM1" not in told.sentence
        assert [one for one in told.notes if one.startswith("CPM1: not shown")]


class TestSince:
    @pytest.mark.parametrize(
        ("states", "month"),
        [
            ({}, "2021-07"),
            ({"2021-06": "below_minimum", "2021-05": "below_target"}, "2021-05"),
            ({"2021-06": "met", "2021-05": "below_target"}, "2021-07"),
            ({"2021-05": "below_target"}, "2021-07"),
            ({"2021-06": "below_target", "2021-08": "met"}, "2021-06"),
        ],
    )
    def test_is_the_first_month_of_those_that_are_known_to_be_short(
        self, states: dict[str, str], month: str
    ) -> None:
        assert retold.since("2021-07", states) == month


class TestFirstSeen:
    def found(self, first_seen: str) -> Finding:
        return replace(MONTH.findings[0], measure="CPM1", period="2021-07", first_seen=first_seen)

    def test_goes_back_as_far_as_the_past_that_is_told(self) -> None:
        past = retold.past_of(HISTORY, known("2021-05"))

        assert retold.first_seen(self.found("2019-07"), past, {"CPM1"}).first_seen == "2021-06"

    def test_stays_where_no_party_adds_to_the_measure(self) -> None:
        assert retold.first_seen(self.found("2019-07"), (), set()).first_seen == "2019-07"


def test_a_figure_has_no_other_field_that_could_tell() -> None:
    """A new field of a figure has to be thought of here: told or not where the whole is withheld."""
    told = {
        *(
            "measure",
            "title",
            "kind",
            "provider",
            "clause",
            "obligation",
            "group",
            "period",
            "target",
            "minimum",
        ),
        *("state", "flags", "verified", "reportable", "into", "band", "share"),
    }
    silent = {
        *("numerator", "denominator", "open", "held", "excluded", "run", "above_minimum", "spc", "change"),
        *("commentary", "reported", "detail", "percentiles"),
    }

    assert set(Figure.__dataclass_fields__) == told | silent
