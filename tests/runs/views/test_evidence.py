from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tallystick.journal.models import Entry
from tallystick.runs import installation
from tallystick.runs.models import HeldRow, Submission
from tests.site.landed import ALFA, Landed

pytestmark = pytest.mark.django_db
HEADER = "hub_id,activity,at,party,region,fault"
GOOD = "HUB-1,removed,2021-06-01T10:00:00Z,Alderbrook Energy,north,"
WRONG = [
    "HUB-2,removed,on a Friday,Alderbrook Energy,north,",
    "HUB-3,lost,2021-06-02T10:00:00Z,Alderbrook Energy,north,",
    "HUB-4,removed,2021-06-03T10:00:00Z,Alderbrook Energy,west,",
]
MENDED = [
    "HUB-2,removed,2021-06-04T10:00:00Z,Alderbrook Energy,north,",
    "HUB-3,returned,2021-06-02T10:00:00Z,Alderbrook Energy,north,",
    "HUB-4,removed,2021-06-03T10:00:00Z,Alderbrook Energy,north,",
]
ANOTHERS = "HUB-9,removed,2021-06-03T10:00:00Z,Brightwater Power,north,"
HELD = "HUB-5,removed,2099-06-03T10:00:00Z,Alderbrook Energy,north,"
NEW = "/sec/evidence/new"


@pytest.fixture
def jo(landed: Landed) -> Client:
    return landed.client("jo")


@pytest.fixture
def ada(landed: Landed) -> Client:
    return landed.client("ada")


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    page: str = answer.content.decode()
    return page


def file(*rows: str, name: str = "rows.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([HEADER, *rows, ""]).encode())


def send(client: Client, *rows: str, **told: Any) -> Submission:
    """Upload rows of hub_returns, and return what became of them."""
    given = {"stream": "hub_returns", "period": "2021-06", "file": file(*rows), **told}
    answer = client.post(NEW, given)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Submission.objects.get(reference=answer.headers["Location"].rsplit("/", 1)[-1])


def at(row: Submission, end: str = "") -> str:
    return f"/sec/evidence/{row.reference}{end}"


class TestEvidence:
    def test_lists_all_that_was_sent_to_the_office(self, jo: Client, landed: Landed) -> None:
        page = text(jo.get("/sec/evidence"))

        assert all(one.reference in page for one in landed.sent.values())
        assert "doubt about alfa" in page
        assert "doubt about brvo" in page
        assert "Load evidence" in page

    def test_lists_a_delegates_own_alone(self, ada: Client, landed: Landed) -> None:
        page = text(ada.get("/sec/evidence"))

        assert landed.sent["alfa"].reference in page
        assert landed.sent["brvo"].reference not in page
        assert landed.sent["office"].reference not in page
        assert "doubt about brvo" not in page
        assert [name for name in landed.parties if name in page] == [ALFA]

    def test_says_what_is_still_expected(self, jo: Client) -> None:
        assert "Rows of inventory" in text(jo.get("/sec/evidence"))

    def test_is_chosen_by_stream_and_state(self, jo: Client, landed: Landed) -> None:
        page = text(jo.get("/sec/evidence?state=previewed"))

        assert f'/sec/evidence/{landed.sent["waiting"].reference}"' in page
        assert f'ref" href="/sec/evidence/{landed.sent["office"].reference}"' not in page
        assert "No submission here" in text(jo.get("/sec/evidence?stream=inventory"))

    def test_is_for_those_with_evidence_of_their_own_and_those_who_oversee(self, landed: Landed) -> None:
        told = landed.statuses("/sec/evidence")

        assert told[200] == {"jo", "kit", "sam", "ada", "ben", "ed", "bo", "hal"}
        assert set(told) == {200, 404}

    def test_shows_no_way_to_send_to_who_may_not(self, landed: Landed) -> None:
        assert "Load evidence" not in text(landed.client("ed").get("/sec/evidence"))


class TestSubmission:
    def test_says_what_it_holds_and_what_is_wrong(self, ada: Client, landed: Landed) -> None:
        page = text(ada.get(at(landed.sent["alfa"])))

        assert "as-sent.csv" in page
        assert "in the future" in page
        assert "a past day" in page

    def test_is_found_by_the_name_the_store_gave_it(self, ada: Client, landed: Landed) -> None:
        assert landed.sent["alfa"].reference in text(ada.get("/sec/evidence/S-0377"))
        assert ada.get("/sec/evidence/S-0391").status_code == 404

    def test_of_another_party_of_the_office_or_of_none_is_nothing(self, ada: Client, landed: Landed) -> None:
        answers = [
            ada.get(address)
            for address in (at(landed.sent["brvo"]), at(landed.sent["office"]), "/sec/evidence/E-000000")
        ]

        assert {one.status_code for one in answers} == {404}
        assert len({one.content for one in answers}) == 1

    def test_shows_no_buttons_to_who_may_only_read(self, landed: Landed) -> None:
        page = text(landed.client("ed").get(at(landed.sent["waiting"])))

        assert "Take in" not in page
        assert "<form method" not in page.replace('method="get"', "")


class TestUpload:
    def test_asks_the_office_who_sent_it_and_a_delegate_not(self, jo: Client, ada: Client) -> None:
        assert 'name="sender"' in text(jo.get(NEW))
        own = text(ada.get(NEW))
        assert 'name="sender"' not in own
        assert "Brightwater" not in own

    def test_shows_what_would_be_taken_in_and_takes_nothing_in(self, ada: Client) -> None:
        row = send(ada, GOOD, *WRONG)
        page = text(ada.get(at(row)))

        assert (row.state, row.accepted, row.refused) == (Submission.PREVIEWED, 1, 3)
        assert row.party is not None
        assert row.party.name == ALFA
        assert "Nothing is taken in yet." in page
        assert "Take in 1 row" in page
        assert "row 3" in page
        assert "on a Friday" in page
        assert installation.store().snapshot("sec").submissions() == ()

    def test_of_another_partys_rows_is_refused_without_naming_it(self, ada: Client) -> None:
        page = text(ada.get(at(send(ada, GOOD, ANOTHERS))))

        assert "Refused as a whole." in page
        assert "different party" in page
        assert "Brightwater" not in page

    def test_takes_no_other_sender_from_a_delegate(self, ada: Client) -> None:
        row = send(ada, GOOD, sender="brightwater-power")

        assert row.party is not None
        assert row.party.name == ALFA

    def test_by_the_office_is_of_whom_it_names(self, jo: Client) -> None:
        assert send(jo, GOOD, sender="").party is None
        named = send(jo, GOOD, sender="alderbrook-energy", file=file(GOOD, name="again.csv"))
        assert str(named.party) == ALFA

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"stream": "nothing"}, "Select a valid choice"),
            ({"period": "someday"}, "someday"),
            ({"file": ""}, "This field is required"),
            ({"file": SimpleUploadedFile("empty.csv", b"")}, "empty"),
        ],
    )
    def test_says_what_is_wrong_beside_the_field(self, ada: Client, told: dict[str, Any], said: str) -> None:
        page = text(ada.post(NEW, {"stream": "hub_returns", "file": file(GOOD), **told}), 422)

        assert said in page
        assert Submission.objects.filter(filename="rows.csv").count() == 0

    def test_larger_than_may_be_sent_is_said_beside_the_file(self, ada: Client, settings: Settings) -> None:
        settings.UPLOAD_BYTES = 10

        assert "larger than" in text(ada.post(NEW, {"stream": "hub_returns", "file": file(GOOD)}), 422)

    def test_keeps_nothing_of_a_files_name_but_its_last_part(self, ada: Client) -> None:
        row = send(ada, GOOD, file=file(GOOD, name="../../etc/pass\u202ewd.csv"))

        assert row.filename == "passwd.csv"

    def test_is_for_those_who_may_send(self, landed: Landed) -> None:
        assert landed.statuses(NEW)[200] == {"jo", "kit", "sam", "ada", "ben", "machine"}
        for name in ("ed", "bo", "iris"):
            assert landed.client(name).post(NEW, {}).status_code == 404

    def test_by_who_may_not_read_is_told_by_its_reference(self, landed: Landed) -> None:
        machine = landed.client("machine")

        page = text(machine.post(NEW, {"stream": "hub_returns", "file": file(GOOD)}, follow=True))

        row = Submission.objects.get(filename="rows.csv")
        assert f"{row.reference} was sent." in page
        assert machine.get(at(row)).status_code == 404

    def test_needs_the_mark_of_its_own_form(self, landed: Landed) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = landed.client("ada").cookies

        assert strict.post(NEW, {"stream": "hub_returns", "file": file(GOOD)}).status_code == 403


class TestCommit:
    def test_takes_in_what_was_shown_and_gives_the_rest_back(self, ada: Client) -> None:
        row = send(ada, GOOD, *WRONG)

        page = text(ada.post(at(row, "/commit"), follow=True))

        row.refresh_from_db()
        assert row.state == Submission.COMMITTED
        assert "1 rows taken in, 0 held, 3 refused." in page
        assert "Refused rows to correct" in page
        [kept] = installation.store().snapshot("sec").submissions()
        assert kept.id == row.evidence
        back = b"".join(ada.get(at(row, "/refused.csv")).streaming_content)  # type: ignore[attr-defined]
        assert b"on a Friday" in back
        assert b"HUB-1" not in back

    def test_of_the_mended_file_supersedes_the_first(self, ada: Client) -> None:
        first = send(ada, GOOD, *WRONG)
        ada.post(at(first, "/commit"))
        second = send(ada, GOOD, *MENDED, file=file(GOOD, *MENDED, name="mended.csv"))
        ada.post(at(second, "/commit"))

        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state) == (Submission.SUPERSEDED, Submission.COMMITTED)
        assert f'/sec/evidence/{second.reference}"' in text(ada.get(at(first)))
        assert f'/sec/evidence/{first.reference}"' in text(ada.get(at(second)))

    def test_holds_rows_in_doubt_until_they_come_again(self, ada: Client) -> None:
        first = send(ada, GOOD, HELD)
        ada.post(at(first, "/commit"))
        assert "HUB-5" in text(ada.get("/sec/evidence")) or HeldRow.objects.filter(submission=first).exists()

        again = HELD.replace("2099", "2021")
        second = send(ada, GOOD, again, file=file(GOOD, again, name="again.csv"))
        ada.post(at(second, "/commit"))

        assert HeldRow.objects.filter(submission=first, settled_by=None).count() == 0

    def test_twice_says_that_it_is_settled(self, ada: Client) -> None:
        row = send(ada, GOOD)
        ada.post(at(row, "/commit"))

        page = text(ada.post(at(row, "/commit"), follow=True))

        assert "is not waiting" in page
        assert Entry.objects.filter(act="runs.commit_submission").count() == 1

    def test_says_so_where_the_file_has_gone(self, ada: Client, home: Path) -> None:
        row = send(ada, GOOD)
        (home / "uploads" / row.handle).unlink()

        page = text(ada.post(at(row, "/commit"), follow=True))

        row.refresh_from_db()
        assert row.state == Submission.PREVIEWED
        assert 'class="note told error"' in page

    def test_is_of_ones_own_alone(self, landed: Landed, ada: Client) -> None:
        row = send(ada, GOOD)

        for name in ("ben", "ed", "bo", "public", "pru"):
            answer = landed.client(name).post(at(row, "/commit"))
            assert answer.status_code == 404, name
        row.refresh_from_db()
        assert row.state == Submission.PREVIEWED

    def test_is_sent_and_never_followed(self, ada: Client, landed: Landed) -> None:
        assert ada.get(at(landed.sent["waiting"], "/commit")).status_code == 405


class TestDiscard:
    def test_forgets_what_was_shown(self, ada: Client, home: Path) -> None:
        row = send(ada, GOOD)

        page = text(ada.post(at(row, "/discard"), follow=True))

        row.refresh_from_db()
        assert row.state == Submission.DISCARDED
        assert "Nothing of it was taken in." in page
        assert row.reference not in page
        assert list((home / "uploads").iterdir()) == []

    def test_of_what_was_taken_in_is_refused(self, ada: Client) -> None:
        row = send(ada, GOOD)
        ada.post(at(row, "/commit"))

        assert "is not waiting" in text(ada.post(at(row, "/discard"), follow=True))

    def test_is_of_ones_own_alone(self, landed: Landed) -> None:
        for name in ("ben", "ed", "public"):
            assert landed.client(name).post(at(landed.sent["waiting"], "/discard")).status_code == 404


class TestCorrected:
    def test_is_nothing_where_nothing_was_refused(self, ada: Client, landed: Landed) -> None:
        assert ada.get(at(landed.sent["alfa"], "/refused.csv")).status_code == 404

    def test_is_nothing_to_others(self, landed: Landed, ada: Client) -> None:
        row = send(ada, GOOD, *WRONG)
        ada.post(at(row, "/commit"))

        assert landed.client("ben").get(at(row, "/refused.csv")).status_code == 404
