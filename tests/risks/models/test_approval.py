import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tallystick.decisions.keeping import UnableToChangeARecord
from tests.risks.cast import DAY, Cast, at


class TestApprovals:
    def test_say_which_document_approved_what(self, cast: Cast) -> None:
        period = cast.opened()

        assert str(cast.approved()) == f"REG-2022-1 approves {period.pk}"

    def test_stay_as_they_were_written(self, cast: Cast) -> None:
        cast.opened()
        row = cast.approved()

        row.on = dt.date(2023, 4, 1)

        with pytest.raises(UnableToChangeARecord):
            row.save()

    def test_see_nothing_that_was_not_there_yet(self, cast: Cast) -> None:
        cast.opened()

        with pytest.raises(IntegrityError, match="names_its_document"), transaction.atomic():
            cast.approved(stood_at=at(DAY, 23))

    def test_are_read_by_whom_the_class_allows(self, cast: Cast) -> None:
        cast.opened()
        rows = type(cast.approved()).objects

        readers = {
            one for one in ("jo", "hal", "ada", "pat", "obs") if rows.visible_to(getattr(cast, one)).exists()
        }

        assert readers == {"jo", "hal", "ada", "pat", "obs"}
