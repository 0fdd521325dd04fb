"""What the demonstration compares and charges: a comparison published, one being queried, charges shown."""

import datetime as dt

from django.db import transaction

from tallystick.assessments.charges.operations.charging import (
    Computed,
    UnableToComputeCharges,
    compute_charges,
    take_charge_step,
)
from tallystick.assessments.comparisons.operations.publishing import (
    Drafted,
    UnableToDraftPublication,
    draft_publication,
    take_publication_step,
)
from tallystick.assessments.matters.counts import Window
from tallystick.assessments.matters.operations.querying import query_publication
from tallystick.assessments.matters.operations.windows import pass_clock_of_matter
from tallystick.assessments.models import ChargeRun, Publication
from tallystick.parties.acting import Acting
from tallystick.processes.operations.courses import Taken
from tallystick.site.demo_story import FELLSIDE, JULY, Story, august

KEYS = "demo-publication"
SMALL = "small_supplier"
APRIL, JUNE = "2021-04", "2021-06"


@transaction.atomic
def make_publications(code: str) -> None:
    """Plant them, as far as the months have landed; what is there stays as it is."""
    if Publication.objects.filter(code=code).exists() or ChargeRun.objects.filter(code=code).exists():
        return
    story = Story(code, KEYS)
    _published(story)
    _queried(story)
    _charged(story)


def _drafted(story: Story, measure: str, window: Window, why: str, at: dt.datetime) -> Publication | None:
    drafted = Drafted(SMALL, why, story.key(), measure, window)
    try:
        return draft_publication(drafted=drafted, **story.told(story.jo, at))
    except UnableToDraftPublication:
        # A demonstration of a month or two has not landed the quarter.
        return None


def _published(story: Story) -> None:
    why = "So that each small supplier sees how it stands by the access of former occupiers."
    row = _drafted(story, "AREA-F", Window(APRIL, JUNE), why, august(6, 10))
    if row is None:
        return
    _moved(story, row, "open_window", august(6, 11))
    by = Acting(story.code, august(16).date(), stands_for="Worker")
    pass_clock_of_matter(matter=row, clock="window", by=by, at=august(16, 1))
    title = "Comparison of changes of tenancy, small suppliers"
    told = (("PAB", "recommend", 16, "APPROVED"), ("PANEL", "publish", 18, "AGREED"))
    for body, move, day, verb in told:
        text = f"The body {verb} it, under aliases in the first year."
        decision = story.decided(body, title, text, august(day, 12), verb)
        said = {"reasons": "Under aliases in the first year, so that each learns where it stands."}
        taken = Taken(move, story.key(), said)
        own = story.told(story.sam, august(day, 15))
        take_publication_step(publication=row, taken=taken, decision=decision.reference, **own)


def _queried(story: Story) -> None:
    why = "Hubs that are removed and not returned cost everybody; the months since May are compared."
    row = _drafted(story, "AREA-G", Window("2021-05", JULY), why, august(17, 10))
    if row is None:
        return
    _moved(story, row, "open_window", august(17, 14))
    words = (
        "Nine of the hubs removed in July were handed over on the doorstep. Their returns are listed twice."
    )
    own = story.told(story.delegates[FELLSIDE], august(18, 16))
    query_publication(publication=row, words=words, key=story.key(), **own)


def _charged(story: Story) -> None:
    computed = Computed("hub_variant", JULY, story.key())
    try:
        row = compute_charges(computed=computed, **story.told(story.jo, august(17, 11)))
    except UnableToComputeCharges:
        return
    taken = Taken("show", story.key())
    take_charge_step(charge_run=row, taken=taken, **story.told(story.jo, august(17, 15)))


def _moved(story: Story, row: Publication, move: str, at: dt.datetime) -> None:
    taken = Taken(move, story.key())
    take_publication_step(publication=row, taken=taken, **story.told(story.jo, at))
