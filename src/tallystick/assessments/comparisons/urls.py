"""Addresses of comparisons of parties."""

from django.urls import path, register_converter

from tallystick.assessments.comparisons.views import acts, comparisons
from tallystick.assessments.matters.views import PublicationConverter

register_converter(PublicationConverter, "publication")

ONE = "comparisons/<publication:reference>"

urlpatterns = [
    path("comparisons", comparisons.register, name="comparisons"),
    path("comparisons/new", acts.draft, name="draft_comparison"),
    path("comparisons/new/league", acts.draft_league, name="draft_league"),
    path(ONE, comparisons.publication, name="publication"),
    path(f"{ONE}/csv", comparisons.as_csv, name="publication_csv"),
    path(f"{ONE}/moves/<slug:move>", acts.step, name="take_publication_step"),
    path(f"{ONE}/query", acts.query, name="query_publication"),
    path(f"{ONE}/queries/<int:number>", acts.answer, name="answer_publication_query"),
    path(f"{ONE}/correct", acts.correct, name="correct_publication"),
]
