"""The figure that is disputed, before and after."""

import pytest

from tallystick.challenges.restated import restated
from tests.cases.cast import landed
from tests.cases.promised import computed
from tests.challenges.cast import Chamber

pytestmark = pytest.mark.django_db


class TestRestated:
    def test_tells_the_partys_figure_in_the_run(self, cast: Chamber) -> None:
        finding = landed(cast.alfa)
        row = cast.disputed(finding=finding)
        before = restated(cast.ada, row)
        computed(cast.alfa, "2021-07", 97)
        row.run = row.run.__class__.objects.get(period="2021-07", is_current=True)

        [one] = restated(cast.ada, row)

        assert [(each.numerator, each.state) for each in before] == [(None, "")]
        assert one.words == "As it was disputed"
        assert one.denominator is not None
        assert restated(cast.ben, row)[0].denominator is None
