"""The database keeps what was applied, asked, found, compared, charged and planned, but for words ordered away.

All of it goes under PostgreSQL's own policies: the second layer.
"""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled
from tallystick.parties.row_policies import secured

WORDS = {
    "Application": ("title", "why", "result"),
    "Part": ("answer", "result"),
    "Correction": ("result", "why"),
    "Tag": ("why",),
    "Item": ("title",),
    "ItemResult": ("note",),
    "Sample": ("population", "listed", "drawn"),
    "Tally": ("note",),
    "QuestionSet": ("intro", "asks", "explains", "choices", "why"),
    "Response": ("words", "reason"),
    "Exercise": ("scenario", "roles", "objectives"),
    "Turn": ("words",),
    "Observation": ("words",),
    "Lesson": ("words", "done"),
    "SecurityStatus": ("grounds",),
    "Verification": ("assessor", "found"),
    "Letter": ("signed_by", "signed_as", "says"),
    "Publication": ("why",),
    "Sheet": ("why",),
    "PublicationQuery": ("words", "answer"),
    "ChargeSheet": ("why",),
    "Relief": ("why",),
    "ChargeQuery": ("words", "answer"),
    "Draft": ("says", "whys"),
    "Document": ("why",),
    "Frozen": ("words",),
    "Comment": ("words",),
    "Reply": ("words",),
    "EffectAnswer": ("reason",),
}
ANSWER = ("answer", "is_upheld", "answered_by_id", "answered_at", "answer_key")
ONCE = {
    "Application": ("result", "spent", "ended_at"),
    "Part": (
        *("served_at", "read_at", "answered_at", "answered_by_id", "answer", "answer_key"),
        *("outcome", "result", "concluded_at", "concluded_by_id", "outcome_key"),
    ),
    "Questionnaire": ("issued_at", "issued_by_id"),
    "Exercise": ("announced_at", "debriefed_at"),
    "Lesson": ("done", "done_at", "done_by_id"),
    "Publication": ("recommended_by", "published_on"),
    "PublicationQuery": ANSWER,
    "ChargeRun": ("invoiced_on", "redistributed_on"),
    "ChargeQuery": ANSWER,
}
# Of these the state follows that of the application, and of those the body besides, with what they are part of.
OF_APPLICATIONS = (
    *("Application", "Item", "Questionnaire", "QuestionSet", "Response", "Reminder"),
    *("Exercise", "Turn", "Observation", "Lesson", "Assurance"),
)
OF_SHEETS = (
    *("Sheet", "ComparedLine", "PrintedLine", "PublicationQuery"),
    *("ChargeSheet", "ChargeLine", "Relief", "ChargeQuery"),
)
HEAD = ("body_id", "publicity", "version", "seal", "ended_at")
CHANGES = {
    **dict.fromkeys(OF_APPLICATIONS, ("publicity",)),
    **dict.fromkeys(OF_SHEETS, ("body_id", "publicity")),
    "Part": ("publicity", "by_office"),
    "Publication": HEAD,
    "ChargeRun": HEAD,
    "Draft": ("publicity",),
    "Document": ("publicity", "from_on", "until_on", "ended_at"),
}
KEPT = tuple(dict.fromkeys((*WORDS, *ONCE, *CHANGES, "Certificate")))
CLASSED = (*KEPT, "DraftResponse")


def _keeping(name: str) -> Keeping:
    changes, words, once = (told.get(name, ()) for told in (CHANGES, WORDS, ONCE))
    return Keeping(f"assessments.{name}", changes, words=words, once=once)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0001_initial"), ("journal", "0002_append_only")]
    operations: ClassVar = [
        secured(*(f"assessments_{name.lower()}" for name in CLASSED)),
        kept(*map(_keeping, KEPT)),
        unsampled(
            {f"assessments.{name}": words for name, words in (WORDS | {"DraftResponse": ("words",)}).items()}
        ),
    ]
