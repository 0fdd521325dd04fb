from typing import Any

import pytest
from django.test import Client

from tallystick.runs.models import Run
from tests.site.landed import Landed

pytestmark = pytest.mark.django_db
RUNS = "/sec/runs"
PART = {"HX-Request": "true", "HX-Target": "progress"}
TOLD = {"period": "2021-04", "known_on": "2021-09-20"}


@pytest.fixture
def jo(landed: Landed) -> Client:
    return landed.client("jo")


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    page: str = answer.content.decode()
    return page


def at(landed: Landed, name: str, end: str = "") -> str:
    return f"{RUNS}/{landed.runs[name].reference}{end}"


class TestRuns:
    def test_are_listed_to_the_office_whatever_became_of_them(self, jo: Client, landed: Landed) -> None:
        page = text(jo.get(RUNS))

        assert all(one.reference in page for one in landed.runs.values())
        assert "Run the month" in page
        assert "Jo Tarn" in page

    @pytest.mark.parametrize("name", ["ada", "bo", "public"])
    def test_are_listed_to_others_once_they_landed(self, landed: Landed, name: str) -> None:
        page = text(landed.client(name).get(RUNS))

        assert [key for key, one in landed.runs.items() if one.reference in page] == ["once", "now"]
        assert "Run the month" not in page
        assert "Jo Tarn" not in page

    def test_lead_to_months_that_were_graded_alone(self, jo: Client) -> None:
        page = text(jo.get(RUNS))

        assert '"/sec/performance/2021-07"' in page
        assert '"/sec/performance/2021-07?at=2021-08-20"' in page
        assert '"/sec/performance/2021-05"' not in page

    def test_are_asked_for_and_then_wait(self, jo: Client) -> None:
        page = text(jo.post(RUNS, TOLD, follow=True))

        assert Run.objects.get(period="2021-04").state == Run.WAITING
        assert "It starts as soon as the worker is free." in page

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"period": "2021-Q2"}, "is not a month"),
            ({"period": "2021-06"}, "is under way"),
            ({"period": "never"}, "never"),
            ({"known_on": "2999-01-01"}, "Nobody knows yet"),
            ({"known_on": "2021-03-01"}, "nothing of April 2021 was known"),
            ({"known_on": ""}, "required"),
        ],
    )
    def test_say_why_one_cannot_be_asked_for(self, jo: Client, told: dict[str, str], said: str) -> None:
        before = Run.objects.count()

        assert said in text(jo.post(RUNS, {**TOLD, **told}), 422)
        assert Run.objects.count() == before

    def test_are_asked_for_by_the_office_alone(self, landed: Landed) -> None:
        for name in ("ada", "ed", "bo", "olly", "public"):
            assert landed.client(name).post(RUNS, TOLD).status_code == 404, name


class TestRun:
    def test_says_what_it_used_and_what_it_came_to(self, landed: Landed) -> None:
        page = text(landed.client("public").get(at(landed, "now")))

        assert "the figures of the month" in page
        assert landed.month.snapshot in page
        assert landed.month.sentence[:40] in page
        assert "Cancel" not in page
        assert "History" not in page

    def test_that_failed_says_why(self, landed: Landed, jo: Client) -> None:
        page = text(jo.get(at(landed, "failed")))

        assert "Nothing of it landed." in page
        assert "The disk is full." in page

    def test_under_way_is_shown_to_the_office_alone(self, landed: Landed) -> None:
        for name in ("waiting", "failed"):
            assert landed.statuses(at(landed, name))[200] == {"jo", "kit", "sam", "ed"}

    def test_fetches_the_part_that_changes_while_it_does(self, landed: Landed, jo: Client) -> None:
        part = text(jo.get(at(landed, "waiting"), headers=PART))

        assert "<html" not in part
        assert 'id="progress"' in part
        assert 'hx-trigger="every 2s"' in part
        assert "hx-trigger" not in text(jo.get(at(landed, "now"), headers=PART))

    def test_shows_how_far_it_is(self, landed: Landed, jo: Client) -> None:
        run = landed.runs["waiting"]
        Run.objects.filter(pk=run.pk)
        row = Run.objects.get(pk=run.pk)
        row.state, row.progress, row.fraction = Run.RUNNING, "Counting and grading", 0.39
        row.save()

        part = text(jo.get(at(landed, "waiting"), headers=PART))

        assert "Counting and grading" in part
        assert 'value="39"' in part

    def test_of_no_reference_is_nothing(self, jo: Client) -> None:
        assert jo.get(f"{RUNS}/RUN-2021-09-20-000000").status_code == 404


class TestCancel:
    def test_stops_a_run_that_waits(self, landed: Landed, jo: Client) -> None:
        page = text(jo.post(at(landed, "waiting", "/cancel"), follow=True))

        assert Run.objects.get(pk=landed.runs["waiting"].pk).state == Run.CANCELLED
        assert "cancelled before it landed" in page

    def test_of_a_run_that_ended_is_refused(self, landed: Landed, jo: Client) -> None:
        page = text(jo.post(at(landed, "now", "/cancel"), follow=True))

        assert "has ended already" in page
        assert Run.objects.get(pk=landed.runs["now"].pk).state == Run.LANDED

    def test_is_for_the_office_alone(self, landed: Landed) -> None:
        for name in ("ed", "ada", "bo", "public"):
            assert landed.client(name).post(at(landed, "waiting", "/cancel")).status_code == 404, name

    def test_of_no_reference_is_nothing(self, jo: Client) -> None:
        assert jo.post(f"{RUNS}/none/cancel").status_code == 404
