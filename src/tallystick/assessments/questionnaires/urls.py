"""Addresses of questionnaires and of what parties answer."""

from django.urls import path

from tallystick.assessments.questionnaires.views import questionnaires, responses

ONE = "questionnaires/<application:reference>"
urlpatterns = [
    path("questionnaires", questionnaires.register, name="questionnaires"),
    path(ONE, questionnaires.questionnaire, name="questionnaire"),
    path(f"{ONE}/design", questionnaires.design, name="design_questionnaire"),
    path(f"{ONE}/questions", questionnaires.reword, name="reword_questions"),
    path(f"{ONE}/issue", questionnaires.issue, name="issue_questionnaire"),
    path(f"{ONE}/remind", questionnaires.remind, name="remind_parties"),
    path(f"{ONE}/analysis", responses.analysis, name="questionnaire_analysis"),
    path(f"{ONE}/analysis.csv", responses.as_csv, name="questionnaire_csv"),
    path(
        f"{ONE}/answers/<slug:slug>",
        responses.answer,
        name="answer_questionnaire",
    ),
]
