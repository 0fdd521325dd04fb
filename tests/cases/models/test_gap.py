import pytest
from django.db import IntegrityError, transaction

from tests.cases.cast import Cast
from tests.cases.operations.test_gaps import recorded
from tests.decisions.kept import another

pytestmark = pytest.mark.django_db


class TestGap:
    @pytest.mark.parametrize(
        "wrong",
        [{"state": "closed"}, {"state": "handed_on"}, {"modification": "MP1"}, {"closed_because": "Because"}],
    )
    def test_that_contradicts_itself_is_refused_by_the_database(
        self, cast: Cast, wrong: dict[str, str]
    ) -> None:
        gap = recorded(cast)
        for name, value in wrong.items():
            setattr(gap, name, value)

        with pytest.raises(IntegrityError, match="a_gap_is"), transaction.atomic():
            another(gap).save()
