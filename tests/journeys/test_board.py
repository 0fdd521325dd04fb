"""A board decides: a motion is put and opened, members vote by keyboard, and anybody reads the result."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tallystick.decisions.models import Ballot, Motion
from tallystick.journal import keys, signing
from tallystick.parties import rulebooks
from tallystick.rulebook.rulebook import Rulebook
from tests.decisions.chamber import DAY, Chamber, cast, chamber, opened, person_of, ruled
from tests.journeys.visiting import Visitor
from tests.site.browser import CHROMIUM
from tests.site.entering import now

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
TITLE = "Accept the plan for late reports"


@pytest.fixture
def pab(settings: Any, sec: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Chamber:
    monkeypatch.setattr(rulebooks, "_loaded", lambda _folder: ruled(sec))
    settings.DEMO_DAY = DAY.isoformat()
    return chamber(3)


@pytest.fixture
def sam(chromium: Browser, live_server: Any, pab: Chamber) -> Visitor:
    made = Visitor.new(chromium, live_server.url)
    made.signs_in(person_of(pab.secretary))
    return made


def member(chromium: Browser, sam: Visitor, of: Chamber, place: int) -> Visitor:
    made = Visitor.new(chromium, sam.site)
    made.signs_in(person_of(of.members[place]))
    return made


def chooses(visitor: Visitor, label: str) -> None:
    """Choose by keyboard: go to the choice, and press the space bar."""
    choice = visitor.page.get_by_role("main").get_by_label(label, exact=False).first
    choice.focus()
    visitor.page.keyboard.press("Space")
    assert choice.is_checked()


def puts_and_opens(sam: Visitor, of: Chamber) -> Motion:
    sam.goes_to("/sec/decisions")
    sam.follows("Put a motion")
    sam.page.wait_for_url("**/decisions/new")
    sam.looks("put")
    sam.fills("Title", TITLE)
    sam.fills("Question", "Shall the plan be accepted?")
    sam.fills("What approval does", "Its dates are held to.")
    sam.page.get_by_label("Body and voting scheme").select_option(f"{of.body.handle}/pab")
    sam.presses("Put the motion")
    sam.sees("Nobody votes before the vote is opened.")
    sam.looks("draft")
    sam.presses("Open the vote")
    sam.sees("The vote is open.")
    sam.looks("open")
    found: Motion = Motion.objects.get()
    return found


def votes(visitor: Visitor, choice: str) -> None:
    """Declare that there is no conflict, and vote: from the list of what waits, by keyboard alone."""
    visitor.page.get_by_role("link", name=f"Vote: {TITLE}").first.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("heading", name="Your vote").wait_for()
    visitor.looks("paper")
    chooses(visitor, "No")
    chooses(visitor, choice)
    visitor.fills("Reason", "It has dates")
    visitor.presses("Cast vote")
    visitor.sees("Your vote is cast")
    visitor.looks("cast")


class TestABoard:
    def test_decides_from_motion_to_result(
        self, chromium: Browser, sam: Visitor, pab: Chamber, tmp_path: Path
    ) -> None:
        one = puts_and_opens(sam, pab)
        ada, ben, cleo = (member(chromium, sam, pab, place) for place in range(3))
        votes(ada, "Approve")
        for voter, choice in ((ben, "Approve"), (cleo, "Reject")):
            votes(voter, choice)
        key = keys.make(tmp_path, "tests.example/journal")
        signing.sign_checkpoint(tmp_path, now())
        receipt = self.saves_the_receipt(ada, tmp_path)

        sam.goes_to(f"/sec/decisions/{one.reference}")
        sam.presses("Close the vote")
        sam.sees("approved, 2 votes to 1")
        sam.looks("closed")
        stranger = Visitor.new(chromium, sam.site)
        stranger.goes_to("/sec/decisions")
        stranger.looks("register")
        stranger.follows(TITLE)
        stranger.page.wait_for_url("**/MOT-*")
        stranger.sees("The motion is approved, 2 votes to 1.")
        stranger.looks("public")

        assert "It has dates" not in stranger.text()
        assert "Ada Quill" not in stranger.text()
        checker = [sys.executable, "src/tally_verify.py", "receipt", str(receipt), "--key", key.written]
        checked = subprocess.run(checker, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
        assert checked.returncode == 0, checked.stdout
        assert "decisions.cast_vote" in checked.stdout
        assert b'"choice":"approve"' in receipt.read_bytes().replace(b'\\"', b'"')
        assert [who.complaints for who in (sam, ada, ben, cleo, stranger)] == [[], [], [], [], []]

    def saves_the_receipt(self, visitor: Visitor, folder: Path) -> Path:
        with visitor.page.expect_download() as saved:
            visitor.page.get_by_role("link", name="Save the receipt (JSON)").click()
        file = folder / "receipt.json"
        saved.value.save_as(file)
        return file


class TestAMember:
    def test_votes_once_by_a_double_click_and_is_told_so_in_a_second_tab(
        self, chromium: Browser, sam: Visitor, pab: Chamber
    ) -> None:
        one = opened(pab)
        ada = member(chromium, sam, pab, 0)
        tab = Visitor.new(chromium, sam.site)
        tab.page.context.add_cookies(ada.page.context.cookies())  # type: ignore[arg-type]  # as they were given
        for window in (ada, tab):
            window.goes_to(f"/sec/decisions/{one.reference}")
            chooses(window, "No")
        chooses(ada, "Approve")
        chooses(tab, "Reject")

        ada.page.get_by_role("button", name="Cast vote").dblclick()
        ada.sees("You voted: Approve")
        tab.presses("Cast vote")
        tab.sees("is cast, and stays as it is")

        assert [ballot.choice for ballot in Ballot.objects.all()] == ["approve"]
        tab.looks("second tab")

    def test_sees_the_count_change_without_asking_again(
        self, chromium: Browser, sam: Visitor, pab: Chamber
    ) -> None:
        one = opened(pab, scheme="loose")
        ada = member(chromium, sam, pab, 0)
        ada.goes_to(f"/sec/decisions/{one.reference}")
        ada.looks("counts shown")
        chooses(ada, "No")
        cast(pab, one, 1)

        ada.page.evaluate("htmx.ajax('GET', location.pathname, {target: '#stands', swap: 'outerHTML'})")
        ada.sees("1 of the 3 seats able to vote has voted")

        assert ada.page.get_by_label("No", exact=True).is_checked()
        assert ada.complaints == []


class TestWhoIsConflicted:
    def test_declares_themselves_before_they_read(
        self, chromium: Browser, sam: Visitor, pab: Chamber
    ) -> None:
        term = pab.seats[0].memberships.get()
        term.is_independent = False
        term.save()
        one = opened(pab, party=pab.parties["ALFA"], title="The plan of ALFA")
        ada = member(chromium, sam, pab, 0)

        ada.follows("Declare whether you have a conflict of interest")
        ada.sees("Declare yourself first")
        ada.looks("declare")
        assert "The plan of ALFA" not in ada.text()
        chooses(ada, "No")
        ada.presses("Declare")
        ada.sees("The motion is open to you now.")
        ada.looks("amber")

        assert one.declarations.get().has_conflict is False
        assert ada.complaints == []
