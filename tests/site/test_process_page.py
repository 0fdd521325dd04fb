from typing import Any

import pytest

from tallystick.rulebook.processes import Clock
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site.process_page import due_of
from tests.cases.cast import NOTICED, landed, made_cast
from tests.decisions.views.conftest import browser, text

pytestmark = pytest.mark.django_db
ADDRESS = "/sec/rulebook/processes/case"


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    settings.DEMO_DAY = NOTICED.isoformat()


class TestProcess:
    def test_is_drawn_and_told_in_words(self) -> None:
        page = text(browser(None).get(ADDRESS))

        assert '<svg xmlns="http://www.w3.org/2000/svg" class="ways"' in page
        assert "From Finding: Give notice leads to Notice" in page
        assert "10 working days after the step that starts it" in page
        assert page.count('class="stage now"') == 0

    def test_marks_where_a_case_stands_for_whoever_may_see_it(self) -> None:
        cast = made_cast()
        case = cast.told(cast.opened(landed(cast.alfa)))
        asked = {"case": case.reference}

        office, rival, public = (text(browser(who).get(ADDRESS, asked)) for who in (cast.jo, cast.ben, None))

        assert office.count('class="stage now"') == 2
        assert case.reference in office
        for page in (rival, public):
            assert page.count('class="stage now"') == 0
            assert "marked where" not in page

    def test_of_another_name_is_not_there(self) -> None:
        assert browser(None).get("/sec/rulebook/processes/nothing").status_code == 404


class TestDueOf:
    def test_says_how_a_clock_is_counted(self, sec: Rulebook) -> None:
        def clock(process: str, name: str) -> Clock:
            return sec.processes[process].value_on(NOTICED).clocks[name]

        assert due_of(clock("case", "right_of_reply")) == "10 working days after the step that starts it"
        assert due_of(clock("remedy", "milestone")) == "a day that the step states"
