from typing import Any

from tallystick.measures.roll_forward import Roll, roll_forward
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import MakeSource

AUGUST = Span.parse("2021-08")


def incident(name: str, opened: str, resolved: str | None = None) -> dict[str, Any]:
    return {
        "incident_id": name,
        "rdp": "R1",
        "kind": "validation_failure",
        "opened_at": opened,
        "resolved_at": resolved,
        "status": "resolved" if resolved else "open",
    }


class TestRollForward:
    def test_balances_whatever_was_opened_and_resolved(self, sec: Rulebook, make_source: MakeSource) -> None:
        rows = make_source(
            "rdp_incidents",
            [
                incident("1", "2021-07-01T09:00:00Z"),
                incident("2", "2021-07-31T22:59:59Z", "2021-08-02T09:00:00Z"),
                incident("3", "2021-07-31T23:00:00Z", "2021-08-31T22:59:59Z"),
                incident("4", "2021-08-20T09:00:00Z", "2021-08-31T23:00:00Z"),
                incident("5", "2021-09-01T09:00:00Z"),
            ],
        )

        roll = roll_forward(rows, sec.measures["RDP-ROLL"], sec, AUGUST)

        assert roll == Roll(open_at_start=2, opened=2, resolved=2, open_at_end=2, aged=1)
        assert roll.open_at_start + roll.opened - roll.resolved == roll.open_at_end
