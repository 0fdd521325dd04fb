import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from tallystick.demo.plant.cast import CATEGORIES, PARTIES
from tallystick.demo.plant.year import Planted, UnableToPlant, plant
from tallystick.demo.truth import read_truth
from tallystick.rulebook.rulebook import Rulebook

AREAS = {letter: f"AREA-{letter.upper()}" for letter in "abcdefgh"}


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class TestPlant:
    def test_writes_the_same_bytes_for_a_seed(self, planted: Planted, tmp_path: Path) -> None:
        again = plant(tmp_path / "again", scale="small", seed=1)

        assert content(again.folder) == content(planted.folder)

    def test_writes_other_rows_for_another_seed(self, planted: Planted, tmp_path: Path) -> None:
        other = plant(tmp_path / "other", scale="small", seed=2)

        assert {line.key for line in other.truth.lines} != {line.key for line in planted.truth.lines}
        assert other.truth.findings

    def test_has_a_failure_and_a_lawful_near_miss_of_every_area(self, planted: Planted) -> None:
        cases = Counter(
            (letter, one.lawful)
            for letter, area in AREAS.items()
            for one in planted.truth.planted
            if one.measure.startswith(area)
        )

        assert set(cases) == {(letter, lawful) for letter in AREAS for lawful in (True, False)}

    def test_has_a_finding_of_every_area_in_july(self, planted: Planted) -> None:
        found = {one.measure[:6] for one in planted.truth.findings if one.period == "2021-07"}

        assert set(AREAS.values()) <= found

    def test_has_a_line_for_every_planted_failure_and_none_for_a_near_miss(self, planted: Planted) -> None:
        lines = {(line.measure, line.key) for line in planted.truth.lines}
        minutes = ("CPM6", "DSP-PM2.1")  # counted in minutes: no single row fails

        for one in planted.truth.planted:
            if one.measure not in minutes:
                assert ((one.measure, one.key) in lines) != one.lawful, one

    def test_collapses_the_notices_of_the_failed_change(self, planted: Planted) -> None:
        (figure,) = (
            row for row in planted.truth.figures if (row.measure, row.period) == ("DSP-PM11", "2021-07")
        )

        assert (figure.numerator, figure.denominator) == (30, 89)

    def test_is_met_where_a_share_equals_its_target(self, planted: Planted) -> None:
        figures = {(row.measure, row.period, row.group): row for row in planted.truth.figures}
        firmware = figures["CSPS-PM2", "2021-07", ""]
        hubs = figures["AREA-C", "2021-07", "party=Brightwater Power"]
        interface = figures["CPM6", "2021-06", ""]

        assert firmware.numerator * 100 == 99 * firmware.denominator
        assert hubs.numerator * 100 >= 97 * hubs.denominator
        assert interface.numerator * 1000 == 995 * interface.denominator
        assert not {("CSPS-PM2", "2021-07"), ("CPM6", "2021-06")} & {
            (one.measure, one.period) for one in planted.truth.findings
        }

    def test_has_parties_of_every_category_and_three_regions(self, planted: Planted) -> None:
        written = json.loads((planted.folder / "parties.json").read_text())

        assert written == CATEGORIES
        assert len(PARTIES) >= 10
        assert len(set(written.values())) == 5

    def test_knew_less_before_a_file_was_restated(self, planted: Planted) -> None:
        now, then = (
            next(r for r in truth.figures if (r.measure, r.period) == ("CSPN-PM2", "2021-07"))
            for truth in (planted.truth, planted.earlier)
        )

        assert then.denominator == now.denominator
        assert then.numerator < now.numerator

    def test_keeps_forecasts_inside_their_band_while_they_were_pursued(self, planted: Planted) -> None:
        parties = [row for row in planted.truth.figures if "VARIANCE" in row.measure and row.group]

        outside = {
            row.period
            for row in parties
            if not 90 * row.denominator < 100 * row.numerator < 110 * row.denominator
        }

        assert outside
        assert min(outside) >= "2021-01"

    def test_refuses_a_folder_that_holds_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "letters.txt").write_text("Dear Panel")

        with pytest.raises(UnableToPlant, match="letters"):
            plant(tmp_path)

        assert (tmp_path / "letters.txt").read_text() == "Dear Panel"

    def test_refuses_a_store_that_no_demo_was_taken_into(self, tmp_path: Path) -> None:
        (tmp_path / "store").mkdir()

        with pytest.raises(UnableToPlant, match="store"):
            plant(tmp_path)

    def test_writes_over_an_earlier_demo_and_forgets_its_store(self, tmp_path: Path) -> None:
        plant(tmp_path, seed=1)
        (tmp_path / "store").mkdir()

        again = plant(tmp_path, seed=3)

        assert again.truth.seed == read_truth(tmp_path / "truth.json").seed == 3
        assert not (tmp_path / "store").exists()

    def test_refuses_a_scale_it_does_not_know(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToPlant, match="small or medium"):
            plant(tmp_path / "year", scale="enormous")


class TestManifest:
    def test_lists_the_files_in_the_order_of_their_receipt(self, planted: Planted) -> None:
        manifest = json.loads((planted.folder / "manifest.json").read_text())["submissions"]

        received = [file["received_at"] for file in manifest]

        assert received == sorted(received)
        assert [file["file"] for file in manifest] == sorted(file["file"] for file in manifest)
        assert {tuple(file) for file in manifest} == {("file", "stream", "party", "period", "received_at")}
        assert {path.name for path in (planted.folder / "evidence").iterdir()} == {
            file["file"].removeprefix("evidence/") for file in manifest
        }

    def test_states_a_period_for_every_file_of_a_register_or_for_none(
        self, planted: Planted, sec: Rulebook
    ) -> None:
        registers = {key for key, stream in sec.streams.items() if stream.partition == "none"}

        for stream in registers:
            stated = {file.period is None for file in planted.truth.files if file.stream == stream}
            assert len(stated) == 1, stream

    def test_has_late_restated_and_own_files(self, planted: Planted) -> None:
        files = planted.truth.files
        july = [file for file in files if file.period == "2021-07"]

        assert len({file.received_at for file in july}) > 1
        assert any("restated" in file.file for file in files)
        assert {file.party for file in july if file.party}

    def test_counts_the_rows_of_every_file(self, planted: Planted) -> None:
        for file in planted.truth.files:
            with (planted.folder / file.file).open(newline="", encoding="utf-8") as text:
                rows = sum(1 for _ in csv.reader(text)) - 1
            assert rows == file.rows == file.accepted + file.held + file.refused


class TestTruthFile:
    def test_reads_back_as_it_was_planted(self, planted: Planted) -> None:
        assert read_truth(planted.folder / "truth.json") == planted.truth
        assert read_truth(planted.folder / "truth-2021-08-13.json") == planted.earlier
