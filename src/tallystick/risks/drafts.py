"""How far a score is approved: not yet, as a draft of a revision, not at all since another took its place."""

from collections.abc import Iterable
from typing import Literal

from tallystick.risks.models import Score

Draft = Literal["approved", "draft", "revision", "replaced"]
SAYS: dict[Draft, str] = {
    "approved": "",
    "draft": "the administrator\N{RIGHT SINGLE QUOTATION MARK}s draft",
    "revision": "draft of a revision",
    "replaced": "a draft that another took the place of",
}
# What waits for its body still.
WAITING: frozenset[Draft] = frozenset({"draft", "revision"})


def draft_of(score: Score, beside: Iterable[Score]) -> Draft:
    """Return how far a score is approved, among those of its risk that one may see."""
    if score.publicity != Score.DRAFT:
        return "approved"
    alike = [one for one in beside if (one.period_id, one.method) == (score.period_id, score.method)]
    if any(one.number > score.number for one in alike):
        return "replaced"
    return "revision" if any(one.publicity != Score.DRAFT for one in alike) else "draft"
