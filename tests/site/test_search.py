import pytest

from tallystick.site.search import LONGEST, Hit
from tests.site.landed import ALFA, BRVO, Landed

pytestmark = pytest.mark.django_db


def found(landed: Landed, name: str, asked: str) -> str:
    answer = landed.client(name).get("/sec/search", {"q": asked})
    assert answer.status_code == 200
    return answer.content.decode()


class TestSearch:
    @pytest.mark.parametrize(
        ("asked", "address"),
        [
            ("CPM1", "/sec/measures/CPM1"),
            ("cpm1", "/sec/measures/CPM1"),
            (" H13.4 ", "/sec/rulebook/H13.4"),
            ("RPT-PMR", "/sec/obligations/RPT-PMR"),
            (BRVO, "/sec/parties/brightwater-power"),
        ],
    )
    def test_leads_from_a_reference_to_its_page(self, landed: Landed, asked: str, address: str) -> None:
        answer = landed.client("jo").get("/sec/search", {"q": asked})

        assert answer.headers["Location"] == address

    def test_leads_to_findings_files_and_runs(self, landed: Landed) -> None:
        jo = landed.client("jo")
        for reference in (
            landed.finding(BRVO),
            landed.sent["brvo"].reference,
            landed.runs["waiting"].reference,
        ):
            assert jo.get("/sec/search", {"q": reference}).headers["Location"].endswith(reference)

    def test_lists_what_holds_all_the_words(self, landed: Landed) -> None:
        page = found(landed, "jo", "firmware payloads")

        assert "Measures" in page
        assert "for “firmware payloads”" in page
        assert "CPM2<" not in page

    def test_finds_nothing_of_others(self, landed: Landed) -> None:
        for asked in (
            landed.finding(BRVO),
            landed.sent["brvo"].reference,
            landed.runs["waiting"].reference,
            "of-brvo.csv",
        ):
            for name in ("ada", "public", "nell"):
                assert "Nothing found" in found(landed, name, asked), (asked, name)

    def test_finds_a_delegates_own(self, landed: Landed) -> None:
        page = found(landed, "ada", "AREA-G 2021-07")

        assert landed.finding(ALFA) in page
        assert BRVO not in page

    def test_finds_no_party_for_those_who_may_not_see_them(self, landed: Landed) -> None:
        assert "Nothing found" in found(landed, "public", "Brightwater")

    def test_finds_no_content_for_the_administrator(self, landed: Landed) -> None:
        assert "Nothing found" in found(landed, "iris", "CPM1")

    @pytest.mark.parametrize("asked", ["", "   "])
    def test_of_nothing_says_what_to_write(self, landed: Landed, asked: str) -> None:
        assert "Write a reference" in found(landed, "jo", asked)

    def test_shows_no_more_of_a_question_than_it_takes(self, landed: Landed) -> None:
        page = found(landed, "jo", "x" * 500)

        assert "x" * LONGEST in page
        assert "x" * (LONGEST + 1) not in page

    def test_of_another_code_is_nothing(self, landed: Landed) -> None:
        assert landed.client("jo").get("/rec/search?q=CPM1").status_code == 404


class TestHit:
    def test_says_words_wherever_they_stand(self) -> None:
        hit = Hit("Measures", "CPM1", "Responses in time", "/")

        assert hit.says(["time", "cpm1"])
        assert not hit.says(["time", "cpm2"])
