"""What the demonstration applies: guidance acknowledged, a check with a sample, an entry test, an audit."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from tallystick.assessments.models import Application, Part
from tallystick.assessments.sampling.population import listed
from tallystick.assessments.sampling.sampled import drawn_of
from tallystick.assessments.techniques.begun import Begun
from tallystick.assessments.techniques.operations.answering import (
    Outcome,
    answer_part,
    conclude_part,
    read_part,
)
from tallystick.assessments.techniques.operations.applying import (
    begin_application,
    close_application,
    report_application,
    start_application,
)
from tallystick.assessments.techniques.operations.correcting import Corrected, correct_outcome
from tallystick.assessments.techniques.operations.sampling import Asked, Seen, draw_sample, tally_sample
from tallystick.assessments.techniques.operations.testing import list_items, record_items
from tallystick.parties.models import Organisation
from tallystick.site.demo_story import ALDERBROOK, FELLSIDE, Story, august

KEYS = "demo-applications"
DAYS = dt.date(2021, 8, 9), dt.date(2021, 9, 30)
DEVICES, EVERY = 900, 18
ITEMS = {
    "Installs a Communications Hub and sends its status": True,
    "Restricts access on a change of tenancy": True,
    "Decommissions a device that is removed": True,
    "Reads an alert within a minute": False,
}


@transaction.atomic
def make_applications(code: str) -> None:
    """Plant them; what is there stays as it is."""
    if Application.objects.filter(code=code).exists():
        return
    story = Story(code, KEYS)
    _guidance(story)
    _inventory(story)
    _entry(story)
    _certificates(story)


def _guidance(story: Story) -> None:
    """Let every party with a delegate be told, and some of them acknowledge it."""
    row = _begun(
        story,
        "coverage_guidance",
        (
            "Coverage checked before a hub is dispatched",
            "Hubs of the wrong variant come back every month, mostly of areas whose cover changed in spring.",
        ),
        sorted(story.delegates),
        5000,
    )
    start_application(application=row, key=story.key(), **story.told(story.jo, august(9, 16)))
    others = sorted(set(story.delegates) - {FELLSIDE})
    for place, name in enumerate(others):
        part, told = _part(row, name), story.told(story.delegates[name], august(10 + place % 8, 15))
        read_part(part=part, **told)
        if name == ALDERBROOK:
            words = "Our dispatch reads the cover of the day since June."
            answer_part(part=part, answer=words, key=story.key(), **told)
        elif place % 3:
            answer_part(part=part, answer="", key=story.key(), **told)


def _inventory(story: Story) -> None:
    """Let an inventory be sampled, and a few of what was drawn fail."""
    row = _begun(
        story,
        "inventory_check",
        (
            "Inventory against what is installed",
            "Devices that were removed stay in the inventory of some Parties.",
        ),
        [ALDERBROOK],
        9000,
    )
    start_application(application=row, key=story.key(), **story.told(story.jo, august(9, 16)))
    part = _part(row, ALDERBROOK)
    told = story.told(story.jo, august(10, 10))
    lines = (f"{'North' if one % 3 else 'South'},00-DB-12-34-00-{one:04d}" for one in range(DEVICES))
    asked = Asked(
        "Devices in the inventory on 1 August 2021 that are marked as installed.",
        listed("\n".join(lines)),
        Decimal(95),
        Decimal(5),
        "PAB of August 2021, item 4",
        story.key(),
    )
    sample = draw_sample(part=part, asked=asked, **told)
    names = [name for _, name in drawn_of(sample)]
    found = {name: "conforms" if place % EVERY else "fails" for place, name in enumerate(names, start=1)}
    seen = Seen(story.key(), found, note="Seen on the register of visits and at the home.")
    tally_sample(part=part, seen=seen, **story.told(story.jo, august(17, 16)))
    words = "Three of those drawn were removed and not decommissioned."
    outcome = Outcome("does_not_conform", story.key(), words)
    conclude_part(part=part, told=outcome, **story.told(story.jo, august(18, 10)))
    said = "What fails is what was removed before March; Alderbrook Energy mends it from its own list."
    told = story.told(story.jo, august(19, 10))
    report_application(application=row, result=said, spent=Decimal(8640), key=story.key(), **told)


def _entry(story: Story) -> None:
    """Let a party be tested on entry, with one item that failed and has not run again."""
    name = min(set(story.delegates) - {ALDERBROOK, FELLSIDE})
    row = _begun(
        story,
        "entry_testing",
        (f"Entry test of {name}", "It takes up another role this autumn."),
        [name],
        2500,
    )
    list_items(application=row, items=ITEMS, key=story.key(), **story.told(story.jo, august(9, 15)))
    start_application(application=row, key=story.key(), **story.told(story.jo, august(10, 9)))
    _tested(story, row, name, {1: "passed", 2: "failed"}, august(13, 14))
    _tested(story, row, name, {2: "passed", 3: "failed", 4: "not_run"}, august(17, 14))


def _certificates(story: Story) -> None:
    """Let an audit of last winter be written down: its outcome was said otherwise, and it was closed."""
    why = "Carried out before this register was kept, and written down from the auditor's report."
    said = ("Certificates recycled after commissioning", why)
    days = dt.date(2021, 2, 8), dt.date(2021, 3, 26)
    row = _begun(story, "certificate_audit", said, [ALDERBROOK, FELLSIDE], 16000, days)
    start_application(application=row, key=story.key(), **story.told(story.jo, august(9, 16)))
    first = {ALDERBROOK: ("conforms", ""), FELLSIDE: ("does_not_conform", "Four of 60 were not recycled.")}
    for name, (outcome, words) in first.items():
        told = story.told(story.jo, august(10, 11))
        conclude_part(part=_part(row, name), told=Outcome(outcome, story.key(), words), **told)
    why = "Three of the four were recycled in the month before; the report had an older list."
    other = Corrected("conforms", why, story.key(), "One of 60 was not recycled.")
    correct_outcome(part=_part(row, FELLSIDE), corrected=other, **story.told(story.jo, august(12, 15)))
    came = "59 of 60 and 60 of 60 were recycled in time. Nothing is asked of either Party."
    told = story.told(story.jo, august(13, 10))
    report_application(application=row, result=came, spent=Decimal(14280), key=story.key(), **told)
    effect = "Little to see: certificates were recycled in time before it too."
    told = story.told(story.jo, august(16, 10))
    close_application(application=row, effect=effect, key=story.key(), **told)


def _tested(story: Story, row: Application, name: str, went: Mapping[int, str], at: dt.datetime) -> None:
    part, told = _part(row, name), story.told(story.jo, at)
    record_items(part=part, outcomes=went, note="", key=story.key(), **told)


def _begun(
    story: Story,
    technique: str,
    said: tuple[str, str],
    names: list[str],
    cost: int,
    days: tuple[dt.date, dt.date] = DAYS,
) -> Application:
    """Plan an application by what it is and why."""
    parties = {one.name: one for one in Organisation.objects.filter(name__in=names)}
    begun = Begun(
        technique=technique,
        title=said[0],
        why=said[1],
        from_on=days[0],
        until_on=days[1],
        cost=Decimal(cost),
        key=story.key(),
        parties=tuple(parties[name] for name in names),
    )
    return begin_application(begun=begun, **story.told(story.jo, august(9, 14)))


def _part(row: Application, name: str) -> Part:
    found: Part = Part.objects.select_related("application").get(application=row, party__name=name)
    return found
