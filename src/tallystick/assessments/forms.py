"""What people fill in for comparisons and charges."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from tallystick.assessments.counts import Window
from tallystick.assessments.models import ChargeLine, ComparedLine, Relief
from tallystick.assessments.operations.charging import Computed, Recounted
from tallystick.assessments.operations.correcting import Corrected
from tallystick.assessments.operations.publishing import Drafted
from tallystick.assessments.operations.querying import Answered
from tallystick.assessments.operations.registered import LONGEST
from tallystick.assessments.operations.relieving import Relieved
from tallystick.decisions.forms import Kept
from tallystick.processes.forms import a_day
from tallystick.rulebook.periods import Span

EVERYBODY = ""
Choices = Iterable[tuple[str, str]]


def words(label: str, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, help_text=help_text)


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


def _months(periods: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, Span.parse(one).words) for one in periods]


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
        _offer(
            self, "measure", [("", "Choose one"), *((key, f"{key}: {one}") for key, one in measures.items())]
        )
        _offer(self, "category", [*categories.items(), ("", "All that have figures")])
        for name in ("first", "last"):
            _offer(self, name, _months(months))

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


class CorrectForm(Kept):
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
        _offer(self, "party", [("", "Choose one"), *told])

    def _said(self) -> dict[str, Any]:
        told = self.cleaned_data
        names = ("numerator", "denominator", "why", "key")
        return {"party": self._parties[told["party"]], **{name: told[name] for name in names}}

    @property
    def corrected(self) -> Corrected:
        """The correction of a comparison, once the form is valid."""
        return Corrected(**self._said())

    @property
    def recounted(self) -> Recounted:
        """The correction of a charge, once the form is valid."""
        return Recounted(**self._said())


class ComputeForm(Kept):
    """Which charges are computed: a scheme, and a month that has landed."""

    scheme = forms.ChoiceField(label="Scheme")
    period = forms.ChoiceField(label="Month", help_text="Months that have landed.")

    def __init__(self, *args: Any, schemes: Mapping[str, str], months: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "scheme", schemes.items())
        _offer(self, "period", _months(months))

    @property
    def computed(self) -> Computed:
        """What is to be computed, once the form is valid."""
        told = self.cleaned_data
        return Computed(told["scheme"], told["period"], told["key"])


class RelieveForm(Kept):
    """Who pays nothing, or later, and why."""

    party = forms.ChoiceField(label="Party", required=False)
    kind = forms.ChoiceField(label="What is done", choices=Relief.KINDS, widget=forms.RadioSelect)
    until_on = a_day("Put off until", required=False, help_text="Only where it is put off.")
    cause = forms.ChoiceField(label="Because of", choices=Relief.CAUSES)
    why = words("Why", "The Party reads it, and the board.")

    def __init__(self, *args: Any, lines: Iterable[ChargeLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paying = sorted((one.party for one in lines if one.payable), key=lambda one: one.name)
        self._parties = {one.slug: one for one in paying}
        _offer(self, "party", [(EVERYBODY, "Everybody who pays"), *((one.slug, one.name) for one in paying)])

    @property
    def relieved(self) -> Relieved:
        """What is done, once the form is valid."""
        told = self.cleaned_data
        party = self._parties.get(told["party"])
        return Relieved(party, told["kind"], told["cause"], told["why"], told["key"], told["until_on"])
