"""Search: an exact reference leads straight to its page, anything else to one list, grouped by kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.techniques import seen as of_assessments
from tallystick.cases import queries as of_cases
from tallystick.challenges import queries as of_challenges
from tallystick.challenges.listed import title_of
from tallystick.decisions import queries as of_decisions
from tallystick.derogations import queries as of_derogations
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.queries import organisations
from tallystick.parties.readings import note_class, strictest
from tallystick.parties.request import Request
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import queries
from tallystick.runs.installation import rulebook_of

LONGEST = 80
MOST_OF_A_KIND = 20


@dataclass(frozen=True)
class Hit:
    """One thing found: its kind, reference, a line about it, and its address."""

    kind: str
    reference: str
    line: str
    href: str
    classification: str = Classified.WHITE

    def says(self, words: list[str]) -> bool:
        told = f"{self.reference} {self.line}".casefold()
        return all(word in told for word in words)


@require_safe
def search(request: Request, code: str) -> HttpResponse:
    """Find what somebody may see by its reference or by words."""
    asked = " ".join(request.GET.get("q", "")[:LONGEST].split())
    every = list(hits(request.acting)) if asked else []
    exact = [hit for hit in every if hit.reference.casefold() == asked.casefold()]
    if len(exact) == 1:
        return redirect(exact[0].href)  # that page notes what is read on it
    words = asked.casefold().split()
    found: dict[str, list[Hit]] = {}
    for hit in every:
        if words and hit.says(words):
            found.setdefault(hit.kind, []).append(hit)
    shown = {kind: listed[:MOST_OF_A_KIND] for kind, listed in found.items()}
    total = sum(len(listed) for listed in found.values())
    told = strictest(hit for listed in shown.values() for hit in listed)
    note_class(request, Subject(code, "search", "", told), timezone.now())
    return render(request, "site/search.html", {"code": code, "asked": asked, "found": shown, "total": total})


def hits(acting: Acting) -> Iterable[Hit]:
    """Yield all that can be found, kind by kind, as far as whoever is acting may see it."""
    rulebook = rulebook_of(acting.code)
    kinds: tuple[tuple[str, Callable[[Acting, Rulebook], Iterable[Hit]]], ...] = (
        ("measure", _measures),
        ("clause", _clauses),
        ("obligation", _obligations),
        ("party", _parties),
        ("finding", _findings),
        ("submission", _submissions),
        ("run", _runs),
        ("case", _cases),
        ("challenge", _challenges),
        ("dispute", _disputes),
        ("derogation", _derogations),
        ("application", _applications),
        ("forbearance", _forbearances),
        ("motion", _motions),
        ("decision", _decisions),
    )
    for kind, listed in kinds:
        if is_granted(acting, kind, "r"):
            yield from listed(acting, rulebook)


def _measures(acting: Acting, rulebook: Rulebook) -> Iterable[Hit]:
    for one in rulebook.measures.values():
        yield Hit("Measures", one.key, one.title, reverse("measure", args=[acting.code, one.key]))


def _clauses(acting: Acting, rulebook: Rulebook) -> Iterable[Hit]:
    for one in rulebook.clauses.values():
        yield Hit("Clauses", one.clause, one.heading, reverse("clause", args=[acting.code, one.clause]))


def _obligations(acting: Acting, rulebook: Rulebook) -> Iterable[Hit]:
    for one in rulebook.obligations.values():
        yield Hit("Obligations", one.key, one.title, reverse("obligation", args=[acting.code, one.key]))


def _parties(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in organisations(acting.code):
        yield Hit("Parties", one.name, "", reverse("party", args=[acting.code, one.slug]))


def _findings(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in queries.findings_of(acting):
        line = f"{one.subject} {one.measure} {one.period}: {one.why}"
        href = reverse("finding", args=[acting.code, one.reference])
        yield Hit("Findings", one.reference, line, href, one.classification)


def _submissions(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in queries.submissions_of(acting):
        line = f"{one.stream} {one.period} {one.filename}"
        href = reverse("submission", args=[acting.code, one.reference])
        yield Hit("Submissions", one.reference, line, href, one.classification)


def _runs(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in queries.runs_of(acting):
        line = f"{one.period} as known on {one.known_on}"
        href = reverse("run", args=[acting.code, one.reference])
        yield Hit("Runs", one.reference, line, href, one.classification)


def _cases(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in of_cases.cases_of(acting):
        line = f"{one.party.name}: {one.title}"
        href = reverse("case", args=[acting.code, one.reference])
        yield Hit("Cases", one.reference, line, href, one.classification)


def _challenges(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in of_challenges.challenges_of(acting):
        line = f"{one.party.name}: {title_of(one)}"
        href = reverse("challenge", args=[acting.code, one.reference])
        yield Hit("Challenges", one.reference, line, href, one.classification)


def _disputes(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in of_challenges.disputes_of(acting):
        line = f"{one.party.name}: {title_of(one)}"
        href = reverse("dispute", args=[acting.code, one.reference])
        yield Hit("Disputes", one.reference, line, href, one.classification)


def _applications(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in of_assessments.applications_of(acting):
        href = reverse("application", args=[acting.code, one.reference])
        yield Hit("Techniques applied", one.reference, one.title, href, one.classification)


def _derogations(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in of_derogations.derogations_of(acting):
        line = f"{one.party.name}: derogation from {one.obligation}"
        href = reverse("derogation", args=[acting.code, one.reference])
        yield Hit("Derogations", one.reference, line, href, one.classification)


def _forbearances(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in of_derogations.forbearances_of(acting):
        line = f"Not pursuing {one.obligation}"
        href = reverse("forbearance", args=[acting.code, one.reference])
        yield Hit("Forbearance", one.reference, line, href, one.classification)


def _motions(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in of_decisions.motions(acting):
        line = f"{one.title} {one.body.name}: {one.get_state_display()}"
        href = reverse("motion", args=[acting.code, one.reference])
        yield Hit("Motions", one.reference, line, href, one.classification)


def _decisions(acting: Acting, _: Rulebook) -> Iterable[Hit]:
    for one in of_decisions.decisions(acting):
        href = reverse("decision", args=[acting.code, one.reference])
        yield Hit(
            "Decisions", one.reference, f"{one.body.name} {one.verb} {one.title}", href, one.classification
        )
