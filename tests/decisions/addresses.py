"""The one address that errands of votes point at."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def motion(_request: HttpRequest, _code: str, _reference: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("<slug:_code>/decisions/<str:_reference>", motion, name="motion")]
