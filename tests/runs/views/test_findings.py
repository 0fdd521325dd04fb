import csv
import io
from dataclasses import replace

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tallystick.findings.lines import Line
from tests.site.landed import ALFA, BRVO, TODAY, Landed, july, land

pytestmark = pytest.mark.django_db


@pytest.fixture
def jo(landed: Landed) -> Client:
    return landed.client("jo")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def address(landed: Landed, subject: str, end: str = "") -> str:
    return f"/sec/findings/{landed.finding(subject)}{end}"


class TestFindings:
    def test_stand_under_their_obligations(self, jo: Client, landed: Landed) -> None:
        page = text(jo, "/sec/findings")

        assert f"{len(landed.month.findings)} findings" in page
        assert 'scope="colgroup">OBL-AREA-G<' in page
        assert landed.finding(BRVO) in page

    def test_are_a_delegates_own_and_those_on_providers(self, landed: Landed) -> None:
        page = text(landed.client("ada"), "/sec/findings")

        assert landed.finding(ALFA) in page
        assert landed.finding("CSPN") in page
        assert [name for name in landed.parties if name in page] == [ALFA]

    def test_are_none_for_the_public(self, landed: Landed) -> None:
        assert "No finding here" in text(landed.client("public"), "/sec/findings")

    @pytest.mark.parametrize(
        ("choice", "kept"),
        [
            ("obligation=OBL-AREA-G", "OBL-AREA-G"),
            ("period=2021-07", "OBL-AREA-G"),
            ("state=not_reported", "S1SP"),
        ],
    )
    def test_are_chosen_by_what_they_are(self, jo: Client, choice: str, kept: str) -> None:
        page = text(jo, f"/sec/findings?{choice}")

        assert kept in page
        assert f"/sec/findings.csv?{choice}" in page
        assert "No finding here" in text(jo, f"/sec/findings?{choice}x")

    def test_turn_their_pages_and_forgive_one_that_is_none(self, jo: Client) -> None:
        for page in ("1", "99", "x", "-1"):
            assert "FND-0000000000" in text(jo, f"/sec/findings?page={page}")

    def test_are_saved_as_they_are_chosen(self, jo: Client, landed: Landed) -> None:
        told = list(csv.DictReader(io.StringIO(text(jo, "/sec/findings.csv?obligation=OBL-AREA-G"))))

        wanted = {one.id for one in landed.month.findings if one.obligation == "OBL-AREA-G"}
        assert {one["reference"] for one in told} == wanted
        assert jo.get("/sec/findings.json").status_code == 404

    def test_are_saved_with_a_delegates_own_alone(self, landed: Landed) -> None:
        told = text(landed.client("ada"), "/sec/findings.csv")

        assert [name for name in landed.parties if name in told] == [ALFA]


class TestFinding:
    def test_says_what_was_found_and_in_which_rows(self, jo: Client, landed: Landed) -> None:
        page = text(jo, address(landed, ALFA))

        assert "Alderbrook Energy: Removed hubs returned" in page
        assert "EV-000000" in page
        assert "Answered 3 days late" in page
        assert "38 in all" in page
        assert "Version 1" in page

    def test_is_for_the_office_its_party_and_those_who_oversee(self, landed: Landed) -> None:
        told = landed.statuses(address(landed, ALFA))

        assert told[200] == {"jo", "kit", "sam", "ada", "ed", "olly", "bo", "hal"}
        assert set(told) == {200, 404}

    def test_keeps_its_lines_from_those_who_oversee(self, landed: Landed) -> None:
        for name in ("bo", "olly"):
            page = text(landed.client(name), address(landed, ALFA))
            assert "EV-000000" not in page
            assert "for the office and the party alone" in page
            assert "Line list" not in page

    def test_names_its_evidence_to_those_who_may_see_it(self, landed: Landed, jo: Client) -> None:
        assert "/sec/evidence/S-0377" in text(jo, address(landed, ALFA))
        assert "/sec/evidence/S-0377" in text(landed.client("ada"), address(landed, ALFA))
        assert "S-0377" not in text(landed.client("ben"), address(landed, BRVO))

    @pytest.mark.parametrize("reference", ["FND-9999999999", "none", "FND-0000000000-x"])
    def test_of_no_reference_is_nothing(self, jo: Client, reference: str) -> None:
        assert jo.get(f"/sec/findings/{reference}").status_code == 404


class TestAWithdrawnFinding:
    @pytest.fixture
    def gone(self, landed: Landed) -> str:
        month = july(known_on=str(TODAY))
        reference = landed.finding(ALFA)
        kept = tuple(one for one in month.findings if one.id != reference)
        land(replace(month, findings=kept), landed.acting("jo"))
        return reference

    def test_says_so_and_keeps_what_was_said(self, jo: Client, gone: str) -> None:
        page = text(jo, f"/sec/findings/{gone}")

        assert "Withdrawn by restatement." in page
        assert "Version 2" in page
        assert "Version 1" in page

    def test_is_counted_in_the_register(self, jo: Client, gone: str) -> None:
        page = text(jo, "/sec/findings?state=withdrawn")

        assert gone in page
        assert "1 withdrawn by restatement" in page

    def test_has_no_lines_to_save(self, jo: Client, gone: str) -> None:
        assert jo.get(f"/sec/findings/{gone}/lines.csv").status_code == 404


class TestLines:
    def test_are_a_file_to_work_through(self, landed: Landed) -> None:
        answer = landed.client("ada").get(address(landed, ALFA, "/lines.csv"))

        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert [row["key"] for row in rows] == ["EV-000000", "EV-000001", "EV-000002"]
        assert answer.headers["Content-Disposition"].endswith(f'{landed.finding(ALFA)}-lines.csv"')
        assert answer.headers["Cache-Control"] == "no-store"

    def test_are_a_workbook_too(self, landed: Landed) -> None:
        answer = landed.client("ada").get(address(landed, ALFA, "/lines.xlsx"))

        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        assert book.get_sheet_by_name("lines").to_python()[1][0] == "EV-000000"

    def test_are_for_the_office_the_auditor_and_the_party(self, landed: Landed) -> None:
        told = landed.statuses(address(landed, ALFA, "/lines.csv"))

        assert told[200] == {"jo", "kit", "sam", "ed", "ada"}
        assert set(told) == {200, 404}

    def test_of_another_party_are_nothing(self, landed: Landed) -> None:
        assert landed.client("ada").get(address(landed, BRVO, "/lines.csv")).status_code == 404

    def test_are_nothing_where_no_row_failed(self, landed: Landed, jo: Client) -> None:
        assert jo.get(address(landed, "CSPN", "/lines.csv")).status_code == 404
        assert jo.get(address(landed, ALFA, "/lines.json")).status_code == 404

    def test_give_a_spreadsheet_nothing_to_run(self, landed: Landed, jo: Client) -> None:
        month = july(known_on=str(TODAY))
        line = Line("AREA-G", "=1+1", ALFA, "2021-07-01", "@SUM(A1)")
        found = tuple(
            replace(one, lines=(line,)) if one.id == landed.finding(ALFA) else one for one in month.findings
        )
        land(replace(month, findings=found), landed.acting("jo"))

        [row] = csv.DictReader(io.StringIO(text(jo, address(landed, ALFA, "/lines.csv"))))

        assert row["key"] == "'=1+1"
        assert row["why"] == "'@SUM(A1)"
