"""The pages around cases in a browser: usable by all in light, dark and on a phone, and by keyboard alone."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from tallystick.cases.models import Case, Remedy
from tallystick.cases.operations.gaps import Recorded, record_gap
from tallystick.cases.operations.remedies import file_remedy, return_remedy
from tallystick.challenges.models import Challenge, Dispute
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.processes.operations.holds import Placed, place_hold
from tests.cases.cast import NOTICED, at, key, landed, on, person_of
from tests.cases.promised import by_hand
from tests.challenges.cast import Chamber, made_chamber
from tests.derogations import cast as of_leave
from tests.journeys.visiting import Visitor
from tests.site.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
TODAY = dt.date(2021, 9, 8)
MOST_TABS = 60


@pytest.fixture
def cast(settings: Settings) -> Chamber:
    settings.DEMO_DAY = TODAY.isoformat()
    return made_chamber(of_leave.made_cast().of)


def with_versions(cast: Chamber) -> Case:
    """Let a case have a version of its remedy that was returned, and one that waits."""
    case = cast.asked(cast.opened(landed(cast.alfa)))
    ada, jo = on(cast.ada, NOTICED), on(cast.jo, NOTICED)
    first = file_remedy(case=case, filed=by_hand(), by=ada, at=at(NOTICED, 13))
    return_remedy(remedy=first, reasons="Sooner.", key=key(), by=jo, at=at(NOTICED, 14))
    file_remedy(case=case, filed=by_hand(cause="Another."), by=ada, at=at(NOTICED, 15))
    return case


def pages(cast: Chamber) -> dict[str, list[str]]:
    """Plant one of everything, and give the addresses that each looks at."""
    case, leave = with_versions(cast), of_leave.Cast(cast)
    leave.granted(TODAY, level=Decimal(70))
    leave.forborne(NOTICED)
    cast.appealed(cast.served(cast.opened(title="Hubs counted twice")))
    cast.disputed(finding=landed(cast.alfa))
    recorded = Recorded("G3", "Nobody owes it", "It happens.", "All.", "A duty.", key())
    gap = record_gap(recorded=recorded, by=on(cast.jo, TODAY), at=at(TODAY))
    held = cast.told(cast.opened(title="On hold"))
    placed = Placed("The file is corrected.", key(), TODAY, course=held.course)
    place_hold(placed=placed, by=on(cast.sam, TODAY), at=at(TODAY, 9))
    rows = (Challenge, Dispute, Derogation, Forbearance)
    challenge, dispute, derogation, forbearance = (one.objects.get().reference for one in rows)
    version = Remedy.objects.get(case=case, version=2).version
    office = [
        *("cases", f"cases/{held.reference}", f"cases/{case.reference}/remedy/{version}"),
        *(f"cases/{case.reference}", "cases/analysis", "gaps", f"gaps/{gap.reference}", "holds"),
        *("challenges", f"challenges/{challenge}", f"disputes/{dispute}"),
        *("derogations", f"derogations/{derogation}", f"forbearance/{forbearance}"),
    ]
    party = [f"cases/{case.reference}", "disputes/new", "derogations/new"]
    return {"jo": office, "ada": party}


def tabs_to(page: Page, name: str) -> None:
    """Go on by the key alone until what has that name has the focus, which is to be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        told: list[Any] = page.evaluate(
            "[(document.activeElement.labels?.[0] || document.activeElement).textContent.trim(),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        if told[0] == name:
            assert told[1] != "none"
            return
    raise AssertionError(f"{name} is not reached by {MOST_TABS} tabs.")


class TestPages:
    def test_around_cases_can_be_used_by_all(
        self, chromium: Browser, live_server: Any, cast: Chamber
    ) -> None:
        visitors = {name: Visitor.new(chromium, live_server.url) for name in ("jo", "ada")}
        for name, visitor in visitors.items():
            visitor.signs_in(person_of(getattr(cast, name)))
        for name, addresses in pages(cast).items():
            visitor = visitors[name]
            for address in addresses:
                assert visitor.goes_to(f"/sec/{address}") == 200, address
                visitor.looks(address)

            assert visitor.complaints == []


class TestKeyboard:
    def test_leads_through_the_steps_the_forms_and_the_tabs_of_a_case(
        self, chromium: Browser, live_server: Any, cast: Chamber
    ) -> None:
        case = with_versions(cast)
        visitor = Visitor.new(chromium, live_server.url)
        visitor.signs_in(person_of(cast.jo))
        page = visitor.page
        visitor.goes_to(f"/sec/cases/{case.reference}")

        tabs_to(page, "v1 returned")
        page.keyboard.press("Enter")
        page.wait_for_url("**/remedy/1")
        visitor.goes_to(f"/sec/cases/{case.reference}")
        tabs_to(page, "Write to ALFA")
        page.keyboard.type("When do you begin?")
        tabs_to(page, "Send")
        page.keyboard.press("Enter")
        visitor.sees("When do you begin?")
        page.reload()
        tabs_to(page, "Return with reasons")
        page.keyboard.press("Enter")
        page.wait_for_url("**/remedy/2/return")
        tabs_to(page, page.get_by_role("main").locator("label").first.inner_text())
        page.keyboard.type("Name a day.")
        tabs_to(page, "Return it")
        page.keyboard.press("Enter")
        visitor.sees("Version 2 is returned.")

        stages = [one.course.places.get(left_at=None).stage for one in case.remedies.order_by("version")]
        assert stages == ["superseded", "returned"]
        assert visitor.complaints == []
