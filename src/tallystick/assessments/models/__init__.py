"""What is remembered of assurance: what is applied to whom, a year's documents, and what came of them."""

from tallystick.assessments.models.application import Application, Part
from tallystick.assessments.models.catalogue import Tag
from tallystick.assessments.models.exercise import Exercise, Lesson, Observation, Turn
from tallystick.assessments.models.questionnaire import (
    DraftResponse,
    Questionnaire,
    QuestionSet,
    Reminder,
    Response,
)
from tallystick.assessments.models.sample import Sample, Tally
from tallystick.assessments.models.security import Assurance, Letter, SecurityStatus, Verification
from tallystick.assessments.models.tested import Certificate, Item, ItemResult

__all__ = [
    "Application",
    "Assurance",
    "Certificate",
    "DraftResponse",
    "Exercise",
    "Item",
    "ItemResult",
    "Lesson",
    "Letter",
    "Observation",
    "Part",
    "QuestionSet",
    "Questionnaire",
    "Reminder",
    "Response",
    "Sample",
    "SecurityStatus",
    "Tag",
    "Tally",
    "Turn",
    "Verification",
"""What is remembered of what a code does to be assured: comparisons and charges."""

from tallystick.assessments.models.charge import (
    ChargeLine,
    ChargeQuery,
    ChargeRun,
    ChargeSheet,
    Relief,
)
from tallystick.assessments.models.publication import (
    ComparedLine,
    PrintedLine,
    Publication,
    PublicationQuery,
    Sheet,
)

__all__ = [
    "ChargeLine",
    "ChargeQuery",
    "ChargeRun",
    "ChargeSheet",
    "ComparedLine",
    "PrintedLine",
    "Publication",
    "PublicationQuery",
    "Relief",
    "Sheet",
]
from tallystick.assessments.models.document import Document, Frozen, Reply, Comment
from tallystick.assessments.models.draft import Draft

__all__ = ["Document", "Draft", "Frozen", "Reply", "Comment"]
