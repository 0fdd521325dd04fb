import pytest

from tallystick.cases.gaps import findings_of_gap, gap, gaps_of
from tallystick.cases.operations.gaps import close_gap, hand_on_gap
from tests.cases.cast import OPENED, Cast, at, landed
from tests.cases.operations.test_gaps import recorded

pytestmark = pytest.mark.django_db


class TestGaps:
    def test_is_seen_by_every_party_and_not_by_the_public(self, cast: Cast) -> None:
        gap = recorded(cast, findings=(landed(cast.alfa),))

        seen = [who for who in (cast.ada, cast.ben, cast.obs, cast.hal) if gap in gaps_of(who)]

        assert seen == [cast.ada, cast.ben, cast.obs, cast.hal]
        assert findings_of_gap(cast.ben, gap) == []

    def test_stand_open_first_then_handed_on_then_closed(self, cast: Cast) -> None:
        closed = close_gap(gap=recorded(cast), reason="None it was.", by=cast.jo, at=at(OPENED))
        handed = hand_on_gap(gap=recorded(cast), modification="MP1", by=cast.jo, at=at(OPENED))
        still = recorded(cast)

        assert list(gaps_of(cast.jo)) == [still, handed, closed]


class TestGap:
    def test_is_found_by_its_reference(self, cast: Cast) -> None:
        one = recorded(cast)

        assert gap(cast.ben, one.reference) == one
        assert gap(cast.ben, "GAP-2021-ZZZZ") is None
