"""Addresses of holds of the market, below the code."""

from django.urls import path

from tallystick.processes.views import holds

urlpatterns = [
    path("holds/new", holds.hold_market, name="hold_market"),
    path("holds/<slug:handle>/lift", holds.lift_market_hold, name="lift_market_hold"),
]
