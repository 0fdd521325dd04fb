"""The database keeps what was asked, answered, observed and found of security, but for words ordered away."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled

WORDS = {
    "assessments.QuestionSet": ("intro", "asks", "explains", "choices", "why"),
    "assessments.Response": ("words", "reason"),
    "assessments.Exercise": ("scenario", "roles", "objectives"),
    "assessments.Turn": ("words",),
    "assessments.Observation": ("words",),
    "assessments.Lesson": ("words", "done"),
    "assessments.SecurityStatus": ("grounds",),
    "assessments.Verification": ("assessor", "found"),
    "assessments.Letter": ("signed_by", "signed_as", "says"),
}
ONCE = {
    "assessments.Questionnaire": ("issued_at", "issued_by_id"),
    "assessments.Exercise": ("announced_at", "debriefed_at"),
    "assessments.Lesson": ("done", "done_at", "done_by_id"),
}
# Of these the state follows that of the application; what is kept of security has one state always.
FOLLOW = (
    *("Questionnaire", "QuestionSet", "Response", "Reminder"),
    *("Exercise", "Turn", "Observation", "Lesson", "Assurance"),
)
ROWS = (*FOLLOW, "SecurityStatus", "Verification", "Letter")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("assessments", "0008_questionnaires_exercises_and_security_rows"),
        ("journal", "0005_no_statistics_of_words"),
    ]
    operations: ClassVar = [
        kept(
            *(
                Keeping(
                    f"assessments.{name}",
                    ("publicity",) if name in FOLLOW else (),
                    words=WORDS.get(f"assessments.{name}", ()),
                    once=ONCE.get(f"assessments.{name}", ()),
                )
                for name in ROWS
            )
        ),
        unsampled(
            {
                **{model.lower().replace(".", "_"): columns for model, columns in WORDS.items()},
                "assessments_draftresponse": ("words",),
            }
        ),
    ]
