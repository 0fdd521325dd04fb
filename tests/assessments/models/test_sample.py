"""Samples and what was found in them are kept as they were written."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.assessments.sampling.population import listed
from tallystick.assessments.techniques.operations.sampling import Asked, Seen, draw_sample, tally_sample
from tests.assessments.cast import AUDIT, Cast, key


class TestSample:
    @pytest.mark.parametrize(
        "change",
        ["assessments_sample SET seed", "assessments_sample SET listed", "assessments_tally SET number"],
    )
    def test_is_kept_by_the_database(self, cast: Cast, change: str) -> None:
        part = cast.part(cast.started(AUDIT))
        asked = Asked("Hubs", listed("one\ntwo"), Decimal(95), Decimal(5), "seed", key())
        sample = draw_sample(part=part, asked=asked, **cast.doing(cast.jo))
        tally = tally_sample(part=part, seen=Seen(key(), {"one": "fails"}), **cast.doing(cast.jo))

        assert (str(sample), str(tally)) == (f"sample of {part.pk}", f"tally 1 of {sample.pk}")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {change} = '7'")
