"""Addresses of charges."""

from django.urls import path, register_converter

from tallystick.assessments.charges.views import acts, charges
from tallystick.assessments.matters.views import ChargeConverter

register_converter(ChargeConverter, "charge")

RUN = "charges/<charge:reference>"

urlpatterns = [
    path("charges", charges.register, name="charges"),
    path("charges/new", acts.compute, name="compute_charges"),
    path(RUN, charges.charge, name="charge"),
    path(f"{RUN}/csv", charges.as_csv, name="charge_csv"),
    path(f"{RUN}/moves/<slug:move>", acts.step, name="take_charge_step"),
    path(f"{RUN}/query", acts.query, name="query_charge"),
    path(f"{RUN}/queries/<int:number>", acts.answer, name="answer_charge_query"),
    path(f"{RUN}/correct", acts.correct, name="correct_charge"),
    path(f"{RUN}/relief", acts.relieve, name="relieve_charges"),
]
