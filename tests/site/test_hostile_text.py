"""Hostile words in every field that somebody outside can fill: pages show them, and nothing of them runs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from lxml.html import HtmlElement, document_fromstring
from pytest_django import DjangoDbBlocker

from tallystick.findings.lines import Line
from tallystick.month.assessment import Assessment, Figure, Reported
from tallystick.parties.models import Identifier, Membership, Seat
from tallystick.runs import operations
from tallystick.runs.models import HeldRow
from tallystick.runs.taken import Excluded
from tests.site import people
from tests.site.decided import decide
from tests.site.entering import without_marks
from tests.site.hostile_text import PAYLOADS
from tests.site.landed import ALFA, NOW, TODAY, WORKER, Landed, around_all, ask, build, july, submission

pytestmark = pytest.mark.django_db
MARK = "pwn"
LEADING = ("href", "src", "action", "formaction", "hx-get", "hx-post")


class Words:
    """Gives each field another payload; turned, the next of them."""

    def __init__(self, turn: int) -> None:
        self._next = turn

    def __call__(self, most: int = 500) -> str:
        self._next += 1
        return PAYLOADS[self._next % len(PAYLOADS)][:most]


def figure(one: Figure, words: Words) -> Figure:
    group = {name: label if label == ALFA else f"{label} {words()}" for name, label in one.group.items()}
    reported = Reported("RPT-PMR", 1, 2, words(20), words())
    return replace(
        one, title=words(), commentary=words(), clause=(words(),), group=group, provider=words(),
        reported=reported if not one.group else None,
    )  # fmt: skip


def month(words: Words) -> Assessment:
    """Return a small July of which every text was written by somebody else."""
    whole = july(known_on=str(TODAY))
    kept = [one for one in whole.figures if one.measure in ("CPM1", "AREA-G", "S1SP-PM1.1")]
    lines = tuple(Line("AREA-G", words(), ALFA, "2021-07-01", words()) for _ in range(3))
    found = tuple(
        replace(
            one, why=words(), lines=lines if one.subject == ALFA else (), clause=(words(),), area=words(10)
        )
        for one in whole.findings
        if one.measure in ("AREA-G", "CSPN-PM2")
    )
    return replace(
        whole,
        sentence=words(),
        notes=(words(), words()),
        figures=tuple(figure(one, words) for one in kept),
        findings=found,
        received=tuple(replace(one, sender=words(), stream=words()) for one in whole.received),
        missing=tuple(replace(one, title=words(), what=words(), clause=(words(),)) for one in whole.missing),
        reports=tuple(replace(one, title=words(), clause=(words(),)) for one in whole.reports),
    )


def world(words: Words) -> Landed:
    made = build(month(words))
    for name in ("jo", "kit"):
        made.people[name].name = f"{words(100)} Tarn"
        made.people[name].save()
    brvo = made.parties["Brightwater Power"]
    brvo.name = words(180)
    brvo.save()
    Identifier.objects.create(organisation=brvo, scheme="mpid", value=words(70), from_on=people.BEGAN)
    assert made.body is not None
    made.body.name = words(180)
    made.body.save()
    seat = Seat.objects.create(body=made.body, name=words(110), from_on=people.BEGAN)
    Membership.objects.create(seat=seat, person=made.people["jo"], employer=brvo, from_on=people.BEGAN)
    problem = {
        "sheet": words(), "row": 2, "column": words(), "state": "held", "what": words(), "remedy": words()
    }  # fmt: skip
    file = made.sent["hostile"] = submission(
        made.parties[ALFA], filename=words(), format=words(9), problems=[problem], notes=[words()],
        person=made.people["ada"], held=0, accepted=3,
    )  # fmt: skip
    made.sent["refused"] = submission(
        made.parties[ALFA], filename=words(), state="refused", reason=words(), held=0, accepted=3
    )
    HeldRow.objects.create(
        code="sec", classification="amber", publicity="issued", party=file.party, submission=file,
        row=3, column=words(50), what=words(), remedy=words(),
    )  # fmt: skip
    acting = made.acting("jo")
    row = Excluded("service_requests", words(), words(50), "2021-07")
    made.exclusion = operations.enter_exclusion(row=row, reason=words(), party=None, by=acting, at=NOW)
    made.decided = decide(made, words)
    failed = ask(acting, "2021-03")
    made.runs["hostile"] = operations.fail_run(run=failed, reason=words(), by=WORKER, at=NOW)
    return made


def addresses(made: Landed) -> list[str]:
    assert made.exclusion is not None
    paths = [
        "", "performance/2021-07", "performance/2021-07?show=all", "performance/2021-07?show=provider",
        "measures", "measures/CPM1/2021-07", "measures/AREA-G/2021-07", "measures/S1SP-PM1.1/2021-07",
        "findings", "evidence", "exclusions", "runs", "parties", "parties/brightwater-power", "bodies",
        "obligations/OBL-SERVICE-LEVELS", "evidence/new", "search?q=pwn",
        f"exclusions/{made.exclusion.reference}", f"history/exclusion/{made.exclusion.handle}",
    ]  # fmt: skip
    paths += [f"findings/{one.id}" for one in made.month.findings]
    paths += [f"evidence/{one.reference}" for one in made.sent.values()]
    paths += [f"runs/{one.reference}" for one in made.runs.values()]
    paths += ["decisions", "decisions/new", "decisions/record"]
    for name, one in made.decided.items():
        paths += [f"decisions/{one.reference}"]
        paths += [f"history/{'decision' if name == 'decision' else 'motion'}/{one.handle}"]
    return [f"/sec/{path}" for path in paths]


def running(page: str) -> list[str]:
    """Return what of a page would run, or lead elsewhere, that was not written for it."""
    found = []
    for element in document_fromstring(page).iter():
        if isinstance(element, HtmlElement):
            found += [f"{element.tag} {name}" for name, value in told(element) if runs(name, value)]
            found += [] if is_ours(element) else [str(element.tag)]
        elif MARK in str(element.text):
            found.append(str(element.text))
    return found


def told(element: HtmlElement) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def runs(name: str, value: str) -> bool:
    leads = name in LEADING and value.strip().lower().startswith("javascript:")
    return name.startswith("on") or leads or (name.startswith("hx-") and MARK in value)


def is_ours(element: HtmlElement) -> bool:
    """Tell whether an element is of a kind that our pages have."""
    source = element.get("src") or ""
    if element.tag == "script":
        return source.startswith("/static/")
    return element.tag not in ("iframe", "base") and source != "x"


@pytest.fixture(scope="class", params=range(0, len(PAYLOADS), 5))
def hostile(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> Iterator[Landed]:
    with around_all(django_db_blocker):
        yield world(Words(request.param))


class TestHostileWords:
    @pytest.mark.parametrize("name", ["jo", "ada", "bo", "sam"])
    def test_are_shown_and_never_run(self, hostile: Landed, name: str) -> None:
        client, shown = hostile.client(name), 0
        for address in addresses(hostile):
            answer = client.get(address)
            assert answer.status_code in (200, 302, 404), address
            page = without_marks(answer.content)
            shown += MARK in page
            if answer.status_code == 200:
                assert running(page) == [], address

        assert shown > len(addresses(hostile)) / 3


class TestWhatIsSentBack:
    @pytest.fixture
    def jo(self, landed: Landed) -> Client:
        return landed.client("jo")

    @pytest.mark.parametrize("words", PAYLOADS)
    def of_decisions(self, sam: Client, words: str) -> list[Any]:
        told = dict.fromkeys(
            ("title", "question", "does", "scheme", "party", "key", "verb", "text", "on"), words
        )
        objection = {"objector_1": words, "objection_1": words, "motion": words, "body": words}
        return [
            sam.post("/sec/decisions/new", told),
            sam.post("/sec/decisions/record", {**told, **objection}),
            sam.get("/sec/decisions", {"body": words, "verb": words, "outcome": words}),
        ]

    @pytest.mark.parametrize("words", PAYLOADS)
    def test_by_a_form_or_a_search_is_escaped(self, landed: Landed, jo: Client, words: str) -> None:
        told: dict[str, Any] = {"stream": words, "row_key": words, "measure": words, "period": words}
        pages = [
            jo.post("/sec/exclusions", {**told, "reason": words}),
            jo.get("/sec/exclusions", {**told, "reason": words}),
            jo.post("/sec/runs", {"period": words, "known_on": words}),
            jo.post("/sec/evidence/new", {"stream": words, "period": words, "sender": words}),
            jo.get("/sec/search", {"q": words}),
            jo.get("/sec/evidence", {"stream": words, "state": words}),
            jo.get("/sec/findings", {"obligation": words, "period": words}),
            jo.get("/sec/performance/2021-07", {"at": words}),
        ]
        pages += self.of_decisions(landed.client("sam"), words)

        for answer in pages:
            assert answer.status_code in (200, 404, 422)
            assert running(without_marks(answer.content)) == []


class TestRunning:
    @pytest.mark.parametrize("words", [one for one in PAYLOADS if "<" in one and one[:2] != "<!"])
    def test_sees_what_was_not_escaped(self, words: str) -> None:
        assert running(f"<html><body><p>{words}</p></body></html>") != []
