"""Addresses of what assurance leaves open."""

from django.urls import path

from tallystick.assessments.coverage import views

urlpatterns = [
    path("coverage", views.coverage, name="coverage"),
    path("coverage.csv", views.as_csv, name="coverage_csv"),
]
