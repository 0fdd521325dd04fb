from pathlib import Path

import pytest

from tallystick.month.examples import failures_of
from tallystick.rulebook.rulebook import Rulebook

GOOD = """
- example: One of two payloads is in time
  clause: [H13.1]
  period: 2021-07
  known_on: 2021-09-30
  evidence:
    firmware_payloads:
      - payload_id: P1
        provider: CSPN
        category: "1"
        requested_at: "2021-07-01T00:00:00+01:00"
        completed_at: "2021-07-06T00:00:00+01:00"
      - payload_id: P2
        provider: CSPN
        category: "1"
        requested_at: "2021-07-01T00:00:00+01:00"
        completed_at: "2021-07-06T00:00:01+01:00"
  expect:
    figures: [{measure: CSPN-PM2, numerator: 1, denominator: 2, state: below_minimum, flags: [unverified]}]
    lines: [{measure: CSPN-PM2, key: "CSPN|P2"}]
    findings: [{measure: CSPN-PM2, subject: CSPN}]
"""


class TestFailuresOf:
    def failures(self, sec: Rulebook, root: Path, written: str) -> list[str]:
        (root / "examples").mkdir()
        (root / "examples" / "one.yaml").write_text(written, encoding="utf-8")
        return list(failures_of(sec, root))

    def test_is_silent_about_an_example_that_holds(self, sec: Rulebook, tmp_path: Path) -> None:
        assert self.failures(sec, tmp_path, GOOD) == []

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("numerator: 1", "numerator: 2", "CSPN-PM2 has numerator 1, not 2"),
            ("below_minimum", "met", "CSPN-PM2 has state below_minimum, not met"),
            ("flags: [unverified]", "flags: [provisional]", "CSPN-PM2 is not flagged provisional"),
            ("CSPN|P2", "CSPN|P1", "CSPN-PM2 does not list CSPN|P1"),
            ("subject: CSPN}", "subject: CSPC}", "there is no finding of CSPN-PM2 CSPC"),
            ("measure: CSPN-PM2, numerator", "measure: CSPX, numerator", "there is no figure of CSPX"),
            ("example: One", "exmaple: One", "the key 'exmaple' is not known"),
        ],
    )
    def test_says_where_and_how_an_example_fails(
        self, sec: Rulebook, tmp_path: Path, old: str, new: str, said: str
    ) -> None:
        found = self.failures(sec, tmp_path, GOOD.replace(old, new, 1))

        assert any(said in one and "one.yaml:2:" in one for one in found), found
