"""What people fill in for comparisons."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from tallystick.assessments.comparisons.operations.correcting import Corrected
from tallystick.assessments.comparisons.operations.publishing import Drafted
from tallystick.assessments.matters.counts import Window
from tallystick.assessments.matters.forms import CountForm, months_of, offer, words
from tallystick.decisions.forms import Kept


class DraftComparisonForm(Kept):
    """A comparison: of whom, on what, over which months, and what readers are shown."""

    measure = forms.ChoiceField(label="Measure")
    category = forms.ChoiceField(
        label="Parties", required=False, help_text="Who does another thing is no peer: choose one category."
    )
    first = forms.ChoiceField(label="First month", help_text="Months that have landed.")
    last = forms.ChoiceField(label="Last month")
    names = forms.ChoiceField(
        label="Readers are shown",
        choices=[("aliases", "Aliases, made for this comparison alone"), ("names", "The names of Parties")],
        widget=forms.RadioSelect,
        initial="aliases",
    )
    classification = forms.ChoiceField(
        label="Who reads it once it is published",
        choices=[
            ("", "Parties and stakeholders"),
            ("amber", "Bodies and the office alone, each Party its own"),
        ],
        required=False,
    )
    why = words("What it is for", "Whoever may read the comparison reads this.")

    def __init__(
        self,
        *args: Any,
        measures: Mapping[str, str],
        categories: Mapping[str, str],
        months: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self, "measure", [("", "Choose one"), *((key, f"{key}: {one}") for key, one in measures.items())]
        )
        offer(self, "category", [*categories.items(), ("", "All that have figures")])
        for name in ("first", "last"):
            offer(self, name, months_of(months))

    @property
    def drafted(self) -> Drafted:
        """What is to be drafted, once the form is valid."""
        told = self.cleaned_data
        return Drafted(
            measure=told["measure"],
            category=told["category"],
            window=Window(told["first"], told["last"]),
            why=told["why"],
            key=told["key"],
            names=told["names"] == "names",
            classification=told["classification"],
        )


class CorrectForm(CountForm):
    """A correction of the line of a party in a comparison."""

    @property
    def corrected(self) -> Corrected:
        """The correction, once the form is valid."""
        return Corrected(**self.said)
