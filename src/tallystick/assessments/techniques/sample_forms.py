"""What people fill in on a sample: what is sampled and how surely, and what was found in it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.assessments.models import Sample
from tallystick.assessments.models.sample import LONGEST_SEED, PERCENT, PLACES
from tallystick.assessments.sampling.population import (
    MOST_BYTES,
    MOST_NAMES,
    Population,
    UnableToList,
    counted,
    listed,
)
from tallystick.assessments.sampling.sampled import OUTCOMES, PARTS
from tallystick.assessments.techniques.operations.sampling import MOST, Asked, Seen
from tallystick.decisions.forms import Kept
from tallystick.processes.forms import sentences

MOST_AT_ONCE = 200
WAYS = [("listed", "I list what there is"), ("counted", "I state how many there are of each stratum")]
WORDS = {"looked": "looked at", "conform": "conform", "fail": "fail"}


def percent(label: str, first: str, help_text: str) -> forms.DecimalField:
    """Return a field for a share between nothing and all, in per cent."""
    return forms.DecimalField(
        label=f"{label}, in per cent",
        min_value=Decimal("0.001"),
        max_value=Decimal("99.999"),
        max_digits=PERCENT,
        decimal_places=PLACES,
        initial=first,
        help_text=help_text,
    )


class SampleForm(Kept):
    """What is sampled, how surely, and by which seed."""

    population = sentences("What is sampled", 2, help_text="Such as: devices of the inventory on 1 July.")
    way = forms.ChoiceField(label="How it is told", choices=WAYS, initial="listed", widget=forms.RadioSelect)
    lines = forms.CharField(
        label="Lines",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="A list has one name a line, a count its stratum and number. A stratum stands first, "
        f"before a comma or a tab. At most {MOST_NAMES:,} names.",
    )
    file = forms.FileField(label="Or a file of plain text", required=False)
    confidence = percent("Confidence", "95", "How sure the answer has to be.")
    tolerable = percent("Tolerable share", "5", "No more than this may fail.")
    accepted = forms.IntegerField(
        label="Failures let pass", min_value=0, max_value=1000, initial=0, help_text="Each asks for more."
    )
    seed = forms.CharField(
        label="Seed",
        max_length=LONGEST_SEED,
        help_text="Anything stated before, such as the reference of the meeting. The sample is drawn once.",
    )

    def clean(self) -> dict[str, Any]:
        """Read what is listed or counted, pasted or in a file.

        :raises ValidationError: naming the line that is wrong
        """
        told: dict[str, Any] = super().clean() or {}
        sent = told.get("file")
        text: str | bytes = told.get("lines") or ""
        if sent is not None:
            # No more is read of what somebody sends than a list may have.
            text = sent.read(MOST_BYTES + 1)
        try:
            told["of"] = counted(_text(text)) if told.get("way") == "counted" else listed(text)
        except UnableToList as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return told

    @property
    def asked(self) -> Asked:
        told = self.cleaned_data
        of: Population = told["of"]
        names = ("population", "confidence", "tolerable", "accepted", "seed", "key")
        return Asked(of=of, **{name: told[name] for name in names})


class FoundForm(Kept):
    """How each that was drawn was found; one that is left out stays as it is."""

    def __init__(self, *args: Any, names: Iterable[str], found: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self._names = list(names)
        for name in self._names:
            stands = OUTCOMES.get(found.get(name, ""), "Not looked at")
            self.fields[f"found_{name}"] = forms.ChoiceField(
                label=name, choices=[("", f"{stands}, as it stands"), *OUTCOMES.items()], required=False
            )
        self.fields["note"] = sentences("Note", 2, required=False)

    @property
    def seen(self) -> Seen:
        told = self.cleaned_data
        found = {name: told[f"found_{name}"] for name in self._names}
        return Seen(told["key"], {name: way for name, way in found.items() if way}, note=told["note"])


class TotalsForm(Kept):
    """How many were looked at, conform and fail, of each stratum."""

    def __init__(self, *args: Any, sample: Sample, **more: Any) -> None:
        super().__init__(*args, **more)
        self._strata = list(sample.strata)
        for place, name in enumerate(self._strata):
            for part in PARTS:
                self.fields[f"{part}_{place}"] = forms.IntegerField(
                    label=f"{name}: {WORDS[part]}", min_value=0, max_value=MOST
                )
        self.fields["note"] = sentences("Note", 2, required=False)

    @property
    def seen(self) -> Seen:
        told = self.cleaned_data
        totals = {
            name: {part: told[f"{part}_{place}"] for part in PARTS} for place, name in enumerate(self._strata)
        }
        return Seen(told["key"], totals=totals, note=told["note"])


def _text(sent: str | bytes) -> str:
    return sent if isinstance(sent, str) else sent.decode("utf-8", "replace")
