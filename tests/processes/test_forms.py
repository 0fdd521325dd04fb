"""The form of a step asks what the rule asks, and gives back the step."""

import datetime as dt

from tallystick.processes.engine import Offer
from tallystick.processes.forms import MotionForm, StepForm
from tallystick.rulebook.processes import Ask


class TestStep:
    def test_asks_words_days_and_choices(self) -> None:
        asks = {
            "why": Ask(title="Why", kind="words"),
            "by": Ask(title="By when", kind="day"),
            "how": Ask(title="How", kind="choice", of={"one": "One", "two": "Two"}),
        }
        offer = Offer("go", "Go", asks, needs_reason=True)

        form = StepForm(
            {"key": "k", "said_why": "So", "said_by": "2021-10-29", "said_how": "two", "reason": "Late"},
            offer=offer,
        )

        assert form.is_valid()
        assert form.taken.said == {"why": "So", "by": "2021-10-29", "how": "two"}
        assert (form.taken.move, form.taken.reason) == ("go", "Late")

    def test_states_the_days_of_clocks_and_names_the_decision(self) -> None:
        offer = Offer("keep", "Keep", states=("term",), body="pab")
        sent = {"key": "k", "stated_term": "2021-10-29", "decision": "DEC-1"}

        form = StepForm(sent, offer=offer, decided=[("DEC-1", "DEC-1: keep it")])
        other = StepForm({**sent, "decision": "DEC-2"}, offer=offer, decided=[("DEC-1", "DEC-1: keep it")])

        assert form.is_valid()
        assert form.taken.stated == {"term": dt.date(2021, 10, 29)}
        assert form.fields["decision"].label == "The decision of the PAB that this carries out"
        assert not other.is_valid()


class TestMotion:
    def test_is_asked_for_in_words_and_by_a_scheme_of_the_body(self) -> None:
        form = MotionForm({"key": "form", "scheme": "other"}, schemes=[("pab", "PAB")])

        assert not form.is_valid()
        assert set(form.errors) == {"title", "question", "does", "scheme"}
