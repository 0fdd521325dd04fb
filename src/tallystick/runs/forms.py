"""What people fill in: a file to send, a month to run, a row to exclude."""

import datetime as dt
from typing import Any

from django import forms

from tallystick.parties.models import Organisation
from tallystick.rulebook.periods import Span, UnreadablePeriod
from tallystick.rulebook.rulebook import Rulebook


class PeriodField(forms.CharField):
    """A month, as people write it in this trade."""

    def clean(self, value: Any) -> Span | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Span.parse(text)
        except UnreadablePeriod as unreadable:
            raise forms.ValidationError(str(unreadable)) from None


class UploadForm(forms.Form):
    """A file, the stream it is of, and whose it is. A delegate sends for their own organisation alone."""

    stream = forms.ChoiceField(label="What it is", help_text="Each stream has its own columns.")
    sender = forms.ChoiceField(label="Sent by", required=False)
    period = PeriodField(
        label="Month it vouches for",
        required=False,
        max_length=10,
        help_text="Such as 2021-07. Leave empty where the rows say their own days.",
    )
    file = forms.FileField(label="File", help_text="CSV, XLSX or XES, plain or compressed with gzip.")

    def __init__(
        self,
        *args: Any,
        rulebook: Rulebook,
        senders: list[Organisation],
        own: Organisation | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._senders = {str(one.slug): one for one in senders}
        self._own = own
        listed = sorted(rulebook.streams.values(), key=lambda one: one.key)
        self.fields["stream"].choices = [(one.key, f"{one.key}: {one.title}") for one in listed]  # type: ignore[attr-defined]  # a choice field
        if own:
            del self.fields["sender"]
        else:
            office = [("", "Code administrator")]
            self.fields["sender"].choices = office + [(one.slug, one.name) for one in senders]  # type: ignore[attr-defined]  # a choice field

    @property
    def sent_by(self) -> Organisation | None:
        """The organisation that the file is of, once the form is valid."""
        return self._own or self._senders.get(self.cleaned_data.get("sender", ""))


class RunForm(forms.Form):
    """A month to compute, as known on a day."""

    period = PeriodField(label="Month", max_length=10, help_text="Such as 2021-07.")
    known_on = forms.DateField(
        label="As known on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Evidence received by the end of this day counts.",
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_known_on(self) -> dt.date:
        known_on: dt.date = self.cleaned_data["known_on"]
        if known_on > self._today:
            raise forms.ValidationError("Nobody knows yet what will be known on a later day.")
        return known_on


class ExclusionForm(forms.Form):
    """A row that is to leave both sides, and why."""

    stream = forms.SlugField(label="Stream", max_length=60)
    row_key = forms.CharField(label="Row", max_length=500, help_text="Its key, as line lists give it.")
    measure = forms.CharField(label="Measure", max_length=60, required=False)
    period = PeriodField(label="Month", max_length=10, required=False)
    reason = forms.CharField(label="Reason", max_length=2000, widget=forms.Textarea)


class WordsForm(forms.Form):
    """A question about an exclusion, or its answer."""

    text = forms.CharField(label="Words", max_length=2000, widget=forms.Textarea)
