"""The addresses that errands and news of votes point at."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(_request: HttpRequest, _code: str, _reference: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("<slug:_code>/decisions/<str:_reference>", page, name="motion"),
    path("<slug:_code>/decisions/<str:_reference>/taken", page, name="decision"),
]
