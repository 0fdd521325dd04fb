from pathlib import Path
from typing import Any

from tallystick.findings.sums import Sums
from tallystick.month.ledger import Ledger
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.test_known import known
from tests.month.working import payload, stated

JULY = Span.parse("2021-07")
DAY = "2021-07-05T12:00:00+01:00"


def ledger(sec: Rulebook, folder: Path, month: Span = JULY, **evidence: Any) -> Ledger:
    return Ledger(known(sec, folder, **evidence), month)


class TestLedger:
    def test_looks_back_to_the_first_evidence_or_report(self, sec: Rulebook, tmp_path: Path) -> None:
        found = ledger(
            sec,
            tmp_path,
            firmware_payloads=[payload("P1", "2021-05-31T23:30:00+01:00", 1)],
            reported=[stated("CPM1", "2021-04", share="97")],
        )

        assert [str(month) for month in found.months] == ["2021-04", "2021-05", "2021-06", "2021-07"]

    def test_looks_no_further_back_than_25_months(self, sec: Rulebook, tmp_path: Path) -> None:
        found = ledger(sec, tmp_path, reported=[stated("CPM1", "2017-04", share="97")])

        assert len(found.months) == 25

    def test_reports_the_quarter_before_where_a_measure_lags(self, sec: Rulebook, tmp_path: Path) -> None:
        found = ledger(sec, tmp_path)

        assert str(found.span(sec.measures["CSPC-PM1.2"], JULY)) == "2021-Q2"
        assert found.span(sec.measures["CPM1"], JULY) == JULY

    def test_tells_no_evidence_from_no_events(self, sec: Rulebook, tmp_path: Path) -> None:
        found = ledger(sec, tmp_path, firmware_payloads=[payload("P1", DAY, 1, "CSPC")])

        assert found.sums(sec.measures["CSPN-PM2"], JULY) == Sums()
        assert found.sums(sec.measures["CSPN-PM3.1"], JULY) is None
        assert found.sums(sec.measures["CSPC-PM2"], JULY) == Sums(1, 1)
        assert found.sums(sec.measures["CSPC-PM2"], JULY.shifted(-1)) is None

    def test_adds_the_days_of_a_roll_ups_parts(self, sec: Rulebook, tmp_path: Path) -> None:
        later = "2021-07-06T12:00:00+01:00"
        rows = [payload("P1", DAY, 1), payload("P2", DAY, 999, "CSPC"), payload("P3", later, 1)]
        found = ledger(sec, tmp_path, firmware_payloads=rows)

        days = found.daily(sec.measures["CPM1"], JULY)

        assert {str(day): sums for day, sums in days.items()} == {
            "2021-07-05": Sums(1, 2),
            "2021-07-06": Sums(1, 1),
        }
        assert found.daily(sec.measures["CSPN-PM3.1"], JULY) == {}

    def test_adds_the_groups_of_a_roll_ups_parts(self, sec: Rulebook, tmp_path: Path) -> None:
        found = ledger(
            sec, tmp_path, firmware_payloads=[payload("P1", DAY, 1), payload("P2", DAY, 999, "CSPC")]
        )

        grouped = found.grouped(sec.measures["CPM1"], JULY, ("provider",))

        assert grouped == {(("provider", "CSPC"),): Sums(0, 1), (("provider", "CSPN"),): Sums(1, 1)}
