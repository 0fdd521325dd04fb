"""What people fill in for comparisons."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from tallystick.assessments.comparisons.comparing import Tally
from tallystick.assessments.comparisons.issues import in_words
from tallystick.assessments.comparisons.operations.correcting import Corrected
from tallystick.assessments.comparisons.operations.publishing import Drafted
from tallystick.assessments.matters.counts import Window
from tallystick.assessments.matters.forms import CountForm, months_of, offer, words
from tallystick.assessments.models import ComparedLine
from tallystick.decisions.forms import Kept

MOST = 1_000_000


class ReadersForm(Kept):
    """What readers of a comparison are shown, who they are, and what it is for."""

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

    @property
    def for_readers(self) -> dict[str, Any]:
        """What is said of readers, once the form is valid, by the names that the act knows."""
        told = self.cleaned_data
        same = {name: told[name] for name in ("why", "key", "classification")}
        return {**same, "names": told["names"] == "names"}


class DraftComparisonForm(ReadersForm):
    """A comparison: of whom, on what, over which months, and what readers are shown."""

    field_order = ("measure", "category", "first", "last", "names", "classification", "why", "key")

    measure = forms.ChoiceField(label="Measure")
    category = forms.ChoiceField(
        label="Parties", required=False, help_text="Who does another thing is no peer: choose one category."
    )
    first = forms.ChoiceField(label="First month", help_text="Months that have landed.")
    last = forms.ChoiceField(label="Last month")

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
            **self.for_readers,
        )


class DraftLeagueForm(ReadersForm):
    """A league of the parties of one category by what they have open today."""

    field_order = ("category", "names", "classification", "why", "key")

    category = forms.ChoiceField(
        label="Parties", help_text="All of one category. Who does another thing is no peer."
    )

    def __init__(self, *args: Any, categories: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", [("", "Choose one"), *categories.items()])

    @property
    def drafted(self) -> Drafted:
        """What is to be drafted, once the form is valid."""
        return Drafted(category=self.cleaned_data["category"], **self.for_readers)


class CorrectForm(CountForm):
    """A correction of the line of a party in a comparison."""

    @property
    def corrected(self) -> Corrected:
        """The correction, once the form is valid."""
        return Corrected(**self.said)


class CorrectLeagueForm(Kept):
    """What a party had open in truth on the day of a league, by severity."""

    party = forms.ChoiceField(label="Party")

    def __init__(
        self, *args: Any, lines: Iterable[ComparedLine], severities: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        several, self._severities = sorted(lines, key=lambda one: one.party.name), list(severities)
        self._parties = {one.party.slug: one.party for one in several}
        told = [
            (one.party.slug, f"{one.party.name}: {in_words(one.issues, self._severities)}") for one in several
        ]
        offer(self, "party", [("", "Choose one"), *told])
        for name in self._severities:
            for part, label in (("count", "how many were open"), ("days", "for how many days, together")):
                self.fields[f"{part}_{name}"] = forms.IntegerField(
                    label=f"{name.capitalize()}: {label}", min_value=0, max_value=MOST, initial=0
                )
        self.fields["why"] = words(
            "What was wrong", "It stands with the sheet. Once published, readers see the day and the reason."
        )

    @property
    def corrected(self) -> Corrected:
        """The correction, once the form is valid."""
        told = self.cleaned_data
        issues = {name: Tally(told[f"count_{name}"], told[f"days_{name}"]) for name in self._severities}
        return Corrected(party=self._parties[told["party"]], why=told["why"], key=told["key"], issues=issues)
