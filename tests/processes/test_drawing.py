import datetime as dt
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tallystick.processes.drawing import in_words, svg_of
from tallystick.rulebook.load import load
from tallystick.rulebook.processes import ProcessValue
from tests.rulebook.moving import PROCESS, value_of

SVG = "{http://www.w3.org/2000/svg}"
SEC = load(Path("rulebooks/sec")).rulebook


def drawn(value: ProcessValue, key: str = "claim") -> ET.Element:
    return ET.fromstring(svg_of(value, key, "Claim <& more>"))  # noqa: S314 - written a line above


def texts(svg: ET.Element, kind: str) -> list[str]:
    return ["".join(one.itertext()) for one in svg.iter(f"{SVG}text") if one.get("class") == kind]


def sec(key: str) -> ProcessValue:
    assert SEC is not None
    return SEC.processes[key].value_on(dt.date(2021, 9, 6))


KEYS = ["application", "case", "derogation", "dispute", "forbearance", "query", "remedy"]


class TestSvg:
    def test_names_and_describes_itself_under_names_of_its_own(self) -> None:
        svg = drawn(value_of(), "c1")

        title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
        assert title is not None
        assert desc is not None
        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}" == "c1-title c1-desc"
        assert (title.text, desc.text) == ("Claim <& more>", in_words(value_of()))

    def test_has_a_row_for_each_track(self) -> None:
        assert texts(drawn(value_of()), "ways-track") == ["Claim", "Notice"]

    def test_has_stages_in_their_order_with_ends_and_now_marked(self) -> None:
        svg = ET.fromstring(svg_of(value_of(), "claim", "Claim", at={"asked", "quiet"}))  # noqa: S314 - our own
        groups = [one for one in svg.iter(f"{SVG}g") if (one.get("class") or "").startswith("stage")]

        assert [one.get("class") for one in groups] == [
            "stage", "stage now", "stage", "stage", "stage ends", "stage now", "stage",
        ]  # fmt: skip
        assert ["".join(text.itertext()) for one in groups for text in one.iter(f"{SVG}text")] == [
            "Open", "Asked", "Decided", "Appealed", "Closed", "Quiet", "Loud",
        ]  # fmt: skip

    def test_says_the_title_of_every_move(self) -> None:
        assert sorted(texts(drawn(value_of()), "move")) == sorted(
            move.title for move in value_of().moves.values()
        )

    def test_dashes_what_happens_by_itself(self) -> None:
        dashed = [one for one in drawn(value_of()).iter(f"{SVG}path") if one.get("class") == "by-itself"]

        assert len(dashed) == 2 + 1  # two moves of clocks, and the line that explains it

    def test_marks_what_a_body_decides(self) -> None:
        marked = [one for one in drawn(value_of()).iter(f"{SVG}path") if one.get("class") == "decides"]

        assert len(marked) == 2 + 1

    @pytest.mark.parametrize("key", KEYS)
    def test_needs_no_style_and_no_colour_of_its_own(self, key: str) -> None:
        written = svg_of(sec(key), key, key)

        assert "style" not in written
        assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', written)) <= {
            "none",
            "currentColor",
            "#fff",
            "#000",
        }
        assert set(re.findall(r"#(?:fff|000)", written.partition("</mask>")[2])) == set()

    @pytest.mark.parametrize("key", KEYS)
    def test_stays_inside_its_own_size(self, key: str) -> None:
        svg = drawn(sec(key))
        width, height = float(svg.get("width", 0)), float(svg.get("height", 0))
        rects = [one for one in svg.iter(f"{SVG}rect") if one.get("x")]

        for one in rects:
            left, top = float(one.get("x", 0)), float(one.get("y", 0))
            assert 0 <= left < left + float(one.get("width", 0)) <= width
            assert 0 <= top < top + float(one.get("height", 0)) <= height

    @pytest.mark.parametrize("key", KEYS)
    def test_lays_no_title_over_another(self, key: str) -> None:
        mask = drawn(sec(key)).find(f"{SVG}mask")
        assert mask is not None
        boxes = [tuple(float(one.get(side, 0)) for side in ("x", "y", "width", "height")) for one in mask[1:]]

        for number, (x, y, width, height) in enumerate(boxes):
            for left, top, wide, high in boxes[number + 1 :]:
                assert x + width <= left or left + wide <= x or y + height <= top or top + high <= y

    def test_is_the_same_every_time(self) -> None:
        assert svg_of(value_of(), "a", "A") == svg_of(value_of(), "a", "A")

    def test_draws_a_track_that_begins_in_its_middle(self) -> None:
        turned = PROCESS.replace("begins: quiet", "begins: loud").replace(
            "from: [quiet]\n        to: loud", "from: [loud]\n        to: quiet"
        )

        assert svg_of(value_of(turned), "a", "A") != svg_of(value_of(), "a", "A")

    def test_finds_room_on_the_left_for_a_long_title(self) -> None:
        long = "Shout very loudly at everybody who is or may be concerned with it"
        titled = PROCESS.replace("title: Drop", f"title: {long}").replace(
            "from: [open]\n        to: closed", "from: [open]\n        to: open"
        )
        svg = drawn(value_of(titled))

        lefts = [float(one.get("x", 0)) for one in svg.iter(f"{SVG}rect") if one.get("fill") == "#000"]
        assert min(lefts) > 0
        assert long in texts(svg, "move")


class TestInWords:
    def test_say_all_that_is_drawn(self) -> None:
        assert in_words(value_of()) == (
            "Claim begins with Open. "
            "From Open: Ask leads to Asked; Drop leads to Closed. "
            "From Asked: Ask again leads to Asked; Decide (by itself, a body decides) leads to Decided. "
            "From Decided: Appeal leads to Appealed; Let it rest (by itself) leads to Closed. "
            "From Appealed: Hear (a body decides) leads to Closed. "
            "Closed ends it. "
            "Notice begins with Quiet. From Quiet: Shout leads to Loud. Loud leads no further."
        )
