"""What people fill in for charges."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from tallystick.assessments.charges.operations.charging import Computed, Recounted
from tallystick.assessments.charges.operations.relieving import Relieved
from tallystick.assessments.matters.forms import CountForm, months_of, offer, words
from tallystick.assessments.models import ChargeLine, Relief
from tallystick.decisions.forms import Kept
from tallystick.processes.forms import a_day

EVERYBODY = ""


class ComputeForm(Kept):
    """Which charges are computed: a scheme, and a month that has landed."""

    scheme = forms.ChoiceField(label="Scheme")
    period = forms.ChoiceField(label="Month", help_text="Months that have landed.")

    def __init__(self, *args: Any, schemes: Mapping[str, str], months: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "scheme", schemes.items())
        offer(self, "period", months_of(months))

    @property
    def computed(self) -> Computed:
        """What is to be computed, once the form is valid."""
        told = self.cleaned_data
        return Computed(told["scheme"], told["period"], told["key"])


class RecountForm(CountForm):
    """What a party did in truth, from which its charge is computed again."""

    @property
    def recounted(self) -> Recounted:
        """The correction, once the form is valid."""
        return Recounted(**self.said)


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
        offer(self, "party", [(EVERYBODY, "Everybody who pays"), *((one.slug, one.name) for one in paying)])

    @property
    def relieved(self) -> Relieved:
        """What is done, once the form is valid."""
        told = self.cleaned_data
        party = self._parties.get(told["party"])
        return Relieved(party, told["kind"], told["cause"], told["why"], told["key"], told["until_on"])
