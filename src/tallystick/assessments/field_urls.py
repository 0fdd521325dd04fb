"""Addresses of questionnaires, exercises and the security of parties, below the code."""

from django.urls import path, register_converter

from tallystick.assessments.views import exercises, questionnaires, responses, security
from tallystick.assessments.views.field_asked import AppliedConverter

register_converter(AppliedConverter, "applied")

urlpatterns = [
    path("questionnaires", questionnaires.register, name="questionnaires"),
    path("questionnaires/<applied:reference>", questionnaires.questionnaire, name="questionnaire"),
    path("questionnaires/<applied:reference>/design", questionnaires.design, name="design_questionnaire"),
    path("questionnaires/<applied:reference>/questions", questionnaires.reword, name="reword_questions"),
    path("questionnaires/<applied:reference>/issue", questionnaires.issue, name="issue_questionnaire"),
    path("questionnaires/<applied:reference>/remind", questionnaires.remind, name="remind_parties"),
    path("questionnaires/<applied:reference>/analysis", responses.analysis, name="questionnaire_analysis"),
    path("questionnaires/<applied:reference>/analysis.csv", responses.as_csv, name="questionnaire_csv"),
    path(
        "questionnaires/<applied:reference>/answers/<slug:slug>",
        responses.answer,
        name="answer_questionnaire",
    ),
    path("exercises", exercises.register, name="exercises"),
    path("exercises/<applied:reference>", exercises.exercise, name="exercise"),
    path("exercises/<applied:reference>/prepare", exercises.prepare, name="prepare_exercise"),
    path("exercises/<applied:reference>/announce", exercises.announce, name="announce_exercise"),
    path("exercises/<applied:reference>/part/<slug:slug>", exercises.turn, name="take_part"),
    path("exercises/<applied:reference>/observe", exercises.observe, name="observe_exercise"),
    path("exercises/<applied:reference>/lessons", exercises.lesson, name="note_lesson"),
    path("exercises/<applied:reference>/lessons/<int:number>", exercises.settle, name="settle_lesson"),
    path("exercises/<applied:reference>/debrief", exercises.debrief, name="debrief_exercise"),
    path("security", security.register, name="security"),
    path("security/<slug:slug>", security.party, name="security_status"),
    path("security/<slug:slug>/status", security.status, name="set_security_status"),
    path("security/<slug:slug>/assessment", security.verification, name="record_verification"),
    path("security/<slug:slug>/letter", security.letter, name="record_letter"),
]
