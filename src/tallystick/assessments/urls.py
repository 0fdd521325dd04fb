"""Addresses of assurance, below the code: techniques, what is applied of them, what is left open."""

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
    path("", include("tallystick.assessments.money_urls")),
    path("", include("tallystick.assessments.plan_urls")),
]
