"""The made-up year, from the files that were planted to the findings that come of them."""

import datetime as dt
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.demo.plant import plant
from tallystick.demo.truth import Truth
from tallystick.demo.verify import Comparison, verify
from tallystick.evidence.here import run_here
from tallystick.month.assess import assess
from tallystick.month.assessment import Assessment
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import opening
from tallystick.site.taking_in import take_in

SEEDS = [int(seed) for seed in os.environ.get("TALLY_SEEDS", "1").split()]
PERIODS = os.environ.get("TALLY_PERIODS", "2021-07").split()


def assessed(sec: Rulebook, folder: Path) -> list[Assessment]:
    truth = Truth.read(folder)
    known = opening.known(sec, folder / "store", dt.date.fromisoformat(truth.known_on))
    return [assess(known, Span.parse(period), with_lines=True) for period in PERIODS]


@pytest.fixture(scope="module", params=SEEDS)
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a planted year with its store beside it, read in this process: the files are our own."""
    folder = tmp_path_factory.mktemp("year")
    plant(folder, scale="small", seed=request.param)
    return folder


@pytest.fixture(scope="module")
def taken_in(sec: Rulebook, year: Path) -> Path:
    taken = take_in(year, sec, quiet=True, run=run_here)
    assert taken.rows == taken.accepted + taken.held + taken.refused
    return year


@pytest.fixture(scope="module")
def months(sec: Rulebook, taken_in: Path) -> list[Assessment]:
    return assessed(sec, taken_in)


def compared(folder: Path, months: list[Assessment], **changed: object) -> Comparison:
    return verify(replace(Truth.read(folder), **changed), months)  # type: ignore[arg-type]  # fields of Truth


class TestTheYear:
    def test_comes_back_whole(self, taken_in: Path, months: list[Assessment]) -> None:
        found = compared(taken_in, months)

        assert found.differences == ()
        for one in found.agreements:
            if one.expected:
                assert (one.precision, one.recall) == (1, 1), one.what

    def test_does_not_agree_with_a_truth_that_lacks_a_line(
        self, taken_in: Path, months: list[Assessment]
    ) -> None:
        truth = Truth.read(taken_in)
        gone = next(line for line in truth.lines if line.period in PERIODS)

        found = compared(taken_in, months, lines=tuple(line for line in truth.lines if line != gone))

        assert not found.agrees
        assert any(gone.key in said for said in found.differences)

    def test_does_not_agree_with_a_truth_that_lacks_a_finding(
        self, taken_in: Path, months: list[Assessment]
    ) -> None:
        truth = Truth.read(taken_in)
        gone = next(finding for finding in truth.findings if finding.period in PERIODS)

        found = compared(taken_in, months, findings=tuple(one for one in truth.findings if one != gone))

        assert not found.agrees

    @pytest.mark.usefixtures("months")
    def test_does_not_agree_when_one_row_of_evidence_is_changed(
        self, sec: Rulebook, taken_in: Path, tmp_path: Path
    ) -> None:
        shutil.copytree(taken_in, tmp_path, dirs_exist_ok=True)
        listed = json.loads((tmp_path / "manifest.json").read_text())
        sent = [one for one in listed["submissions"] if one["stream"] == "certificate_requests"]
        entry = next(one for one in sent if ",2021-07-" in (tmp_path / one["file"]).read_text())
        rows = (tmp_path / entry["file"]).read_text().splitlines()
        spoilt = next(row for row in rows if ",2021-07-" in row)
        changed = [",".join([*row.split(",")[:-1], ""]) if row == spoilt else row for row in rows]
        (tmp_path / entry["file"]).write_text("\n".join(changed) + "\n")
        (tmp_path / "manifest.json").write_text(json.dumps({**listed, "submissions": [entry]}))

        take_in(tmp_path, sec, quiet=True, run=run_here)  # it takes the place of what was sent before

        found = compared(tmp_path, assessed(sec, tmp_path))
        assert not found.agrees
        assert all("CPM7" in said or "certificate_requests" in said for said in found.differences)
