import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from tallystick.month import export
from tallystick.month.assessment import Assessment, Figure, Finding, Flag, Missing, Received

GUIDE = Path("docs/guide/assess-json.md")


def rows(assessment: Assessment) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export.as_csv(assessment))))


class TestJson:
    def test_is_the_same_bytes_for_the_same_month(self, july: Assessment) -> None:
        turned = replace(
            july,
            figures=tuple(replace(one, flags=one.flags[::-1]) for one in july.figures),
            history=dict(reversed(july.history.items())),
        )

        assert export.as_json(july) == export.as_json(turned)

    def test_keeps_counts_whole_and_percentages_as_text(self, july: Assessment) -> None:
        first = json.loads(export.as_json(july))["measures"][0]

        assert (first["numerator"], first["denominator"]) == (20_867_318, 21_483_906)
        assert (first["share"], first["target"], first["minimum"]) == ("97.13", "99", "96")
        assert first["run"] == {"side": "below_target", "periods": 25, "since": "2019-07", "at_least": True}

    def test_has_the_keys_that_were_promised(self, july: Assessment) -> None:
        data = json.loads(export.as_json(july))

        assert {"code", "period", "known_on", "edition", "snapshot", "engine", "measures", "findings"} <= set(
            data
        )
        assert set(data["data"]) == {"received", "missing", "reports"}

    def test_leaves_no_field_out(self, july: Assessment) -> None:
        data = json.loads(export.as_json(july))

        for shape, one in (
            (Figure, data["measures"][0]),
            (Finding, data["findings"][0]),
            (Received, data["data"]["received"][0]),
            (Missing, data["data"]["missing"][0]),
        ):
            assert {field.name for field in fields(shape)} == set(one)

    def test_uses_no_key_that_the_guide_does_not_name(self, july: Assessment) -> None:
        named = set(re.findall(r"\w+", GUIDE.read_text(encoding="utf-8")))

        assert keys(json.loads(export.as_json(july))) <= named

    def test_uses_no_flag_that_the_guide_does_not_name(self) -> None:
        named = set(re.findall(r"`(\w+)`", GUIDE.read_text(encoding="utf-8")))

        assert set(Flag.__args__) <= named  # type: ignore[attr-defined]


def keys(value: Any) -> set[str]:
    """Return every key of the mappings whose keys are of the format, not of the data."""
    if isinstance(value, list):
        return set().union(*(keys(one) for one in value))
    if not isinstance(value, dict):
        return set()
    found = set(value)
    for name, inner in value.items():
        if name == "history":
            found |= set().union(*(keys(points) for points in inner.values()))
        elif name not in {"group", "detail", "percentiles"}:
            found |= keys(inner)
    return found


class TestCsv:
    def test_has_a_line_for_each_figure(self, july: Assessment) -> None:
        found = rows(july)

        assert len(found) == len(july.figures)
        assert found[0]["measure"] == "CPM1"
        assert (found[0]["numerator"], found[0]["share"], found[0]["change"]) == (
            "20867318",
            "97.13",
            "+0.55",
        )

    def test_names_the_group(self, july: Assessment) -> None:
        assert "party=Alderbrook Energy" in {row["group"] for row in rows(july)}

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n"])
    def test_disarms_text_that_a_spreadsheet_would_run(
        self, start: str, july: Assessment, july_with: Callable[..., Assessment]
    ) -> None:
        nasty = replace(july.figures[0], title=f"{start}cmd|' /C calc'!A0", commentary=f"{start}1+1")

        (row,) = rows(july_with(figures=(nasty,)))

        assert row["title"].startswith("'")
        assert row["commentary"].startswith("'")

    def test_leaves_negative_numbers_as_they_are(
        self, july: Assessment, july_with: Callable[..., Assessment]
    ) -> None:
        (row,) = rows(july_with(figures=(replace(july.figures[0], change="-0.51"),)))

        assert row["change"] == "-0.51"
