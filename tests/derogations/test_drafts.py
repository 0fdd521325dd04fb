import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tallystick.derogations.drafts import UnableToDraftDerogation, check, has_begun, may_be_derogated
from tallystick.rulebook.rulebook import Rulebook
from tests.derogations.cast import ASKED, CODE, FROM, Cast, asked

pytestmark = pytest.mark.django_db


class TestCheck:
    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({"key": ""}, "no key"),
            ({"obligation": "OBL-NOTHING"}, "no obligation"),
            ({"clause": "H13.4"}, "not owed under H13.4"),
            ({"scope": " "}, "what it would cover"),
            ({"justification": ""}, "cannot be met"),
            ({"control": ""}, "instead"),
            ({"until_on": FROM}, "before it begins"),
            ({"from_on": dt.date(2021, 1, 1), "until_on": ASKED}, "is over"),
            ({"until_on": dt.date(2099, 1, 1)}, "as far as days are counted"),
            ({"measure": "AREA-A"}, "no measure of OBL-AREA-B"),
            ({"level": None}, "Give both"),
            ({"measure": ""}, "Nothing is no measure"),
            ({"level": Decimal(97)}, "Ask for a lower level"),
            ({"level": Decimal(-1)}, "Ask for a lower level"),
            ({"from_on": dt.date(2013, 1, 1)}, "has no target"),
        ],
    )
    def test_stops_what_is_not_said_or_cannot_be(self, cast: Cast, told: dict[str, Any], why: str) -> None:
        with pytest.raises(UnableToDraftDerogation, match=why):
            check(asked(cast.alfa, **told), CODE, ASKED)

    def test_lets_leave_in_words_alone(self, cast: Cast) -> None:
        check(asked(cast.alfa, measure="", level=None, conditions=""), CODE, ASKED)

    def test_stops_what_a_licence_asks(self, cast: Cast) -> None:
        with pytest.raises(UnableToDraftDerogation, match="DCC Licence Schedule 4, a condition of a licence"):
            check(asked(cast.alfa, obligation="OPR-1", measure="", level=None), CODE, ASKED)

    def test_stops_the_case_of_another_or_one_that_ended(self, cast: Cast) -> None:
        case = cast.opened()

        with pytest.raises(UnableToDraftDerogation, match="another party's"):
            check(asked(cast.brvo, case=case), CODE, ASKED)

        case.closed_at = case.opened_at
        with pytest.raises(UnableToDraftDerogation, match="has ended"):
            check(asked(cast.alfa, case=case), CODE, ASKED)


class TestHasBegun:
    def test_is_so_from_the_first_day_of_its_rule(self, cast: Cast, sec: Rulebook) -> None:
        first = min(sec.processes["derogation"].values)

        assert has_begun(sec, "derogation", first)
        assert not has_begun(sec, "derogation", first - dt.timedelta(days=1))
        assert not has_begun(sec, "nothing", first)
        with pytest.raises(UnableToDraftDerogation, match="no derogations on that day"):
            check(asked(cast.alfa), CODE, first - dt.timedelta(days=1))


class TestMayBeDerogated:
    def test_leaves_out_what_a_licence_asks(self, sec: Rulebook) -> None:
        found = may_be_derogated(sec)

        assert "OBL-AREA-B" in found
        assert "OPR-1" not in found
