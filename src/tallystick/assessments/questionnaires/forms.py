"""What people fill in to design a questionnaire, and to answer one."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.assessments.questionnaires.operations.designing import Designed
from tallystick.assessments.questionnaires.operations.responding import Filled
from tallystick.assessments.questionnaires.questions import (
    DAY,
    KINDS,
    LONGEST,
    LONGEST_ASK,
    MOST,
    NUMBER,
    ONE,
    SEVERAL,
    WORDS,
    Question,
    UnableToTakeAnswer,
    taken,
)
from tallystick.decisions.forms import Kept
from tallystick.processes.forms import sentences

SPARE = 3


class DesignForm(Kept):
    """What a questionnaire is for, and its questions; a place without a question counts for nothing."""

    intro = sentences("What it is for", 3, help_text="Each party reads it above the questions.")

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question] = (),
        intro: str = "",
        is_again: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"intro": intro, **_initial(questions)}})
        # A form that is sent has as many places as it had when it was shown.
        count = min(len(questions) + SPARE, MOST)
        self.places = list(range(1, max(count, self._sent()) + 1))
        for place in self.places:
            self.fields.update(_fields(place))
        if is_again:
            self.fields["why"] = sentences("Why they are worded otherwise", 2)

    def _sent(self) -> int:
        names = (name.removeprefix("ask_") for name in self.data if name.startswith("ask_"))
        return min(max((int(one) for one in names if one.isdecimal()), default=0), MOST)

    @property
    def slots(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each place, as a page groups them."""
        return [(place, [self[f"{name}_{place}"] for name in _fields_of()]) for place in self.places]

    @property
    def designed(self) -> Designed:
        told = self.cleaned_data
        asked = [place for place in self.places if told[f"ask_{place}"].strip()]
        questions = tuple(self._question(number, place) for number, place in enumerate(asked, start=1))
        return Designed(told["intro"], questions, told["key"], told.get("why", ""))

    def _question(self, number: int, place: int) -> Question:
        told = {name: self.cleaned_data[f"{name}_{place}"] for name in _fields_of()}
        choices = tuple(one.strip() for one in told["choices"].splitlines() if one.strip())
        return Question(
            key=f"q{number}",
            kind=told["kind"] or ONE,
            ask=told["ask"].strip(),
            explain=told["explain"].strip(),
            needed=told["needed"],
            choices=choices,
            low=_plain(told["low"]),
            high=_plain(told["high"]),
        )


def _fields_of() -> tuple[str, ...]:
    return ("ask", "kind", "needed", "explain", "choices", "low", "high")


def _fields(place: int) -> dict[str, forms.Field]:
    made = (
        forms.CharField(label="What it asks", max_length=LONGEST_ASK, required=False),
        forms.ChoiceField(label="Kind of answer", choices=list(KINDS.items()), initial=ONE, required=False),
        forms.BooleanField(label="An answer is required", required=False, initial=True),
        forms.CharField(label="Explanation", max_length=LONGEST, required=False),
        forms.CharField(
            label="Choices, one a line",
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        _bound("Number from"),
        _bound("Number to"),
    )
    return dict(zip((f"{name}_{place}" for name in _fields_of()), made, strict=True))


def _bound(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=18, decimal_places=6, required=False)


def _initial(questions: Iterable[Question]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for place, one in enumerate(questions, start=1):
        said = {"ask": one.ask, "kind": one.kind, "needed": one.needed, "explain": one.explain}
        said |= {"choices": "\n".join(one.choices), "low": one.low, "high": one.high}
        told |= {f"{name}_{place}": value for name, value in said.items()}
    return told


def _plain(number: Decimal | None) -> Decimal | None:
    """Return a bound without a tail of noughts, as it is written."""
    return None if number is None else Decimal(f"{number.normalize():f}")


class AnswerForm(Kept):
    """The questions of a questionnaire as fields; a draft may leave out what is required."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        is_draft: bool = False,
        is_again: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._questions, self._is_draft = questions, is_draft
        for one in questions:
            self.fields[one.key] = _field(one)
        if is_again:
            label = "Why what was sent is corrected"
            self.fields["reason"] = sentences(label, 2, required=not is_draft)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self._questions:
            if one.key not in self.errors:
                try:
                    taken([one], {one.key: self._given(one)}, is_draft=self._is_draft)
                except UnableToTakeAnswer as refusal:
                    self.add_error(one.key, str(refusal))
        return cleaned

    def _given(self, one: Question) -> list[str]:
        value = self.cleaned_data.get(one.key)
        if isinstance(value, list):
            return [str(each) for each in value]
        return [str(value)] if value else []

    @property
    def filled(self) -> Filled:
        told = self.cleaned_data
        given = {one.key: self._given(one) for one in self._questions}
        return Filled(given, told["key"], told.get("reason", ""))


def _field(one: Question) -> forms.Field:
    """Return the field of a question; what it requires is told where it is sent, not where it is saved."""
    label = one.ask if one.needed else f"{one.ask} (may be left out)"
    told: dict[str, Any] = {"label": label, "required": False}
    told["help_text"] = " ".join(filter(None, (one.explain, one.bounds)))
    numbered = [(str(number), words) for number, words in enumerate(one.choices, start=1)]
    if one.kind == ONE:
        return forms.ChoiceField(choices=numbered, widget=forms.RadioSelect, **told)
    if one.kind == SEVERAL:
        return forms.MultipleChoiceField(choices=numbered, widget=forms.CheckboxSelectMultiple, **told)
    if one.kind == WORDS:
        return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), **told)
    shown = {NUMBER: {"inputmode": "decimal"}, DAY: {"type": "date"}}[one.kind]
    return forms.CharField(max_length=20, widget=forms.TextInput(attrs=shown), **told)


def prefilled(questions: Iterable[Question], picked: Any, words: Any) -> dict[str, Any]:
    """Return answers as the fields of the form have them."""
    told: dict[str, Any] = dict(words)
    for one in questions:
        if one.key in picked:
            told[one.key] = picked[one.key] if one.kind == SEVERAL else picked[one.key][0]
    return told
