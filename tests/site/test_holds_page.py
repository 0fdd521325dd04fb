import pytest

from tallystick.processes.operations.holds import Placed, lift_hold, place_hold
from tests.cases.cast import NOTICED, Cast, at, made_cast, on
from tests.cases.views.conftest import _on_the_day, browser, text

__all__ = ["_on_the_day"]
pytestmark = pytest.mark.django_db
ADDRESS = "/sec/holds"


@pytest.fixture
def people() -> Cast:
    return made_cast()


class TestHolds:
    def test_are_listed_with_scope_days_who_and_why(self, people: Cast) -> None:
        case = people.told(people.opened())
        by, now = on(people.sam, NOTICED), at(NOTICED, 12)
        place_hold(placed=Placed("It is disputed.", "one", NOTICED, course=case.course), by=by, at=now)
        over = place_hold(placed=Placed("A storm", "two", NOTICED, processes=("case",)), by=by, at=now)
        lift_hold(hold=over, because="It has passed", by=by, at=now)
        place_hold(placed=Placed("A strike", "three", NOTICED, processes=("remedy",)), by=by, at=now)

        secretary, party, rival = (
            text(browser(who).get(ADDRESS)) for who in (people.sam, people.ada, people.ben)
        )

        assert f'href="/sec/cases/{case.reference}"' in secretary
        assert secretary.index("In force") < secretary.index("A strike") < secretary.index("Over")
        assert secretary.index("Over") < secretary.index("Lifted: It has passed")
        assert secretary.count("/lift") == 1
        assert "It is disputed." in party
        assert case.reference in party
        for secret in ("It is disputed.", case.reference, "ALFA", "/lift", "/new"):
            assert secret not in rival
        assert "A storm" in rival

    def test_are_none_where_nothing_is_held(self, people: Cast) -> None:
        assert "Nothing is on hold" in text(browser(people.aud).get(ADDRESS))

    def test_have_a_history(self, people: Cast) -> None:
        placed = Placed("A storm", "one", NOTICED, processes=("case",))
        hold = place_hold(placed=placed, by=on(people.sam, NOTICED), at=at(NOTICED))

        page = text(browser(people.sam).get(f"/sec/history/hold/{hold.handle}"))

        assert "put every matter under Case, from finding to remedy on hold" in page

    def test_are_for_whoever_may_read_holds(self, people: Cast) -> None:
        assert [browser(who).get(ADDRESS).status_code for who in (people.bo, None)] == [200, 404]
