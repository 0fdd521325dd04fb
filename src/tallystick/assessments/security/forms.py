"""What is filled in on the security of a party."""

from django import forms

from tallystick.assessments.models.security import LONGEST_NAME
from tallystick.assessments.security.operations import Lettered, StatusSet, Verified
from tallystick.assessments.security.words import KINDS, LETTERS, OUTCOMES, STATUSES
from tallystick.assessments.techniques.operations.rows import LONGEST
from tallystick.decisions.forms import Kept
from tallystick.processes.forms import a_day, sentences


class StatusForm(Kept):
    """The status that the body set."""

    status = forms.ChoiceField(label="Status", choices=list(STATUSES.items()), widget=forms.RadioSelect)
    set_on = a_day("Set on")
    grounds = sentences("Grounds", 3, help_text="The party reads them.")

    @property
    def told(self) -> StatusSet:
        return StatusSet(**self.cleaned_data)


class VerificationForm(Kept):
    """An assessment: of which kind, when, by whom, and what came of it."""

    kind = forms.ChoiceField(label="Kind", choices=list(KINDS.items()))
    held_on = a_day("Held on")
    assessor = forms.CharField(label="Assessor", max_length=LONGEST_NAME)
    outcome = forms.ChoiceField(label="Outcome", choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    found = sentences("What was found", 3, required=False)

    @property
    def told(self) -> Verified:
        return Verified(**self.cleaned_data)


class LetterForm(Kept):
    """A letter in which a director answers for the party's security."""

    received_on = a_day("Received on")
    signed_by = forms.CharField(label="Signed by", max_length=LONGEST_NAME)
    signed_as = forms.CharField(label="As", max_length=LONGEST_NAME, help_text="Such as director.")
    says = forms.CharField(label="What it says", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    outcome = forms.ChoiceField(
        label="How the body took it", choices=list(LETTERS.items()), widget=forms.RadioSelect
    )

    @property
    def told(self) -> Lettered:
        return Lettered(**self.cleaned_data)
