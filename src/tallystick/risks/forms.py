"""What people fill in on risks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from tallystick.decisions.forms import Kept
from tallystick.parties.models import Body
from tallystick.processes.forms import a_day, sentences
from tallystick.risks.methods import Method
from tallystick.risks.models import Risk
from tallystick.risks.models.risk import LONGEST_PART, LONGEST_TITLE
from tallystick.risks.operations.descent import Descent
from tallystick.risks.operations.opening import Opened
from tallystick.risks.operations.proposing import Asked
from tallystick.risks.operations.scoring import WAYS, Scored
from tallystick.risks.operations.wording import Worded
from tallystick.risks.scoring.reckoned import ASKS, SIDES, WORDS
from tallystick.risks.words import Words
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.scoring import Grid

LISTS = ("clauses", "obligations", "indicators", "caused_by", "controlled_by")
PLAIN = ("title", "risk_that", "resulting_in", "area", "owner", "note")
TICKED = ("drivers", "assurance")
BY_LINE = ("factors", "elsewhere")
PARTS = 3
CLASSES = [("", "The usual one"), ("green", "Green"), ("amber", "Amber")]
OF_SIDE = {"inherent": "as if nothing held it", "net": "as it is held"}
# The words of a factor, and the obligation that it is a step of, if that is named in front.
FACTOR = re.compile(r"(?:(?P<owed>[A-Z][A-Z0-9.-]{2,59}): )?(?P<says>.+)")
# What stands under another code, and where that is said: the key of a source in front, such as S3.
ELSEWHERE = re.compile(r"(?:(?P<source>[A-Z][0-9]{1,3}): )?(?P<says>.+)")


class OpenForm(Kept):
    """An operating period, how its risks are scored, and the body that the scores go before."""

    name = forms.CharField(label="Name", max_length=20, help_text="Such as 2022-23.")
    from_on = a_day("First day")
    until_on = a_day("Last day")
    method = forms.ChoiceField(label="Way to score")
    body = forms.ChoiceField(label="Body that decides on the scores")

    def __init__(self, *args: Any, rulebook: Rulebook, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "method", ((one.key, one.title) for one in rulebook.scoring.values()))
        _offer(self, "body", ((one.key.lower(), one.name) for one in bodies))

    @property
    def opened(self) -> Opened:
        return Opened(**self.cleaned_data)


class ShortForm(Kept):
    """What a risk says in short, and why."""

    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    risk_that = forms.CharField(
        label="The risk that", max_length=LONGEST_PART, widget=forms.Textarea(attrs={"rows": 2})
    )
    resulting_in = forms.CharField(
        label="So", max_length=LONGEST_PART, widget=forms.Textarea(attrs={"rows": 2})
    )


class WordForm(ShortForm):
    """All that a risk says; what it rests on is named by the rulebook's keys."""

    clauses = forms.CharField(label="Clauses", required=False, help_text="Separated by commas.")
    area = forms.ChoiceField(label="Area", required=False)
    obligations = forms.CharField(label="Obligations", required=False, help_text="Keys, separated by commas.")
    indicators = forms.CharField(
        label="Indicators", required=False, help_text="Keys of measures, separated by commas."
    )
    caused_by = forms.CharField(
        label="Caused by", required=False, help_text="Roles, categories or providers, separated by commas."
    )
    controlled_by = forms.CharField(label="Controlled by", required=False, help_text="Likewise.")
    factors = sentences(
        "Factors",
        required=False,
        help_text="One a line: a step that can fail, after its obligation if it has one.",
    )
    drivers = forms.MultipleChoiceField(label="Drivers", required=False, widget=forms.CheckboxSelectMultiple)
    assurance = forms.MultipleChoiceField(
        label="Assured already by", required=False, widget=forms.CheckboxSelectMultiple
    )
    owner = forms.ChoiceField(label="Owner", required=False)
    elsewhere = sentences(
        "The same under another code",
        2,
        required=False,
        help_text="One a line, after the key of its source if it has one, such as S3.",
    )
    note = sentences("Note", 2, required=False)
    why = sentences("Why it is worded so", 2)

    def __init__(self, *args: Any, rulebook: Rulebook, words: Words | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": _shown(words) if words else {}})
        code = rulebook.code
        areas = ((key, f"{key.upper()}: {title}") for key, title in code.areas.items())
        _offer(self, "area", [("", "None"), *areas])
        _offer(self, "owner", [("", "None"), *((key, one.name) for key, one in rulebook.bodies.items())])
        for name in TICKED:
            _offer(self, name, getattr(code, name).items())

    @property
    def words(self) -> Words:
        told = self.cleaned_data
        lines = [FACTOR.fullmatch(one) for one in _lines(told["factors"])]
        factors = {str(place): one for place, one in enumerate(lines, start=1) if one}
        said: dict[str, Any] = {name: told[name] for name in PLAIN}
        said |= {name: _keys(told[name]) for name in LISTS}
        said |= {name: tuple(told[name]) for name in TICKED}
        said["factors"] = {place: one["says"] for place, one in factors.items()}
        said["factor_owed"] = {place: one["owed"] for place, one in factors.items() if one["owed"]}
        lines = [ELSEWHERE.fullmatch(one) for one in _lines(told["elsewhere"])]
        there = {str(place): one for place, one in enumerate(lines, start=1) if one}
        said["elsewhere"] = {place: one["says"] for place, one in there.items()}
        said["elsewhere_source"] = {place: one["source"] or "assumed" for place, one in there.items()}
        return Words(**said)

    @property
    def worded(self) -> Worded:
        told = self.cleaned_data
        return Worded(self.words, told["why"], told["key"], told.get("classification", ""))


class AddForm(WordForm):
    """The words of another risk, and who may read them."""

    classification = forms.ChoiceField(label="Class", choices=CLASSES, required=False)


class SplitForm(Kept):
    """What each part of a risk says in short; the rest each takes over."""

    why = sentences("Why it is split", 2)

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words = words
        for place in range(1, PARTS + 1):
            for name, field in ShortForm.base_fields.items():
                if name != "key":
                    made = forms.CharField(
                        label=f"Part {place}: {str(field.label).lower()}",
                        max_length=LONGEST_TITLE if name == "title" else LONGEST_PART,
                        required=place < PARTS,
                    )
                    self.fields[f"{name}_{place}"] = made
        self.order_fields(["key", *(name for name in self.fields if name not in ("key", "why")), "why"])

    @property
    def descent(self) -> Descent:
        told = self.cleaned_data
        names = ("title", "risk_that", "resulting_in")
        parts = [{name: told[f"{name}_{place}"] for name in names} for place in range(1, PARTS + 1)]
        made = tuple(_ours(self._words, part) for part in parts if any(part.values()))
        return Descent(made, told["why"], told["key"])


class MergeForm(ShortForm):
    """Which risks are merged, and what the one that comes of it says in short."""

    risks = forms.MultipleChoiceField(label="Risks", widget=forms.CheckboxSelectMultiple)
    why = sentences("Why they are merged", 2)

    def __init__(self, *args: Any, of: Mapping[str, tuple[Risk, Words]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._of = of
        told = ((reference, f"{reference} {words.title}") for reference, (_, words) in of.items())
        _offer(self, "risks", told)
        self.order_fields(["key", "risks", "title", "risk_that", "resulting_in", "why"])

    @property
    def chosen(self) -> list[Risk]:
        return [self._of[one][0] for one in self.cleaned_data["risks"]]

    @property
    def descent(self) -> Descent:
        told = self.cleaned_data
        before = [self._of[one][1] for one in told["risks"]]
        united: dict[str, Any] = {
            name: tuple(dict.fromkeys(one for words in before for one in getattr(words, name)))
            for name in (*LISTS, *TICKED)
        }
        united |= _numbered(before, "factors", "factor_owed")
        united |= _numbered(before, "elsewhere", "elsewhere_source")
        short = {name: told[name] for name in ("title", "risk_that", "resulting_in")}
        return Descent((replace(_ours(before[0], short), **united),), told["why"], told["key"])


class ScoreForm(Kept):
    """The answers that a method asks for, appetite and target, what holds the risk, and why so."""

    def __init__(
        self, *args: Any, method: Method, name: str, drivers: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._method, self._name, self._drivers = method, name, drivers
        self._asked = [(side, ask) for side in SIDES for ask in ASKS[method.kind]]
        for side, ask in self._asked:
            self.fields[f"{side}_{ask}"] = _answer(method, ask, f"{WORDS[ask]}, {OF_SIDE[side]}")
        unit = "" if isinstance(method, Grid) else ", in pounds"
        self.fields["appetite"] = _amount(f"Appetite{unit}", method.appetite, places=2)
        self.fields["target"] = _amount(f"Target{unit}", method.appetite, places=2)
        self.fields["control"] = sentences("What holds it", 2)
        for driver, says in drivers.items():
            choices = [("", "Not said"), *((way, way.capitalize()) for way in WAYS)]
            self.fields[f"driver_{driver}"] = forms.ChoiceField(label=says, choices=choices, required=False)
        self.fields["reason"] = sentences("Why it is scored so", 3)

    @property
    def scored(self) -> Scored:
        told = self.cleaned_data
        heading = {one: told[f"driver_{one}"] for one in self._drivers if told[f"driver_{one}"]}
        inputs = {f"{side}_{ask}": str(told[f"{side}_{ask}"]) for side, ask in self._asked}
        rest = {name: told[name] for name in ("appetite", "target", "control", "reason", "key")}
        return Scored(method=self._name, inputs=inputs, heading=heading, **rest)


class ProposeForm(Kept):
    """The prior: months as if seen before, with a finding and without."""

    found = forms.DecimalField(label="Prior, months with a finding", min_value=0, initial="0.5", max_digits=8)
    clear = forms.DecimalField(label="Prior, months without", min_value=0, initial="0.5", max_digits=8)

    @property
    def asked(self) -> Asked:
        told = self.cleaned_data
        return Asked(Fraction(told["found"]), Fraction(told["clear"]), told["key"])


class AnswerForm(Kept):
    """Whether a proposed likelihood is accepted, and why."""

    answer = forms.ChoiceField(
        label="Answer",
        choices=[("accepted", "Accept it"), ("declined", "Decline it")],
        widget=forms.RadioSelect,
    )
    reason = sentences("Why", 3)


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


def _answer(method: Method, ask: str, label: str) -> forms.Field:
    """Return the field of one answer: a step of the grid, or a number."""
    if isinstance(method, Grid):
        steps: Sequence[Any] = getattr(method, ask)
        told = [(str(place), f"{place} {one.title}") for place, one in enumerate(steps, start=1)]
        return forms.ChoiceField(label=label, choices=told)
    return _amount(label, None)


def _amount(label: str, initial: Decimal | None, *, places: int = 6) -> forms.DecimalField:
    told = f"{initial:f}" if initial is not None else None
    return forms.DecimalField(label=label, min_value=0, max_digits=15, decimal_places=places, initial=told)


def _ours(words: Words, short: Mapping[str, str]) -> Words:
    """Return words said otherwise in short, as our own, which nobody checked."""
    said: dict[str, Any] = {**short, "source": "assumed", "verified": False}
    return replace(words, **said)


def _shown(words: Words) -> dict[str, Any]:
    """Return words as the fields of the form have them."""
    told = {name: getattr(words, name) for name in PLAIN}
    told |= {name: ", ".join(getattr(words, name)) for name in LISTS}
    told |= {name: list(getattr(words, name)) for name in TICKED}
    owed = words.factor_owed
    lines = [f"{owed[at]}: {says}" if at in owed else says for at, says in words.factors.items()]
    there = [_sourced(words.elsewhere_source.get(at, ""), says) for at, says in words.elsewhere.items()]
    return {**told, "factors": "\n".join(lines), "elsewhere": "\n".join(there)}


def _numbered(before: Iterable[Words], says: str, beside: str) -> dict[str, dict[str, str]]:
    """Return what several risks say by number, one after the other, with what stands beside each."""
    told = dict.fromkeys(
        (line, getattr(words, beside).get(at, ""))
        for words in before
        for at, line in getattr(words, says).items()
    )
    return {
        says: {str(at): line for at, (line, _) in enumerate(told, start=1)},
        beside: {str(at): owed for at, (_, owed) in enumerate(told, start=1) if owed},
    }


def _sourced(source: str, says: str) -> str:
    found = ELSEWHERE.fullmatch(f"{source}: {says}")
    return f"{source}: {says}" if found is not None and found["source"] else says


def _keys(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]
