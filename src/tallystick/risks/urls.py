"""Addresses of risks, below the code."""

from django.urls import path, register_converter

from tallystick.risks.views import acts, page, register
from tallystick.risks.views.asked import RiskConverter

register_converter(RiskConverter, "risk")

urlpatterns = [
    path("risks", register.risks, name="risks"),
    path("risks.csv", register.as_csv, name="risks_csv"),
    path("risks/open", acts.open_one, name="open_risk_register"),
    path("risks/new", acts.add, name="add_risk"),
    path("risks/merge", acts.merge, name="merge_risks"),
    path("risks/<risk:reference>", page.risk, name="risk"),
    path("risks/<risk:reference>/words", acts.reword, name="reword_risk"),
    path("risks/<risk:reference>/split", acts.split, name="split_risk"),
    path("risks/<risk:reference>/scores/<slug:period>", acts.score, name="score_risk"),
    path(
        "risks/<risk:reference>/scores/<slug:period>/again/<slug:method>",
        acts.again,
        name="score_risk_again",
    ),
    path("risks/<risk:reference>/propose", acts.propose, name="propose_likelihood"),
    path(
        "risks/<risk:reference>/proposals/<slug:period>/<int:number>",
        acts.answer,
        name="answer_likelihood",
    ),
]
