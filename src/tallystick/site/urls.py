"""Every address of the site. The code comes first; a name that the policy does not know answers nothing."""

from django.urls import include, path

from tallystick.site import failing, holds_page, homes, house, party_page, process_page, registers, search

urlpatterns = [
    path("", homes.front, name="front"),
    path("account/", include("tallystick.site.account_urls")),
    path("house/components", house.components, name="components"),
    path("<slug:code>/", homes.home, name="home"),
    path("<slug:code>/waiting", homes.waiting_count, name="waiting_count"),
    path("<slug:code>/changes", homes.changes, name="changes"),
    path("<slug:code>/search", search.search, name="search"),
    path("<slug:code>/rulebook", registers.clauses, name="clauses"),
    path("<slug:code>/rulebook/<str:clause>", registers.clause, name="clause"),
    path("<slug:code>/rulebook/processes/<slug:key>", process_page.process, name="process"),
    path("<slug:code>/obligations", registers.obligations, name="obligations"),
    path("<slug:code>/obligations/<str:key>", registers.obligation, name="obligation"),
    path("<slug:code>/parties/<slug:slug>", party_page.party, name="party"),
    path("<slug:code>/holds", holds_page.holds, name="holds"),
    path("<slug:code>/", include("tallystick.parties.urls")),
    path("<slug:code>/", include("tallystick.decisions.urls")),
    path("<slug:code>/", include("tallystick.processes.urls")),
    path("<slug:code>/", include("tallystick.cases.urls")),
    path("<slug:code>/", include("tallystick.challenges.urls")),
    path("<slug:code>/", include("tallystick.derogations.urls")),
    path("<slug:code>/", include("tallystick.assessments.urls")),
    path("<slug:code>/", include("tallystick.risks.urls")),
    path("<slug:code>/", include("tallystick.runs.urls")),
    path("<slug:code>/", include("tallystick.site.people_urls")),
    path("<slug:code>/", include("tallystick.site.history_urls")),
    path("<slug:code>/", include("tallystick.site.journal_urls")),
]

handler400 = failing.unreadable
handler403 = failing.refused
handler404 = failing.not_found
handler500 = failing.failed
