import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from tallystick.month.assessment import Assessment
from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Organisation
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.models import Run
from tallystick.runs.of_party import categories_of, done_beside, done_by, duties

Land = Callable[..., Run]

pytestmark = pytest.mark.django_db


@pytest.fixture
def suppliers(alfa: Organisation, brvo: Organisation) -> tuple[Organisation, Organisation]:
    for one in (alfa, brvo):
        row = Category(organisation=one, code="sec", category="large_supplier", from_on=dt.date(2020, 1, 1))
        row.save()
    return alfa, brvo


@pytest.fixture
def june(month: Assessment) -> Assessment:
    """Return a month before July, all of whose figures are those of July."""
    figures = tuple(replace(one, period="2021-06") for one in month.figures)
    return replace(month, period="2021-06", figures=figures, findings=(), history={})


class TestDuties:
    def test_are_what_parties_owe(self, sec: Rulebook) -> None:
        found = duties(sec)

        assert {"AREA-A", "AREA-G", "AREA-H2"} <= set(found)
        assert not {"CPM1", "DSP-PM1.4", "SR-VARIANCE", "INC-RAISED"} & set(found)


class TestDoneBy:
    def test_is_told_month_by_month_with_the_last_finding(
        self, month: Assessment, june: Assessment, land: Land, jo: Acting, sec: Rulebook, alfa: Organisation
    ) -> None:
        land(june)
        land(month)

        found = {one.measure: one for one in done_by(jo, alfa, sec)}

        assert [point.period for point in found["AREA-G"].points] == ["2021-06", "2021-07"]
        assert (found["AREA-G"].now.numerator, found["AREA-G"].now.denominator) == (962, 1000)
        assert {one.finding for one in found.values() if one.finding} == {
            one.id for one in month.findings if one.subject == alfa.name and one.measure in found
        }

    def test_is_of_the_current_run_alone(
        self, month: Assessment, land: Land, jo: Acting, sec: Rulebook, alfa: Organisation
    ) -> None:
        land(month)
        land(month)

        assert {len(one.points) for one in done_by(jo, alfa, sec)} == {1}

    def test_is_shown_to_the_party_and_to_no_other(
        self, month: Assessment, land: Land, ada: Acting, public: Acting, sec: Rulebook, brvo: Organisation
    ) -> None:
        land(month)
        own = ada.organisation
        assert own is not None

        seen = [bool(done_by(who, of, sec)) for who, of in ((ada, own), (ada, brvo), (public, brvo))]

        assert seen == [True, False, False]


class TestCategoriesOf:
    def test_are_titles_on_the_last_day_of_the_period(
        self, month: Assessment, land: Land, alfa: Organisation, brvo: Organisation
    ) -> None:
        last = dt.date(2021, 7, 31)
        for party, until in ((alfa, None), (brvo, last)):
            Category(
                organisation=party, code="sec", category="small_supplier", from_on=dt.date(2021, 1, 1),
                until_on=until,
            ).save()  # fmt: skip

        assert categories_of(land(month)) == {"Alderbrook Energy": "Small Supplier"}


class TestDoneBeside:
    def test_is_every_party_of_the_category_by_name(
        self, month: Assessment, land: Land, jo: Acting, suppliers: tuple[Organisation, Organisation]
    ) -> None:
        land(month)

        found = done_beside(jo, suppliers[0], "2021-07")

        assert list(found) == ["Alderbrook Energy", "Brightwater Power"]
        assert found["Brightwater Power"]["AREA-G"].numerator == 983

    def test_is_nobody_else_to_a_delegate(
        self, month: Assessment, land: Land, ada: Acting, suppliers: tuple[Organisation, Organisation]
    ) -> None:
        land(month)

        assert list(done_beside(ada, suppliers[0], "2021-07")) == ["Alderbrook Energy"]
        assert list(done_beside(ada, suppliers[1], "2021-07")) == ["Alderbrook Energy"]
