"""What people fill in on exercises."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from tallystick.assessments.exercises.operations.debriefing import Learnt, Observed
from tallystick.assessments.exercises.operations.exercising import Coming, Prepared
from tallystick.assessments.models.exercise import VERDICTS
from tallystick.decisions.forms import Kept
from tallystick.parties.models import Body, Organisation
from tallystick.processes.forms import a_day, sentences


class PrepareForm(Kept):
    """The scenario of an exercise, its day, its roles and its objectives."""

    scenario = sentences("Scenario", 5, help_text="What has happened as the exercise begins.")
    on = a_day("Day on which it is played")
    roles = sentences("Roles", 3, help_text="One a line.")
    objectives = sentences("Objectives", 3, help_text="One a line; each is met, met in part or not met.")

    @property
    def prepared(self) -> Prepared:
        told = self.cleaned_data
        roles, objectives = _lines(told["roles"]), _lines(told["objectives"])
        return Prepared(told["scenario"], told["on"], roles, objectives, told["key"])


class TurnForm(Kept):
    """Whether a party takes part, and in which role."""

    takes_part = forms.ChoiceField(
        label="Do you take part?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    role = forms.ChoiceField(label="Role", required=False)
    words = sentences("What else there is to say", 2, required=False)

    def __init__(self, *args: Any, roles: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Any"), *roles.items()]  # type: ignore[attr-defined]  # a choice field

    @property
    def coming(self) -> Coming:
        told = self.cleaned_data
        return Coming(told["takes_part"] == "yes", told["key"], told["role"], told["words"])


class VolunteerForm(TurnForm):
    """The same where nobody asked: a party can only come forward."""

    takes_part = forms.ChoiceField(
        label="Do you volunteer?", choices=[("yes", "Yes")], widget=forms.RadioSelect, initial="yes"
    )


class ObserveForm(Kept):
    """How far an objective was met."""

    objective = forms.ChoiceField(label="Objective", widget=forms.RadioSelect)
    verdict = forms.ChoiceField(label="It was", choices=VERDICTS, widget=forms.RadioSelect)
    words = sentences("What was observed", 3)

    def __init__(self, *args: Any, objectives: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective"].choices = list(objectives.items())  # type: ignore[attr-defined]  # a choice field

    @property
    def observed(self) -> Observed:
        told = self.cleaned_data
        return Observed(told["objective"], told["verdict"], told["words"], told["key"])


class LessonForm(Kept):
    """What is to be done, by whom, until when."""

    words = sentences("What is to be done", 3)
    owner = forms.ChoiceField(label="Owner", help_text="A party reads its own lessons alone.")
    due_on = a_day("Until")

    def __init__(
        self, *args: Any, parties: Iterable[Organisation], bodies: Iterable[Body], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._owners: dict[str, Organisation | Body] = {f"party-{one.slug}": one for one in parties}
        self._owners |= {f"body-{one.handle}": one for one in bodies}
        told = [("", "Choose one"), *((key, one.name) for key, one in self._owners.items())]
        self.fields["owner"].choices = told  # type: ignore[attr-defined]  # a choice field

    @property
    def learnt(self) -> Learnt:
        told = self.cleaned_data
        owner = self._owners[told["owner"]]
        party = owner if isinstance(owner, Organisation) else None
        body = owner if isinstance(owner, Body) else None
        return Learnt(told["words"], told["due_on"], told["key"], party, body)


class SettleForm(Kept):
    """What was done of a lesson."""

    words = sentences("What was done", 3)


class DebriefForm(Kept):
    """What came of an exercise, and what was spent on it."""

    result = sentences("What came of it", 4)
    spent = forms.DecimalField(label="Spent, in pounds", min_value=0, max_digits=12, decimal_places=2)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.splitlines() if one.strip())
