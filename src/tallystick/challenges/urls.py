"""Addresses of challenges and of disputes, below the code."""

from django.urls import path, register_converter

from tallystick.challenges.views import acts, correcting, disputing, page, register, serving
from tallystick.challenges.views.asked import ChallengeConverter, DisputeConverter

register_converter(ChallengeConverter, "challenge")
register_converter(DisputeConverter, "dispute")

urlpatterns = [
    path("challenges", register.challenges, name="challenges"),
    path("challenges/new", serving.serve, name="serve_decision"),
    path("challenges/<challenge:reference>", page.challenge, name="challenge"),
    path("challenges/<challenge:reference>/moves/<slug:move>", acts.of_challenge, name="take_challenge_step"),
    path("challenges/<challenge:reference>/motion", acts.put_challenge, name="put_challenge"),
    path("disputes/new", disputing.raise_one, name="raise_dispute"),
    path("disputes/<dispute:reference>", page.dispute, name="dispute"),
    path("disputes/<dispute:reference>/moves/<slug:move>", acts.of_dispute, name="take_dispute_step"),
    path("disputes/<dispute:reference>/motion", acts.put_dispute, name="put_dispute"),
    path("disputes/<dispute:reference>/correct", correcting.correct, name="correct_dispute"),
]
