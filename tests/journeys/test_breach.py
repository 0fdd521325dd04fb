"""A planted breach, followed to its end: from the finding to a case that is closed on what the months say."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tallystick.cases.models import Case
from tests.journeys.breach import ALFA, World, months, world
from tests.site.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
    pytest.mark.usefixtures("of_recycling"),
]
TITLE = "Certificates recycled late"
MEASURE = "AREA-D1"


@pytest.fixture
def told(chromium: Browser, live_server: Any, settings: Any) -> World:
    made = world(chromium, live_server.url, settings)
    made.day_is("2021-09-06")
    months(made, "2021-08-10", m2021_07=True)
    return made


def chooses(one: Any, label: str) -> None:
    choice = one.page.get_by_role("main").get_by_label(label, exact=False).first
    choice.focus()
    one.page.keyboard.press("Space")
    assert choice.is_checked()


def opens_a_case(told: World) -> Case:
    jo = told.jo
    jo.goes_to("/sec/findings")
    row = jo.page.get_by_role("row").filter(has_text=ALFA)
    row.get_by_role("link").first.focus()
    jo.page.keyboard.press("Enter")
    jo.sees("Exception lines")
    jo.follows("Open a case")
    jo.page.get_by_role("heading", name="Open a case").wait_for()
    jo.fills("Title", TITLE)
    jo.fills("What it is about", "Certificates were recycled after the day on which they had to be.")
    jo.presses("Open the case")
    jo.sees("knows nothing of this case yet")
    jo.looks("draft")
    found: Case = Case.objects.get()
    return found


def is_told_and_replies(told: World, case: Case) -> None:
    jo, ada = told.jo, told.ada
    jo.follows("Share the lines")
    jo.presses("Share the lines")
    jo.sees("can see the lines from now on")
    jo.follows("Give notice")
    jo.fills("The notice", "Please tell us what happened.")
    jo.presses("Give notice")
    jo.sees("The right of reply of")
    ada.goes_to("/sec/")
    ada.page.get_by_role("link", name="Reply: Reply to the notice").first.focus()
    ada.page.keyboard.press("Enter")
    ada.page.get_by_role("heading", name="Reply").first.wait_for()
    chooses(ada, "We accept it")
    ada.fills("Your reply", "The batch ran late.")
    ada.presses("Reply")
    ada.page.wait_for_url(f"**/{case.reference}")
    ada.looks("party's case")


def is_asked_for_a_remedy(told: World, case: Case) -> None:
    jo = told.jo
    jo.goes_to(f"/sec/cases/{case.reference}")
    jo.follows("Go on to the remedy")
    jo.presses("Go on to the remedy")
    jo.follows("Encourage")
    jo.fills("How it was encouraged", "A call with their operations.")
    jo.presses("Encourage")
    jo.follows("Ask for a remedy")
    jo.presses("Ask for a remedy")
    jo.sees("Done: Ask for a remedy.")


def files_a_remedy(told: World, case: Case, version: int, *, due_on: str, signed: bool = False) -> None:
    ada, page = told.ada, told.ada.page
    ada.goes_to(f"/sec/cases/{case.reference}")
    ada.follows("File a remedy" if version == 1 else f"File version {version}")
    page.get_by_role("heading", name="File").first.wait_for()
    ada.fills("What went wrong, and why", "The batch ran after the certificates had lapsed.")
    page.get_by_label("A measure says when it has done").select_option(MEASURE)
    ada.fills("At a level of, per cent", "100")
    ada.fills("In so many months running", "3")
    for name, words in {"What": "A daily batch", "Owner": "O. Pike", "Proof": "Batch log"}.items():
        page.get_by_label(f"{name} of milestone 1", exact=True).fill(words)
    page.get_by_label("Due of milestone 1", exact=True).fill(due_on)
    if signed:
        ada.fills("Signed by", "P. Vale")
        ada.fills("As", "Chief Operating Officer")
        page.get_by_role("main").get_by_label("On", exact=True).fill(told.settings.DEMO_DAY)
    ada.looks(f"remedy form {version}")
    page.get_by_role("button", name="File").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{case.reference}")


def accepts(told: World, case: Case, version: int) -> None:
    jo = told.jo
    jo.goes_to(f"/sec/cases/{case.reference}")
    jo.follows("Accept the remedy")
    jo.page.wait_for_url("**/accept")
    jo.looks(f"accept {version}")
    jo.page.get_by_role("button", name="Accept").first.focus()
    jo.page.keyboard.press("Enter")
    jo.page.wait_for_url(f"**/{case.reference}")


def decides(told: World, body: str, title: str, choice: str, voters: tuple[str, ...]) -> str:
    """Let a body vote on a motion about Alderbrook, and close the vote; return its reference."""
    sam = told.sam
    sam.goes_to("/sec/decisions/new")
    sam.fills("Title", title)
    sam.fills("Question", f"{title}?")
    sam.fills("What approval does", "The chair carries it out.")
    handle = told.bodies[body].handle
    sam.page.get_by_label("Body and voting scheme").select_option(f"{handle}/{body.lower()}")
    sam.page.get_by_label("About a party").select_option(label=ALFA)
    sam.page.get_by_role("main").get_by_label("Class").select_option("amber")
    sam.looks("put a motion")
    sam.presses("Put the motion")
    sam.sees("Nobody votes before the vote is opened.")
    reference = sam.page.url.rsplit("/", 1)[1]
    sam.presses("Open the vote")
    sam.sees("The vote is open.")
    for name in voters:
        voter = getattr(told, name)
        voter.goes_to(f"/sec/decisions/{reference}")
        chooses(voter, "No")
        chooses(voter, choice)
        voter.presses("Cast vote")
        voter.sees("Your vote is cast")
    sam.goes_to(f"/sec/decisions/{reference}")
    sam.presses("Close the vote")
    sam.sees("approved, " if choice == "Approve" else "not approved")
    return reference


def carries_out(told: World, case: Case, step: str, decision: str) -> None:
    sam = told.sam
    sam.goes_to(f"/sec/cases/{case.reference}")
    sam.follows(step)
    sam.page.get_by_label("that this carries out").wait_for()
    sam.page.get_by_label("that this carries out").select_option(decision)
    sam.looks(step)
    sam.presses(step)
    sam.sees(f"Done: {step}.")


def meets_the_milestone(told: World, case: Case) -> None:
    jo = told.jo
    jo.goes_to(f"/sec/cases/{case.reference}")
    jo.page.locator(f"a[href$='/{case.reference}/remedy/2/milestones/1']").first.focus()
    jo.page.keyboard.press("Enter")
    jo.page.get_by_label("Met on").fill("2021-10-31")
    jo.fills("What proves it", "The log of the batch.")
    jo.page.get_by_role("main").get_by_role("button").last.focus()
    jo.page.keyboard.press("Enter")
    jo.page.wait_for_url("**/remedy/2")


def is_closed_on_data(told: World, case: Case) -> None:
    """Let the analyst see the months keep the promise, and close the case."""
    jo = told.jo
    jo.goes_to(f"/sec/cases/{case.reference}")
    jo.looks("months")
    jo.page.get_by_role("link", name="Verify", exact=True).first.focus()
    jo.page.keyboard.press("Enter")
    jo.presses("Verify")
    jo.sees("Done: Verify.")
    jo.follows("Close")
    jo.fills("What the remedy changed", "Every certificate was recycled in time for three months.")
    jo.presses("Close")
    jo.sees("The case has ended.")
    jo.looks("closed")


def answers(told: World, name: str, case: Case) -> int:
    """Return what the site answers to somebody who asks for the case."""
    page = getattr(told, name).page
    status: int = page.request.get(f"{told.site}/sec/cases/{case.reference}").status
    return status


class TestABreach:
    def test_is_followed_to_its_end(self, told: World) -> None:
        case = opens_a_case(told)
        assert answers(told, "ada", case) == answers(told, "ben", case) == 404
        is_told_and_replies(told, case)
        assert answers(told, "ben", case) == 404
        is_asked_for_a_remedy(told, case)
        files_a_remedy(told, case, 1, due_on="2021-10-01")
        accepts(told, case, 1)

        told.day_is("2021-10-05")
        told.jo.goes_to(f"/sec/cases/{case.reference}")
        told.jo.sees("Missed")
        told.jo.looks("missed")
        told.jo.follows("Follow the remedy")
        told.jo.presses("Follow the remedy")
        told.jo.follows("Escalate to the PAB")
        told.jo.fills("Why it is escalated", "The milestone of 1 October was missed.")
        told.jo.presses("Escalate to the PAB")
        told.jo.sees("Done: Escalate to the PAB.")
        assert answers(told, "cy", case) == 404
        motion = decides(told, "PAB", "Ask for a revised remedy", "Approve", ("hal", "bo", "di"))
        carries_out(told, case, "Ask for a revised remedy", motion)
        told.jo.goes_to(f"/sec/cases/{case.reference}")
        told.jo.follows("Ask for another remedy")
        told.jo.fills("What the remedy did not do", "Its milestone was missed.")
        told.jo.presses("Ask for another remedy")
        told.jo.sees("Done: Ask for another remedy.")
        files_a_remedy(told, case, 2, due_on="2021-11-30", signed=True)
        accepts(told, case, 2)

        told.day_is("2021-11-15")
        meets_the_milestone(told, case)
        months(told, "2021-12-03", m2021_09=False, m2021_10=False, m2021_11=False)
        told.day_is("2021-12-06")
        is_closed_on_data(told, case)

        assert told.complaints() == []
