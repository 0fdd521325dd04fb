"""What people fill in for a plan and its documents."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.assessments.models import Document, Draft
from tallystick.assessments.planning.asking import Exposed
from tallystick.assessments.planning.money import MOST, THOUSAND, plain
from tallystick.assessments.planning.operations.documents import Drafting
from tallystick.assessments.planning.operations.drafts import Saving
from tallystick.assessments.planning.operations.effects import Answering
from tallystick.assessments.planning.operations.rows import LONGEST
from tallystick.assessments.planning.terms import NEVER, Terms
from tallystick.decisions.forms import Kept
from tallystick.rulebook.rulebook import Rulebook

QUARTERS = [
    ("", "Any"),
    ("2", "Quarter 2"),
    ("3", "Quarter 3"),
    ("4", "Quarter 4"),
    (str(NEVER), "Not this year"),
]
WAYS = [("", "As the figures say"), ("in", "Put in"), ("out", "Leave out")]


def words(label: str, *, rows: int = 3, required: bool = True, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=LONGEST, widget=area, required=required, help_text=help_text
    )


class DraftForm(Kept):
    """A draft of a plan: its budget, what each risk has to reach, what each technique and party may do."""

    budget = forms.DecimalField(
        label="Budget, £ thousand", min_value=0, max_value=MOST // THOUSAND, decimal_places=5
    )
    says = words("What it is about", rows=2, required=False, help_text="Whoever may read the plan reads it.")

    def __init__(
        self,
        *args: Any,
        rules: Rulebook,
        risks: Sequence[Exposed],
        terms: Terms,
        whys: dict[str, str],
        before: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Prepare the form.

        :param before: what is known of techniques that were applied before the period, in words by key
        """
        self._before = before or {}
        kwargs["initial"] = {"budget": plain(terms.budget), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._risks = [one.reference for one in risks]
        self._effects = terms.effects
        self._categories = list(rules.code.categories)
        self._techniques = sorted(rules.techniques)
        self._waited = sorted({one for known in rules.techniques.values() for one in known.after})
        self._of_risks(rules, terms)
        self._of_categories(rules, terms)
        self._of_techniques(rules, terms, whys)

    def _of_risks(self, rules: Rulebook, terms: Terms) -> None:
        levels = rules.code.assurance_levels.items()
        shares = [(key, f"{one.title}, {one.share * 100:.0f}%") for key, one in levels]
        for one in self._risks:
            level, mature = terms.levels.get(one, ""), terms.mature.get(one, "")
            self._choose(f"level_{one}", f"Level of assurance of {one}", [("", "None asked"), *shares], level)
            self._choose(f"mature_{one}", f"{one} is mature from", QUARTERS, str(mature))

    def _of_categories(self, rules: Rulebook, terms: Terms) -> None:
        for one in self._categories:
            self.fields[f"hours_{one}"] = forms.DecimalField(
                label=rules.code.categories[one],
                min_value=0,
                max_digits=6,
                decimal_places=1,
                required=False,
                initial=terms.hours.get(one),
            )

    def _of_techniques(self, rules: Rulebook, terms: Terms, whys: dict[str, str]) -> None:
        for one in self._techniques:
            title = rules.techniques[one].short or rules.techniques[one].title
            way = {True: "in", False: "out"}.get(terms.fixed[one]) if one in terms.fixed else ""
            self._choose(f"way_{one}", title, WAYS, way or "")
            self._choose(f"from_{one}", f"{title}: not before", QUARTERS, str(terms.not_before.get(one, "")))
            self.fields[f"why_{one}"] = forms.CharField(
                label=f"{title}: why", max_length=LONGEST, required=False, initial=whys.get(one, "")
            )
        self.fields["tried"] = forms.MultipleChoiceField(
            label="Tried on parties before this year",
            choices=[(one, self._tried(rules, one)) for one in self._waited],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=list(terms.tried),
            help_text="What comes after one of these then need not wait for it within the year.",
        )

    def _tried(self, rules: Rulebook, key: str) -> str:
        title = rules.techniques[key].title
        return f"{title} ({self._before[key]})" if key in self._before else title

    def _choose(self, name: str, label: str, choices: Iterable[tuple[str, str]], initial: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=list(choices), required=False, initial=initial
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self._techniques:
            if cleaned.get(f"way_{one}") and not cleaned.get(f"why_{one}", "").strip():
                self.add_error(f"why_{one}", "Say why.")
        return cleaned

    @property
    def saving(self) -> Saving:
        """What is to be saved, once the form is valid."""
        told = self.cleaned_data

        def given(prefix: str, of: Iterable[str]) -> dict[str, Any]:
            return {one: told[f"{prefix}_{one}"] for one in of if told.get(f"{prefix}_{one}")}

        ways = given("way", self._techniques)
        hours = {one: told[f"hours_{one}"] for one in self._categories}
        terms = Terms(
            int(told["budget"] * THOUSAND),
            levels=given("level", self._risks),
            hours={one: Decimal(most) for one, most in hours.items() if most is not None},
            not_before={key: int(one) for key, one in given("from", self._techniques).items()},
            mature={key: int(one) for key, one in given("mature", self._risks).items()},
            tried=tuple(told["tried"]),
            effects=self._effects,
            fixed={key: way == "in" for key, way in ways.items()},
        )
        return Saving(terms, told["key"], told["says"], {key: told[f"why_{key}"] for key in ways})

    @property
    def of_risks(self) -> list[tuple[str, Any, Any]]:
        """The fields of each risk: its reference, its level, from when it is mature."""
        return [(one, self[f"level_{one}"], self[f"mature_{one}"]) for one in self._risks]

    @property
    def of_categories(self) -> list[Any]:
        return [self[f"hours_{one}"] for one in self._categories]

    @property
    def of_techniques(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each technique: which way, why, and not before when."""
        return [(self[f"way_{one}"], self[f"why_{one}"], self[f"from_{one}"]) for one in self._techniques]


class EffectForm(Kept):
    """The answer to an effect that is proposed from experience."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="Your answer",
        choices=[("accept", "Accept it for this period"), ("decline", "Decline it: the rulebook's counts")],
        widget=forms.RadioSelect,
    )
    reason = words("Why", rows=3)

    def answering(self, technique: str, risk: str) -> Answering:
        """Return what is answered of a technique on a risk, once the form is valid."""
        told = self.cleaned_data
        is_accepted = told["answer"] == "accept"
        return Answering(technique, risk, told["shown"], is_accepted, told["reason"], told["key"])


class DocumentForm(Kept):
    """A document of a period: which, and why or what changes; of a plan the draft."""

    kind = forms.ChoiceField(label="Document", choices=Document.KINDS)
    draft = forms.ChoiceField(label="Draft of the plan", required=False, help_text="For a plan alone.")
    why = words("Why, or what changes", help_text="Whoever may read the document reads it.")

    def __init__(self, *args: Any, drafts: Sequence[Draft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._drafts = {str(one.number): one for one in drafts}
        choices = [("", "None"), *((number, f"Draft {number}") for number in self._drafts)]
        self.fields["draft"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def drafting(self) -> Drafting:
        """What is to be drafted, once the form is valid."""
        told = self.cleaned_data
        draft = self._drafts.get(told["draft"]) if told["kind"] == Document.PLAN else None
        return Drafting(told["kind"], told["why"], told["key"], draft)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == Document.PLAN and not cleaned.get("draft"):
            self.add_error("draft", "A plan is put forward by one of its drafts. Choose which.")
        return cleaned


class SaidForm(Kept):
    """What a party comments, or what the office answers."""

    words = words("Words", rows=5, help_text="Whoever may read the document reads it.")
