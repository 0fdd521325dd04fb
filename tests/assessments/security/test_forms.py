"""Forms of security say what the acts take."""

import datetime as dt

from tallystick.assessments.security.forms import LetterForm, StatusForm, VerificationForm


class TestSecurity:
    def test_say_what_is_recorded(self) -> None:
        day = {"key": "k"}
        status = StatusForm({**day, "status": "deferred", "set_on": "2021-09-06", "grounds": "So."})
        letter = LetterForm(
            {
                **day,
                "received_on": "2021-09-06",
                "signed_by": "N",
                "signed_as": "D",
                "says": "S",
                "outcome": "clean",
            }
        )
        assessment = VerificationForm(
            {**day, "kind": "full", "held_on": "2021-09-06", "assessor": "R", "outcome": "compliant"}
        )

        assert [one.is_valid() for one in (status, letter, assessment)] == [True, True, True]
        assert status.told.set_on == dt.date(2021, 9, 6)
        assert (letter.told.outcome, assessment.told.found) == ("clean", "")
