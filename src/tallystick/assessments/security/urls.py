"""Addresses of the security of parties."""

from django.urls import path

from tallystick.assessments.security import views

urlpatterns = [
    path("security", views.register, name="security"),
    path("security/<slug:slug>", views.party, name="security_status"),
    path("security/<slug:slug>/status", views.status, name="set_security_status"),
    path("security/<slug:slug>/assessment", views.verification, name="record_verification"),
    path("security/<slug:slug>/letter", views.letter, name="record_letter"),
]
