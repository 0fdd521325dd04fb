"""An application as the form that begins it has it, and what it has to satisfy."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tallystick.assessments.techniques.begun import UnableToBeginApplication, check
from tallystick.parties.models import Organisation
from tests.assessments.cast import DAY, Cast, begun
from tests.risks import cast as risks


class TestCheck:
    def test_lets_what_is_said_whole(self, cast: Cast) -> None:
        check(begun(parties=cast.both, risks=("R-02",), categories=("large_supplier",)), cast.jo)

        assert len(cast.both) == 2

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({"technique": "prayer"}, "technique"),
            ({"title": " "}, "what it is"),
            ({"title": "x" * 201}, "what it is"),
            ({"why": ""}, "why"),
            ({"until_on": DAY - dt.timedelta(days=1)}, "ends"),
            ({"cost": Decimal(-1)}, "cost"),
            ({"cost": Decimal("Infinity")}, "cost"),
            ({"categories": ("clowns",)}, "category"),
            ({"risks": ("R-99",)}, "risk"),
        ],
    )
    def test_refuses_what_cannot_be(self, cast: Cast, told: dict[str, Any], why: str) -> None:
        with pytest.raises(UnableToBeginApplication, match=why):
            check(begun(**told), cast.jo)

    def test_refuses_a_party_twice_and_one_of_no_code(self, cast: Cast) -> None:
        stranger = Organisation.objects.create(slug="zulu", name="ZULU")

        with pytest.raises(UnableToBeginApplication, match="twice"):
            check(begun(parties=(cast.alfa, cast.alfa)), cast.jo)
        with pytest.raises(UnableToBeginApplication, match="of this code"):
            check(begun(parties=(stranger,)), cast.jo)

    def test_refuses_a_period_of_another_code(self, cast: Cast) -> None:
        period = risks.Cast(cast.of).opened()
        period.code = "other"

        with pytest.raises(UnableToBeginApplication, match="another code"):
            check(replace(begun(), period=period), cast.jo)
