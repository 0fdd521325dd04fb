"""The cases of the demonstration: each at another stage, from what July 2021 shows or what was told.

They go by the acts themselves, on days of the story: from 6 August, since when the code has a framework for
them, to its last day. What a year of another scale does not show has no case in it.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import transaction

from tallystick.cases.attached import Handed
from tallystick.cases.filings import Planned
from tallystick.cases.models import Case, Message
from tallystick.cases.operations.clocks import pass_due
from tallystick.cases.operations.closing import withdraw_case
from tallystick.cases.operations.remedies import accept_remedy, return_remedy
from tallystick.parties.models import Organisation
from tallystick.processes.operations.holds import Placed, place_hold
from tallystick.site.demo_story import (
    ALDERBROOK,
    BRIGHTWATER,
    CAIRN,
    FELLSIDE,
    GORSEBANK,
    Story,
    august,
    findings_on,
    opened,
)

RESTATED = ("AREA-G", BRIGHTWATER)
REVISITS = "week from,revisits planned\n2021-09-06,60\n2021-09-13,90\n2021-09-20,120\n2021-09-27,120\n"
PROMISED = [
    Planned("Daily coverage file in scheduling", "O. Pike", dt.date(2021, 9, 15), "Feed log"),
    Planned("Both variants on every van, mesh areas", "L. Farrow", dt.date(2021, 9, 30), "Stock audit"),
    Planned("Sites of July revisited", "O. Pike", dt.date(2021, 12, 31), "Device status"),
    Planned("Three months at 97%", "N. Holt", dt.date(2021, 12, 31), "AREA-B"),
]
KEYS, EARLY = "demo-case", "demo-early"


@transaction.atomic
def open_before_late_files(code: str) -> None:
    """Open a case on what only the first run of July shows: the late files are about to take it back."""
    found = findings_on([RESTATED[0]], RESTATED[1])
    if found:
        story = Story(code, EARLY)
        opened(
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
    story = Story(code, KEYS)
    _before_the_board(story)
    _withdrawn(story)
    earlier = _closed_on_the_reply(story)
    _missed(story)
    _waits_for_its_assessment(story)
    _on_hold(story)
    _noticed(story)
    _repeated(story, earlier)
    _published(story)
    _drafted(story)


def _withdrawn(story: Story) -> None:
    """End the case that rests on a finding which the late files took back."""
    early = Case.objects.filter(code=story.code, key__startswith=EARLY, closed_at=None).first()
    if early is not None and all(one.finding.is_withdrawn for one in early.case_findings.all()):
        withdraw_case(case=early, key=story.key(), **story.told(story.jo, august(20, 9)))


def _before_the_board(story: Story) -> None:
    """Tell of the plan on which the board votes: its party came forward by itself."""
    one = opened(
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
    one.caused_by("security_weakened", august(6, 10))
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


def _closed_on_the_reply(story: Story) -> Case | None:
    one = opened(
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
        cause="reporting_late",
        teller="A fitter of another supplier, who asks not to be named.",
    )
    one.noticed("We were told of an incident on 28 July. Please reply.", august(6, 15))
    words = "It was answered within the hour by telephone; the entry was made a day later."
    one.replied("accepted_in_part", words, august(9, 11))
    one.step("accept_reply", august(10, 9), reason="The call log shows the answer. The entry is corrected.")
    one.row.refresh_from_db()
    return one.row


def _missed(story: Story) -> None:
    found = findings_on(["AREA-G"], FELLSIDE)
    if not found:
        return
    what = "Hubs that were removed are returned later than the code allows."
    one = opened(story, found, "Hubs not returned in time", what, august(13, 10), cause="no_harm_seen")
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


def _waits_for_its_assessment(story: Story) -> None:
    found = findings_on(["AREA-B"], FELLSIDE)
    if not found:
        return
    what = "Hubs were fitted whose variant is not the one that their area needs."
    one = opened(
        story,
        found,
        "Mesh-variant hubs not installed where required",
        what,
        august(16, 9),
        severity="serious",
        cause="users_harmed",
    )
    one.led_by_both(august(16, 9))
    one.noticed("Please see the lines, and say of each whether you accept it.", august(16, 10))
    stood = "Classed as mesh after the install date."
    one.replied("accepted_in_part", "We accept all but one.", august(17, 9), disputed=stood)
    one.asked_for_a_remedy(august(17, 14))
    cause = "Job scheduling used a coverage file from January; installers carried one variant"
    criterion = {"measure": "AREA-B", "level": Decimal(97), "months": 3}
    before = one.filed(august(18, 10), cause, PROMISED, **criterion)
    reasons = "Milestone 3 ends on the day by which milestone 4 has run for three months. Bring it forward."
    return_remedy(remedy=before, reasons=reasons, key=story.key(), **story.told(story.jo, august(19, 11)))
    days = [dt.date(2021, 9, 29), dt.date(2021, 9, 30), dt.date(2021, 10, 15), dt.date(2022, 1, 31)]
    second = [
        replace(planned, due_on=day, thread=number)
        for number, (planned, day) in enumerate(zip(PROMISED, days, strict=True), 1)
    ]
    one.opened_by_both(august(19, 16))
    one.filed(august(20, 8, 50), cause, second, **criterion)
    words = "Version 2 brings the revisits forward to 15 October, so that November to January are the test."
    weeks = Handed("Revisits by week, version 2.csv", REVISITS.encode())
    one.written(one.party, words, august(20, 8, 52), weeks)
    one.noted("The revisits hang on the stock of mesh hubs. Ask for the order.", august(20, 9))


def _on_hold(story: Story) -> None:
    found = findings_on(["AREA-E2"], ALDERBROOK)
    if not found:
        return
    what = "Devices that were removed stay in the inventory as if they were there."
    one = opened(
        story,
        found,
        "Removed devices left in the inventory",
        what,
        august(16, 11),
        cause="reporting_incomplete",
    )
    one.noticed("Please see the lines, and reply.", august(17, 10))
    why = "The sender of the inventory corrects its file of 31 July. What it shows is waited for."
    placed = Placed(why, story.key(), august(18).date(), dt.date(2021, 9, 1), course=one.row.course)
    place_hold(placed=placed, **story.told(story.sam, august(18, 11)))


def _noticed(story: Story) -> None:
    found = findings_on(["AREA-C"], CAIRN)
    if not found:
        return
    what = "Hubs were installed and no message of their install followed in time."
    one = opened(story, found, "Install messages missing", what, august(17, 11), cause="reporting_incomplete")
    one.led_by_both(august(17, 11))
    one.noticed("Please see the lines, and reply within ten working days.", august(18, 10))


def _repeated(story: Story, earlier: Case | None) -> None:
    found = findings_on(["AREA-H1", "AREA-H2"], CAIRN)
    told: dict[str, Any] = {}
    if not found:
        # July of a larger year shows nothing of it; the party reported it.
        party = Organisation.objects.get(name=CAIRN)
        told = {"party": party, "obligation": "OBL-AREA-H", "source": Case.SELF_REPORT}
    what = "Incidents were answered later than their category allows, again."
    told |= {"repeats": earlier, "cause": "users_harmed"}
    one = opened(story, found, "Incidents answered late", what, august(19, 10), **told)
    one.noticed("It is the second time this month. Please reply.", august(20, 9))


def _published(story: Story) -> None:
    """Tell of the one case that the Panel published: what was owed was done, and told late time and again."""
    one = opened(
        story,
        [],
        "Certified devices reported late",
        "For months the list of installed devices came weeks after its day. The devices were certified.",
        august(6, 9),
        party=Organisation.objects.get(name=CAIRN),
        obligation="OBL-AREA-A",
        source=Case.AUDIT,
        cause="reporting_late",
    )
    one.led_by_both(august(6, 9))
    one.noticed("The audit report is with you. Please reply.", august(6, 10))
    one.replied("accepted", "We accept it. The person who sent the list had left.", august(6, 12))
    for move in ("go_on", "inform"):
        one.step(move, august(6, 15))
    one.step("persuade", august(6, 15), how="Two calls in the spring")
    why = "It was promised twice before."
    one.step("escalate_to_pab_at_once", august(9, 9), reason=why)
    title = "Lists of devices that come late"
    text = "The board AGREED that the case goes up to the Panel."
    up = story.decided("PAB", title, text, august(10, 12), party=CAIRN)
    one.as_decided("escalate_to_panel", up, august(10, 15))
    draft = f"{CAIRN} reported its installed devices late from January to July 2021."
    one.written(story.jo, draft, august(11, 9), kind=Message.TO_PUBLISH)
    text = "The Panel AGREED to publish it. The lists come in time since August."
    agreed = story.decided("PANEL", title, text, august(13, 12), party=CAIRN)
    one.as_decided("publish", agreed, august(13, 15))


def _drafted(story: Story) -> None:
    found = findings_on(["AREA-D1", "AREA-D2"], GORSEBANK)
    if found:
        what = "Certificates of commissioned devices were recycled, or the network's applied, too late."
        opened(story, found, "Certificates late after commissioning", what, august(20, 8))
