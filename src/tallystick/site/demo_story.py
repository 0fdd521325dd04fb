"""Who acts in the matters of the demonstration, and on which days of its story."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from django.utils import timezone

from tallystick.cases.attached import Handed
from tallystick.cases.filings import Filed, Planned
from tallystick.cases.models import Case, CaseFinding, Message
from tallystick.cases.operations.causes import name_cause
from tallystick.cases.operations.ladder import take_ladder_step
from tallystick.cases.operations.opening import Opened, Size, name_leads, open_case
from tallystick.cases.operations.remedies import file_remedy
from tallystick.cases.operations.sharing import share_lines
from tallystick.cases.operations.talking import (
    Reply,
    Said,
    Sending,
    give_notice,
    read_messages,
    reply,
    send_message,
    write_note,
)
from tallystick.decisions.models import Decision
from tallystick.decisions.operations import records
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Role
from tallystick.processes.operations.courses import Taken
from tallystick.runs.models import Finding, FindingVersion

JULY = "2021-07"
FELLSIDE, ALDERBROOK, CAIRN = "Fellside Energy", "Alderbrook Energy", "Cairn Valley Energy"
BRIGHTWATER, GORSEBANK = "Brightwater Power", "Gorsebank Energy"


def august(number: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """Return an instant of the story's last month."""
    day = dt.date(2021, 8, number)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


@dataclass
class Story:
    """Who acts in the cases: the analyst, the secretary, and the delegates by their parties."""

    code: str
    prefix: str
    keys: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        held = Role.objects.select_related("person", "organisation").filter(code=self.code)
        self.jo = self._acting(held.get(role=Role.ANALYST, person__email__endswith="@example.org"))
        self.sam = self._acting(held.get(role=Role.SECRETARY, body=None))
        delegates = held.filter(role=Role.PARTY_DELEGATE).order_by("pk")
        self.delegates = {one.organisation.name: self._acting(one) for one in delegates if one.organisation}

    def _acting(self, role: Role) -> Acting:
        return Acting(self.code, august(6).date(), role.person, role)

    def key(self) -> str:
        return f"{self.prefix}-{next(self.keys)}"

    def told(self, who: Acting, at: dt.datetime) -> dict[str, Any]:
        """Return by whom and when, as an act is told it: somebody who showed a second factor just then."""
        return {"by": replace(who, day=at.date(), second_factor_at=at), "at": at}

    def decided(
        self, body: str, title: str, text: str, at: dt.datetime, verb: str = "AGREED", party: str = ""
    ) -> Decision:
        """Let a body decide without a vote, about a party or about nobody."""
        of = Organisation.objects.get(name=party) if party else None
        told = records.Taken(
            verb, title, text, Body.objects.get(code=self.code, key=body), at.date(), self.key(), party=of
        )
        return records.record_decision(taken=told, **self.told(self.sam, at))


@dataclass
class Led:
    """A case as it is led through its story."""

    story: Story
    row: Case

    @property
    def party(self) -> Acting:
        return self.story.delegates[self.row.party.name]

    def led_by_both(self, at: dt.datetime) -> None:
        lead, other = self.story.jo.person, self.party.person
        if lead is not None:
            name_leads(case=self.row, lead=lead, party_lead=other, **self.story.told(self.story.jo, at))

    def noticed(self, text: str, at: dt.datetime) -> None:
        """Share what lines there are, and give notice."""
        findings = self.row.case_findings.values("finding")
        versions = list(
            FindingVersion.objects.filter(
                finding__in=findings, run__is_current=True, line_list__party=self.row.party
            )
        )
        told = self.story.told(self.story.jo, at)
        if versions:
            share_lines(case=self.row, versions=versions, key=self.story.key(), **told)
        give_notice(case=self.row, text=text, key=self.story.key(), **told)

    def replied(self, stance: str, words: str, at: dt.datetime, disputed: str = "") -> None:
        """Let the party reply; with `disputed`, it accepts every line but the last, of which it says that."""
        shared = self.row.shared.select_related("version__line_list")
        lines = [line["key"] for one in shared for line in one.version.line_list.lines]
        said = {line: Said("accepted") for line in lines}
        if disputed and lines:
            said[lines[-1]] = Said("disputed", disputed)
        made = Reply(stance, words, self.story.key(), said)
        reply(case=self.row, said=made, **self.story.told(self.party, at))

    def step(self, move: str, at: dt.datetime, *, reason: str = "", **said: str) -> None:
        taken = Taken(move, self.story.key(), said, reason=reason)
        take_ladder_step(case=self.row, taken=taken, **self.story.told(self.story.jo, at))

    def as_decided(self, move: str, decision: Decision, at: dt.datetime) -> None:
        """Let the secretary carry out what a body decided."""
        told = self.story.told(self.story.sam, at)
        taken = Taken(move, self.story.key())
        take_ladder_step(case=self.row, taken=taken, decision=decision.reference, **told)

    def caused_by(self, cause: str, at: dt.datetime) -> None:
        name_cause(case=self.row, cause=cause, **self.story.told(self.story.jo, at))

    def asked_for_a_remedy(self, at: dt.datetime) -> None:
        self.step("go_on", at)
        self.step("persuade", at, how="A call with the head of operations")
        self.step("ask_for_remedy", at)

    def filed(self, at: dt.datetime, cause: str, milestones: Iterable[Planned], **told: Any) -> Any:
        said = {"signed_by": "Nadia Holt", "signed_as": "Operations director", "signed_on": at.date(), **told}
        made = Filed(cause, tuple(milestones), self.story.key(), **said)
        return file_remedy(case=self.row, filed=made, **self.story.told(self.party, at))

    def written(
        self, who: Acting, text: str, at: dt.datetime, *files: Handed, kind: str = Message.MESSAGE
    ) -> None:
        told, sending = self.story.told(who, at), Sending(kind, files)
        send_message(case=self.row, text=text, key=self.story.key(), sending=sending, **told)

    def opened_by_both(self, at: dt.datetime) -> None:
        """Let each side open what the other wrote."""
        for who in (self.story.jo, self.party):
            read_messages(case=self.row, **self.story.told(who, at))

    def noted(self, text: str, at: dt.datetime) -> None:
        told = self.story.told(self.story.jo, at)
        write_note(case=self.row, text=text, key=self.story.key(), **told)


def findings_on(measures: Iterable[str], party: str) -> list[Finding]:
    """Return the findings of July on a party by some measures that hold and have no case."""
    rows = Finding.objects.filter(period=JULY, party__name=party, measure__in=list(measures))
    has_case = set(CaseFinding.objects.filter(finding__in=rows).values_list("finding", flat=True))
    found = rows.select_related("party").order_by("measure", "pk")
    return [one for one in found if not one.is_withdrawn and one.pk not in has_case]


def opened(story: Story, rests_on: list[Finding], title: str, what: str, at: dt.datetime, **told: Any) -> Led:
    first = rests_on[0] if rests_on else None
    party: Organisation = told.pop("party", first.party if first else None)
    versions = FindingVersion.objects.filter(finding__in=rests_on, run__is_current=True)
    devices = sum(one.exceptions for one in versions)
    size = Size(devices=devices, how="Counted from the lines of July 2021.") if devices else Size()
    said: dict[str, Any] = {
        "severity": "moderate",
        "confidence": "certain",
        "obligation": first.obligation if first else "",
        "source": Case.MONITORING,
        **told,
    }
    made = Opened(
        party=party, title=title, what=what, key=story.key(), findings=tuple(rests_on), size=size, **said
    )
    return Led(story, open_case(opened=made, **story.told(story.jo, at)))
