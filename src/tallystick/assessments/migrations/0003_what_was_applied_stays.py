"""The database keeps what was applied, answered and found as it was written, but for words ordered away."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled

WORDS = {
    "assessments.Application": ("title", "why", "result"),
    "assessments.Part": ("answer", "result"),
}
ONCE = {
    "assessments.Application": ("result", "spent", "ended_at"),
    "assessments.Part": (
        *("served_at", "read_at", "answered_at", "answered_by_id", "answer", "answer_key"),
        *("outcome", "result", "concluded_at", "concluded_by_id", "outcome_key"),
    ),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("assessments", "0002_application_row_security"),
        ("journal", "0005_no_statistics_of_words"),
    ]
    operations: ClassVar = [
        kept(
            Keeping(
                "assessments.Application",
                ("publicity",),
                words=WORDS["assessments.Application"],
                once=ONCE["assessments.Application"],
            ),
            Keeping(
                "assessments.Part",
                ("publicity", "by_office"),
                words=WORDS["assessments.Part"],
                once=ONCE["assessments.Part"],
            ),
        ),
        unsampled({model.lower().replace(".", "_"): columns for model, columns in WORDS.items()}),
    ]
