import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.derogations.listed import derogations
from tallystick.derogations.views.register import is_soon
from tallystick.parties.acting import Acting
from tests.derogations.cast import Cast
from tests.derogations.views.conftest import browser, goes_on_to, text

pytestmark = pytest.mark.django_db
ALL = "/sec/derogations"
MOST = 12


def asks(who: Acting, address: str) -> int:
    client = browser(who)
    client.get("/sec/waiting")
    with CaptureQueriesContext(connection) as taken:
        text(client.get(address))
    return sum(one["sql"].startswith("SELECT") and "closedday" not in one["sql"] for one in taken)


class TestRegister:
    def test_has_both_as_far_as_each_may_be_read(self, cast: Cast) -> None:
        row, forborne, proposed = cast.granted(), cast.forborne(), cast.proposed(obligation="FCT-CSR")
        pages = {name: text(browser(getattr(cast, name)).get(ALL)) for name in ("ada", "ben", "jo", "hal")}

        assert {name: row.reference in page for name, page in pages.items()} == {
            "ada": True,
            "ben": False,
            "jo": True,
            "hal": True,
        }
        assert all(forborne.reference in page for page in pages.values())
        assert [name for name, page in pages.items() if proposed.reference in page] == ["jo"]
        assert "ALFA" not in pages["ben"]

    @pytest.mark.parametrize(
        ("show", "seen"), [("waiting", "assessed"), ("in_force", "granted"), ("over", "closed")]
    )
    def test_is_filtered(self, cast: Cast, show: str, seen: str) -> None:
        closed = cast.submitted()
        cast.step(closed, "withdraw", by=cast.ada)
        rows = {"assessed": cast.assessed(), "granted": cast.granted(), "closed": closed}

        page = text(browser(cast.jo).get(f"{ALL}?show={show}"))

        assert {name for name, row in rows.items() if row.reference in page} == {seen}

    def test_tells_what_ends_soon(self, cast: Cast, settings: Any) -> None:
        row = cast.granted()
        early = text(browser(cast.jo).get(f"{ALL}?show=soon"))
        goes_on_to(settings, dt.date(2022, 3, 10))

        late = text(browser(cast.jo).get(f"{ALL}?show=soon"))

        assert row.reference not in early
        assert row.reference in late
        [one] = derogations(cast.jo)
        assert is_soon(one, dt.date(2022, 3, 31))
        assert not is_soon(one, dt.date(2022, 3, 30))

    def test_is_not_for_the_public(self, cast: Cast) -> None:
        cast.forborne()

        assert browser(None).get(ALL).status_code == 404


class TestPages:
    def test_ask_little_of_the_database(self, cast: Cast) -> None:
        row, forborne = cast.granted(), cast.forborne()
        assessed = cast.assessed()
        cast.decided()
        addresses = [ALL, f"/sec/derogations/{row.reference}", f"/sec/derogations/{assessed.reference}"]
        addresses += [f"/sec/forbearance/{forborne.reference}"]

        counts = {
            (who, address): asks(getattr(cast, who), address)
            for who in ("sam", "ada", "hal")
            for address in addresses
        }

        assert {key: number for key, number in counts.items() if number > MOST} == {}
        steps = f"/sec/derogations/{assessed.reference}/moves/grant"
        assert asks(cast.sam, steps) <= MOST

    def test_ask_no_more_the_more_there_are(self, cast: Cast) -> None:
        cast.granted()
        before = asks(cast.jo, ALL)

        cast.granted()

        assert asks(cast.jo, ALL) == before
