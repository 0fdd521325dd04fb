import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.models import ChargeRun, Publication, PublicationQuery
from tallystick.journal.models import Entry
from tallystick.parties.models import Organisation
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people
from tallystick.site.demo_publication import make_publications
from tests.assessments.market import landed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE = dt.date(2020, 9, 1)


@pytest.fixture(autouse=True)
def _made(settings: Any, sec: Rulebook) -> None:
    settings.IS_DEMO = True
    demo_people.make_people(sec, AT, SINCE)


class TestMakePublications:
    def test_has_one_published_one_being_queried_and_charges_shown_once(self) -> None:
        _landed("2021-04", "2021-05", "2021-06", "2021-07")

        make_publications("sec")
        before = Entry.objects.count()
        make_publications("sec")

        assert Entry.objects.count() == before
        published = {one.measure: one.published_on for one in Publication.objects.all()}
        assert published == {"AREA-F": dt.date(2021, 8, 18), "AREA-G": None}
        assert PublicationQuery.objects.get().answered_at is None
        assert ChargeRun.objects.get().status == "proposed"

    def test_makes_what_the_months_allow(self) -> None:
        _landed("2021-07")

        make_publications("sec")

        assert not Publication.objects.exists()
        assert ChargeRun.objects.count() == 1


def _landed(*months: str) -> None:
    for party in Organisation.objects.filter(categories__category="small_supplier"):
        for month in months:
            for measure in ("AREA-B", "AREA-F", "AREA-G"):
                landed(party, month, 60, 70, measure)
