"""Addresses of the catalogue, of what is applied of it, and of the parts of parties."""

from django.urls import path, register_converter

from tallystick.assessments.techniques.views import (
    application_acts,
    applications,
    catalogue,
    part_acts,
    parts,
)
from tallystick.assessments.techniques.views.asked import ApplicationConverter

register_converter(ApplicationConverter, "application")

ONE = "applications/<application:reference>"
PART = f"{ONE}/parts/<slug:party>"
urlpatterns = [
    path("techniques", catalogue.techniques, name="techniques"),
    path("techniques/<slug:key>", catalogue.technique, name="technique"),
    path("techniques/<slug:key>/classes", catalogue.tag, name="tag_technique"),
    path("techniques/<slug:key>/apply", catalogue.begin, name="begin_application"),
    path("applications", applications.applications, name="applications"),
    path(ONE, applications.application, name="application"),
    path(f"{ONE}/steps/<slug:move>", application_acts.take_step, name="take_application_step"),
    path(f"{ONE}/items", application_acts.items, name="list_items"),
    path(PART, parts.part, name="part"),
    path(f"{PART}/answer", part_acts.answer, name="answer_part"),
    path(f"{PART}/outcome", part_acts.conclude, name="conclude_part"),
    path(f"{PART}/outcome/otherwise", part_acts.correct, name="correct_outcome"),
    path(f"{PART}/items", part_acts.results, name="record_items"),
    path(f"{PART}/certificates", part_acts.certificate, name="record_certificate"),
    path(f"{PART}/sample", part_acts.draw, name="draw_sample"),
    path(f"{PART}/sample/found", part_acts.found_in, name="tally_sample"),
    path(f"{PART}/sample/totals", part_acts.totals, name="total_sample"),
    path(f"{PART}/sample.csv", parts.sample_csv, name="sample_csv"),
]
