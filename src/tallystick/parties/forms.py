"""What administrators and invited people fill in."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from tallystick.parties.models import Body, Organisation, Person, Role, in_force

NEW_PASSWORD = {"autocomplete": "new-password"}


class InvitationForm(forms.Form):
    """Whom to invite."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


class NewPasswordForm(forms.Form):
    """The first password of an invited person, twice."""

    password = forms.CharField(
        label="New password",
        max_length=200,
        strip=False,
        help_text="At least 12 characters. A sentence is easier to keep in mind than a word.",
        widget=forms.PasswordInput(attrs=NEW_PASSWORD),
    )
    again = forms.CharField(
        label="The same again",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=NEW_PASSWORD),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "password" in cleaned and cleaned["password"] != cleaned.get("again"):
            self.add_error("again", "The two are not the same.")
        return cleaned


class RoleForm(forms.Form):
    """Which role to give, for which organisation or body, and from when."""

    role = forms.ChoiceField(choices=Role.ROLES)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label="None",
        help_text="For a party delegate, a proposer, and for ingest.",
    )
    body = forms.ModelChoiceField(
        Body.objects.none(),
        required=False,
        to_field_name="key",
        empty_label="None",
        help_text="For a member of a committee or board, and for its chair.",
    )
    from_on = forms.DateField(label="From", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, code: str, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.filter(in_force(day), code=code).order_by("name")
        self._offer("organisation", Organisation.objects.order_by("name"))
        self._offer("body", bodies)
        self.fields["from_on"].initial = day

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("organisation") and cleaned.get("body"):
            self.add_error("body", "A role is for an organisation or on a body, not both.")
        return cleaned

    def of(self) -> Organisation | Body | None:
        """Return whom the role is for."""
        named: Organisation | Body | None = self.cleaned_data["organisation"] or self.cleaned_data["body"]
        return named
