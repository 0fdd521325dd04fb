"""Addresses of the account of techniques: they come before those of a technique by its key."""

from django.urls import path

from tallystick.assessments.reports import views

urlpatterns = [
    path("techniques/report", views.report, name="technique_report"),
    path("techniques/report.csv", views.as_csv, name="technique_report_csv"),
]
