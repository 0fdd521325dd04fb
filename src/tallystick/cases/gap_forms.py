"""What people fill in on a gap: what nobody owes, which modification fills it, why it is closed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from tallystick.cases.forms import Choices
from tallystick.cases.operations.gaps import LONGEST_MODIFICATION, Recorded
from tallystick.cases.operations.opening import LONGEST_TITLE
from tallystick.decisions.forms import Kept
from tallystick.processes.forms import sentences
from tallystick.runs.models import Finding

MOST_REFERENCES = 400


class GapForm(Kept):
    """What happens, harms somebody, and is owed by nobody under a clause."""

    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    clause = forms.ChoiceField(
        label="Clause", help_text="The one that comes nearest: where somebody would look for the duty."
    )
    area = forms.ChoiceField(label="Area", required=False)
    what = sentences("What happens, and that nobody owes it")
    harmed = sentences("Who is harmed, and how", 3)
    needed = sentences("What the code would have to say", 3)
    references = forms.CharField(
        label="Findings it rests on",
        max_length=MOST_REFERENCES,
        required=False,
        help_text="References such as FND-7K3F2Q, with spaces between them. None is needed.",
    )

    def __init__(
        self,
        *args: Any,
        clauses: Choices,
        areas: Choices,
        findings: Mapping[str, Finding],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._findings = findings
        _choose(self, "clause", [("", "Choose one"), *clauses])
        _choose(self, "area", [("", "None"), *areas])

    def clean_references(self) -> tuple[Finding, ...]:
        said = list(dict.fromkeys(references_in(self.cleaned_data["references"])))
        missing = [one for one in said if one not in self._findings]
        if missing:
            raise forms.ValidationError(f"There is no finding {', '.join(missing)} that you may see.")
        return tuple(self._findings[one] for one in said)

    @property
    def recorded(self) -> Recorded:
        """The gap, once the form is valid."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "references"}
        return Recorded(**told, findings=self.cleaned_data["references"])


class HandOnForm(Kept):
    """Which modification of the code is to fill a gap."""

    modification = forms.CharField(
        label="Modification",
        max_length=LONGEST_MODIFICATION,
        help_text="Its reference, such as SECMP0063.",
    )


def references_in(said: str) -> Iterable[str]:
    """Return references as they were written, with spaces or commas between them."""
    return said.upper().replace(",", " ").split()


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field
