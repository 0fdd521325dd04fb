"""What people fill in to take a step of a matter: what its rule asks, and the decision it carries out."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from tallystick.decisions.forms import Kept
from tallystick.decisions.operations.motions import LONGEST_TITLE
from tallystick.processes.engine import Offer
from tallystick.processes.operations.courses import Taken
from tallystick.rulebook.processes import Ask

LONGEST = 20_000  # what is said at once, in characters
Choices = Iterable[tuple[str, str]]


def sentences(label: str, rows: int = 4, *, required: bool = True, help_text: str = "") -> forms.CharField:
    """Return a field for some sentences."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=LONGEST, widget=area, required=required, help_text=help_text
    )


def a_day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    picked = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picked, required=required, help_text=help_text)


class StepForm(Kept):
    """What the rule of a move asks, the reason where it skips a stage, the decision that it carries out."""

    def __init__(self, *args: Any, offer: Offer, decided: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer = offer
        if offer.body is not None:
            choices = list(decided)
            self.fields["decision"] = forms.ChoiceField(
                label=f"The decision of the {offer.body.upper()} that this carries out", choices=choices
            )
        for name, ask in offer.asks.items():
            self.fields[f"said_{name}"] = field_of(ask)
        for clock in offer.states:
            self.fields[f"stated_{clock}"] = a_day("The day it is due")
        if offer.needs_reason:
            self.fields["reason"] = sentences("Why a stage is skipped", 2)

    @property
    def taken(self) -> Taken:
        """The step, once the form is valid."""
        told, offer = self.cleaned_data, self._offer
        said = {name: _text(told[f"said_{name}"]) for name in offer.asks}
        stated = {clock: told[f"stated_{clock}"] for clock in offer.states}
        return Taken(offer.move, told["key"], said, stated, told.get("reason", ""))


def field_of(ask: Ask) -> forms.Field:
    """Return the field for what a rule asks."""
    if ask.kind == "choice":
        return forms.ChoiceField(
            label=ask.title, choices=list(ask.of.items()), widget=forms.RadioSelect, required=ask.needed
        )
    return (
        a_day(ask.title, required=ask.needed)
        if ask.kind == "day"
        else sentences(ask.title, required=ask.needed)
    )


def _text(said: str | dt.date | None) -> str:
    return said.isoformat() if isinstance(said, dt.date) else said or ""


class MotionForm(Kept):
    """What is put to the body that has the matter."""

    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    question = sentences("Question", 3, help_text="What the body is asked, as it will stand in the record.")
    does = sentences("What approval does", 2)
    scheme = forms.ChoiceField(label="Voting scheme")

    def __init__(self, *args: Any, schemes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = list(schemes)  # type: ignore[attr-defined]  # a choice field


class HoldForm(Kept):
    """Why a matter is put on hold, from which day, and until which if that is known."""

    why = sentences("Why", 3, help_text="Whoever may see the matter reads it.")
    from_on = a_day("From", help_text="Today or later.")
    until_on = a_day(
        "Until",
        required=False,
        help_text="The first day that it goes on again. Without one it is lifted by hand.",
    )


class MarketHoldForm(HoldForm):
    """Which processes stand still throughout the market, and why."""

    processes = forms.MultipleChoiceField(label="Which matters", widget=forms.CheckboxSelectMultiple)

    field_order = ("key", "processes", "why", "from_on", "until_on")

    def __init__(self, *args: Any, processes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["processes"].choices = list(processes)  # type: ignore[attr-defined]  # a choice field
        self.fields["why"].help_text = "Everybody who works under the code reads it."


class LiftForm(Kept):
    """Why a hold is lifted, or one matter is let go from it."""

    because = sentences("Why", 2)
