import csv
import io
import json

import pytest
from django.test import Client

from tallystick.decisions.models import Decision, Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.motions import withdraw_motion
from tests.decisions.chamber import CLOSES, LATER, Chamber, cast, chamber, opened, put
from tests.decisions.operations.test_records import taken
from tests.decisions.views.conftest import browser, text

pytestmark = pytest.mark.django_db
HERE = "/sec/decisions"


@pytest.fixture
def pab() -> Chamber:
    return chamber()


@pytest.fixture
def every(pab: Chamber) -> dict[str, Motion | Decision]:
    """Return a motion in each state, and a decision."""
    done = opened(pab, title="Approve the first plan")
    for place in range(3):
        cast(pab, done, place)
    gone = opened(pab, title="Approve the second plan")
    return {
        "draft": put(pab, title="Approve the third plan"),
        "open": opened(pab, title="Approve the fourth plan"),
        "closed": close_vote(motion=done, by=pab.chair, at=CLOSES),
        "withdrawn": withdraw_motion(motion=gone, because="Put anew", by=pab.secretary, at=LATER),
        "decision": taken(pab, title="Late reports"),
    }


@pytest.fixture
def sam(pab: Chamber) -> Client:
    return browser(pab.secretary)


@pytest.mark.usefixtures("every")
class TestDecisions:
    def test_lists_votes_under_way_then_what_was_decided_by_day(self, sam: Client) -> None:
        page = text(sam.get(HERE))

        told = [
            "Approve the fourth plan",
            "Approve the third plan",
            "Wed 8 Sep 2021",
            "Approve the first plan",
        ]
        assert [page.index(one) for one in told] == sorted(page.index(one) for one in told)
        assert "3 votes to 0" in page
        assert "Late reports" in page
        assert page.index("Put a motion") > 0

    def test_shows_outsiders_what_ended(self) -> None:
        page = text(browser(None).get(HERE))

        assert "Approve the first plan" in page
        assert "Late reports" in page
        assert "Approve the third plan" not in page
        assert "Approve the fourth plan" not in page
        assert "Put a motion" not in page

    @pytest.mark.parametrize(
        ("query", "there"),
        [
            ("verb=NOTED", {"Late reports"}),
            ("outcome=carried", {"Approve the first plan"}),
            ("outcome=withdrawn", {"Approve the second plan"}),
            ("body=PAB", {"Late reports", "Approve the first plan", "Approve the second plan"}),
            ("body=NONE", set()),
            ("verb=NOTED&outcome=carried", set()),
        ],
    )
    def test_shows_what_is_chosen(self, sam: Client, query: str, there: set[str]) -> None:
        told = json.loads(sam.get(f"{HERE}.json?{query}").content)

        assert {one["title"] for one in told} == there

    def test_of_nothing_says_so(self, sam: Client) -> None:
        assert "No decision here" in text(sam.get(f"{HERE}?body=NONE"))

    @pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
    def test_is_a_file_as_well(self, sam: Client, form: str) -> None:
        answer = sam.get(f"{HERE}.{form}")

        assert answer.headers["Content-Disposition"] == f'attachment; filename="sec-decisions.{form}"'
        assert len(answer.content) > 100

    def test_has_in_its_file_how_each_ended(self, sam: Client) -> None:
        rows = list(csv.DictReader(io.StringIO(sam.get(f"{HERE}.csv").content.decode())))

        assert {row["title"]: (row["verb"], row["outcome"], row["score"]) for row in rows} == {
            "Late reports": ("NOTED", "", ""),
            "Approve the first plan": ("", "carried", "3 votes to 0"),
            "Approve the second plan": ("", "withdrawn", ""),
        }


class TestDueOf:
    def test_counts_working_days_to_the_end(self, pab: Chamber, sam: Client) -> None:
        opened(pab)

        assert "in 5 WD" in text(sam.get(HERE))

    def test_says_what_waits_to_be_closed(self, pab: Chamber, sam: Client, settings: object) -> None:
        opened(pab)
        settings.DEMO_DAY = "2021-09-09"  # type: ignore[attr-defined]  # Django's settings

        assert "waits to be closed" in text(sam.get(HERE))
