import re
import xml.etree.ElementTree as ET

from tallystick.month import charts, drawing
from tallystick.month.assessment import Assessment, Point
from tallystick.month.scales import Size

SIZE = Size(600, 250)


class TestDraw:
    def test_names_and_describes_the_drawing(self, july: Assessment) -> None:
        drawn = drawing.draw(charts.trend(july.history["CPM1"], SIZE), "k", "CPM1 <b>", "It & more")

        root = ET.fromstring(str(drawn))  # noqa: S314 - our own drawing
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == "k-t k-d"
        assert [child.text for child in root[:2]] == ["CPM1 <b>", "It & more"]

    def test_carries_no_colour_font_or_style_of_its_own(self, july: Assessment) -> None:
        drawn = str(drawing.draw(charts.trend(july.history["CPM1"], SIZE), "k", "t", "d"))

        assert not re.search(r"#[0-9a-f]{3,6}|style=|font-family|aria-roledescription", drawn)
        assert "var(--ts-blm-bar)" in drawn

    def test_draws_each_label_once(self, july: Assessment) -> None:
        drawn = str(drawing.draw(charts.trend(july.history["CPM1"], SIZE), "k", "t", "d"))

        assert drawn.count(">Target 99%<") == drawn.count(">Minimum 96%<") == drawn.count(">97.13%<") == 1

    def test_puts_the_last_month_at_the_right_end(self, july: Assessment) -> None:
        drawn = str(drawing.draw(charts.trend(july.history["CPM1"], SIZE), "k", "t", "d"))

        place = re.search(r'translate\(([\d.]+),\d+\)"[^>]*>Jul 2021<', drawn)
        assert place is not None
        assert abs(float(place[1]) - SIZE.inner_width) < 1

    def test_draws_a_month_with_its_own_shape(self, july: Assessment) -> None:
        drawn = str(drawing.draw(charts.trend(july.history["CPM1"], SIZE), "k", "t", "d"))

        assert len(re.findall(r'<path transform[^>]*fill="var\(--ts-blm-bar\)"', drawn)) == 11
        assert len(re.findall(r'<path transform[^>]*fill="var\(--ts-blt-bar\)"', drawn)) == 14

    def test_writes_names_from_data_as_text(self) -> None:
        drawn = str(drawing.draw(charts.parts([charts.Bar("<script>", "<img>", 3)], SIZE), "k", "t", "d"))

        assert "<script>" not in drawn
        assert "&lt;script&gt;" in drawn


class TestSpark:
    def test_breaks_where_a_period_is_missing(self) -> None:
        points = [Point(one, 9, 10, None, "met") for one in ("2021-04", "2021-05", "2021-07")]

        path = re.findall(r'<path d="([^"]+)"', str(drawing.spark(points)))[-1]

        assert path.count("M") == 2

    def test_ends_with_the_state(self, july: Assessment) -> None:
        assert '<circle class="blt"' in drawing.spark(july.history["CPM1"])

    def test_of_one_month_is_nothing(self) -> None:
        assert drawing.spark([Point("2021-07", 9, 10, None, "met")]) == ""
