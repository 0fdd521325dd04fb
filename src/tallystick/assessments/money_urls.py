"""Addresses of comparisons of parties and of charges, below the code."""

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
]
