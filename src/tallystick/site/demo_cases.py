"""The cases of the demonstration: each at another stage, from what July 2021 shows or what was told.

They go by the acts themselves, on days of the story: from 6 August, since when the code has a framework for
them, to its last day. What a year of another scale does not show has no case in it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from tallystick.cases.attached import Handed
from tallystick.cases.filings import Filed, Planned
from tallystick.cases.models import Case, CaseFinding
from tallystick.cases.operations.clocks import pass_due
from tallystick.cases.operations.closing import withdraw_case
from tallystick.cases.operations.ladder import take_ladder_step
from tallystick.cases.operations.opening import Opened, Size, name_leads, open_case
from tallystick.cases.operations.remedies import accept_remedy, file_remedy, return_remedy
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
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role
from tallystick.processes.operations.courses import Taken
from tallystick.processes.operations.holds import Placed, place_hold
from tallystick.runs.models import Finding, FindingVersion

JULY = "2021-07"
FELLSIDE, ALDERBROOK, CAIRN = "Fellside Energy", "Alderbrook Energy", "Cairn Valley Energy"
BRIGHTWATER, GORSEBANK = "Brightwater Power", "Gorsebank Energy"
RESTATED = ("AREA-G", BRIGHTWATER)
REVISITS = "week from,revisits planned\n2021-09-06,60\n2021-09-13,90\n2021-09-20,120\n2021-09-27,120\n"
KEYS, EARLY = "demo-case", "demo-early"


def august(number: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """Return an instant of the story's last month."""
    day = dt.date(2021, 8, number)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


@dataclass
class _Story:
    """Who acts in the cases: the analyst, the secretary, and the delegates by their parties."""

    code: str
    prefix: str = KEYS
    keys: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        held = Role.objects.select_related("person", "organisation").filter(code=self.code)
        self.jo = self._acting(held.get(role=Role.ANALYST, person__email__endswith="@example.org"))
        self.sam = self._acting(held.get(role=Role.SECRETARY))
        delegates = held.filter(role=Role.PARTY_DELEGATE).order_by("pk")
        self.delegates = {one.organisation.name: self._acting(one) for one in delegates if one.organisation}

    def _acting(self, role: Role) -> Acting:
        return Acting(self.code, august(6).date(), role.person, role)

    def key(self) -> str:
        return f"{self.prefix}-{next(self.keys)}"

    def told(self, who: Acting, at: dt.datetime) -> dict[str, Any]:
        """Return by whom and when, as an act is told it."""
        return {"by": replace(who, day=at.date()), "at": at}


@dataclass
class _Case:
    """A case as it is led through its story."""

    story: _Story
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

    def asked_for_a_remedy(self, at: dt.datetime) -> None:
        self.step("go_on", at)
        self.step("persuade", at, how="A call with the head of operations")
        self.step("ask_for_remedy", at)

    def filed(self, at: dt.datetime, cause: str, milestones: Iterable[Planned], **told: Any) -> Any:
        said = {"signed_by": "Nadia Holt", "signed_as": "Operations director", "signed_on": at.date(), **told}
        made = Filed(cause, tuple(milestones), self.story.key(), **said)
        return file_remedy(case=self.row, filed=made, **self.story.told(self.party, at))

    def written(self, who: Acting, text: str, at: dt.datetime, *files: Handed) -> None:
        told, sending = self.story.told(who, at), Sending(files=files)
        send_message(case=self.row, text=text, key=self.story.key(), sending=sending, **told)

    def opened_by_both(self, at: dt.datetime) -> None:
        """Let each side open what the other wrote."""
        for who in (self.story.jo, self.party):
            read_messages(case=self.row, **self.story.told(who, at))

    def noted(self, text: str, at: dt.datetime) -> None:
        told = self.story.told(self.story.jo, at)
        write_note(case=self.row, text=text, key=self.story.key(), **told)


@transaction.atomic
def open_before_late_files(code: str) -> None:
    """Open a case on what only the first run of July shows: the late files are about to take it back."""
    found = _findings([RESTATED[0]], RESTATED[1])
    if found:
        story = _Story(code, EARLY)
        _opened(
            story,
            found,
            "Hubs not returned in time",
            "Hubs that were removed came back late.",
            august(13, 15),
        )


@transaction.atomic
def make_cases(code: str) -> None:
    """Lead every case to where the story ends; what is there stays as it is."""
    if Case.objects.filter(code=code, key=f"{KEYS}-1").exists():
        return
    story = _Story(code)
    _before_the_board(story)
    _withdrawn(story)
    earlier = _closed_on_the_reply(story)
    _missed(story)
    _waits_for_its_assessment(story)
    _on_hold(story)
    _noticed(story)
    _repeated(story, earlier)
    _drafted(story)


def _findings(measures: Iterable[str], party: str) -> list[Finding]:
    """Return the findings of July on a party by some measures that hold and have no case."""
    rows = Finding.objects.filter(period=JULY, party__name=party, measure__in=list(measures))
    has_case = set(CaseFinding.objects.filter(finding__in=rows).values_list("finding", flat=True))
    found = rows.select_related("party").order_by("measure", "pk")
    return [one for one in found if not one.is_withdrawn and one.pk not in has_case]


def _opened(
    story: _Story, rests_on: list[Finding], title: str, what: str, at: dt.datetime, **told: Any
) -> _Case:
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
    opened = Opened(
        party=party, title=title, what=what, key=story.key(), findings=tuple(rests_on), size=size, **said
    )
    return _Case(story, open_case(opened=opened, **story.told(story.jo, at)))


def _withdrawn(story: _Story) -> None:
    """End the case that rests on a finding which the late files took back."""
    early = Case.objects.filter(code=story.code, key__startswith=EARLY, closed_at=None).first()
    if early is not None and all(one.finding.is_withdrawn for one in early.case_findings.all()):
        withdraw_case(case=early, key=story.key(), **story.told(story.jo, august(20, 9)))


def _before_the_board(story: _Story) -> None:
    """Tell of the plan on which the board votes: its party came forward by itself."""
    one = _opened(
        story,
        [],
        "Certificates not recycled in time",
        "Certificates of devices that were commissioned were recycled days too late. The party reported it.",
        august(6, 10),
        party=Organisation.objects.get(name=ALDERBROOK),
        obligation="OBL-AREA-D",
        source=Case.SELF_REPORT,
        severity="serious",
    )
    one.led_by_both(august(6, 10))
    one.noticed("Thank you for telling us. Please say what you will do.", august(6, 11))
    one.replied("accepted", "We found it in our own figures, and send a plan today.", august(6, 12))
    for move in ("go_on", "inform"):
        one.step(move, august(6, 13))
    one.step("persuade", august(6, 13), how="A call with the metering team")
    planned = [
        Planned("Certificates of July recycled", "L. Farrow", dt.date(2021, 9, 30), "Device status"),
        Planned("Recycling runs every night", "L. Farrow", dt.date(2021, 10, 29), "Log of the job"),
    ]
    cause = "The job that recycles certificates ran once a week."
    one.filed(august(6, 16), cause, planned, otherwise="No certificate waits for longer than seven days.")
    why = "The board asked for plans that touch security."
    one.step("escalate_to_pab_at_once", august(9, 10), reason=why)
    one.written(one.party, "Our views are in the plan. We stand by its days.", august(12, 14))


def _closed_on_the_reply(story: _Story) -> Case | None:
    one = _opened(
        story,
        [],
        "An incident answered late",
        "An incident of the highest category was answered on the day after.",
        august(6, 14),
        party=Organisation.objects.get(name=CAIRN),
        obligation="OBL-AREA-H",
        source=Case.THIRD_PARTY,
        severity="minor",
        confidence="likely",
        teller="A fitter of another supplier, who asks not to be named.",
    )
    one.noticed("We were told of an incident on 28 July. Please reply.", august(6, 15))
    words = "It was answered within the hour by telephone; the entry was made a day later."
    one.replied("accepted_in_part", words, august(9, 11))
    one.step("accept_reply", august(10, 9), reason="The call log shows the answer. The entry is corrected.")
    one.row.refresh_from_db()
    return one.row


def _missed(story: _Story) -> None:
    found = _findings(["AREA-G"], FELLSIDE)
    if not found:
        return
    what = "Hubs that were removed are returned later than the code allows."
    one = _opened(story, found, "Hubs not returned in time", what, august(13, 10))
    one.led_by_both(august(13, 10))
    one.noticed("Please see the lines, and reply.", august(13, 11))
    one.replied("accepted", "We accept every line.", august(13, 15))
    one.asked_for_a_remedy(august(16, 9))
    planned = [
        Planned("A courier collects every day", "O. Pike", dt.date(2021, 8, 18), "Contract"),
        Planned("Hubs of July returned", "O. Pike", dt.date(2021, 9, 17), "Device status"),
        Planned("Two months at 97%", "N. Holt", dt.date(2021, 10, 29), "AREA-G"),
    ]
    cause = "The depot sent hubs back once a month."
    remedy = one.filed(august(16, 11), cause, planned, measure="AREA-G", level=Decimal(97), months=2)
    told = story.told(story.jo, august(16, 15))
    accept_remedy(remedy=remedy, words="Please keep to the first day.", key=story.key(), **told)
    one.step("plan_remedy", august(16, 15))
    pass_due(august(19, 1), august(19).date())
    one.opened_by_both(august(18, 16))
    one.written(story.jo, "The courier was promised for 18 August. What is the new day?", august(19, 9))


def _waits_for_its_assessment(story: _Story) -> None:
    found = _findings(["AREA-B"], FELLSIDE)
    if not found:
        return
    what = "Hubs were fitted whose variant is not the one that their area needs."
    one = _opened(
        story,
        found,
        "Mesh-variant hubs not installed where required",
        what,
        august(16, 9),
        severity="serious",
    )
    one.led_by_both(august(16, 9))
    one.noticed("Please see the lines, and say of each whether you accept it.", august(16, 10))
    stood = "Classed as mesh after the install date."
    one.replied("accepted_in_part", "We accept all but one.", august(17, 9), disputed=stood)
    one.asked_for_a_remedy(august(17, 14))
    cause = "Job scheduling used a coverage file from January; installers carried one variant"
    first = [
        Planned("Daily coverage file in scheduling", "O. Pike", dt.date(2021, 9, 15), "Feed log"),
        Planned("Both variants on every van, mesh areas", "L. Farrow", dt.date(2021, 9, 30), "Stock audit"),
        Planned("Sites of July revisited", "O. Pike", dt.date(2021, 12, 31), "Device status"),
        Planned("Three months at 97%", "N. Holt", dt.date(2021, 12, 31), "AREA-B"),
    ]
    criterion = {"measure": "AREA-B", "level": Decimal(97), "months": 3}
    before = one.filed(august(18, 10), cause, first, **criterion)
    reasons = "Milestone 3 ends on the day by which milestone 4 has run for three months. Bring it forward."
    return_remedy(remedy=before, reasons=reasons, key=story.key(), **story.told(story.jo, august(19, 11)))
    days = [dt.date(2021, 9, 29), dt.date(2021, 9, 30), dt.date(2021, 10, 15), dt.date(2022, 1, 31)]
    second = [
        replace(planned, due_on=day, thread=number)
        for number, (planned, day) in enumerate(zip(first, days, strict=True), 1)
    ]
    one.opened_by_both(august(19, 16))
    one.filed(august(20, 8, 50), cause, second, **criterion)
    words = "Version 2 brings the revisits forward to 15 October, so that November to January are the test."
    weeks = Handed("Revisits by week, version 2.csv", REVISITS.encode())
    one.written(one.party, words, august(20, 8, 52), weeks)
    one.noted("The revisits hang on the stock of mesh hubs. Ask for the order.", august(20, 9))


def _on_hold(story: _Story) -> None:
    found = _findings(["AREA-E2"], ALDERBROOK)
    if not found:
        return
    what = "Devices that were removed stay in the inventory as if they were there."
    one = _opened(story, found, "Removed devices left in the inventory", what, august(16, 11))
    one.noticed("Please see the lines, and reply.", august(17, 10))
    why = "The sender of the inventory corrects its file of 31 July. What it shows is waited for."
    placed = Placed(why, story.key(), august(18).date(), dt.date(2021, 9, 1), course=one.row.course)
    place_hold(placed=placed, **story.told(story.sam, august(18, 11)))


def _noticed(story: _Story) -> None:
    found = _findings(["AREA-C"], CAIRN)
    if not found:
        return
    what = "Hubs were installed and no message of their install followed in time."
    one = _opened(story, found, "Install messages missing", what, august(17, 11))
    one.led_by_both(august(17, 11))
    one.noticed("Please see the lines, and reply within ten working days.", august(18, 10))


def _repeated(story: _Story, earlier: Case | None) -> None:
    found = _findings(["AREA-H1", "AREA-H2"], CAIRN)
    if not found:
        return
    what = "Incidents were answered later than their category allows, again."
    one = _opened(story, found, "Incidents answered late", what, august(19, 10), repeats=earlier)
    one.noticed("It is the second time this month. Please reply.", august(20, 9))


def _drafted(story: _Story) -> None:
    found = _findings(["AREA-D1", "AREA-D2"], GORSEBANK)
    if found:
        what = "Certificates of commissioned devices were recycled, or the network's applied, too late."
        _opened(story, found, "Certificates late after commissioning", what, august(20, 8))
