"""What is remembered of assurance: what is applied to whom, a year's documents, and what came of them."""

from tallystick.assessments.models.application import Application, Correction, Part
from tallystick.assessments.models.catalogue import Tag
from tallystick.assessments.models.charge import (
    ChargeLine,
    ChargeQuery,
    ChargeRun,
    ChargeSheet,
    Relief,
)
from tallystick.assessments.models.document import Comment, Document, Frozen, Reply
from tallystick.assessments.models.draft import Draft
from tallystick.assessments.models.exercise import Exercise, Lesson, Observation, Turn
from tallystick.assessments.models.experience import EffectAnswer
from tallystick.assessments.models.publication import (
    ComparedLine,
    PrintedLine,
    Publication,
    PublicationQuery,
    Sheet,
)
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
    "ChargeLine",
    "ChargeQuery",
    "ChargeRun",
    "ChargeSheet",
    "Comment",
    "ComparedLine",
    "Correction",
    "Document",
    "Draft",
    "DraftResponse",
    "EffectAnswer",
    "Exercise",
    "Frozen",
    "Item",
    "ItemResult",
    "Lesson",
    "Letter",
    "Observation",
    "Part",
    "PrintedLine",
    "Publication",
    "PublicationQuery",
    "QuestionSet",
    "Questionnaire",
    "Relief",
    "Reminder",
    "Reply",
    "Response",
    "Sample",
    "SecurityStatus",
    "Sheet",
    "Tag",
    "Tally",
    "Turn",
    "Verification",
]
