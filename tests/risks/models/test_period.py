import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tallystick.risks.models import OperatingPeriod
from tests.risks.cast import Cast


class TestPeriods:
    def test_are_called_by_their_names(self, cast: Cast) -> None:
        assert str(cast.opened()) == "2022-23"

    def test_end_after_they_begin(self, cast: Cast) -> None:
        row = cast.opened()
        other = OperatingPeriod(
            **{field.name: getattr(row, field.name) for field in row._meta.fields if field.name != "id"}
        )
        other.name, other.key, other.handle = "2023-24", "another", "H" * 20
        other.until_on = dt.date(2021, 1, 1)

        with pytest.raises(IntegrityError, match="ends_after_it_begins"), transaction.atomic():
            other.save()
