"""Addresses of organisations and bodies, below the code."""

from django.urls import path

from tallystick.parties import views

urlpatterns = [
    path("parties", views.parties, name="parties"),
    path("bodies", views.bodies, name="bodies"),
]
