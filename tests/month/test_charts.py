from decimal import Decimal
from typing import Any

from tallystick.month import charts
from tallystick.month.assessment import Assessment, Point
from tallystick.month.scales import Size

SIZE = Size(600, 250)


def layers(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


class TestTrend:
    def test_holds_a_row_for_each_period(self, july: Assessment) -> None:
        rows = charts.trend(july.history["CPM1"], SIZE)["data"]["values"]

        assert len(rows) == 25
        assert rows[-1] == {
            "month": "2021-07-01",
            "value": 97.13,
            "state": "below_target",
            "target": 99.0,
            "minimum": 96.0,
            "gap": False,
        }

    def test_labels_figure_and_levels_with_one_row_each(self, july: Assessment) -> None:
        texts = layers(charts.trend(july.history["CPM1"], SIZE), "text")

        assert [layer["data"]["values"] for layer in texts] == [
            [{"text": "97.13%"}],
            [{"text": "Target 99%"}],
            [{"text": "Minimum 96%"}],
        ]

    def test_leaves_a_gap_where_nothing_was_reported(self) -> None:
        points = [
            Point("2021-05", 9, 10, None, "met"),
            Point("2021-06", None, None, None, "not_reported"),
            Point("2021-07", 8, 10, None, "met"),
        ]

        rows = charts.trend(points, SIZE)["data"]["values"]

        assert [row["gap"] for row in rows] == [False, True, False]
        assert rows[1]["value"] is None

    def test_steps_its_level_where_the_level_changed(self) -> None:
        points = [
            Point(f"2021-0{month}", 9, 10, None, "met", Decimal(level), Decimal(80))
            for month, level in ((5, 90), (6, 90), (7, 85))
        ]

        target = layers(charts.trend(points, SIZE), "line")[0]

        assert target["mark"]["interpolate"] == "step-after"
        assert [row["level"] for row in target["data"]["values"]] == [90, 85]

    def test_turns_its_bands_round_where_less_is_better(self) -> None:
        points = [Point(f"2021-0{n}", 1, 10, None, "met", Decimal(20), Decimal(30)) for n in (6, 7)]

        bands = layers(charts.trend(points, SIZE), "rect")

        met = bands[0]["data"]["values"][0]
        assert bands[0]["mark"]["fill"] == charts.FILLS["met"]
        assert (met["from"] < 20, met["to"]) == (True, 20)

    def test_draws_a_count_without_percent(self) -> None:
        points = [Point(f"2021-0{n}", 340 + n, None, None, "no_level") for n in (6, 7)]

        spec = charts.trend(points, SIZE)

        assert layers(spec, "line")[-1]["encoding"]["y"]["axis"]["labelExpr"] == "datum.label + ''"

    def test_names_no_date_as_a_string(self, july: Assessment) -> None:
        axis = layers(charts.trend(july.history["CPM1"], SIZE), "line")[-1]["encoding"]["x"]["axis"]

        assert axis["values"][0] == {"year": 2021, "month": 7, "date": 1, "utc": True}


class TestXmr:
    def test_draws_limits_mean_and_target_once_each(self, july: Assessment) -> None:
        figure = july.figures[0]
        assert figure.spc is not None

        rules = layers(charts.xmr(figure.spc, figure.target, SIZE), "rule")

        assert [len(layer["data"]["values"]) for layer in rules] == [1, 1, 1, 1]
        assert rules[-1]["data"]["values"] == [{"level": 99.0}]

    def test_marks_special_causes(self, july: Assessment) -> None:
        figure = july.figures[0]
        assert figure.spc is not None

        rows = charts.xmr(figure.spc, figure.target, SIZE)["data"]["values"]

        assert rows[-1]["special"] == "improving"


class TestParts:
    def test_gives_the_longest_bar_the_whole_room(self) -> None:
        bars = [charts.Bar("A", "One", 200, hot=True), charts.Bar("B", "Two", 100)]

        rows = charts.parts(bars, SIZE)["data"]["values"]

        assert rows[0]["end"] == SIZE.inner_width - charts.BAR_VALUE
        assert rows[1]["end"] * 2 == rows[0]["end"]
        assert [row["fill"] for row in rows] == [charts.FILLS["below_minimum"], charts.FILLS["no_events"]]

    def test_shortens_a_title_that_does_not_fit(self) -> None:
        rows = charts.parts([charts.Bar("A", "Very long " * 40, 1)], SIZE)["data"]["values"]

        assert rows[0]["title"].endswith("…")
        assert len(rows[0]["title"]) < 120
