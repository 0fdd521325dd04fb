from typing import Any

import pytest
from django.test import Client
from lxml.html import document_fromstring

from tallystick.journal.models import Entry
from tallystick.runs import operations
from tallystick.runs.models import Exclusion
from tallystick.runs.taken import Excluded
from tallystick.runs.views import second_checks
from tests.site.landed import NOW, Landed

pytestmark = pytest.mark.django_db
EVERY = "/sec/exclusions"
NO_OFFICE = ("ed", "olly", "bo", "ada", "public", "iris")


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    page: str = answer.content.decode()
    return page


@pytest.fixture
def rows(landed: Landed) -> list[Exclusion]:
    """Return two rows of CPM1 that Jo entered."""
    assert landed.exclusion is not None
    second = operations.enter_exclusion(
        row=Excluded("service_requests", "SR-2", "CPM1", "2021-07"),
        reason="Agreed outage too",
        party=None,
        by=landed.acting("jo"),
        at=NOW,
    )
    first: Exclusion = Exclusion.objects.get(pk=landed.exclusion.pk)
    return [first, second]


@pytest.fixture
def kit(landed: Landed) -> Client:
    return landed.client("kit")


def sent(rows: list[Exclusion], answer: str = "confirm", **more: str) -> dict[str, Any]:
    return {"of": [row.reference for row in rows], "answer": answer, **more}


def undo_in(page: str) -> str:
    """Return where the Undo of the line leads that says what was done."""
    told = [one for one in document_fromstring(page).iter("form") if one.get("class") == "bt"]
    assert len(told) == 1
    return told[0].get("action") or ""


def ticked(page: str) -> dict[str, bool]:
    """Return the rows that are offered, and whether each is ticked already."""
    boxes = [box for box in document_fromstring(page).iter("input") if box.get("name") == "of"]
    return {box.get("value") or "": box.get("checked") is not None for box in boxes}


def states() -> list[str]:
    return list(Exclusion.objects.order_by("pk").values_list("state", flat=True))


class TestCheckSeveral:
    def test_is_offered_for_what_waits(self, kit: Client, rows: list[Exclusion]) -> None:
        page = text(kit.get(EVERY, {"of": [row.reference for row in rows]}))

        assert "Confirm both" in page
        assert ticked(page) == {row.reference: True for row in rows}

    def test_shows_an_errand_the_rows_it_names_and_no_other(self, kit: Client, rows: list[Exclusion]) -> None:
        page = text(kit.get(EVERY, {"of": rows[1].reference, "from": "waiting"}))

        assert ticked(page) == {rows[1].reference: True}

    def test_ticks_nothing_by_itself_where_no_row_is_named(self, kit: Client, rows: list[Exclusion]) -> None:
        page = text(kit.get(EVERY, {"measure": "CPM1", "period": "2021-07"}))

        assert "Confirm those ticked" in page
        assert ticked(page) == {row.reference: False for row in rows}

    def test_says_how_many_it_takes_at_once(
        self, kit: Client, rows: list[Exclusion], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(second_checks, "MOST_AT_ONCE", 1)

        page = text(kit.post(f"{EVERY}/check", sent(rows), follow=True))

        assert "At most 1 rows are settled at once. Nothing was changed." in page
        assert states() == [Exclusion.ENTERED] * 2

    def test_settles_both_and_leads_back_to_the_list(self, kit: Client, rows: list[Exclusion]) -> None:
        answer = kit.post(f"{EVERY}/check", sent(rows, then="waiting"))

        assert answer.headers["Location"] == "/sec/"
        assert states() == [Exclusion.CONFIRMED] * 2
        assert Entry.objects.filter(act="runs.check_exclusion").count() == 2

    def test_says_what_was_done_and_offers_to_undo_it(self, kit: Client, rows: list[Exclusion]) -> None:
        page = text(kit.post(f"{EVERY}/check", sent(rows, then="waiting"), follow=True))

        names = ", ".join(row.reference for row in rows)
        assert f"Confirmed {names}. The next run leaves the rows out." in page
        again = text(kit.post(undo_in(page), follow=True))
        assert "Taken back." in again
        assert states() == [Exclusion.ENTERED] * 2
        assert Entry.objects.filter(act="runs.take_back_check").count() == 2

    def test_settles_only_what_is_ticked(self, kit: Client, rows: list[Exclusion]) -> None:
        kit.post(f"{EVERY}/check", sent(rows[:1], "refuse"))

        assert states() == [Exclusion.REFUSED, Exclusion.ENTERED]

    def test_changes_nothing_where_nothing_is_ticked(self, kit: Client, rows: list[Exclusion]) -> None:
        page = text(kit.post(f"{EVERY}/check", sent([]), follow=True))

        assert "No row was ticked" in page
        assert states() == [Exclusion.ENTERED] * len(rows)

    def test_by_who_entered_them_settles_none(self, landed: Landed, rows: list[Exclusion]) -> None:
        page = text(landed.client("jo").post(f"{EVERY}/check", sent(rows), follow=True))

        assert "Somebody else has to check" in page
        assert states() == [Exclusion.ENTERED] * 2

    def test_knows_no_row_of_another_name(self, kit: Client, rows: list[Exclusion]) -> None:
        told = {"of": [rows[0].reference, "EXC-000000"], "answer": "confirm"}

        assert kit.post(f"{EVERY}/check", told).status_code == 404
        assert states() == [Exclusion.ENTERED] * 2

    def test_is_the_offices_alone(self, landed: Landed, rows: list[Exclusion]) -> None:
        for name in NO_OFFICE:
            assert landed.client(name).post(f"{EVERY}/check", sent(rows)).status_code == 404, name


class TestTakeBack:
    def test_is_refused_to_who_did_not_give_the_check(
        self, landed: Landed, kit: Client, rows: list[Exclusion]
    ) -> None:
        kit.post(f"{EVERY}/check", sent(rows))

        page = text(landed.client("sam").post(f"{EVERY}/take-back", sent(rows), follow=True))

        assert "Only who gave a second check" in page
        assert states() == [Exclusion.CONFIRMED] * 2


class TestAsk:
    def test_goes_back_to_who_entered_the_row_and_is_answered_there(
        self, landed: Landed, kit: Client, rows: list[Exclusion]
    ) -> None:
        at = f"{EVERY}/{rows[0].reference}"
        asked = text(kit.post(f"{at}/ask", {"text": "Which outage?"}, follow=True))
        assert "waits for its answer" in asked
        assert 'value="confirm"' not in asked
        jo = landed.client("jo")
        assert f"Answer the question about {rows[0].reference}" in text(jo.get("/sec/"))

        text(jo.post(f"{at}/answer", {"text": "That of 3 July"}, follow=True))

        page = text(kit.get(at))
        assert page.index("Which outage?") < page.index("That of 3 July")
        assert 'value="confirm"' in page

    def test_is_taken_back_by_its_undo(self, kit: Client, rows: list[Exclusion]) -> None:
        at = f"{EVERY}/{rows[0].reference}"
        page = text(kit.post(f"{at}/ask", {"text": "Which outage?"}, follow=True))

        page = text(kit.post(undo_in(page), follow=True))

        assert "The question was taken back" in page
        assert 'value="confirm"' in page

    def test_says_why_it_cannot_be_asked(self, landed: Landed, kit: Client, rows: list[Exclusion]) -> None:
        at = f"{EVERY}/{rows[0].reference}/ask"

        assert "Say what you want to know" in text(kit.post(at, {"text": " "}, follow=True))
        assert "helps nobody" in text(landed.client("jo").post(at, {"text": "Why?"}, follow=True))

    def test_puts_the_check_off(self, kit: Client, rows: list[Exclusion]) -> None:
        kit.post(f"{EVERY}/{rows[0].reference}/ask", {"text": "Which outage?"})

        page = text(kit.post(f"{EVERY}/check", sent(rows), follow=True))

        assert "waits for its answer. Nothing was changed." in page
        assert states() == [Exclusion.ENTERED] * 2

    def test_is_the_offices_alone(self, landed: Landed, rows: list[Exclusion]) -> None:
        for name in NO_OFFICE:
            for end in ("ask", "answer", "take-back-question"):
                answer = landed.client(name).post(f"{EVERY}/{rows[0].reference}/{end}", {"text": "x"})
                assert answer.status_code == 404, (name, end)


class TestAnswer:
    def test_is_for_who_entered_the_row(self, landed: Landed, kit: Client, rows: list[Exclusion]) -> None:
        at = f"{EVERY}/{rows[0].reference}"
        kit.post(f"{at}/ask", {"text": "Which outage?"})

        page = text(landed.client("sam").post(f"{at}/answer", {"text": "Any."}, follow=True))

        assert "Whoever entered the exclusion answers for it." in page
