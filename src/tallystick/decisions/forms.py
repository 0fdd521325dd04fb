"""What people fill in around a vote: a motion, its opening, a ballot paper, a decision without a vote."""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from tallystick.decisions.models import KEY, Decision, Motion
from tallystick.decisions.operations.motions import LONGEST_TITLE, MOST_WEIGHT
from tallystick.parties.models import Body, Organisation, Person
from tallystick.rulebook.rulebook import Rulebook

LONGEST_TEXT, LONGEST_REASON = 10_000, 2_000
CLASSES = [("", "The usual one"), ("green", "Green"), ("amber", "Amber"), ("red", "Red")]
OBJECTIONS = 3
LONGEST_VOTE = dt.timedelta(days=366)
NONE, ASIDE = "none", "aside"

Choices = list[tuple[str, str]]


def new_key() -> str:
    """Return what marks one form: however often it is sent, it does one thing."""
    return secrets.token_urlsafe(18)


class Kept(forms.Form):
    """A form that does one thing, however often it is sent."""

    key = forms.CharField(max_length=KEY, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": new_key(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class MatterForm(Kept):
    """A motion, or a decision: of which body, about which party if any, of which class."""

    def __init__(self, *args: Any, bodies: Iterable[Body], parties: Iterable[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._bodies = {one.handle: one for one in bodies}
        self._parties = {one.slug: one for one in parties}

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field

    def _offer_parties(self) -> None:
        self._offer(
            "party", [("", "No one party"), *((slug, one.name) for slug, one in self._parties.items())]
        )

    @property
    def about(self) -> Organisation | None:
        return self._parties.get(self.cleaned_data["party"])


class PutForm(MatterForm):
    """What is put to a body, and by which scheme it votes."""

    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    question = forms.CharField(
        label="Question",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What the body is asked, as it will stand in the record.",
    )
    does = forms.CharField(
        label="What approval does",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands beside the choice, where members vote.",
    )
    scheme = forms.ChoiceField(label="Body and voting scheme")
    party = forms.ChoiceField(
        label="About a party",
        required=False,
        help_text="Whoever works for it stands aside, and the motion is Amber.",
    )
    classification = forms.ChoiceField(label="Class", choices=CLASSES, required=False)

    def __init__(self, *args: Any, rulebook: Rulebook, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(
            "scheme",
            (
                (f"{handle}/{scheme.key}", f"{body.name}: {scheme.asks or scheme.title}")
                for handle, body in self._bodies.items()
                for scheme in rulebook.schemes_of(body.key.lower(), day)
            ),
        )
        self._offer_parties()

    @property
    def body(self) -> Body:
        """The body that is asked, once the form is valid."""
        return self._bodies[self.cleaned_data["scheme"].partition("/")[0]]

    @property
    def scheme_key(self) -> str:
        key: str = self.cleaned_data["scheme"].partition("/")[2]
        return key


class OpenForm(forms.Form):
    """Until when a vote runs and, where votes are weighed, the weight of each seat."""

    closes_at = forms.DateTimeField(
        label="Closes at",
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="In the time of the site. Votes that come later are not counted.",
    )

    def __init__(
        self, *args: Any, now: dt.datetime, seats: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(
            *args, **{**kwargs, "initial": {"closes_at": timezone.make_naive(proposed_close(now))}}
        )
        self._now, self._seats = now, seats
        for handle, name in seats:
            self.fields[f"weight-{handle}"] = forms.IntegerField(
                label=f"Weight of {name}", min_value=0, max_value=MOST_WEIGHT
            )

    def clean_closes_at(self) -> dt.datetime:
        closes_at: dt.datetime = self.cleaned_data["closes_at"]
        if closes_at > self._now + LONGEST_VOTE:
            raise forms.ValidationError("A vote runs for a year at most.")
        return closes_at

    @property
    def weights(self) -> Mapping[str, int] | None:
        """The weight of each seat by its handle, once the form is valid; None where none are asked."""
        return {handle: self.cleaned_data[f"weight-{handle}"] for handle, _ in self._seats} or None


class PaperForm(Kept):
    """A ballot paper: whether there is a conflict, then the choice and why. Nothing is chosen before."""

    conflict = forms.ChoiceField(choices=[(NONE, "No"), (ASIDE, "Yes, I stand aside")], required=False)
    choice = forms.ChoiceField(required=False)
    reason = forms.CharField(max_length=LONGEST_REASON, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        conflict = cleaned.get("conflict")
        if not conflict and "conflict" not in self.errors:
            self.add_error("conflict", "Say first whether you have a conflict of interest.")
        if conflict == NONE and not cleaned.get("choice") and "choice" not in self.errors:
            self.add_error("choice", "Choose how you vote.")
        if conflict == ASIDE and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say what the conflict is.")
        return cleaned

    @property
    def stands_aside(self) -> bool:
        return bool(self.cleaned_data["conflict"] == ASIDE)


class DeclareForm(forms.Form):
    """Whether somebody has a conflict in a matter of which they may read nothing before they say so."""

    conflict = forms.ChoiceField(choices=[(NONE, "No"), (ASIDE, "Yes, I stand aside")])
    words = forms.CharField(max_length=LONGEST_REASON, required=False, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("conflict") == ASIDE and not cleaned.get("words"):
            self.add_error("words", "Say what the conflict is.")
        return cleaned


class BecauseForm(forms.Form):
    """Why a vote is closed before its time, or a motion withdrawn."""

    because = forms.CharField(max_length=LONGEST_REASON, required=False, widget=forms.Textarea)


class PassForm(forms.Form):
    """To whom a vote is passed: a member of the body, by handle."""

    to = forms.ChoiceField()

    def __init__(self, *args: Any, members: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {one.handle: one for one in members}
        chosen = [(handle, one.name) for handle, one in self._members.items()]
        self.fields["to"].choices = chosen  # type: ignore[attr-defined]  # a choice field

    @property
    def member(self) -> Person:
        return self._members[self.cleaned_data["to"]]


class RecordForm(MatterForm):
    """What a body decided without a vote, and who objected."""

    verb = forms.ChoiceField(label="Verb", choices=[(verb, verb) for verb, _ in Decision.VERBS])
    title = forms.CharField(label="What it is about", max_length=LONGEST_TITLE)
    text = forms.CharField(
        label="Decision", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    body = forms.ChoiceField(label="Body")
    on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    motion = forms.ChoiceField(label="On a motion", required=False)
    party = forms.ChoiceField(label="About a party", required=False)
    classification = forms.ChoiceField(label="Class", choices=CLASSES, required=False)

    def __init__(
        self, *args: Any, motions: Iterable[Motion], members: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._motions = {one.reference: one for one in motions}
        self._members = {one.handle: one for one in members}
        self._offer("body", ((handle, one.name) for handle, one in self._bodies.items()))
        self._offer_parties()
        told = ((one.reference, f"{one.reference} {one.title}"[:120]) for one in self._motions.values())
        self._offer("motion", [("", "None"), *told])
        named = [("", "Nobody"), *((handle, one.name) for handle, one in self._members.items())]
        for place in range(1, OBJECTIONS + 1):
            self.fields[f"objector_{place}"] = forms.ChoiceField(
                label=f"Objection {place}, by", choices=named, required=False
            )
            self.fields[f"objection_{place}"] = forms.CharField(
                label=f"Objection {place}, in their words", max_length=LONGEST_REASON, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for place in range(1, OBJECTIONS + 1):
            by, words = cleaned.get(f"objector_{place}"), cleaned.get(f"objection_{place}")
            if words and not by:
                self.add_error(f"objector_{place}", "Say who objected.")
            if by and not words:
                self.add_error(f"objection_{place}", "Say what they objected to.")
        return cleaned

    @property
    def decided_by(self) -> Body:
        return self._bodies[self.cleaned_data["body"]]

    @property
    def on_motion(self) -> Motion | None:
        return self._motions.get(self.cleaned_data["motion"])

    @property
    def objections(self) -> dict[Person, str]:
        """The words of each member who objected, once the form is valid."""
        told = self.cleaned_data
        return {
            self._members[told[f"objector_{place}"]]: told[f"objection_{place}"]
            for place in range(1, OBJECTIONS + 1)
            if told[f"objector_{place}"]
        }


class ObjectForm(forms.Form):
    """What a member objects to."""

    words = forms.CharField(max_length=LONGEST_REASON, widget=forms.Textarea)


def proposed_close(now: dt.datetime) -> dt.datetime:
    """Return an end that is offered: five in the afternoon, a fortnight from now."""
    local = timezone.localtime(now) + dt.timedelta(days=14)
    return local.replace(hour=17, minute=0, second=0, microsecond=0)
