"""What starts within an act serves every party its part."""

from django.db import transaction

from tallystick.assessments.models import Application, Part
from tallystick.assessments.techniques.operations.serving import serve, start
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tests.assessments.cast import DAY, Cast, acts, at, fresh, stands


class TestStart:
    def test_moves_it_and_serves_its_parts_and_writes_no_entry_of_its_own(self, cast: Cast) -> None:
        row = cast.begun()
        before = acts()

        with transaction.atomic(), unscoped(BY_AN_ACT):
            start(fresh(row), "k-1", cast.jo, at(DAY))

        assert (stands(row), fresh(row).publicity) == ("under_way", Application.ISSUED)
        assert {one.publicity for one in row.parts.all()} == {Part.ISSUED}
        assert all(one.served_at == at(DAY) for one in row.parts.all())
        assert acts() == before


class TestServe:
    def test_counts_the_parts(self, cast: Cast) -> None:
        row = cast.begun()

        with transaction.atomic(), unscoped(BY_AN_ACT):
            served = serve(fresh(row), at(DAY))

        assert served == 2
