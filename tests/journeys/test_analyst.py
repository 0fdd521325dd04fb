"""An analyst's month: a file, a run, a finding, and an exclusion that a colleague checks."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tallystick.parties.models import Organisation, Person, Role
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import tasks
from tallystick.runs.models import Exclusion, Run, Submission
from tests.journeys.visiting import Visitor
from tests.site import people
from tests.site.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
HEADER = "event_id,device_id,hub_id,device_kind,provider,party,activity,at"
ALFA, BRVO = "esme,CSPN,Alderbrook Energy", "esme,CSPN,Brightwater Power"
GOOD = [
    f"EV-1,D-1,,{ALFA},commissioned,2021-07-01T10:00:00Z",
    f"EV-2,D-2,,{BRVO},commissioned,2021-07-01T10:00:00Z",
]
WRONG = [
    f"EV-3,D-1,,{ALFA},certificates_recycled,some day in July",
    f"EV-4,D-2,,{BRVO},certificates_recycled,2021-02-30T10:00:00Z",
    f"EV-5,D-3,,{BRVO},comissioned,2021-07-05T10:00:00Z",
]
MENDED = [
    f"EV-3,D-1,,{ALFA},certificates_recycled,2021-07-20T10:00:00Z",
    f"EV-4,D-2,,{BRVO},certificates_recycled,2021-07-02T10:00:00Z",
    f"EV-5,D-3,,{BRVO},commissioned,2021-07-05T10:00:00Z",
]


@pytest.fixture
def jo() -> Person:
    jo = people.person("Jo Tarn")
    people.role(jo, Role.ANALYST)
    for name in ("Alderbrook Energy", "Brightwater Power"):
        Organisation.objects.create(name=name, slug=name.lower().replace(" ", "-"))
    return jo


@pytest.fixture
def kit() -> Person:
    kit = people.person("Kit Marsh")
    people.role(kit, Role.ANALYST)
    return kit


@pytest.fixture
def site(live_server: Any) -> str:
    url: str = live_server.url
    return url


def sends(visitor: Visitor, name: str, rows: list[str]) -> None:
    """Send a file by the page, and come to what would be taken in."""
    visitor.goes_to("/sec/evidence/new")
    visitor.looks("upload")
    visitor.page.get_by_label("What it is").select_option("device_events")
    visitor.fills("Month it vouches for", "2021-07")
    content = "\n".join([HEADER, *rows, ""]).encode()
    visitor.page.get_by_label("File").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    visitor.presses("Look it over")
    visitor.sees("Nothing is taken in yet.")


def takes_a_file_in(visitor: Visitor) -> None:
    """Send a file of which three rows are wrong, then the mended one, and take that in."""
    sends(visitor, "events.csv", [*GOOD, *WRONG])
    assert "some day in July" in visitor.text()
    assert "2 rows would be taken in, 0 held and 3 refused" in visitor.text()
    visitor.looks("preview")
    visitor.presses("Discard")
    visitor.sees("Nothing of it was taken in.")
    sends(visitor, "mended.csv", [*GOOD, *MENDED])
    visitor.presses("Take in 5 rows")
    visitor.sees("5 rows taken in, 0 held, 0 refused.")
    visitor.looks("submission")


def runs_the_month(visitor: Visitor) -> None:
    """Ask for a run, and watch it land."""
    visitor.goes_to("/sec/runs")
    visitor.looks("runs")
    visitor.fills("Month", "2021-07")
    visitor.presses("Run the month")
    visitor.sees("It starts as soon as the worker is free.")
    visitor.looks("run")
    done = tasks.work_one("worker", beats=False)
    assert done is not None
    assert (done.state, done.reason) == (Run.LANDED, "")
    visitor.page.get_by_role("link", name="Open the month").wait_for()


def opens_the_finding(visitor: Visitor) -> None:
    visitor.follows("Open the month")
    visitor.page.get_by_role("heading", name="Performance, July 2021").wait_for()
    visitor.looks("month")
    visitor.follows("Findings")
    visitor.page.get_by_role("heading", name="Findings", level=1).wait_for()
    visitor.looks("findings")
    row = visitor.page.get_by_role("row").filter(has_text="Alderbrook Energy")
    row.get_by_role("link").first.focus()
    visitor.page.keyboard.press("Enter")
    visitor.sees("Exception lines")
    assert "EV-1" in visitor.text()
    visitor.looks("finding")


def enters_an_exclusion(visitor: Visitor) -> None:
    visitor.goes_to("/sec/exclusions")
    visitor.looks("exclusions")
    for label, words in {
        "Stream": "device_events",
        "Row": "EV-1",
        "Measure": "AREA-D1",
        "Month": "2021-07",
        "Reason": "The network was closed for agreed work",
    }.items():
        visitor.fills(label, words)
    visitor.presses("Enter")
    visitor.sees("somebody else has to check it")
    visitor.looks("exclusion")


class TestAnAnalyst:
    @pytest.mark.usefixtures("of_recycling")
    def test_takes_a_month_from_file_to_second_check(
        self, chromium: Browser, site: str, jo: Person, kit: Person
    ) -> None:
        first, second = Visitor.new(chromium, site), Visitor.new(chromium, site)
        first.signs_in(jo)
        first.looks("home")

        takes_a_file_in(first)
        runs_the_month(first)
        opens_the_finding(first)
        enters_an_exclusion(first)
        second.signs_in(kit)
        second.page.get_by_role("link", name="Check: Give the second check").focus()
        second.page.keyboard.press("Enter")
        second.presses("Confirm")
        second.sees("The next run leaves the row out.")

        row = Exclusion.objects.get()
        assert (row.state, row.entered_by, row.checked_by) == (Exclusion.CONFIRMED, jo, kit)
        assert sorted(Submission.objects.values_list("state", flat=True)) == ["committed", "discarded"]
        assert first.complaints == second.complaints == []


class TestTheRulebook:
    def test_of_the_journey_has_one_measure(self, of_recycling: Rulebook) -> None:
        assert list(of_recycling.measures) == ["AREA-D1"]
