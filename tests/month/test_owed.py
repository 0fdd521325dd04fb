from pathlib import Path

from tallystick.rulebook.rulebook import Rulebook
from tests.month.working import stated, world


class TestReports:
    def test_says_what_is_late_due_and_without_a_date(self, sec: Rulebook, tmp_path: Path) -> None:
        rows = [stated("CPM1", share="97.13")]

        assessed = world(sec, tmp_path, {"reported": rows}, measures=["CPM1"], known_on="2021-09-08")

        found = {one.what: one for one in assessed.reports}
        assert (found["RPT-PMR"].delivery, found["RPT-PMR"].late_by, found["RPT-PMR"].due) == (
            "late",
            2,
            "2021-09-06",
        )
        assert found["RPT-CSR"].delivery == "missing"
        assert found["RPT-RDP"].delivery == "no_date_set"
        assert not found["FCT-SR"].pursued if "FCT-SR" in found else True

    def test_does_not_ask_for_a_report_after_its_sunset(self, sec: Rulebook, tmp_path: Path) -> None:
        def owed(period: str, folder: Path) -> set[str]:
            rows = [stated("CPM1", period, share="99")]
            assessed = world(
                sec, folder, {"reported": rows}, measures=["CPM1"], period=period, known_on="2021-12-31"
            )
            return {one.what for one in assessed.reports}

        assert "RPT-NEP" in owed("2020-12", tmp_path / "before")
        assert "RPT-NEP" not in owed("2021-03", tmp_path / "after")


class TestEvidence:
    def test_counts_the_days_nobody_vouches_for(self, sec: Rulebook, tmp_path: Path) -> None:
        assessed = world(sec, tmp_path, {"reported": [stated("CPM1", share="99")]}, measures=["CPM1"])

        found = {one.what: one for one in assessed.missing}
        assert found["service_requests"].days_missing == 31
        assert "reported" not in found
