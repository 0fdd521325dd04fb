"""What the body that assures security sets and records is Red, and its secretary's to write."""

import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.models import Assurance, Letter, SecurityStatus, Verification
from tallystick.assessments.security.operations import UnableToAssure
from tallystick.parties.models import Organisation
from tests.assessments.cast import acts
from tests.assessments.field_cast import FieldCast

TOMORROW = dt.date(2021, 9, 7)


class TestRecords:
    def test_are_red_and_of_one_assurance(self, field: FieldCast) -> None:
        rows: list[Any] = [field.set_status(), field.verified(), field.lettered()]

        head = Assurance.objects.get()
        assert {one.classification for one in (head, *rows)} == {"red"}
        assert {one.body for one in (head, *rows)} == {field.ssc}
        assert {one.assurance for one in rows} == {head}
        assert acts() == ["set_status", "record_verification", "record_letter"]

    def test_keep_each_status(self, field: FieldCast) -> None:
        field.set_status()

        made = field.set_status(status="approved")

        assert (made.number, SecurityStatus.objects.count()) == (2, 2)

    def test_are_made_once_for_a_form(self, field: FieldCast) -> None:
        first = [field.set_status(key="a"), field.verified(key="b"), field.lettered(key="c")]

        assert [field.set_status(key="a"), field.verified(key="b"), field.lettered(key="c")] == first
        with pytest.raises(UnableToAssure, match="before"):
            field.set_status(key="a", status="approved")
        with pytest.raises(UnableToAssure, match="before"):
            field.set_status(field.brvo, key="a")
        assert (Verification.objects.count(), Letter.objects.count()) == (1, 1)

    def test_are_nobody_elses_to_write(self, field: FieldCast) -> None:
        for by in (field.sam, field.jo, field.hal, field.ada, field.max):
            with pytest.raises(UnableToAssure, match="secretary of the body"):
                field.set_status(by=by)

    @pytest.mark.parametrize(
        "told",
        [{"status": "splendid"}, {"grounds": " "}, {"set_on": TOMORROW}, {"key": ""}],
    )
    def test_of_a_status_say_what_and_why(self, field: FieldCast, told: dict[str, Any]) -> None:
        with pytest.raises(UnableToAssure):
            field.set_status(**told)

    def test_of_assessments_and_letters_say_by_whom(self, field: FieldCast) -> None:
        unsaid: list[dict[str, Any]] = [
            {"kind": "none"},
            {"assessor": ""},
            {"assessor": "x" * 121},
            {"outcome": "fine"},
        ]
        unsigned: list[dict[str, Any]] = [
            {"signed_by": ""},
            {"says": ""},
            {"outcome": "fine"},
            {"received_on": TOMORROW},
        ]
        for told in unsaid:
            with pytest.raises(UnableToAssure):
                field.verified(**told)
        for told in unsigned:
            with pytest.raises(UnableToAssure):
                field.lettered(**told)

    def test_are_of_parties_of_the_code(self, field: FieldCast) -> None:
        stranger = Organisation.objects.create(slug="stranger", name="Stranger")

        with pytest.raises(UnableToAssure, match="no party"):
            field.set_status(stranger)
