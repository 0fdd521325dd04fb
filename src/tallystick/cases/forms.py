"""What people fill in on a case: its opening, what is said, a step with what its rule asks, a remedy."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from tallystick.cases.attached import Handed
from tallystick.cases.file_fields import FilesField
from tallystick.cases.filings import LONGEST_NAME, MOST_MONTHS, Filed, Planned
from tallystick.cases.models import Case
from tallystick.cases.operations.opening import LONGEST_TITLE, MOST, UNITS, Opened, Size
from tallystick.cases.operations.talking import LONGEST, Reply, Said
from tallystick.cases.queries import Proposed
from tallystick.decisions.forms import Kept
from tallystick.parties.models import Organisation, Person
from tallystick.processes.forms import a_day, sentences
from tallystick.rulebook.processes import Ask
from tallystick.runs.models import Finding

Choices = Iterable[tuple[str, str]]
NOBODY = [("", "Nobody")]
# Where a finding has more lines than this, those that are disputed are written in one field.
MOST_FIELDS = 150
SPARE, MOST_ROWS = 3, 40
ROW = ("what", "owner", "due_on", "proof", "thread")


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class OpenCaseForm(Kept):
    """A case: about whom, what, from where it is known, and how much it is about."""

    source = forms.ChoiceField(label="How it came to be known", choices=Case.SOURCES)
    findings = forms.MultipleChoiceField(
        label="Findings",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Of one party and one area. What monitoring shows rests on one at least.",
    )
    party = forms.ChoiceField(
        label="Party", required=False, help_text="Of a case that rests on findings, it is theirs."
    )
    obligation = forms.ChoiceField(
        label="Obligation", required=False, help_text="Of a case that rests on findings, it is theirs."
    )
    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    what = sentences("What it is about", help_text="The party reads it once it is told of the case.")
    severity = forms.ChoiceField(label="Severity", choices=Case.SEVERITIES, initial="moderate")
    confidence = forms.ChoiceField(label="Confidence", choices=Case.CONFIDENCES, initial="likely")
    devices = forms.IntegerField(label="Devices", min_value=0, max_value=MOST, required=False)
    consumers = forms.IntegerField(label="Consumers", min_value=0, max_value=MOST, required=False)
    energy_kwh = forms.IntegerField(label="Energy, kWh", min_value=0, max_value=MOST, required=False)
    pounds = forms.IntegerField(label="Pounds", min_value=0, max_value=MOST, required=False)
    estimated_how = sentences("How that was counted or estimated", 2, required=False)
    teller = sentences(
        "Who told of it, where somebody else did",
        2,
        required=False,
        help_text="Red: for the office and the auditor alone, and never for the party.",
    )
    repeats = forms.ChoiceField(
        label="Repeats an earlier case", required=False, help_text="The latest closed one is proposed."
    )
    cause = forms.ChoiceField(label="Kind of cause", required=False, help_text="It can be named later, too.")

    def __init__(
        self,
        *args: Any,
        proposed: Sequence[Proposed],
        parties: Iterable[Organisation],
        obligations: Mapping[str, str],
        earlier: Iterable[Case],
        causes: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._findings = {one.reference: one for several in proposed for one in several.findings}
        self._group_of = {
            one.reference: place for place, several in enumerate(proposed) for one in several.findings
        }
        self.proposed = proposed
        self._parties = {one.slug: one for one in parties}
        self._earlier = {one.reference: one for one in earlier}
        _choose(self, "cause", [("", "Not named yet"), *causes])
        _choose(self, "findings", ((one.reference, _line_of(one)) for one in self._findings.values()))
        _choose(
            self, "party", [("", "That of the findings"), *((k, v.name) for k, v in self._parties.items())]
        )
        _choose(self, "obligation", [("", "That of the findings"), *obligations.items()])
        _choose(
            self,
            "repeats",
            [("", "No"), *((key, f"{key}, {one.party.name}") for key, one in self._earlier.items())],
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("party", "obligation"):
            if not cleaned.get(name) and not cleaned.get("findings"):
                self.add_error(name, "Say it, where the case rests on no finding.")
        if len({self._group_of[one] for one in cleaned.get("findings", ())}) > 1:
            self.add_error(
                "findings", "A case rests on findings of one party and area. Choose from one group."
            )
        return cleaned

    @property
    def groups(self) -> list[tuple[Proposed, list[Any], bool]]:
        """The findings as a case takes them, each with its box; and whether any of the group is chosen."""
        boxes = {str(one.data["value"]): one for one in self["findings"].subwidgets}
        chosen = {str(one) for one in self["findings"].value() or ()}
        return [
            (
                several,
                [boxes[one.reference] for one in several.findings],
                any(one.reference in chosen for one in several.findings),
            )
            for several in self.proposed
        ]

    @property
    def opened(self) -> Opened:
        """What is to be opened, once the form is valid."""
        told = self.cleaned_data
        rests_on = tuple(self._findings[one] for one in told["findings"])
        party = self._parties[told["party"]] if told["party"] else rests_on[0].party
        assert party is not None  # noqa: S101 - findings on nobody are not offered
        return Opened(
            party=party,
            title=told["title"],
            what=told["what"],
            obligation=told["obligation"] or rests_on[0].obligation,
            severity=told["severity"],
            confidence=told["confidence"],
            key=told["key"],
            source=told["source"],
            findings=rests_on,
            size=Size(**{unit: told[unit] for unit in UNITS}, how=told["estimated_how"]),
            teller=told["teller"],
            repeats=self._earlier.get(told["repeats"]),
            cause=told["cause"],
        )


def _line_of(one: Finding) -> str:
    return f"{one.reference} · {one.period} · {one.why}"


class WordsForm(Kept):
    """Words and nothing else: a message, a note, a notice, reasons."""

    text = sentences("Words", 3)

    def __init__(self, *args: Any, label: str = "", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label or "Words"
        self.fields["text"].help_text = help_text


class SentForm(WordsForm):
    """Words to the other side, with the files that they rely on."""

    attached = FilesField()

    @property
    def handed(self) -> list[Handed]:
        """The files, once the form is valid."""
        told: list[Handed] = self.cleaned_data["attached"]
        return told


class ShareForm(Kept):
    """Which findings' lines the party gets."""

    versions = forms.MultipleChoiceField(label="Lines of", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "versions", offered)


class ReplyForm(Kept):
    """The reply to a notice: where the party stands, words, and its answer to each line."""

    stance = forms.ChoiceField(label="Stance", widget=forms.RadioSelect)
    words = sentences("Your reply")
    attached = FilesField(label="Documents that you rely on")
    others = forms.ChoiceField(
        label="Lines that you do not dispute",
        choices=[("accepted", "We accept them"), ("", "We say nothing of them yet")],
        widget=forms.RadioSelect,
        initial="accepted",
        required=False,
    )
    disputed = sentences(
        "Lines that you dispute",
        4,
        required=False,
        help_text="One a row: the key of the line, a colon, and why.",
    )

    def __init__(self, *args: Any, asks: Mapping[str, Ask], lines: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        _choose(self, "stance", asks["stance"].of.items())
        self.fields["stance"].label, self.fields["words"].label = asks["stance"].title, asks["words"].title
        if not lines:
            del self.fields["others"]
        if not lines or self.is_line_by_line:
            del self.fields["disputed"]
        for place in range(len(lines) if self.is_line_by_line else 0):
            self.fields[f"is_disputed_{place}"] = forms.BooleanField(required=False)
            self.fields[f"why_{place}"] = forms.CharField(max_length=LONGEST, required=False)

    @property
    def is_line_by_line(self) -> bool:
        return len(self.lines) <= MOST_FIELDS

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["found"] = self._one_by_one(cleaned) if self.is_line_by_line else self._in_rows(cleaned)
        return cleaned

    def _one_by_one(self, cleaned: Mapping[str, Any]) -> dict[str, str]:
        found = {}
        for place, line in enumerate(self.lines):
            why = cleaned.get(f"why_{place}", "").strip()
            if cleaned.get(f"is_disputed_{place}") and not why:
                self.add_error(f"why_{place}", "Say why.")
            if why:
                found[line] = why
        return found

    def _in_rows(self, cleaned: Mapping[str, Any]) -> dict[str, str]:
        found = {}
        for row in cleaned.get("disputed", "").splitlines():
            line, _, why = (part.strip() for part in row.partition(":"))
            if line and (line not in self.lines or not why):
                self.add_error(
                    "disputed", f"{row.strip()[:60]!r} names no line that was shared, or no reason."
                )
            elif line:
                found[line] = why
        return found

    @property
    def reply(self) -> Reply:
        """The reply, once the form is valid."""
        told = self.cleaned_data
        said = {line: Said("accepted") for line in self.lines} if told.get("others") else {}
        said |= {line: Said("disputed", why) for line, why in told["found"].items()}
        return Reply(told["stance"], told["words"], told["key"], said, told["attached"])


class LeadsForm(forms.Form):
    """Who leads a case in the office, and who answers for it at the party."""

    lead = forms.ChoiceField(label="Lead in the office")
    party_lead = forms.ChoiceField(label="Lead at the party", required=False)

    def __init__(
        self, *args: Any, office: Iterable[Person], delegates: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._office = {one.handle: one for one in office}
        self._delegates = {one.handle: one for one in delegates}
        _choose(self, "lead", [(key, one.name) for key, one in self._office.items()])
        _choose(self, "party_lead", [*NOBODY, *((key, one.name) for key, one in self._delegates.items())])

    @property
    def leads(self) -> tuple[Person, Person | None]:
        told = self.cleaned_data
        return self._office[told["lead"]], self._delegates.get(told["party_lead"])


class CauseForm(forms.Form):
    """Which kind of cause a case has, of those that the code lists."""

    cause = forms.ChoiceField(label="Kind of cause", widget=forms.RadioSelect)

    def __init__(self, *args: Any, causes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "cause", causes)


class MetForm(Kept):
    """That a milestone was met: on which day, by what."""

    on = a_day("Met on", required=False, help_text="Of one that the measure proves, the months say so.")
    by_what = sentences("What proves it", 2, required=False)


class AcceptForm(Kept):
    """What the party is told besides, and the decision that it carries out where a body decides."""

    text = sentences("What the party is told besides", 3, required=False)

    def __init__(self, *args: Any, body: str | None = None, decided: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if body is not None:
            self.fields["decision"] = forms.ChoiceField(
                label=f"The decision of the {body.upper()} that this carries out", choices=list(decided)
            )


class RemedyForm(Kept):
    """A version of a remedy with its milestones; a milestone of an earlier version keeps its thread."""

    cause = sentences("What went wrong, and why", 3)
    measure = forms.ChoiceField(label="A measure says when it has done", required=False)
    level = forms.DecimalField(label="At a level of, per cent", min_value=0, max_value=100, required=False)
    months = forms.IntegerField(
        label="In so many months running", min_value=1, max_value=MOST_MONTHS, required=False
    )
    otherwise = sentences("Or otherwise: what says so, where no measure does", 2, required=False)
    signed_by = forms.CharField(label="Signed by", max_length=LONGEST_NAME, required=False)
    signed_as = forms.CharField(label="As", max_length=LONGEST_NAME, required=False)
    signed_on = a_day("On", required=False)
    instead_because = sentences("Why it takes the place of the version that waits", 2, required=False)

    def __init__(
        self, *args: Any, measures: Mapping[str, str], rows: Sequence[Planned], waits: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(
            self, "measure", [("", "None"), *((key, f"{key}: {title}") for key, title in measures.items())]
        )
        if not waits:
            del self.fields["instead_because"]
        self.rows = min(len(rows) + SPARE, MOST_ROWS)
        for place in range(self.rows):
            before = rows[place] if place < len(rows) else None
            self._add_row(place, before)

    def _add_row(self, place: int, before: Planned | None) -> None:
        for name, longest in (("what", 300), ("owner", 200), ("proof", 300)):
            self.fields[f"{name}_{place}"] = forms.CharField(max_length=longest, required=False)
        self.fields[f"due_on_{place}"] = a_day("Due", required=False)
        self.fields[f"thread_{place}"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        for name in ROW if before else ():
            self.initial.setdefault(f"{name}_{place}", getattr(before, name))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for place in range(self.rows):
            if self._is_given(cleaned, place) and cleaned.get(f"due_on_{place}") is None:
                self.add_error(f"due_on_{place}", "Say by which day.")
        return cleaned

    @staticmethod
    def _is_given(told: Mapping[str, Any], place: int) -> bool:
        return any(told.get(f"{name}_{place}") for name in ("what", "owner", "proof", "due_on"))

    @property
    def filed(self) -> Filed:
        """The version, once the form is valid."""
        told = self.cleaned_data
        given = [place for place in range(self.rows) if self._is_given(told, place)]
        milestones = tuple(Planned(**{name: told[f"{name}_{place}"] for name in ROW}) for place in given)
        names = ("cause", "measure", "level", "months", "otherwise", "signed_by", "signed_as", "signed_on")
        return Filed(
            milestones=milestones,
            key=told["key"],
            instead_because=told.get("instead_because", ""),
            **{name: told[name] for name in names},
        )
