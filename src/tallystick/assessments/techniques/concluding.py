"""What an outcome of a part rests on: items that passed, a certificate, a sample that was looked at."""

from collections.abc import Iterable

from tallystick.assessments.models import Application, Item, ItemResult, Part, Sample
from tallystick.assessments.sampling.sampled import told
from tallystick.assessments.techniques.outcomes import CERTIFIED, CONFORMS, DOES_NOT_CONFORM, PASSED


def stopped_by(part: Part, outcome: str) -> str:
    """Return in words what keeps a part from an outcome, or nothing.

    It is asked within an act that has locked the part, which reads all there is of it.
    """
    if outcome == PASSED:
        return _items(part)
    if outcome == CERTIFIED and not part.certificates.exists():
        return "No certificate is recorded: record it first."
    if outcome in (CONFORMS, DOES_NOT_CONFORM):
        return _sample(part)
    return ""


def contradicted(application: Application) -> list[Part]:
    """Return the parts whose outcome is kept from them by what was recorded since, by the name of the party.

    It is asked within an act that has locked the application, which reads all there is of it.
    """
    found = (
        application.parts.exclude(outcome="").select_related("party", "application").order_by("party__name")
    )
    return [one for one in found if stopped_by(one, standing(one))]


def standing(part: Part) -> str:
    """Return the outcome of a part that counts: the latest said."""
    last = part.corrections.order_by("-number").first()
    return last.outcome if last else part.outcome


def latest(results: Iterable[ItemResult]) -> dict[int, ItemResult]:
    """Return the result that counts of each item, by the item's key."""
    return {one.item_id: one for one in sorted(results, key=lambda one: one.number)}


def missing(items: Iterable[Item], results: Iterable[ItemResult]) -> list[Item]:
    """Return the required items that have not passed."""
    counts = latest(results)
    passed = {key for key, one in counts.items() if one.outcome == ItemResult.PASSED}
    return [one for one in items if one.is_required and one.pk not in passed]


def _items(part: Part) -> str:
    left = missing(part.application.items.order_by("number"), part.item_results.all())
    if not left:
        return ""
    return f"It passes once all required items have: {', '.join(one.title for one in left)}."


def _sample(part: Part) -> str:
    sample: Sample | None = Sample.objects.filter(part=part).first()
    if sample is None:
        return ""
    found = told(sample, list(sample.tallies.all()))
    return "" if found.is_whole else found.says
