"""What people fill in for a derogation and for forbearance."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from tallystick.cases.models import Case, Remedy
from tallystick.decisions.forms import Kept
from tallystick.derogations.drafts import LONGEST, Drafted
from tallystick.derogations.facts import REVIEW, TERM
from tallystick.derogations.models import Derogation
from tallystick.derogations.operations.forbearing import Proposal
from tallystick.derogations.operations.granting import Granting
from tallystick.parties.models import Organisation
from tallystick.processes.forms import StepForm, a_day
from tallystick.rulebook.obligations import Obligation
from tallystick.rulebook.rulebook import Rulebook

LEVELLED = ("grant", "vary", "extend")
STATED = {TERM: "Its last day", REVIEW: "The day on which it is looked at again"}


def words(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=LONGEST, widget=area, required=required, help_text=help_text
    )


def a_level(help_text: str) -> forms.DecimalField:
    return forms.DecimalField(
        label="Level, in per cent",
        min_value=0,
        max_value=100,
        max_digits=7,
        decimal_places=4,
        required=False,
        help_text=help_text,
    )


class DraftForm(Kept):
    """A derogation: from what, how far, from when until when, why, and what is done instead."""

    party = forms.ChoiceField(label="Party", help_text="Whose request came on paper.")
    obligation = forms.ChoiceField(
        label="Obligation", help_text="What a licence asks is not among them: no body of the code can let it."
    )
    scope = words("What it would cover", help_text="Which part of the obligation, which devices, which area.")
    measure = forms.ChoiceField(label="Measure", required=False, help_text="Where one tells of it.")
    level = a_level("The level asked for instead of the target of that measure.")
    from_on = a_day("From", help_text="It stands no earlier than the day on which it is granted.")
    until_on = a_day("Last day", help_text="Nothing prolongs it but another decision.")
    conditions = words("Conditions that you offer", required=False)
    justification = words("Why the obligation cannot be met")
    control = words("What is done instead")
    case = forms.ChoiceField(label="Case", required=False)
    until_done = forms.BooleanField(
        label="It ends earlier, once the work of that case's remedy is done", required=False
    )

    def __init__(
        self,
        *args: Any,
        parties: Iterable[Organisation],
        obligations: Mapping[str, Obligation],
        rulebook: Rulebook,
        cases: Iterable[Case],
        remedies: Mapping[int, Remedy],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._parties = {one.slug: one for one in parties}
        self._cases = {one.reference: one for one in cases}
        self._remedies = remedies
        owed = [(key, f"{key}: {one.title}") for key, one in obligations.items()]
        self._offer("obligation", [("", "Choose one"), *owed])
        measures = [
            (key, f"{key}: {one.title}")
            for key, one in rulebook.measures.items()
            if one.obligation in obligations and key in rulebook.levels
        ]
        self._offer("measure", [("", "None: leave in words alone"), *measures])
        self._offer(
            "case", [("", "None"), *((key, f"{key}: {one.title}") for key, one in self._cases.items())]
        )
        self._offer("party", [("", "Choose one"), *((slug, one.name) for slug, one in self._parties.items())])
        if len(self._parties) == 1:
            del self.fields["party"]

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        case = self._cases.get(cleaned.get("case", ""))
        if cleaned.get("until_done") and (case is None or case.pk not in self._remedies):
            self.add_error("until_done", "Choose a case that has a remedy.")
        return cleaned

    @property
    def drafted(self) -> Drafted:
        """What is to be drafted, once the form is valid."""
        told = self.cleaned_data
        party = self._parties[told["party"]] if "party" in told else next(iter(self._parties.values()))
        case = self._cases.get(told["case"])
        return Drafted(
            party=party,
            obligation=told["obligation"],
            scope=told["scope"],
            from_on=told["from_on"],
            until_on=told["until_on"],
            justification=told["justification"],
            control=told["control"],
            key=told["key"],
            measure=told["measure"],
            level=told["level"],
            conditions=told["conditions"],
            case=case,
            remedy=self._remedies[case.pk] if case and told["until_done"] else None,
        )


class MoveForm(StepForm):
    """A step of a derogation or of forbearance; what is granted may have another level than was asked for."""

    def __init__(self, *args: Any, about: Derogation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for clock, label in STATED.items():
            if f"stated_{clock}" in self.fields:
                self.fields[f"stated_{clock}"].label = label
        if about is None:
            return
        if self._offer.move == "grant":
            self.initial.update({f"stated_{TERM}": about.until_on, "said_conditions": about.conditions})
        if about.measure and self._offer.move in LEVELLED:
            self.fields["level"] = a_level(f"Of {about.measure}. Left empty, the level stays as it is.")

    @property
    def granting(self) -> Granting:
        """What the body granted, once the form is valid."""
        told, taken = self.cleaned_data, self.taken
        return Granting(
            words=next(iter(taken.said.values()), ""),
            decision=told["decision"],
            key=taken.key,
            until_on=taken.stated.get(TERM),
            level=told.get("level"),
        )


class ProposeForm(Kept):
    """Forbearance: from pursuing what, and why."""

    obligation = forms.ChoiceField(label="Obligation")
    why = words(
        "Why it is not to be pursued", help_text="Whoever may read Green reads it once it is decided."
    )

    def __init__(self, *args: Any, obligations: Mapping[str, Obligation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, f"{key}: {one.title}") for key, one in obligations.items()]
        self.fields["obligation"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def proposal(self) -> Proposal:
        """What is proposed, once the form is valid."""
        told = self.cleaned_data
        return Proposal(told["obligation"], told["why"], told["key"])
