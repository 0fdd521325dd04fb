"""What people fill in on challenges and disputes."""

from tallystick.challenges.forms import CorrectForm, DisputeForm, ServeForm

OFFERED = ([("FND-1", "One")], [("AREA-B", "Hubs")], [("2021-07", "July")])


class TestDisputeForm:
    def test_wants_a_finding_or_a_measure_with_its_period(self) -> None:
        told = {"key": "form", "matter": "Twice."}
        several: tuple[dict[str, str], ...] = (
            {},
            {"finding": "FND-1"},
            {"measure": "AREA-B"},
            {"measure": "AREA-B", "period": "2021-07"},
            {"finding": "FND-1", "measure": "AREA-B"},
        )

        valid = [DisputeForm({**told, **one}, offered=OFFERED).is_valid() for one in several]

        assert valid == [False, True, False, True, False]


class TestForms:
    def test_offer_what_there_is_and_no_more(self) -> None:
        serve = ServeForm(
            {"key": "form", "decided": "DEC-2", "received_on": "2021-09-07"}, decided=[("DEC-1", "")]
        )
        correct = CorrectForm({"key": "form", "run": "RUN-1", "corrected": "Done."}, runs=[("RUN-1", "")])

        assert [one.is_valid() for one in (serve, correct)] == [False, True]
