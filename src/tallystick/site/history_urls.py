"""The addresses of history: below the code, by what the record is and its handle."""

from django.urls import path

from tallystick.site import history

urlpatterns = [
    path("history/<slug:kind>/<slug:handle>", history.history, name="history"),
    path("history/<slug:kind>/<slug:handle>.json", history.history_receipt, name="history_receipt"),
]
