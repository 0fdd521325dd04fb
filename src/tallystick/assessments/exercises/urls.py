"""Addresses of exercises."""

from django.urls import path

from tallystick.assessments.exercises import views

ONE = "exercises/<application:reference>"
urlpatterns = [
    path("exercises", views.register, name="exercises"),
    path(ONE, views.exercise, name="exercise"),
    path(f"{ONE}/prepare", views.prepare, name="prepare_exercise"),
    path(f"{ONE}/announce", views.announce, name="announce_exercise"),
    path(f"{ONE}/part/<slug:slug>", views.turn, name="take_part"),
    path(f"{ONE}/observe", views.observe, name="observe_exercise"),
    path(f"{ONE}/lessons", views.lesson, name="note_lesson"),
    path(f"{ONE}/lessons/<int:number>", views.settle, name="settle_lesson"),
    path(f"{ONE}/debrief", views.debrief, name="debrief_exercise"),
]
