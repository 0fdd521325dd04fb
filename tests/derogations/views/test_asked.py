import pytest
from django.urls import NoReverseMatch, reverse

from tallystick.derogations.views.asked import (
    DerogationConverter,
    ForbearanceConverter,
    about,
    about_forbearance,
    decided_for,
    title_of,
)
from tallystick.processes.engine import Offer
from tallystick.processes.queries import rows_of
from tests.derogations.cast import Cast

pytestmark = pytest.mark.django_db


class TestReferences:
    def test_are_those_of_their_kind(self) -> None:
        assert DerogationConverter().to_python("DER-2021-7K3F") == "DER-2021-7K3F"
        assert reverse("forbearance", args=["sec", "FOR-2021-7K3F"]) == "/sec/forbearance/FOR-2021-7K3F"
        assert ForbearanceConverter.regex.startswith("FOR-")
        with pytest.raises(NoReverseMatch):
            reverse("derogation", args=["sec", "CASE-2021-7K3F"])


class TestAbout:
    def test_names_the_matter_and_its_party_if_it_has_one(self, cast: Cast) -> None:
        row, forborne = cast.drafted(), cast.forborne()

        assert (about(row).title, about(row).who) == ("Derogation from OBL-AREA-B", "ALFA")
        assert (about_forbearance(forborne).title, about_forbearance(forborne).who) == (
            "Not pursuing FCT-SR",
            "",
        )

    def test_calls_an_obligation_by_its_title_while_the_code_has_it(self) -> None:
        assert title_of("sec", "FCT-SR") == "Forecast of Service Requests"
        assert title_of("sec", "FCT-GONE") == "FCT-GONE"


class TestDecided:
    def test_are_those_that_a_move_can_carry_out(self, cast: Cast) -> None:
        row = cast.assessed()
        rows = rows_of([row.course])[row.course_id]
        let, refused = cast.decided(), cast.decided(verb="REJECTED")

        def offered(move: str, body: str | None = "pab") -> list[str]:
            return [key for key, _ in decided_for(cast.sam, row, Offer(move, move, body=body), rows)]

        assert (offered("grant"), offered("refuse"), offered("withdraw", None)) == ([let], [refused], [])
