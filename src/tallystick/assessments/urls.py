"""Addresses of assurance, below the code: those of each of its matters."""

from django.urls import include, path

urlpatterns = [
    path("", include(f"tallystick.assessments.{package}.urls"))
    for package in (
        "coverage",
        "reports",
        "techniques",
        "questionnaires",
        "exercises",
        "security",
        "comparisons",
        "charges",
        "planning",
    )
]
