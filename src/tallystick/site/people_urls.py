"""Addresses of the register of people, under a code's own."""

from django.urls import path

from tallystick.site import people_views as views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<slug:handle>/", views.person, name="person"),
    path("people/<slug:handle>/invite-again/", views.invite_again, name="invite_again"),
    path("people/<slug:handle>/roles/", views.give_role, name="give_role"),
    path("people/<slug:handle>/roles/<slug:role>/end/", views.end_role, name="end_role"),
    path("people/<slug:handle>/close/", views.close_account, name="close_account"),
    path("people/<slug:handle>/reopen/", views.reopen_account, name="reopen_account"),
    path("people/<slug:handle>/forget-second-factors/", views.forget_factors, name="forget_factors"),
]
