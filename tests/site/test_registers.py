import datetime as dt

import pytest
from django.urls import reverse

from tallystick.rulebook.rulebook import Rulebook
from tallystick.site.registers import Cited, due_in_words, values_of
from tests.site.landed import ALFA, BRVO, Landed

pytestmark = pytest.mark.django_db


def text(landed: Landed, name: str, address: str) -> str:
    answer = landed.client(name).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestClauses:
    def test_are_listed_for_everybody_with_what_hangs_on_them(self, landed: Landed) -> None:
        page = text(landed, "public", "/sec/rulebook")

        assert 'href="/sec/rulebook/H13.4"' in page
        assert landed.statuses("/sec/rulebook")[404] == {"iris", "machine"}

    def test_are_chosen_by_what_nobody_owes(self, landed: Landed) -> None:
        assert len(text(landed, "jo", "/sec/rulebook?show=unowed")) < len(text(landed, "jo", "/sec/rulebook"))


class TestClause:
    def test_says_what_is_owed_under_it(self, landed: Landed) -> None:
        page = text(landed, "public", "/sec/rulebook/H13.4")

        assert "RPT-PMR" in page
        assert "H13.4" in page

    @pytest.mark.parametrize("clause", ["Z99", "h13.4", "%3Cscript%3E"])
    def test_that_there_is_not_is_nothing(self, landed: Landed, clause: str) -> None:
        assert landed.client("jo").get(f"/sec/rulebook/{clause}").status_code == 404


class TestObligations:
    def test_say_who_owes_and_when(self, landed: Landed, sec: Rulebook) -> None:
        page = text(landed, "public", "/sec/obligations")

        assert all(f'href="/sec/obligations/{key}"' in page for key in sec.obligations)
        assert "25 working days after the period ends" in page


class TestObligation:
    def test_shows_its_findings_as_far_as_one_may_see_them(self, landed: Landed, sec: Rulebook) -> None:
        key = sec.measures["AREA-G"].obligation
        own = next(one.id for one in landed.month.findings if one.subject == ALFA)
        address = "/sec/findings?obligation=OBL-AREA-G"

        assert own in text(landed, "ada", address)
        assert BRVO not in text(landed, "ada", f"/sec/obligations/{key}")
        assert "None." in text(landed, "public", f"/sec/obligations/{key}")

    def test_says_how_it_is_tested(self, landed: Landed, sec: Rulebook) -> None:
        for key, owed in sec.obligations.items():
            page = text(landed, "public", f"/sec/obligations/{key}")
            assert all(f'href="{reverse("clause", args=["sec", one])}"' in page for one in owed.clause)

    def test_that_there_is_not_is_nothing(self, landed: Landed) -> None:
        assert landed.client("jo").get("/sec/obligations/NONE").status_code == 404


class TestCited:
    def test_finds_what_names_a_clause(self, sec: Rulebook) -> None:
        cited = Cited.of(sec, "H13.4")

        assert "RPT-PMR" in {one.key for one in cited.obligations}
        assert Cited.of(sec, "Z99") == Cited((), (), ())


class TestDueInWords:
    def test_says_the_rule_as_it_stands(self, sec: Rulebook) -> None:
        told = {due_in_words(one) for one in sec.obligations.values()}

        assert "25 working days after the period ends" in told
        assert "No date set" in told
        assert not any("_" in words for words in told)


class TestValuesOf:
    def test_gives_each_value_with_its_day_and_source(self, sec: Rulebook) -> None:
        for parameter in sec.parameters.values():
            for start, shown, verified, source in values_of(parameter):
                assert isinstance(start, dt.date)
                assert shown
                assert isinstance(verified, bool)
                assert source
