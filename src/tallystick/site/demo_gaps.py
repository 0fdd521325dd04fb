"""The gaps of the demonstration: what happens, harms somebody, and is owed by nobody."""

from typing import Any

from django.db import transaction

from tallystick.cases.models import Gap
from tallystick.cases.operations.gaps import Recorded, hand_on_gap, record_gap
from tallystick.site.demo_story import Story, august

KEYS = "demo-gap"
# What is published of the first; that G3 comes nearest, and all of the second, is assumed and says so.
CERTIFICATES: dict[str, Any] = {
    "clause": "G3",
    "area": "d",
    "title": "Certificates of the wrong Network Operator",
    "what": (
        "A meter carries the certificate of the wrong Network Operator. Only the one named by mistake can "
        "correct it, and nothing in the code requires that. Some operators found their adaptor in the way."
    ),
    "harmed": "The right operator, which cannot reach the meter. Assumed: the report names nobody.",
    "needed": "Whose duty the correction is, and by when. That Section G3 comes nearest is assumed.",
}
ABANDONED: dict[str, Any] = {
    "clause": "Appendix AC",
    "area": "c",
    "title": "Visits that end without a hub",
    "what": (
        "A fitter leaves without a hub on the wall and sends no message. No figure counts the visit, since "
        "only what was fitted is followed up. Assumed: the code was not compared."
    ),
    "harmed": "The consumer, who waits for a second visit that nobody has planned.",
    "needed": "That a visit which is broken off is told as well, and by when.",
}
MODIFICATION = "SECMP0063"


@transaction.atomic
def make_gaps(code: str) -> None:
    """Record them, and hand one on to its modification; what is there stays as it is."""
    if Gap.objects.filter(code=code, key=f"{KEYS}-1").exists():
        return
    story = Story(code, KEYS)
    first = record_gap(
        recorded=Recorded(**CERTIFICATES, key=story.key()), **story.told(story.jo, august(11, 10))
    )
    hand_on_gap(gap=first, modification=MODIFICATION, **story.told(story.sam, august(12, 9)))
    record_gap(recorded=Recorded(**ABANDONED, key=story.key()), **story.told(story.jo, august(18, 16)))
