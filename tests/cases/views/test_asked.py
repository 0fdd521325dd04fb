import pytest

from tallystick.cases.operations import closing, ladder, milestones, opening, remedies, sharing, talking
from tallystick.cases.views.asked import REFUSALS, banner
from tests.cases.cast import Cast, landed
from tests.cases.views.conftest import browser, text


class TestRefusals:
    def test_are_all_that_the_acts_know(self) -> None:
        rooms = (closing, ladder, milestones, opening, remedies, sharing, talking)
        known = {
            one
            for room in rooms
            for name, one in vars(room).items()
            if name.startswith("UnableTo") and isinstance(one, type)
        }

        assert known <= set(REFUSALS)


@pytest.mark.django_db
class TestAnAct:
    def test_asks_for_a_second_factor_shown_lately(self, cast: Cast) -> None:
        case = cast.opened(landed(cast.alfa))
        address = f"/sec/cases/{case.reference}/notice"

        page = text(browser(cast.jo, minutes_ago=30).get(address))
        sent = browser(cast.jo, minutes_ago=30).post(address, {"key": "form-1", "text": "Please reply."})

        assert "within ten minutes of showing a second factor" in page
        assert sent.status_code == 422

    def test_says_who_may_read_the_case(self, cast: Cast) -> None:
        case = cast.opened()

        assert banner(case) in text(browser(cast.jo).get(f"/sec/cases/{case.reference}/notice")).replace(
            "&#39;", "'"
        )
