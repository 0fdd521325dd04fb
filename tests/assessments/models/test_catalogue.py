"""Tags of techniques are kept as they were written."""

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.assessments.techniques.operations.tagging import Tagged, tag_technique
from tests.assessments.cast import Cast


class TestTag:
    def test_is_kept_by_the_database_and_says_what_it_is_of(self, cast: Cast) -> None:
        tagged = Tagged("charges", ("corrective",), "As elsewhere.", "one")
        tag = tag_technique(tagged=tagged, **cast.doing(cast.jo))

        assert str(tag) == "tag 1 of charges"
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE assessments_tag SET technique = 'prayer'")
