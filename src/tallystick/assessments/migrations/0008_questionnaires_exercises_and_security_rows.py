"""Questionnaires, exercises and what is kept of security go under PostgreSQL's own policies."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0007_questionnaires_exercises_and_security")]
    operations: ClassVar = [
        secured(
            *("assessments_questionnaire", "assessments_questionset", "assessments_draftresponse"),
            *("assessments_response", "assessments_reminder", "assessments_exercise", "assessments_turn"),
            *("assessments_observation", "assessments_lesson", "assessments_assurance"),
            *("assessments_securitystatus", "assessments_verification", "assessments_letter"),
        )
    ]
