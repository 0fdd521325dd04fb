"""The homes: one list of what waits, sorted by the clock, and beside it what the role looks at first."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.exercises import waiting as of_exercises
from tallystick.assessments.matters import waiting as of_matters
from tallystick.assessments.planning import waiting as of_documents
from tallystick.assessments.questionnaires import waiting as of_questionnaires
from tallystick.assessments.techniques import waiting as of_applications
from tallystick.cases import waiting as of_cases
from tallystick.cases.listed import Listed, listed, open_cases
from tallystick.cases.models import Case
from tallystick.challenges import waiting as of_challenges
from tallystick.challenges.waiting import open_matters
from tallystick.decisions import waiting as of_decisions
from tallystick.derogations import waiting as of_derogations
from tallystick.journal.subjects import Subject
from tallystick.month import blocks, peer_chart
from tallystick.month.assessment import Assessment, Figure, Finding
from tallystick.month.outline import NOT_SHARES, Outline, worst_first
from tallystick.month.peer_chart import Standing
from tallystick.month.wording import rank, share_of
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.queries import roles_in_force
from tallystick.parties.readings import note_class, strictest
from tallystick.parties.request import Request
from tallystick.parties.waiting import Changed, DueChip, News, Source, Waiting, by_the_clock, due_chip
from tallystick.runs import beside, looks, queries
from tallystick.runs import waiting as of_runs
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Run
from tallystick.runs.peers import Peers, all_among_peers
from tallystick.runs.queries import shows_a_closed_whole
from tallystick.runs.views.asked import Asked, outlined
from tallystick.site import redactions

# Every room registers here what it has waiting, and what is new of its records: one function, one line.
SOURCES: Sequence[Source] = (
    *of_cases.SOURCES,
    *of_challenges.SOURCES,
    *of_derogations.SOURCES,
    *of_applications.SOURCES,
    *of_questionnaires.SOURCES,
    *of_exercises.SOURCES,
    *of_matters.SOURCES,
    *of_documents.SOURCES,
    *of_decisions.SOURCES,
    *of_runs.SOURCES,
    redactions.waiting,
)
NEWS: Sequence[News] = (beside.changes, *of_cases.NEWS, *of_derogations.NEWS, *of_decisions.NEWS)
MOST_NEWS = 6
MOST_WORST = 6
MOST_CASES = 20
# Somebody who never looked before is told of a week.
FIRST_LOOK = dt.timedelta(days=7)
SHORT = ("below_minimum", "below_target", "not_reported")


@require_safe
def front(request: Request) -> HttpResponse:  # noqa: ARG001 - a view is given it
    """Lead to the one code there is."""
    return redirect("home", code=settings.CODES[0])


@require_safe
def home(request: Request, code: str) -> HttpResponse:
    """Show what waits on whoever is acting, or the public page to everybody else."""
    if code not in settings.CODES:
        raise Http404
    with one_page():
        return _home(request, code)


def _home(request: Request, code: str) -> HttpResponse:
    acting: Acting = request.acting
    shown = {**_month(acting), "code": code}
    if acting.role is None or acting.name == Role.OBSERVER:
        shown |= _beside(acting)
        _note(request, shown)
        return render(request, "site/public.html", shown)
    shown |= {**_listed(acting), **_beside(acting), "may_send": is_granted(acting, "submission", "c")}
    if acting.role.role in Role.OF_A_PARTY:
        shown |= _own(acting, shown["run"], shown["a"])
        shown["cases"], shown["matters"] = _own_cases(acting), open_matters(acting)[:MOST_CASES]
        _note(request, shown)
        return render(request, "site/party_home.html", shown)
    shown |= _evidence(acting, shown)
    _note(request, shown)
    return render(request, "site/home.html", shown)


def _note(request: Request, shown: Mapping[str, Any]) -> None:
    """Note that something Amber or Red was read: an errand, news, a file, a party's figure, a whole."""
    listed = [one["what"] for one in shown.get("waiting", ())]
    beside_it = [*(one for one, _ in shown.get("others", ())), *shown.get("news", ())]
    told, run = strictest([*listed, *beside_it, *shown.get("latest", ())]), shown.get("run")
    if told == Classified.WHITE and run and (shown.get("own") or shows_a_closed_whole(request.acting, run)):
        told = Classified.AMBER
    handle = run.handle if run else ""
    note_class(request, Subject(request.acting.code, "run", handle, told), timezone.now())


@require_safe
def waiting_count(request: Request, code: str) -> HttpResponse:
    """Give the number in the top bar alone; or the list again, to a page that shows it."""
    with one_page():
        if request.htmx.target == "waiting":
            shown = {"code": code, **_listed(request.acting)}
            _note(request, shown)
            return render(request, "site/_waiting.html", shown)
        return HttpResponse(str(len(errands(request.acting))), content_type="text/plain")


def errands(acting: Acting) -> list[Waiting]:
    """Return all that waits on whoever is acting, what falls due first at the top."""
    return by_the_clock([one for source in SOURCES for one in source(acting)])


def _listed(acting: Acting) -> dict[str, Any]:
    """Return the list of what waits, its heading, and how many of it fall due today or should have."""
    listed = errands(acting)
    return {
        "waiting": [{"what": one, "due": _chip(acting, one.due)} for one in listed],
        "pressing": sum(one.due is not None and one.due <= acting.day for one in listed),
        "today": acting.day,
        "acting_for": acting.organisation,
        "heading": f"Waiting on {acting.organisation.name if acting.organisation else 'you'}",
    }


def _chip(acting: Acting, due: dt.date | None) -> DueChip:
    return due_chip(due, acting.day, rulebook_of(acting.code).calendar())


def _beside(acting: Acting) -> dict[str, Any]:
    """Return what stands beside the list: what waits on others, and what comes."""
    return {
        "others": [(one, _chip(acting, one.due)) for one in beside.on_others(acting)],
        "coming": [(one, _chip(acting, one.on)) for one in beside.coming(acting)],
    }


@require_safe
def changes(request: Request, code: str) -> HttpResponse:
    """Tell what changed since whoever is acting last looked: on its own page, or as a part of the home."""
    acting: Acting = request.acting
    if acting.person is None or code not in settings.CODES:
        raise Http404
    now = timezone.now()
    since = looks.noted(acting.role, now) if acting.role else None
    news = [one for source in NEWS for one in source(acting, since or now - FIRST_LOOK)]
    shown = {
        "code": code,
        "news": sorted(news, key=_latest)[:MOST_NEWS],
        "since": since,
        # Each has a list of its own: what one knows in one role is not told in another.
        "roles": [one for one in roles_in_force(acting.person, acting.day) if one != acting.role],
    }
    _note(request, shown)
    is_part = request.htmx.target == "news"
    return render(request, "site/_news.html" if is_part else "site/changes.html", shown)


def _latest(one: Changed) -> float:
    return -one.at.timestamp()


def _month(acting: Acting) -> dict[str, Any]:
    """Return the latest month in brief, as far as whoever is acting may see it."""
    run = queries.latest_run(acting)
    if run is None:
        return {"a": None, "run": None}
    assessment = queries.brief_for(acting, run)
    outline = outlined(assessment, Asked())
    return {
        "a": assessment,
        "run": run,
        "outline": outline,
        "sentence": blocks.sentence(outline),
        "counts": sorted(
            ((state, number) for state, number in blocks.counts(outline) if number),
            key=lambda one: rank(one[0]),
        ),
    }


def _worst_of(outline: Outline) -> list[Figure]:
    """Return what somebody who reads the month would ask about first."""
    return [one for one in worst_first(outline.wholes) if one.state in SHORT][:MOST_WORST]


def _evidence(acting: Acting, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the evidence of the latest month stands: what was taken in last, and what is expected."""
    run: Run | None = shown["run"]
    may_read = is_granted(acting, "submission", "r")
    return {
        "worst": _worst_of(shown["outline"]) if run and acting.name not in Role.OFFICE else [],
        "may_read": may_read,
        "latest": queries.submissions_of(acting)[:5] if may_read else [],
        "expected": [one for one in queries.expected_in(run) if one.delivery != "on_time"][:5] if run else [],
    }


def _kind(acting: Acting) -> str:
    """Return the category of the organisation somebody acts for, in words; it came with their role."""
    key = getattr(acting.role, "category", None) or ""
    return rulebook_of(acting.code).code.categories.get(key, "")


def _own_cases(acting: Acting) -> list[Listed]:
    """Return the open cases of a party with how each stands."""
    if not is_granted(acting, Case.TYPE, "r"):
        return []
    return listed(open_cases(acting), acting.day)[:MOST_CASES]


@dataclass(frozen=True)
class Own:
    """A party under one duty: its figure, its finding if any, and how its peers do where that may be told.

    `href` leads to the measure's page, which is there only where the whole may be seen.
    """

    title: str
    href: str
    figure: Figure
    finding: Finding | None
    standing: Standing | None

    @property
    def middle(self) -> str:
        """The middle of the peers in words, or nothing where it may not be told."""
        return peer_chart.span(self.standing) if self.standing else ""


def _own(acting: Acting, run: Run | None, assessment: Assessment | None) -> dict[str, Any]:
    """Return a party's own figures, the worst first, with what its peers' middle is."""
    if run is None or assessment is None or acting.organisation is None:
        return {"own": [], "chart": None, "category": _kind(acting)}
    outline = outlined(assessment, Asked())
    name, peers = acting.organisation.name, all_among_peers(acting, run)
    findings = {one.measure: one for one in queries.findings_in(acting, run) if one.subject == name}
    served = {one.obligation for one in rulebook_of(acting.code).measures.values() if one.provider}
    own = []
    for figure in assessment.figures:
        # What parties owe, and not how a provider served them.
        is_duty = figure.kind not in NOT_SHARES and figure.obligation not in served
        if is_duty and list(figure.group.values()) == [name]:
            found = findings.get(figure.measure)
            standing = _standing(figure, peers.get(figure.measure))
            own.append(Own(figure.title, outline.href(figure.measure), figure, found, standing))
    own.sort(key=_worst)
    drawn = [(one.standing, one.title) for one in own if one.standing]
    chart = peer_chart.chart(drawn[0][0], "peers", drawn[0][1], "peers") if drawn else None
    return {"own": own, "chart": chart, "category": _kind(acting)}


def _standing(figure: Figure, peers: Peers | None) -> Standing | None:
    """Return where a figure stands among its peers, where that may be told."""
    if peers is None:
        return None
    share = share_of(figure)
    target = None if figure.target is None else Fraction(figure.target)
    return Standing(peers.middle.low, peers.middle.high, peers.at_least, share, target)


def _worst(one: Own) -> int:
    return SHORT.index(one.figure.state) if one.figure.state in SHORT else len(SHORT)
