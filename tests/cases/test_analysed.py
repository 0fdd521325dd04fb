import datetime as dt
from decimal import Decimal

import pytest

from tallystick.cases.analysed import Promised, _effects, _promised, analysis_of
from tallystick.cases.models import Remedy
from tallystick.cases.trajectory import Criterion
from tallystick.processes.models import Place
from tests.cases.cast import NOTICED, Cast, acting_as, landed, on
from tests.cases.promised import FILED_ON, MEASURE, Asked, asked, by_hand, computed, plan

pytestmark = pytest.mark.django_db
LATER = dt.date(2022, 3, 1)


def places_of(rows: list[Remedy]) -> dict[int, list[Place]]:
    return {one.course_id: list(Place.objects.filter(course=one.course_id)) for one in rows}


class TestAnalysis:
    def test_tells_stages_ages_repeats_and_causes_of_what_is_seen(self, cast: Cast) -> None:
        first = cast.replied(cast.told(cast.opened(landed(cast.alfa), cause="reporting_late")))
        closed = cast.step(first, "accept_reply", reason="It was a fault of one day.")
        again = cast.told(cast.opened(landed(cast.alfa), repeats=closed))

        told = analysis_of(on(cast.jo, NOTICED))

        [aged] = told.aged
        assert (aged.stage, aged.oldest, aged.working_days) == ("notice", again.reference, 1)
        assert [one.stage for one in told.taken] == ["finding", "notice", "reply"]
        assert told.repeated[0].counted.numerator == (closed.reference,)
        assert told.repeated[0].again == (again.reference,)
        assert {one.cause: one.cases for one in told.sanctioned if one.cases} == {
            "reporting_late": (closed.reference,),
            "": (again.reference,),
        }

    def test_of_a_case_that_is_not_seen_tells_nothing(self, cast: Cast) -> None:
        closed = cast.step(
            cast.replied(cast.told(cast.opened(landed(cast.alfa)))), "accept_reply", reason="Settled."
        )
        cast.opened(landed(cast.alfa), repeats=closed)

        told = analysis_of(on(cast.obs, NOTICED))

        assert set(told.cases) == {closed.reference}
        assert told.repeated[0].again == ()

    def test_counts_a_sanction_by_the_stage_of_the_ladder(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa), cause="consumers_harmed"))
        Place(
            course=case.course,
            track="ladder",
            stage="published",
            entered_at=case.opened_at,
            left_at=case.opened_at,
        ).save()

        told = analysis_of(on(cast.jo, NOTICED))

        assert {one.cause: one.sanctions for one in told.sanctioned if one.sanctions} == {
            "consumers_harmed": ((case.reference, "published"),)
        }


class TestPromised:
    def test_is_since_the_first_version_with_the_measure_was_accepted(self) -> None:
        made = asked()
        made.accept(made.file())
        second = made.file(plan(milestones=plan().milestones[:2]), day=FILED_ON + dt.timedelta(days=7))
        made.accept(second, day=FILED_ON + dt.timedelta(days=8))
        rows = list(Remedy.objects.select_related("course").order_by("version"))

        [found] = _promised([made.case], rows, places_of(rows))

        assert found == Promised(made.case, Criterion(MEASURE, Decimal(97), 3), FILED_ON)

    def test_is_none_where_no_measure_tells_or_nothing_was_accepted(self) -> None:
        made = asked()
        made.file(by_hand())
        rows = list(Remedy.objects.select_related("course"))

        assert list(_promised([made.case], rows, places_of(rows))) == []
        made.accept(rows[0])
        assert list(_promised([made.case], rows, places_of(rows))) == []


class TestEffects:
    def test_are_of_the_partys_own_whole_months_that_are_over(self) -> None:
        made: Asked = asked()
        for period, number in (("2021-07", 80), ("2021-08", 82), ("2021-09", 90), ("2021-10", 98)):
            computed(made.case.party, period, number)
        computed(made.case.party, "2022-03", 50)
        promised = [Promised(made.case, Criterion(MEASURE, Decimal(97), 3), FILED_ON)]

        [found] = _effects(on(made.jo, LATER), promised)

        assert ((found.before.numerator, found.before.denominator), found.before.reached) == ((162, 200), 0)
        assert ((found.after.numerator, found.after.denominator), found.after.reached) == ((98, 100), 1)
        assert found.words.startswith("Too few months to tell: 2 before and 1 after.")

    def test_of_figures_that_are_not_seen_tell_nothing(self) -> None:
        made = asked()
        computed(made.case.party, "2021-08", 82)
        promised = [Promised(made.case, Criterion(MEASURE, Decimal(97), 3), FILED_ON)]

        [found] = _effects(on(made.ben, LATER), promised)

        assert found.before.months == ()

    def test_of_nothing_ask_nothing(self) -> None:
        assert list(_effects(acting_as("Jo", "analyst"), [])) == []
