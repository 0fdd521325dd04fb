"""What people fill in to tag a technique, to apply it, and to answer and conclude the parts of it."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.assessments.models import Item, ItemResult
from tallystick.assessments.models.tested import LONGEST_NAME
from tallystick.assessments.techniques.begun import LONGEST_TITLE, Begun
from tallystick.assessments.techniques.operations.answering import Outcome
from tallystick.assessments.techniques.operations.correcting import Corrected
from tallystick.assessments.techniques.operations.tagging import Tagged
from tallystick.assessments.techniques.operations.testing import MOST_ITEMS, Certified
from tallystick.assessments.techniques.outcomes import GUIDANCE
from tallystick.assessments.techniques.proposed import Proposed
from tallystick.decisions.forms import Kept
from tallystick.parties.models import Organisation
from tallystick.processes.forms import a_day, sentences
from tallystick.risks.models import OperatingPeriod
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.techniques import Technique

DIGITS, PLACES = 12, 2
REFERENCES = re.compile(r"[,\s]+")
OPTIONAL = "(if it can) "
# What each move of an application asks: the label of the words, and the name that the act knows them by.
MOVES: Mapping[str, tuple[str, str]] = {
    "start": ("", ""),
    "report": ("What came of it", "result"),
    "close": ("What it changed", "effect"),
    "cancel": ("Why it is not carried out", "reasons"),
}


def pounds(label: str, help_text: str = "") -> forms.DecimalField:
    """Return a field for an amount of money."""
    return forms.DecimalField(
        label=f"{label}, in pounds",
        min_value=0,
        max_digits=DIGITS,
        decimal_places=PLACES,
        help_text=help_text,
    )


class TagForm(Kept):
    """The classes that a technique carries from today on, and why."""

    classes = forms.MultipleChoiceField(label="Classes", widget=forms.CheckboxSelectMultiple)
    why = sentences("Why", 3)

    def __init__(self, *args: Any, rulebook: Rulebook, key: str, classes: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **{**more, "initial": {"classes": list(classes)}})
        self._technique = key
        self.fields["classes"].choices = list(rulebook.code.technique_classes.items())  # type: ignore[attr-defined]  # a field of choices

    @property
    def tagged(self) -> Tagged:
        told = self.cleaned_data
        return Tagged(self._technique, tuple(told["classes"]), told["why"], told["key"])


class BeginForm(Kept):
    """What is applied, to whom, when, for how much and why."""

    title = forms.CharField(label="What it is", max_length=LONGEST_TITLE)
    why = sentences("Why", 3, help_text="Whoever is signed in reads it once it starts.")
    period = forms.ChoiceField(label="Operating period", required=False)
    from_on = a_day("First day")
    until_on = a_day("Last day")
    cost = pounds("Planned cost")
    risks = forms.CharField(
        label="Risks", required=False, help_text="References, separated by commas. Empty: those it acts on."
    )
    categories = forms.MultipleChoiceField(
        label="Categories of party",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What it is aimed at. It says so, and serves nobody by itself.",
    )
    parties = forms.MultipleChoiceField(
        label="Parties that have a part in it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each is served its part once it starts, and reads no other.",
    )

    def __init__(
        self,
        *args: Any,
        rulebook: Rulebook,
        technique: Technique,
        parties: Iterable[Organisation],
        periods: Iterable[OperatingPeriod],
        proposed: Proposed | None = None,
        **more: Any,
    ) -> None:
        self._technique = technique.key
        reasons = proposed.reasons if proposed else {}
        self._parties = {one.slug: one for one in sorted(parties, key=lambda one: one.slug not in reasons)}
        self._periods = {one.name: one for one in periods}
        initial = {"title": technique.title, "cost": technique.cost.amount}
        initial |= {"period": next(iter(self._periods), ""), "parties": list(reasons)}
        super().__init__(*args, **{**more, "initial": initial})
        offered: dict[str, list[tuple[str, str]]] = {
            "categories": list(rulebook.code.categories.items()),
            "parties": [(slug, _proposed(one, reasons)) for slug, one in self._parties.items()],
            "period": [("", "None"), *((name, name) for name in self._periods)],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices
        if proposed is not None:
            self.fields["parties"].help_text = f"{_by_rule(proposed)} {self.fields['parties'].help_text}"

    @property
    def begun(self) -> Begun:
        told = self.cleaned_data
        return Begun(
            technique=self._technique,
            title=told["title"],
            why=told["why"],
            from_on=told["from_on"],
            until_on=told["until_on"],
            cost=told["cost"],
            key=told["key"],
            parties=tuple(self._parties[slug] for slug in told["parties"]),
            period=self._periods.get(told["period"]),
            risks=tuple(one for one in REFERENCES.split(told["risks"]) if one),
            categories=tuple(told["categories"]),
        )


def _proposed(party: Organisation, reasons: Mapping[str, tuple[str, ...]]) -> str:
    """Return a party as it is offered: with every reason for which it is proposed."""
    return f"{party.name}: {'; '.join(reasons[party.slug])}" if party.slug in reasons else party.name


def _by_rule(told: Proposed) -> str:
    """Return what is said of a choice that a rule proposes."""
    count = len(told.reasons)
    said = f"{count or 'None'} {'is' if count == 1 else 'are'} proposed by the rule of the technique"
    counts = f", by the counts of {told.month}" if told.month else ""
    checked = "" if told.verified else " The rule is not yet checked."
    return f"{said}{counts}. Keep the choice or change it.{checked}"


class MoveForm(Kept):
    """The words that a move of an application asks; its report says what was spent too."""

    def __init__(self, *args: Any, move: str, planned: Decimal, **more: Any) -> None:
        super().__init__(*args, **more)
        self._name = MOVES[move][1]
        if self._name:
            self.fields["words"] = sentences(MOVES[move][0], 4)
        if move == "report":
            self.fields["spent"] = pounds("Spent", f"£{planned:,.2f} were planned.")

    @property
    def said(self) -> dict[str, Any]:
        """Return what the act is told, by the names it knows."""
        told = self.cleaned_data
        words = {self._name: told["words"]} if self._name else {}
        return {"key": told["key"], **words, **({"spent": told["spent"]} if "spent" in told else {})}


class ItemsForm(Kept):
    """What is tested, one a line."""

    items = sentences(
        "Items",
        8,
        help_text=f"One a line, {MOST_ITEMS} at most, after {OPTIONAL.strip()} where it need not pass.",
    )

    @property
    def listed(self) -> dict[str, bool]:
        lines = [one.strip() for one in self.cleaned_data["items"].splitlines() if one.strip()]
        return {one.removeprefix(OPTIONAL).strip(): not one.startswith(OPTIONAL) for one in lines}


class AnswerForm(Kept):
    """A party's answer; guidance may be acknowledged without words."""

    def __init__(self, *args: Any, form: str, **more: Any) -> None:
        super().__init__(*args, **more)
        is_guidance = form == GUIDANCE
        label = "A reply, if you have one" if is_guidance else "Your answer"
        self.fields["answer"] = sentences(label, 4, required=not is_guidance)


class OutcomeForm(Kept):
    """What came of a part, and in words what more there is to say."""

    outcome = forms.ChoiceField(label="What came of it", widget=forms.RadioSelect)
    result = sentences("In words", 3, required=False, help_text="The party reads it.")

    def __init__(self, *args: Any, outcomes: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["outcome"].choices = list(outcomes.items())  # type: ignore[attr-defined]  # a field of choices

    @property
    def told(self) -> Outcome:
        said = self.cleaned_data
        return Outcome(said["outcome"], said["key"], said["result"])


class CorrectionForm(OutcomeForm):
    """Another outcome of a part, and why the one before does not count."""

    why = sentences("Why it is said otherwise", 3, help_text="The party reads it beside what was said.")

    @property
    def corrected(self) -> Corrected:
        said = self.cleaned_data
        return Corrected(said["outcome"], said["why"], said["key"], said["result"])


class ResultsForm(Kept):
    """How each item went; one that is left out stays as it is."""

    def __init__(self, *args: Any, items: Iterable[Item], **more: Any) -> None:
        super().__init__(*args, **more)
        for one in items:
            self.fields[f"item_{one.number}"] = forms.ChoiceField(
                label=f"{one.number}. {one.title}" + ("" if one.is_required else " (not required)"),
                choices=[("", "As it stands"), *ItemResult.OUTCOMES],
                required=False,
            )
        self.fields["note"] = sentences("Note", 2, required=False)

    @property
    def outcomes(self) -> dict[int, str]:
        told = {name.partition("item_")[2]: said for name, said in self.cleaned_data.items() if said}
        return {int(number): said for number, said in told.items() if number}


class CertificateForm(Kept):
    """A certificate of devices: of which, under which number, from when until when."""

    device_model = forms.CharField(label="Device model", max_length=LONGEST_NAME)
    reference = forms.CharField(label="Reference of the certificate", max_length=LONGEST_NAME)
    valid_from = a_day("Valid from")
    valid_until = a_day("Valid until", help_text="Its last day.")

    @property
    def certified(self) -> Certified:
        told: dict[str, str | dt.date] = self.cleaned_data
        return Certified(**told)  # type: ignore[arg-type]  # each as its field cleans it
