"""Addresses of the plan of a year and of its documents, below the code."""

from django.urls import URLPattern, path, register_converter

from tallystick.assessments.planning.views import document_acts, documents, drafts, effects, plan
from tallystick.assessments.planning.views.asked import DocumentConverter, PeriodConverter

register_converter(PeriodConverter, "operating")
register_converter(DocumentConverter, "document")

urlpatterns: list[URLPattern] = [
    path("plan", plan.plan, name="plan"),
    path("plan/<operating:period>", plan.plan, name="plan_of"),
    path("plan/<operating:period>/save", drafts.save, name="save_plan"),
    path("plan/<operating:period>/drafts/<int:one>/<int:other>", plan.compare, name="compare_plans"),
    path("plan/<operating:period>/effects", effects.effects, name="plan_effects"),
    path(
        "plan/<operating:period>/effects/<slug:technique>/<slug:risk>", effects.answer, name="answer_effect"
    ),
    path("plan/<operating:period>/documents", documents.documents, name="plan_documents"),
    path("plan/<operating:period>/documents/new", document_acts.draft, name="draft_document"),
    path("documents/<document:reference>", documents.document, name="plan_document"),
    path("documents/<document:reference>/moves/<slug:move>", document_acts.step, name="take_document_step"),
    path("documents/<document:reference>/motion", document_acts.put, name="put_document"),
    path("documents/<document:reference>/comment", document_acts.comment, name="comment_on_document"),
    path(
        "documents/<document:reference>/comments/<int:number>",
        document_acts.reply,
        name="reply_to_comment",
    ),
]
