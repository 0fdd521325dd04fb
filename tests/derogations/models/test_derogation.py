import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.decisions.keeping import UnableToChangeARecord
from tallystick.derogations.models import Derogation
from tests.derogations.cast import FROM, Cast

pytestmark = pytest.mark.django_db


class TestDerogation:
    def test_keeps_its_words(self, cast: Cast) -> None:
        row = cast.drafted()
        row.scope = "Other words"

        with pytest.raises(UnableToChangeARecord):
            row.save()
        with pytest.raises(UnableToChangeARecord):
            row.delete()

    @pytest.mark.parametrize(
        "told",
        [
            {"until_on": FROM},
            {"scope": ""},
            {"measure": ""},
            {"level": 101},
            {"classification": "green"},
            {"key": ""},
        ],
    )
    def test_is_held_to_by_the_database(self, cast: Cast, told: dict[str, Any]) -> None:
        row = cast.drafted()
        names = [one.name for one in Derogation._meta.concrete_fields if one.name not in ("id", "handle")]
        said = {name: getattr(row, name) for name in names}
        other = cast.drafted()
        said |= {"course": other.course, "reference": "DER-2021-OTHR", "key": "k-other", **told}

        with transaction.atomic(), pytest.raises(IntegrityError):
            Derogation(**said).save(force_insert=True)


class TestTerm:
    def test_is_kept_and_called_by_its_number(self, cast: Cast) -> None:
        term = cast.grant(cast.assessed())
        term.until_on = dt.date(2030, 1, 1)

        with pytest.raises(UnableToChangeARecord):
            term.save()
        assert str(term).startswith("term 1 of")
