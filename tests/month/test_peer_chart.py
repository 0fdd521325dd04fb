import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tallystick.month import peer_chart
from tallystick.month.peer_chart import NARROW, WIDE, Standing
from tallystick.month.scales import Size

FELLSIDE = Standing(Fraction("97.5"), Fraction("99.5"), 10, Fraction("85.2"), Fraction(97))


def layers(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


class TestPeers:
    @pytest.mark.parametrize("size", [WIDE, NARROW])
    def test_shows_the_middle_the_own_share_and_the_expected_one(self, size: Size) -> None:
        spec = peer_chart.peers(FELLSIDE, size)

        [bar], [line], [diamond] = (layers(spec, kind) for kind in ("rect", "rule", "point"))
        assert [(row["x"], row["x2"]) for row in bar["data"]["values"]] == [(97.5, 99.5)]
        assert [row["x"] for row in line["data"]["values"]] == [97.0]
        assert [row["x"] for row in diamond["data"]["values"]] == [85.2]
        assert diamond["mark"]["shape"] == "diamond"

    def test_labels_what_is_not_unnamed(self) -> None:
        texts = layers(peer_chart.peers(FELLSIDE, WIDE), "text")

        assert [layer["data"]["values"] for layer in texts] == [
            [{"text": "Expected 97%"}],
            [{"text": "You 85.2%"}],
        ]

    def test_has_no_diamond_for_whoever_has_no_share(self) -> None:
        spec = peer_chart.peers(replace(FELLSIDE, own=None, expected=None), WIDE)

        assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rect"]

    @pytest.mark.parametrize("own", ["0", "100", "85.2"])
    def test_keeps_its_labels_inside(self, own: str) -> None:
        texts = layers(peer_chart.peers(replace(FELLSIDE, own=Fraction(own)), NARROW), "text")

        assert all(0 < layer["encoding"]["x"]["value"] < NARROW.inner_width for layer in texts)

    def test_marks_as_many_places_as_there_is_room_for(self) -> None:
        far = replace(FELLSIDE, own=Fraction(93))

        marked = [
            layers(peer_chart.peers(far, size), "rect")[0]["encoding"]["x"]["axis"]["values"]
            for size in (WIDE, NARROW)
        ]

        assert len(marked[1]) < len(marked[0])
        assert {axis[0] for axis in marked} == {100}


class TestChart:
    def test_is_named_and_described_and_follows_the_theme(self) -> None:
        drawn = peer_chart.chart(FELLSIDE, "k", "Hubs", "Large Suppliers")

        root = ET.fromstring(str(drawn.narrow))  # noqa: S314 - our own drawing
        assert [child.text for child in root[:2]] == [
            "You among Large Suppliers",
            "Hubs. You are at 85.2%. The middle of 10 or more others is 97.5% to 99.5%. Expected is 97%.",
        ]
        assert "var(--ts-link)" in str(drawn.wide)
        assert not re.search(r"#[0-9a-f]{3,6}|style=", f"{drawn.wide}{drawn.narrow}")

    def test_has_a_table_of_the_same(self) -> None:
        assert peer_chart.chart(FELLSIDE, "k", "Hubs", "Large Suppliers").rows == (
            ("You", "85.2%"),
            ("Middle of 10 or more others", "97.5% to 99.5%"),
            ("Expected", "97%"),
        )

    def test_leaves_out_what_there_is_not(self) -> None:
        drawn = peer_chart.chart(replace(FELLSIDE, own=None, expected=None), "k", "Hubs", "Networks")

        assert drawn.rows == (("Middle of 10 or more others", "97.5% to 99.5%"),)

    def test_writes_names_as_text(self) -> None:
        drawn = peer_chart.chart(FELLSIDE, "k", "<b>Hubs", "<i>")

        assert "<b>" not in f"{drawn.wide}{drawn.narrow}{drawn.caption}"
