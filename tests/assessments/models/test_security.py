"""What is kept of security is Red in the database too, and stays."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.assessments.models import Assurance
from tallystick.decisions.keeping import UnableToChangeARecord
from tests.assessments.cast import DAY, at
from tests.assessments.field_cast import FieldCast


class TestRows:
    def test_are_red(self, field: FieldCast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Assurance(
                code="sec",
                classification="amber",
                party=field.alfa,
                body=field.ssc,
                begun_at=at(DAY),
            ).save()

    def test_stay_as_they_were_written(self, field: FieldCast) -> None:
        rows: list[Any] = [field.set_status(), field.verified(), field.lettered()]

        for row in rows:
            with pytest.raises(UnableToChangeARecord):
                row.save()
        told = [str(one) for one in (rows[0].assurance, *rows)]
        assert told[0] == "alfa"
        assert told[2:] == ["assessment of 2021-09-06", "letter of 2021-09-06"]
        assert told[1].startswith("status 1")
