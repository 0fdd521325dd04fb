"""Addresses of derogations and of forbearance, below the code."""

from django.urls import path, register_converter

from tallystick.derogations.views import acts, page, register
from tallystick.derogations.views.asked import DerogationConverter, ForbearanceConverter

register_converter(DerogationConverter, "derogation")
register_converter(ForbearanceConverter, "forbearance")

urlpatterns = [
    path("derogations", register.register, name="derogations"),
    path("derogations/new", acts.draft, name="draft_derogation"),
    path("derogations/<derogation:reference>", page.derogation, name="derogation"),
    path("derogations/<derogation:reference>/moves/<slug:move>", acts.step, name="take_derogation_step"),
    path("forbearance/new", acts.propose, name="propose_forbearance"),
    path("forbearance/<forbearance:reference>", page.forbearance, name="forbearance"),
    path(
        "forbearance/<forbearance:reference>/moves/<slug:move>",
        acts.step_forbearance,
        name="take_forbearance_step",
    ),
]
