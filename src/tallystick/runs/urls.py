"""Addresses of the landing, below the code: nouns of the trade, and references as people write them."""

from django.urls import path

from tallystick.runs.views import evidence, exclusions, findings, measure, month, running, second_checks

urlpatterns = [
    path("performance", month.performance, name="performance"),
    path("performance/<period:period>", month.month, name="month"),
    path("performance/<period:period>.<form:form>", month.month, name="month_as"),
    path("measures", measure.measures, name="measures"),
    path("measures/<str:measure>", measure.measure, name="measure"),
    path("measures/<str:measure>/<period:period>", measure.measure_month, name="measure_month"),
    path(
        "measures/<str:measure>/<period:period>.<form:form>", measure.measure_month, name="measure_month_as"
    ),
    path("findings", findings.findings, name="findings"),
    path("findings.<form:form>", findings.findings, name="findings_as"),
    path("findings/<slug:reference>", findings.finding, name="finding"),
    path("findings/<slug:reference>/lines.<form:form>", findings.lines, name="lines"),
    path("evidence", evidence.evidence, name="evidence"),
    path("evidence/new", evidence.upload, name="upload"),
    path("evidence/<slug:reference>", evidence.submission, name="submission"),
    path("evidence/<slug:reference>/refused.csv", evidence.corrected, name="corrected"),
    path("evidence/<slug:reference>/commit", evidence.commit, name="commit"),
    path("evidence/<slug:reference>/discard", evidence.discard, name="discard"),
    path("runs", running.runs, name="runs"),
    path("runs/<slug:reference>", running.run, name="run"),
    path("runs/<slug:reference>/cancel", running.cancel, name="cancel_run"),
    path("exclusions", exclusions.exclusions, name="exclusions"),
    path("exclusions/check", second_checks.check_several, name="check_exclusions"),
    path("exclusions/take-back", second_checks.take_back, name="take_back_checks"),
    path("exclusions/<slug:reference>", exclusions.exclusion, name="exclusion"),
    path("exclusions/<slug:reference>/check", exclusions.check, name="check_exclusion"),
    path("exclusions/<slug:reference>/ask", second_checks.ask, name="ask_about_exclusion"),
    path("exclusions/<slug:reference>/answer", second_checks.answer, name="answer_question"),
    path(
        "exclusions/<slug:reference>/take-back-question",
        second_checks.take_back_question,
        name="take_back_question",
    ),
]
