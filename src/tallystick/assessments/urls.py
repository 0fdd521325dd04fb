"""Addresses of assurance: what is applied to whom, the documents of the year, comparisons and charges."""

from django.urls import include, path, register_converter

from tallystick.assessments.views import (
    application_acts,
    applied,
    catalogue,
    coverage,
    part_acts,
    parts,
    technique_report,
)
from tallystick.assessments.views.applied_asked import ApplicationConverter

register_converter(ApplicationConverter, "application")

ONE = "applications/<application:reference>"
PART = f"{ONE}/parts/<slug:party>"
urlpatterns = [
    path("coverage", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.as_csv, name="coverage_csv"),
    path("techniques/report", technique_report.report, name="technique_report"),
    path("techniques/report.csv", technique_report.as_csv, name="technique_report_csv"),
    path("techniques", catalogue.techniques, name="techniques"),
    path("techniques/<slug:key>", catalogue.technique, name="technique"),
    path("techniques/<slug:key>/classes", catalogue.tag, name="tag_technique"),
    path("techniques/<slug:key>/apply", catalogue.begin, name="begin_application"),
    path("applications", applied.applications, name="applications"),
    path(ONE, applied.application, name="application"),
    path(f"{ONE}/steps/<slug:move>", application_acts.take_step, name="take_application_step"),
    path(f"{ONE}/items", application_acts.items, name="list_items"),
    path(PART, parts.part, name="part"),
    path(f"{PART}/answer", part_acts.answer, name="answer_part"),
    path(f"{PART}/outcome", part_acts.conclude, name="conclude_part"),
    path(f"{PART}/items", part_acts.results, name="record_items"),
    path(f"{PART}/certificates", part_acts.certificate, name="record_certificate"),
    path(f"{PART}/sample", part_acts.draw, name="draw_sample"),
    path(f"{PART}/sample/found", part_acts.found_in, name="tally_sample"),
    path(f"{PART}/sample/totals", part_acts.totals, name="total_sample"),
    path(f"{PART}/sample.csv", parts.sample_csv, name="sample_csv"),
    path("", include("tallystick.assessments.field_urls")),
from django.urls import path, register_converter

from tallystick.assessments.views import charge_acts, charges, comparison_acts, comparisons
from tallystick.assessments.views.standing import ChargeConverter, PublicationConverter

register_converter(PublicationConverter, "publication")
register_converter(ChargeConverter, "charge")

ONE, RUN = "comparisons/<publication:reference>", "charges/<charge:reference>"

urlpatterns = [
    path("comparisons", comparisons.register, name="comparisons"),
    path("comparisons/new", comparison_acts.draft, name="draft_comparison"),
    path(ONE, comparisons.publication, name="publication"),
    path(f"{ONE}/csv", comparisons.as_csv, name="publication_csv"),
    path(f"{ONE}/moves/<slug:move>", comparison_acts.step, name="take_publication_step"),
    path(f"{ONE}/query", comparison_acts.query, name="query_publication"),
    path(f"{ONE}/queries/<int:number>", comparison_acts.answer, name="answer_publication_query"),
    path(f"{ONE}/correct", comparison_acts.correct, name="correct_publication"),
    path("charges", charges.register, name="charges"),
    path("charges/new", charge_acts.compute, name="compute_charges"),
    path(RUN, charges.charge, name="charge"),
    path(f"{RUN}/csv", charges.as_csv, name="charge_csv"),
    path(f"{RUN}/moves/<slug:move>", charge_acts.step, name="take_charge_step"),
    path(f"{RUN}/query", charge_acts.query, name="query_charge"),
    path(f"{RUN}/queries/<int:number>", charge_acts.answer, name="answer_charge_query"),
    path(f"{RUN}/correct", charge_acts.correct, name="correct_charge"),
    path(f"{RUN}/relief", charge_acts.relieve, name="relieve_charges"),
from django.urls import URLPattern, path, register_converter

from tallystick.assessments.views import document_acts, documents, plan, plan_drafts
from tallystick.assessments.views.plan_asked import DocumentConverter, PeriodConverter

register_converter(PeriodConverter, "operating")
register_converter(DocumentConverter, "document")

urlpatterns: list[URLPattern] = [
    path("plan", plan.plan, name="plan"),
    path("plan/<operating:period>", plan.plan, name="plan_of"),
    path("plan/<operating:period>/save", plan_drafts.save, name="save_plan"),
    path("plan/<operating:period>/drafts/<int:one>/<int:other>", plan.compare, name="compare_plans"),
    path("plan/<operating:period>/documents", documents.documents, name="plan_documents"),
    path("plan/<operating:period>/documents/new", document_acts.draft, name="draft_document"),
    path("documents/<document:reference>", documents.document, name="plan_document"),
    path("documents/<document:reference>/moves/<slug:move>", document_acts.step, name="take_document_step"),
    path("documents/<document:reference>/comment", document_acts.comment, name="comment_on_document"),
    path(
        "documents/<document:reference>/comments/<int:number>",
        document_acts.reply,
        name="reply_to_comment",
    ),
]
