"""The catalogue of techniques: those of the rulebook, under the classes that stand on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.assessments.models import Application, Tag
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.techniques import Technique

FOR_OTHER_ROOMS = "Tells the classes of techniques, which everybody may read."
# How a form is called, and where what is kept of it stands.
FORMS: Mapping[str, str] = {
    "guidance": "Guidance with acknowledgement",
    "qualification": "Entry qualification",
    "testing": "Testing",
    "certification": "Device certification",
    "monitoring": "Monitoring",
    "line_lists": "Lists of lines that failed",
    "audit": "Audit",
    "inspection": "Inspection",
    "self_report": "Report by a party on itself",
    "third_party_notice": "Notice by a third party",
    "questionnaire": "Questionnaire",
    "exercise": "Exercise",
    "security": "Security assurance",
    "publication": "Comparison published",
    "charge": "Charge",
    "remedy": "Remedy",
    "derogation": "Derogation",
    "dispute": "Dispute",
    "breach": "Material breach or referral",
}
# What the techniques of a form come to: the register that keeps it, by the name of its address.
STANDS_AS: Mapping[str, tuple[str, str]] = {
    "self_report": ("cases", "Each stands as a case, opened from what the party reported."),
    "third_party_notice": ("cases", "Each stands as a case, opened from what a third party told."),
    "remedy": ("cases", "Each stands in the case that it belongs to."),
    "breach": ("cases", "Each stands in the case that was escalated so far."),
    "derogation": ("derogations", "Each stands in the register of derogations."),
    "dispute": ("challenges", "Each stands in the register of challenges."),
    "monitoring": ("performance", "What it finds stands in the month report."),
    "line_lists": ("findings", "What it lists stands with the finding that it belongs to."),
}


@dataclass(frozen=True)
class Listed:
    """A technique with the classes that it carries, the tag that gave them, and how often it is applied."""

    rule: Technique
    classes: tuple[str, ...]
    tag: Tag | None
    applied: int = 0
    open: int = 0

    @property
    def form(self) -> str:
        return form_named(self.rule.form)


def form_named(form: str) -> str:
    """Return how a form is called; of one that was not kept, that it was not."""
    return FORMS.get(form, "Form not kept")


def tags_by_technique(acting: Acting) -> dict[str, list[Tag]]:
    """Return the tags of each technique that somebody may see, the latest number first."""
    found: dict[str, list[Tag]] = {}
    for one in Tag.objects.visible_to(acting).select_related("by").order_by("technique", "-number"):
        found.setdefault(one.technique, []).append(one)
    return found


def catalogue(acting: Acting) -> list[Listed]:
    """Return every technique of the code, in the order of the rulebook's keys, with what is applied of it."""
    tags = tags_by_technique(acting)
    applied: dict[str, list[bool]] = {}
    for name, ended in Application.objects.visible_to(acting).values_list("technique", "ended_at"):
        applied.setdefault(name, []).append(ended is None)
    return [
        _listed(rule, tags.get(key, []), acting.day, applied.get(key, []))
        for key, rule in sorted(rulebook_of(acting.code).techniques.items())
    ]


def listed(acting: Acting, key: str) -> Listed | None:
    """Return a technique as the catalogue lists it, if there is one."""
    return next((one for one in catalogue(acting) if one.rule.key == key), None)


def classes_on(code: str, key: str, day: dt.date) -> tuple[str, ...]:
    """Return the classes of a technique on a day, as keys; for other rooms too.

    One that is in the catalogue no longer has those of its last tag, if it ever had one.
    """
    with unscoped(FOR_OTHER_ROOMS, of_everybody=True):
        tag = Tag.objects.filter(code=code, technique=key, from_on__lte=day).order_by("-number").first()
    rule = rulebook_of(code).techniques.get(key)
    return tuple(tag.classes) if tag else rule.classes if rule else ()


def _listed(rule: Technique, tags: list[Tag], day: dt.date, applied: list[bool]) -> Listed:
    tag = next((one for one in tags if one.from_on <= day), None)
    return Listed(rule, tuple(tag.classes) if tag else rule.classes, tag, len(applied), sum(applied))
