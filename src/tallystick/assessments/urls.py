"""Addresses of assurance: what is applied to whom, the documents of the year, comparisons and charges."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
