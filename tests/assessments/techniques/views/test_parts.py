"""The part of one party in an application."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.assessments.models import Part
from tallystick.assessments.sampling.population import counted, listed
from tallystick.assessments.sampling.sampled import drawn_of
from tallystick.assessments.techniques.operations.correcting import Corrected, correct_outcome
from tallystick.assessments.techniques.operations.sampling import Asked, Seen, draw_sample, tally_sample
from tallystick.assessments.techniques.operations.testing import (
    Certified,
    list_items,
    record_certificate,
    record_items,
)
from tests.assessments.cast import AUDIT, TESTING, Cast, key
from tests.assessments.doors import browser, text

pytestmark = pytest.mark.django_db
MOST = 12


def address(part: Part) -> str:
    return f"/sec/applications/{part.application}/parts/{part.party.slug}"


class TestPart:
    def test_is_its_partys_own_and_tells_when_it_was_opened(self, cast: Cast) -> None:
        part = cast.part(cast.started())

        codes = [browser(who).get(address(part)).status_code for who in (cast.ben, cast.bo, cast.jo)]
        assert codes == [404, 404, 200]
        part.refresh_from_db()
        assert part.read_at is None

        page = text(browser(cast.ada).get(address(part)))
        part.refresh_from_db()
        assert part.read_at is not None
        assert "Acknowledge it" in page
        assert "Record the outcome" not in page

    def test_shows_items_and_what_is_missing(self, cast: Cast) -> None:
        row, doing = cast.begun(TESTING), cast.doing(cast.jo)
        list_items(application=row, items={"Installs": True, "Reads": True}, key=key(), **doing)
        cast.start(row)
        part = cast.part(row)
        for went in ({1: "failed"}, {1: "passed"}):
            record_items(part=part, outcomes=went, note="Seen.", key=key(), **doing)

        page = text(browser(cast.ada).get(address(part)))

        assert "1 required item to pass" in page
        assert "run 2" in page

    @pytest.mark.parametrize(
        ("until", "words"),
        [
            (dt.date(2021, 9, 5), "since 5 Sep 2021"),
            (dt.date(2021, 10, 1), "ends soon"),
            (dt.date(2027, 1, 1), "valid"),
        ],
    )
    def test_shows_when_a_certificate_ends(self, cast: Cast, until: dt.date, words: str) -> None:
        part = cast.part(cast.started("conformity_review"))
        certified = Certified("Hub 200", "CPL-0417", dt.date(2021, 9, 1), until, key())
        record_certificate(part=part, certified=certified, **cast.doing(cast.jo))

        assert words in text(browser(cast.ada).get(address(part)))

    def test_shows_a_sample_with_its_rate_and_gives_it_as_a_file(self, cast: Cast) -> None:
        part, doing = cast.part(cast.started(AUDIT)), cast.doing(cast.jo)
        names = listed("\n".join(f"hub-{one}" for one in range(40)))
        asked = Asked("Hubs", names, Decimal(95), Decimal(10), "seed", key())
        sample = draw_sample(part=part, asked=asked, **doing)
        first, *rest = [name for _, name in drawn_of(sample)]
        found = {first: "fails", **dict.fromkeys(rest, "conforms")}
        tally_sample(part=part, seen=Seen(key(), found), **doing)
        client = browser(cast.ada)

        page = text(client.get(address(part)))
        lines = text(client.get(f"{address(part)}/sample.csv")).splitlines()

        assert f"1 of {len(found)} fail" in page
        assert sample.digest in page
        assert "It cannot be assured that no more than 10% fails." in page
        assert lines[:2] == ["stratum,place,name,outcome", f"all,1,{first},fails"]
        assert browser(cast.ben).get(f"{address(part)}/sample.csv").status_code == 404

    def test_flags_totals_that_do_not_add_up(self, cast: Cast) -> None:
        part, doing = cast.part(cast.started(AUDIT)), cast.doing(cast.jo)
        asked = Asked("Visits", counted("Main, 120000"), Decimal(95), Decimal(5), "seed", key())
        draw_sample(part=part, asked=asked, **doing)
        totals = {"Main": {"looked": 1116, "conform": 244, "fail": 953}}
        tally_sample(part=part, seen=Seen(key(), totals=totals), **doing)

        page = text(browser(cast.jo).get(address(part)))

        assert "244 conform and 953 fail: 1,197 of 1,116 looked at (107.3%)" in page
        assert browser(cast.jo).get(f"{address(part)}/sample/found").status_code == 404

    def test_asks_little_of_the_database(self, cast: Cast) -> None:
        part, client = cast.part(cast.started(AUDIT)), browser(cast.jo)
        asked = Asked("Hubs", listed("one\ntwo"), Decimal(95), Decimal(10), "seed", key())
        draw_sample(part=part, asked=asked, **cast.doing(cast.jo))
        client.get("/sec/waiting")

        with CaptureQueriesContext(connection) as taken:
            text(client.get(address(part)))

        assert sum(one["sql"].startswith("SELECT") and "closedday" not in one["sql"] for one in taken) <= MOST


class TestOutcome:
    def test_is_shown_with_what_was_said_before_and_why(self, cast: Cast) -> None:
        part = cast.part(cast.started(AUDIT))
        cast.conclude(part, "does_not_conform", "Three of 40 failed.")
        other = Corrected("conforms", "They were sent again.", key(), "One of 40 failed.")
        correct_outcome(part=part, corrected=other, **cast.doing(cast.jo, hour=14))

        own, office = (text(browser(who).get(address(part))) for who in (cast.ada, cast.jo))

        for page in (own, office):
            said = (
                "One of 40 failed.",
                "They were sent again.",
                "<s>Does not conform</s> Three of 40 failed.",
            )
            places = [page.index(one) for one in said]
            assert places == sorted(places)
        assert ["Say it otherwise" in page for page in (own, office)] == [False, True]
        applied = text(browser(cast.jo).get(f"/sec/applications/{part.application}"))
        assert "One of 40 failed." in applied
        assert "Three of 40 failed." not in applied

    def test_is_marked_where_what_was_recorded_since_speaks_against_it(self, cast: Cast) -> None:
        row = cast.begun(TESTING)
        list_items(application=row, items={"Installs": True}, key=key(), **cast.doing(cast.jo))
        cast.start(row)
        part = cast.part(row)
        record_items(part=part, outcomes={1: "passed"}, note="", key=key(), **cast.doing(cast.jo))
        cast.conclude(part, "passed")

        before = text(browser(cast.jo).get(address(part)))
        record_items(part=part, outcomes={1: "failed"}, note="", key=key(), **cast.doing(cast.jo))
        after = text(browser(cast.jo).get(address(part)))

        assert ["speaks against the outcome" in one for one in (before, after)] == [False, True]
