"""A year is planned: from eight scores to a plan under £67,500 in force, two techniques, and a revision."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tallystick.assessments.models import Application, Document
from tallystick.decisions.models import Decision
from tallystick.risks.models import Score
from tallystick.site import daily
from tests.journeys.breach import ALFA, World, months, world
from tests.journeys.test_breach import chooses, status
from tests.journeys.visiting import Visitor
from tests.site.browser import CHROMIUM
from tests.site.entering import now

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
    pytest.mark.usefixtures("of_recycling"),
]
# Of each risk its steps, likelihood before impact, as nothing held it and as it is held.
STEPS = {
    "R-01": (4, 5, 3, 5), "R-02": (5, 4, 4, 4), "R-03": (5, 4, 4, 3), "R-04": (5, 3, 4, 2),
    "R-05": (4, 4, 4, 3), "R-06": (5, 2, 5, 1), "R-07": (4, 3, 4, 2), "R-08": (5, 3, 5, 2),
}  # fmt: skip
NAMES = ("inherent_likelihood", "inherent_impact", "net_likelihood", "net_impact")
# Who holds the seats of each body; the Panel's chair has a casting vote alone.
NAMED = {"pab": "PAB", "panel": "Panel"}
VOTERS = {"pab": ("hal", "bo", "cy", "di"), "panel": ("quin", "rae", "tam", "una", "vic", "bo", "wes")}
PLAN = "/sec/plan/2022-23"
# The office's own pages, while all who work under the code read the rest of the register and the plan.
OF_OFFICE = [
    *(f"{PLAN}/save", f"{PLAN}/documents/new", "/sec/risks/R-04/propose"),
    "/sec/risks/R-04/proposals/2022-23/1",
]


@pytest.fixture
def told(chromium: Browser, live_server: Any, settings: Any) -> World:
    made = world(chromium, live_server.url, settings)
    made.day_is("2021-09-06")
    months(made, "2021-08-10", m2021_07=True)
    return made


def enters(one: Visitor, **said: str) -> None:
    """Fill in a form by the names of its fields, and send it from its last button by the key."""
    main = one.page.get_by_role("main")
    for name, value in said.items():
        there = main.locator(f"[name='{name}']").first
        kind = there.evaluate("one => one.type")
        if kind in ("radio", "checkbox"):
            main.locator(f"[name='{name}'][value='{value}']").check()
        elif kind == "select-one":
            there.select_option(value)
        else:
            there.fill(value)
    here = one.page.url
    main.locator("form button[type=submit]").last.focus()
    one.page.keyboard.press("Enter")
    one.page.wait_for_url(lambda url: url != here, wait_until="commit")


def comes_to(one: Visitor, name: str) -> None:
    """Follow a link, and wait until its page is there."""
    href = one.page.get_by_role("main").get_by_role("link", name=name).first.get_attribute("href")
    one.follows(name)
    one.page.wait_for_url(f"**{href}")


def scores_the_risks(told: World) -> None:
    """Open the register, propose a likelihood from what the month found, and score the eight risks."""
    sam, jo = told.sam, told.jo
    sam.goes_to("/sec/risks/open")
    days = {"from_on": "2022-04-01", "until_on": "2023-03-31"}
    enters(sam, name="2022-23", **days, method="five_by_five", body="pab")
    jo.goes_to("/sec/risks/R-04/propose")
    enters(jo, found="0.5", clear="0.5")
    jo.goes_to("/sec/risks/R-04/proposals/2022-23/1")
    enters(jo, answer="accepted", reason="One Party of two in a month: it agrees with what the office hears.")
    for reference, steps in STEPS.items():
        jo.goes_to(f"/sec/risks/{reference}/scores/2022-23")
        jo.looks("score")
        inputs = dict(zip(NAMES, map(str, steps), strict=True))
        also = {"appetite": "9", "target": "6", "control": "Monitored monthly.", "reason": "As months say."}
        enters(jo, **inputs, **also)
    jo.goes_to("/sec/risks")
    jo.sees("Net position")
    jo.looks("register")
    assert Score.objects.count() == len(STEPS)


def drafts_a_plan(told: World) -> Document:
    """Try a budget by the slider, save what £67,500 buys, and draft the document."""
    jo = told.jo
    jo.goes_to(f"{PLAN}?budget=60")
    jo.page.get_by_label("Spend up to").focus()
    for _ in range(3):
        jo.page.keyboard.press("ArrowRight")
    jo.page.wait_for_url("**budget=67.5*")
    jo.sees("Exposure covered")
    jo.looks("plan")
    jo.goes_to(f"{PLAN}/save?budget=67.5")
    enters(jo, budget="67.5", says="The provision of 2021.", way_breach="out", why_breach="Nobody plans one.")
    jo.sees("draft 1")
    return drafts_the_document(told, "1", "What the board may spend.")


def drafts_the_document(told: World, draft: str, why: str) -> Document:
    jo = told.jo
    jo.goes_to(f"{PLAN}/documents/new?kind=plan&draft={draft}")
    enters(jo, kind="plan", draft=draft, why=why)
    jo.sees("as it would be frozen today")
    found: Document = Document.objects.latest("pk")
    assert [status(told, name, address(found)) for name in ("ada", "ben", "hal")] == [404, 404, 200]
    return found


def address(row: Document) -> str:
    return f"/sec/documents/{row.reference}"


def sees(told: World, name: str) -> list[str]:
    """Return which pages of the office open to somebody; the others answer as if there were none."""
    found = {one: status(told, name, one) for one in OF_OFFICE}
    assert set(found.values()) <= {200, 404}
    return [one for one, answer in found.items() if answer == 200]


def is_consulted_on(told: World, row: Document) -> None:
    """Put a plan to Parties, answer what one says, and let the days go by."""
    ada, ben, sam = told.ada, told.ben, told.sam
    told.jo.goes_to(f"{address(row)}/moves/consult")
    enters(told.jo)
    ada.goes_to(address(row))
    ada.looks("consultation")
    comes_to(ada, "Comment")
    enters(ada, words="September suits our teams better than June.")
    sam.goes_to(address(row))
    comes_to(sam, "Answer it")
    enters(sam, words="It is moved to September.")
    ben.goes_to(address(row))
    ben.sees("It is moved to September.")
    assert ALFA not in ben.text()
    told.settings.DEMO_DAY = "2021-10-01"
    daily.let_consultations_end(now())


def is_voted_on(told: World, row: Document, body: str, step: str) -> None:
    """Put a document to a body by its page, let the body vote, and carry out what it decided."""
    sam = told.sam
    sam.goes_to(address(row))
    comes_to(sam, f"Put it to the {NAMED[body]}")
    sam.looks("put it to a body")
    enters(sam)
    sam.goes_to(address(row))
    sam.sees("Its vote is not open yet")
    comes_to(sam, "MOT-")
    sam.presses("Open the vote")
    sam.sees("The vote is open.")
    motion = sam.page.url.removeprefix(told.site)
    for name in VOTERS[body]:
        votes(told.at_one_window(name), motion)
    sam.goes_to(motion)
    sam.presses("Close the vote")
    sam.sees("approved, ")
    sam.goes_to(address(row))
    comes_to(sam, step)
    assert motion.endswith(sam.page.get_by_label("that this carries out").input_value())
    enters(sam)


def votes(voter: Visitor, motion: str) -> None:
    """Vote for a motion, in another role where the seat is had in that."""
    voter.goes_to(motion)
    other = voter.page.get_by_role("link", name="Act as")
    if other.count():
        voter.looks("vote in another role")
        comes_to(voter, "Act as")
        voter.presses("Act in this role")
        voter.sees("You act as")
        voter.goes_to(motion)
    chooses(voter, "No")
    chooses(voter, "Approve")
    voter.presses("Cast vote")
    voter.sees("Your vote is cast")


def is_agreed(told: World, row: Document, body: str, move: str, **said: str) -> None:
    """Record what a body agreed without a vote, and carry it out."""
    sam = told.sam
    sam.goes_to("/sec/decisions/record")
    words = {"title": f"{move} {row.reference}", "text": "AGREED to it.", "on": told.settings.DEMO_DAY}
    enters(sam, verb="AGREED", body=told.bodies[NAMED[body]].handle, **words)
    sam.goes_to(f"{address(row)}/moves/{move}")
    enters(sam, decision=Decision.objects.latest("pk").reference, **said)


def takes_effect(told: World, row: Document) -> None:
    told.sam.goes_to(f"{address(row)}/moves/take_effect")
    enters(told.sam)
    told.sam.sees("in force since")
    told.sam.looks("in force")


def applies(told: World, technique: str) -> None:
    """Apply a technique to Alderbrook, which is served its part, reads it and answers."""
    jo, ada = told.jo, told.ada
    jo.goes_to(f"/sec/techniques/{technique}/apply")
    jo.looks("apply")
    slug = told.parties[ALFA].slug
    days = {"from_on": "2022-04-04", "until_on": "2022-06-30"}
    enters(jo, why="As the plan has it.", **days, parties=slug)
    row = Application.objects.latest("pk")
    part = f"/sec/applications/{row.reference}/parts/{slug}"
    assert [status(told, name, part) for name in ("ada", "ben")] == [404, 404]
    jo.goes_to(f"/sec/applications/{row.reference}/steps/start")
    enters(jo)
    assert [status(told, name, part) for name in ("ada", "ben")] == [200, 404]
    ada.goes_to(part)
    ada.looks(f"part in {technique}")
    ada.goes_to(f"{part}/answer")
    enters(ada, answer="Our installers have it from Monday on.")
    jo.goes_to(part)
    jo.sees("Our installers have it from Monday on.")


def revises(told: World, first: Document) -> None:
    """Let a later version of the plan take the place of the first within the period."""
    jo, sam = told.jo, told.sam
    jo.goes_to(f"{PLAN}/save?budget=75")
    enters(jo, budget="75", says="Another field visit.")
    row = drafts_the_document(told, "2", "Hubs were found in the wrong region.")
    sam.goes_to(f"{address(row)}/moves/bring_at_once")
    enters(sam, reason="It cannot wait for fifteen working days.")
    is_agreed(told, row, "pab", "recommend")
    is_agreed(told, row, "panel", "parties_endorse", said_how="By letter.")
    is_agreed(told, row, "panel", "panel_endorse")
    takes_effect(told, row)
    told.ada.goes_to(address(first))
    told.ada.sees("No longer in force")
    told.ada.goes_to(address(row))
    told.ada.sees("In force")


class TestAYear:
    def test_is_planned_endorsed_applied_and_revised(self, told: World) -> None:
        scores_the_risks(told)
        first = drafts_a_plan(told)
        is_consulted_on(told, first)
        is_voted_on(told, first, "pab", "Recommend it")
        is_agreed(told, first, "panel", "parties_endorse", said_how="Through the members they elect.")
        is_voted_on(told, first, "panel", "The Panel endorses it")
        told.settings.DEMO_DAY = "2022-04-01"
        takes_effect(told, first)
        assert {one: sees(told, one) for one in ("ada", "cy", "jo")} == {"ada": [], "cy": [], "jo": OF_OFFICE}

        told.settings.DEMO_DAY = "2022-04-04"
        applies(told, "coverage_guidance")
        applies(told, "inventory_check")
        told.settings.DEMO_DAY = "2022-07-01"
        revises(told, first)

        versions = Document.objects.order_by("version").values_list("version", "from_on", "until_on")
        assert [(number, str(began), str(ended)) for number, began, ended in versions] == [
            (1, "2022-04-01", "2022-07-01"),
            (2, "2022-07-01", "None"),
        ]
        assert told.complaints() == []
