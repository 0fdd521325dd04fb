import datetime as dt

import pytest
from django.test import Client

from tallystick.decisions.models import Motion
from tests.decisions.chamber import Chamber, cast, chamber, opened, put
from tests.decisions.views.conftest import browser, text

pytestmark = pytest.mark.django_db
UNTIL = "2021-09-15T17:00"


@pytest.fixture
def pab() -> Chamber:
    return chamber()


@pytest.fixture
def sam(pab: Chamber) -> Client:
    return browser(pab.secretary)


def at(one: Motion, end: str = "") -> str:
    return f"/sec/decisions/{one.reference}{end}"


class TestOpenVote:
    def test_opens_it_until_a_moment(self, pab: Chamber, sam: Client) -> None:
        one = put(pab)

        answer = sam.post(at(one, "/open"), {"closes_at": UNTIL})

        assert answer.headers["Location"] == at(one)
        one.refresh_from_db()
        assert one.state == Motion.OPEN
        assert one.closes_at == dt.datetime(2021, 9, 15, 16, 0, tzinfo=dt.UTC)

    @pytest.mark.parametrize(
        ("until", "status", "why"),
        [
            ("", 422, "This field is required."),
            ("soon", 422, "Enter a valid"),
            ("2021-08-01T09:00", 409, "later end"),
        ],
    )
    def test_needs_an_end_that_is_to_come(
        self, pab: Chamber, sam: Client, until: str, status: int, why: str
    ) -> None:
        one = put(pab)

        assert why in text(sam.post(at(one, "/open"), {"closes_at": until}), status)
        assert Motion.objects.get().state == Motion.DRAFT

    def test_takes_the_weight_of_each_seat_where_votes_are_weighed(self, pab: Chamber, sam: Client) -> None:
        one = put(pab, scheme="weighted")
        assert "Weight of Seat 001" in text(sam.get(at(one)))

        weights = {f"weight-{seat.handle}": str(10 * place) for place, seat in enumerate(pab.seats, 1)}
        assert sam.post(at(one, "/open"), {"closes_at": UNTIL, **weights}).status_code == 302
        assert list(one.seats.order_by("place").values_list("weight", flat=True)) == [10, 20, 30]

    def test_is_for_the_chair_and_the_secretary(self, pab: Chamber) -> None:
        one = put(pab)

        for who, status in ((pab.members[0], 404), (None, 404), (pab.chair, 302)):
            assert browser(who).post(at(one, "/open"), {"closes_at": UNTIL}).status_code == status

    def test_is_not_for_the_chair_of_another_body(self, pab: Chamber) -> None:
        one, other = put(pab), chamber(1, key="PANEL", constituencies=())

        elsewhere = browser(other.chair)

        assert elsewhere.post(at(one, "/open"), {"closes_at": UNTIL}).status_code in (403, 404)

    def test_asks_for_a_second_factor_shown_lately(self, pab: Chamber) -> None:
        one, stale = put(pab), browser(pab.secretary, minutes_ago=30)

        page = text(stale.post(at(one, "/open"), {"closes_at": UNTIL}), 422)

        assert "Show your second factor again" in page
        assert "Open the vote" not in page


class TestCloseVote:
    def test_counts_when_its_time_is_over(self, pab: Chamber, sam: Client, settings: object) -> None:
        one = opened(pab)
        cast(pab, one, 0)
        cast(pab, one, 1)
        settings.DEMO_DAY = "2021-09-09"  # type: ignore[attr-defined]  # Django's settings

        page = text(sam.post(at(one, "/close"), follow=True))

        assert "The vote is closed. The motion is approved, 2 votes to 0." in page
        assert "frozen" in page

    def test_twice_closes_it_once(self, pab: Chamber, sam: Client) -> None:
        one = opened(pab)
        for place in range(3):
            cast(pab, one, place)

        assert [sam.post(at(one, "/close")).status_code for _ in range(2)] == [302, 302]
        assert "approved, 3 votes to 0" in text(sam.get(at(one)))

    def test_is_refused_while_it_runs_on(self, pab: Chamber, sam: Client) -> None:
        one = opened(pab)

        assert "3 seats can still vote" in text(sam.post(at(one, "/close")), 409)
        assert Motion.objects.get().state == Motion.OPEN

    def test_before_its_time_needs_the_chairs_reason_where_the_scheme_lets_them(self, pab: Chamber) -> None:
        one, chair = opened(pab, scheme="early"), browser(pab.chair)

        assert "Say why it closes before its time" in text(chair.post(at(one, "/close")), 409)
        assert chair.post(at(one, "/close"), {"because": "The plan was sent anew"}).status_code == 302
        assert "Before its time: The plan was sent anew" in text(chair.get(at(one)))

    def test_is_not_for_members(self, pab: Chamber) -> None:
        assert browser(pab.members[0]).post(at(opened(pab), "/close")).status_code == 404


class TestWithdraw:
    def test_ends_it_with_a_reason(self, pab: Chamber, sam: Client) -> None:
        one = opened(pab)

        page = text(sam.post(at(one, "/withdraw"), {"because": "Put anew"}, follow=True))

        assert "The motion is withdrawn. Nothing was counted." in page
        assert "Put anew" in page
        assert sam.post(at(one, "/withdraw"), {"because": "Again"}).status_code == 302
        assert Motion.objects.get().because == "Put anew"

    def test_needs_a_reason(self, pab: Chamber, sam: Client) -> None:
        assert "Say why it is withdrawn." in text(sam.post(at(opened(pab), "/withdraw")), 409)

    def test_is_too_late_after_the_close(self, pab: Chamber, sam: Client) -> None:
        one = opened(pab)
        for place in range(3):
            cast(pab, one, place)
        sam.post(at(one, "/close"))

        assert sam.post(at(one, "/withdraw"), {"because": "Late"}).status_code == 403
