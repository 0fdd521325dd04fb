"""What people fill in on challenges and disputes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tallystick.decisions.forms import Kept
from tallystick.processes.forms import Choices, a_day, sentences


class ServeForm(Kept):
    """What is served, and the day on which the party received it."""

    decided = forms.ChoiceField(label="What was decided")
    received_on = a_day(
        "Received by the party on",
        help_text="Its time to query counts from this day, by the code's calendar.",
    )

    def __init__(self, *args: Any, decided: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided"].choices = list(decided)  # type: ignore[attr-defined]  # a choice field


class DisputeForm(Kept):
    """What is wrong, with a finding or with a measure in a period."""

    finding = forms.ChoiceField(label="Finding", required=False)
    measure = forms.ChoiceField(
        label="Or measure", required=False, help_text="Where no finding tells of it: with its period."
    )
    period = forms.ChoiceField(label="Period", required=False)
    matter = sentences("What is recorded or computed wrongly")

    def __init__(self, *args: Any, offered: Sequence[Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in zip(("finding", "measure", "period"), offered, strict=True):
            self.fields[name].choices = [("", "None"), *choices]  # type: ignore[attr-defined]  # choice fields

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        by_measure = bool(told.get("measure"))
        if bool(told.get("finding")) == by_measure:
            self.add_error("finding", "Choose a finding, or a measure and its period.")
        elif by_measure and not told.get("period"):
            self.add_error("period", "Choose the period of the measure.")
        return told


class CorrectForm(Kept):
    """What was corrected, and the run that it came to."""

    run = forms.ChoiceField(label="The run whose figures are the corrected ones")
    corrected = sentences("What was corrected")

    def __init__(self, *args: Any, runs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["run"].choices = list(runs)  # type: ignore[attr-defined]  # a choice field
