"""What is tested of each party is listed before an application starts; how each item went comes then."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.models import Application, Certificate, Item, ItemResult, Part
from tallystick.assessments.models.tested import LONGEST_NAME, LONGEST_TITLE
from tallystick.assessments.techniques.facts import PLANNED, UNDER_WAY, stage_of, technique_of
from tallystick.assessments.techniques.operations.rows import (
    LONGEST,
    enter,
    locked_application,
    locked_part,
    office_of,
)
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped

TESTED = frozenset({"qualification", "testing"})
MOST_ITEMS = 100


class UnableToTest(Exception):
    """Nothing is tested by such a technique or now, an item is not said, or an outcome is not known."""


class UnableToCertify(Exception):
    """No devices are certified by such a technique or now, or the certificate is not whole."""


@dataclass(frozen=True)
class Certified:
    """A certificate as the form has it: of which devices, under which number, from when until when."""

    device_model: str
    reference: str
    valid_from: dt.date
    valid_until: dt.date
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def list_items(
    *, application: Application, items: Mapping[str, bool], key: str, by: Acting, at: dt.datetime
) -> list[Item]:
    """List what is tested, before the application starts.

    :param items: titles, each with whether it has to pass
    :raises UnableToTest: if it cannot be so
    """
    held = locked_application(application)
    person = office_of(by, key, UnableToTest)
    before = list(held.items.filter(key=key).order_by("number"))
    if before:
        return before
    if technique_of(held).form not in TESTED or stage_of(held, by.day) != PLANNED:
        raise UnableToTest("Items are listed of a test that is planned and not started.")
    titles = [one.strip() for one in items]
    there = set(held.items.values_list("title", flat=True))
    if not titles or not all(0 < len(one) <= LONGEST_TITLE for one in titles):
        raise UnableToTest(f"Say what is tested, each in {LONGEST_TITLE} characters at most.")
    if there & set(titles) or len(there) + len(titles) > MOST_ITEMS:
        raise UnableToTest(f"Each item is listed once, and {MOST_ITEMS} at most.")
    made = []
    for number, (title, is_required) in enumerate(items.items(), start=len(there) + 1):
        item = Item(code=held.code, classification=held.classification, publicity=Item.DRAFT)
        item.application, item.number, item.title, item.is_required = held, number, title.strip(), is_required
        item.by, item.at, item.key = person, at, key
        item.save(force_insert=True)
        made.append(item)
    said = f"listed {len(made)} items that {held.reference} tests"
    places = [place for item in made for place in worded(item, "title")]
    enter("list_items", held, by, at, said, {"application": held.reference, **named(*places)})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def record_items(
    *, part: Part, outcomes: Mapping[int, str], note: str, key: str, by: Acting, at: dt.datetime
) -> list[ItemResult]:
    """Record how items went for a party; a run before stays to be read, and the latest counts.

    :param outcomes: by the number of the item
    :raises UnableToTest: if it cannot be so
    """
    held = locked_part(part)
    person = office_of(by, key, UnableToTest)
    before = list(held.item_results.filter(key=key, by=person))
    if before:
        return before
    items = {one.number: one for one in held.application.items.all()}
    known = {one for one, _ in ItemResult.OUTCOMES}
    if stage_of(held.application, by.day) != UNDER_WAY:
        raise UnableToTest("Items are tested while it is under way.")
    if not outcomes or set(outcomes) - set(items) or set(outcomes.values()) - known:
        raise UnableToTest("Say of listed items how they went: passed, failed or not run.")
    if len(note) > LONGEST:
        raise UnableToTest(f"Say more of it in {LONGEST:,} characters at most.")
    made = [_result(held, items[number], outcome) for number, outcome in sorted(outcomes.items())]
    for one in made:
        one.note, one.by, one.at, one.key = note.strip(), person, at, key
        one.save(force_insert=True)
    told = {str(number): outcome for number, outcome in sorted(outcomes.items())}
    said = f"recorded {len(made)} items of {held.party.name} in {held.application.reference}"
    facts = {"application": held.application.reference, "outcomes": told}
    places = [place for one in made for place in worded(one, "note")]
    enter("record_items", held, by, at, said, {**facts, **named(*places)})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def record_certificate(*, part: Part, certified: Certified, by: Acting, at: dt.datetime) -> Certificate:
    """Record a certificate of devices of a party.

    :raises UnableToCertify: if it cannot be so
    """
    held = locked_part(part)
    person = office_of(by, certified.key, UnableToCertify)
    model, reference = certified.device_model.strip(), certified.reference.strip()
    told = (model, reference, certified.valid_from, certified.valid_until)
    there = Certificate.objects.filter(by=person, key=certified.key).first()
    if there is not None:
        if told != (there.device_model, there.reference, there.valid_from, there.valid_until):
            raise UnableToCertify("This form recorded another before. Open the page again.")
        return there
    row = held.application
    if technique_of(row).form != "certification" or stage_of(row, by.day) != UNDER_WAY:
        raise UnableToCertify("Certificates are recorded while certification is under way.")
    if not (0 < len(model) <= LONGEST_NAME and 0 < len(reference) <= LONGEST_NAME):
        raise UnableToCertify(f"Say the model and the reference, in {LONGEST_NAME} characters at most.")
    if certified.valid_until < certified.valid_from:
        raise UnableToCertify("A certificate ends no earlier than it begins.")
    if held.certificates.filter(device_model=model, reference=reference).exists():
        raise UnableToCertify(f"{reference} is recorded for {model} already.")
    made = Certificate(code=held.code, classification=held.classification, publicity=Certificate.ISSUED)
    made.party, made.body_id, made.part = held.party, held.body_id, held
    made.device_model, made.reference, made.valid_from, made.valid_until = told
    made.by, made.at, made.key = person, at, certified.key
    made.save(force_insert=True)
    said = f"recorded certificate {reference} of {held.party.name} for {model}, until {made.valid_until}"
    facts = {"application": row.reference, "certificate": reference, "device_model": model}
    facts |= {"valid_from": str(made.valid_from), "valid_until": str(made.valid_until)}
    enter("record_certificate", held, by, at, said, facts)
    return made


def _result(part: Part, item: Item, outcome: str) -> ItemResult:
    made = ItemResult(code=part.code, classification=part.classification, publicity=ItemResult.ISSUED)
    made.party, made.body_id, made.part, made.item, made.outcome = (
        part.party,
        part.body_id,
        part,
        item,
        outcome,
    )
    made.number = ItemResult.objects.filter(part=part, item=item).count() + 1
    return made
