"""What people fill in on comparisons and on charges: queries, answers, what a party did in truth."""

from collections.abc import Iterable
from typing import Any

from django import forms

from tallystick.assessments.matters.operations.querying import Answered
from tallystick.assessments.matters.operations.rows import LONGEST
from tallystick.assessments.models import ChargeLine, ComparedLine
from tallystick.decisions.forms import Kept
from tallystick.rulebook.periods import Span

Choices = Iterable[tuple[str, str]]


def words(label: str, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, help_text=help_text)


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


def months_of(periods: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, Span.parse(one).words) for one in periods]


class QueryForm(Kept):
    """What a party says against its own line."""

    words = words("What is wrong with it", "The office answers it; no other Party reads either.")


class AnswerForm(Kept):
    """What a query is answered."""

    answer = words("Answer")
    upheld = forms.ChoiceField(
        label="Was the Party right?",
        choices=[("yes", "Yes: its figure is to be corrected"), ("no", "No: the figure stands")],
        widget=forms.RadioSelect,
    )

    @property
    def answered(self) -> Answered:
        """The answer, once the form is valid."""
        told = self.cleaned_data
        return Answered(told["answer"], told["upheld"] == "yes", told["key"])


class CountForm(Kept):
    """What a party did in truth, as another sheet will have it."""

    party = forms.ChoiceField(label="Party")
    numerator = forms.IntegerField(label="Followed the rule", min_value=0)
    denominator = forms.IntegerField(label="Of so many", min_value=1)
    why = words(
        "What was wrong", "It stands with the sheet. Once published, readers see the day and the reason."
    )

    def __init__(self, *args: Any, lines: Iterable[ComparedLine | ChargeLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = sorted(lines, key=lambda one: one.party.name)
        self._parties = {one.party.slug: one.party for one in several}
        told = [
            (one.party.slug, f"{one.party.name}: {one.numerator:,} of {one.denominator:,}") for one in several
        ]
        offer(self, "party", [("", "Choose one"), *told])

    @property
    def said(self) -> dict[str, Any]:
        """What is corrected, once the form is valid: `party`, `numerator`, `denominator`, `why` and `key`."""
        told = self.cleaned_data
        names = ("numerator", "denominator", "why", "key")
        return {"party": self._parties[told["party"]], **{name: told[name] for name in names}}
