"""A planted breach, followed to its end: from the finding to a case that is closed on what the months say."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tallystick.cases.models import Case
from tallystick.decisions.models import Motion
from tests.journeys.breach import ALFA, World, months, world
from tests.journeys.visiting import Visitor
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


def chooses(one: Visitor, label: str) -> None:
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
    return votes(told, choice, voters)


def votes(told: World, choice: str, voters: tuple[str, ...]) -> str:
    """Open the vote on the motion that the secretary sees, let everybody vote, and close it."""
    sam = told.sam
    sam.sees("Not open")
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


def steps(one: Visitor, address: str, move: str, decision: str = "", **said: str) -> None:
    """Take a step of a matter by its form, which leads back to the matter."""
    one.goes_to(f"{address}/moves/{move}")
    one.looks(move)
    if decision:
        one.page.get_by_label("that this carries out").select_option(decision)
    steps_on(one, address, **said)


def steps_on(one: Visitor, address: str, **said: str) -> None:
    for name, words in said.items():
        one.page.locator(f"[name=said_{name}]").first.fill(words)
    one.page.get_by_role("main").locator("form button[type=submit]").last.focus()
    one.page.keyboard.press("Enter")
    one.page.wait_for_url(f"**{address}")


def is_refused_leave(told: World) -> str:
    """Let Alderbrook ask the board for leave until March, and the board refuse it; return the motion."""
    ada = told.ada
    ada.goes_to("/sec/derogations/new")
    ada.page.get_by_label("Obligation", exact=True).select_option(index=1)
    for label, words in {
        "What it would cover": "Devices of the northern region.",
        "From": "2021-10-07",
        "Last day": "2022-03-31",
        "Why the obligation cannot be met": "The new batch is not delivered before March.",
        "What is done instead": "Certificates are recycled by hand each week.",
    }.items():
        ada.fills(label, words)
    ada.looks("draft a derogation")
    ada.presses("Draft it")
    ada.page.wait_for_url("**/derogations/DER-*")
    address = ada.page.url.removeprefix(told.site)
    steps(ada, address, "submit")
    assert status(told, "ben", address) == 404
    steps(told.jo, address, "assess", impact="412 devices of one party.")
    refused = decides(told, "PAB", "Grant the derogation", "Reject", ("hal", "bo", "di"))
    steps(told.sam, address, "refuse", refused, reasons="The work can be done in time.")
    ada.goes_to(address)
    ada.sees("Refused")
    ada.looks("refused")
    return refused


def appeals_in_vain(told: World, refused: str) -> None:
    """Let Alderbrook query the refusal and appeal; the Panel hears it without who decided before."""
    sam, ada = told.sam, told.ada
    sam.goes_to("/sec/challenges/new")
    sam.page.get_by_label("What was decided").select_option(served_as(sam, refused))
    sam.fills("Received by the party on", told.settings.DEMO_DAY)
    sam.looks("serve")
    sam.presses("Serve it")
    sam.page.wait_for_url("**/sec/challenges")
    sam.looks("challenges")
    address = sam.page.locator("a[href*='/challenges/CHA-']").first.get_attribute("href") or ""
    steps(ada, address, "query", grounds="The delivery was not looked at.")
    assert status(told, "ben", address) == 404
    sam.goes_to(f"{address}/motion")
    puts(sam, "Allow the query")
    kept = votes(told, "Reject", ("hal", "bo", "di"))
    steps(sam, address, "reject_query", kept, reasons="It was.")
    ada.goes_to(f"{address}/moves/appeal")
    chooses(ada, "Evidence was misread")
    steps_on(ada, address, grounds="The date of delivery was misread.")
    sam.goes_to(f"{address}/motion")
    puts(sam, "Allow the appeal")
    kept = votes(told, "Reject", ("quin", "rae", "tam", "una", "vic", "wes"))
    sam.goes_to(f"/sec/decisions/{kept}")
    sam.sees("Decided before on what it is about")
    steps(sam, address, "dismiss_appeal", kept, reasons="It was read as it stands.")
    ada.goes_to(address)
    ada.sees("Stands")
    ada.looks("stands")


def served_as(sam: Visitor, reference: str) -> str:
    """Return the value of the choice that names a decision."""
    option = sam.page.locator("option").filter(has_text=reference).first
    return option.get_attribute("value") or ""


def puts(sam: Visitor, title: str) -> None:
    """Put a challenge to the body that has it."""
    sam.fills("Title", title)
    sam.fills("Question", f"{title}?")
    sam.fills("What approval does", "It is changed.")
    sam.looks("put a challenge")
    sam.page.get_by_role("main").locator("form button[type=submit]").last.focus()
    sam.page.keyboard.press("Enter")
    sam.page.wait_for_url("**/challenges/CHA-*")
    sam.goes_to(f"/sec/decisions/{Motion.objects.latest('pk').reference}")


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
    return status(told, name, f"/sec/cases/{case.reference}")


def status(told: World, name: str, address: str) -> int:
    found: int = getattr(told, name).page.request.get(f"{told.site}{address}").status
    return found


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
        told.day_is("2021-10-07")
        appeals_in_vain(told, is_refused_leave(told))
        files_a_remedy(told, case, 2, due_on="2021-11-30", signed=True)
        accepts(told, case, 2)

        told.day_is("2021-11-15")
        meets_the_milestone(told, case)
        months(told, "2021-12-03", m2021_09=False, m2021_10=False, m2021_11=False)
        told.day_is("2021-12-06")
        is_closed_on_data(told, case)

        assert told.complaints() == []
