"""What an address of the catalogue or of an application names."""

import re

import pytest

from tallystick.assessments.techniques.views.asked import ApplicationConverter, about, about_part
from tests.assessments.cast import Cast

pytestmark = pytest.mark.django_db


class TestAddresses:
    @pytest.mark.parametrize(("said", "is_one"), [("TEC-2021-1", True), ("TEC-21-1", False), ("tec", False)])
    def test_take_references_of_applications(self, said: str, *, is_one: bool) -> None:
        assert bool(re.fullmatch(ApplicationConverter.regex, said)) is is_one

    def test_lead_back_to_what_an_act_is_about(self, cast: Cast) -> None:
        row = cast.started()

        assert about(row).href == f"/sec/applications/{row}"
        assert about_part(cast.part(row)).href == f"/sec/applications/{row}/parts/alfa"
        assert "own organisation" in about_part(cast.part(row)).handling
