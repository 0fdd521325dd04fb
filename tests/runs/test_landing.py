import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from tallystick.month import export
from tallystick.month.assessment import Assessment
from tallystick.parties.acting import Acting
from tallystick.runs import queries
from tallystick.runs.landing import WITHDRAWN, group_key
from tallystick.runs.models import Figure, Finding, FindingVersion, Run
from tests.month.drilled_july import DAYS, drilled, finer

Land = Callable[..., Run]
WHITE_DAY = dt.date(2021, 8, 20)

pytestmark = pytest.mark.django_db


def restated(month: Assessment) -> Assessment:
    """Return the month with the first finding gone, and the second one worse."""
    second = replace(month.findings[1], numerator=0, why="0% is below the minimum.")
    return replace(month, findings=(second, *month.findings[2:]))


class TestLand:
    @pytest.mark.usefixtures("received")
    def test_keeps_the_month_exactly_for_an_analyst(self, month: Assessment, land: Land, jo: Acting) -> None:
        run = land(month)

        told = queries.assessment_for(jo, run)

        assert told == replace(month, known_on=str(run.known_on))
        assert export.as_json(told) == export.as_json(replace(month, known_on=str(run.known_on)))

    def test_makes_the_run_the_current_one(self, month: Assessment, land: Land) -> None:
        first = land(month)
        second = land(month)

        first.refresh_from_db()

        assert (first.is_current, second.is_current) == (False, True)

    def test_leaves_the_current_run_to_one_that_knows_more(
        self, month: Assessment, land: Land, jo: Acting
    ) -> None:
        now = land(month)

        once = land(restated(month), known_on=WHITE_DAY)

        now.refresh_from_db()
        assert (now.is_current, once.is_current) == (True, False)
        assert not Finding.objects.filter(state=Finding.WITHDRAWN).exists()
        assert queries.current_run(jo, "2021-07", at=dt.date(2021, 9, 1)) == once

    def test_withdraws_a_finding_that_is_found_no_more(self, month: Assessment, land: Land) -> None:
        land(month)

        land(restated(month))

        gone = Finding.objects.get(reference=month.findings[0].id)
        assert (gone.state, gone.why) == (Finding.WITHDRAWN, WITHDRAWN)
        assert [one.number for one in gone.versions.order_by("pk")] == [1, 2]

    def test_finds_again_what_was_withdrawn(self, month: Assessment, land: Land) -> None:
        for told in (month, restated(month), month):
            land(told)

        back = Finding.objects.get(reference=month.findings[0].id)

        assert back.state == month.findings[0].state
        assert [one.number for one in back.versions.order_by("pk")] == [1, 2, 3]

    def test_numbers_a_version_anew_only_where_it_says_something_else(
        self, month: Assessment, land: Land
    ) -> None:
        land(month)
        land(restated(month))

        numbers = {
            one.reference: [version.number for version in one.versions.order_by("pk")]
            for one in Finding.objects.all()
        }

        assert numbers[month.findings[1].id] == [1, 2]
        assert numbers[month.findings[2].id] == [1, 1]

    def test_gives_no_number_to_what_was_once_known(self, month: Assessment, land: Land) -> None:
        land(month)

        once = land(restated(month), known_on=WHITE_DAY)

        assert {one.number for one in FindingVersion.objects.filter(run=once)} == {0}

    def test_does_not_show_as_standing_what_only_was_once_known(self, month: Assessment, land: Land) -> None:
        land(replace(month, findings=()))

        land(month, known_on=WHITE_DAY)

        assert {one.state for one in Finding.objects.all()} == {Finding.WITHDRAWN}


class TestMarks:
    @pytest.mark.usefixtures("received", "brvo")
    def test_show_a_delegate_their_own_rows_and_no_others(
        self, month: Assessment, land: Land, ada: Acting
    ) -> None:
        told = queries.assessment_for(ada, land(month))

        assert {one.group["party"] for one in told.figures if one.group} == {"Alderbrook Energy"}
        assert {one.subject for one in told.findings} >= {"Alderbrook Energy", "CSPN"}
        assert "Brightwater Power" not in export.as_json(told)
        assert [one.id for one in told.received] == [month.received[0].id]

    def test_keep_the_keys_of_a_providers_rows_with_the_office(
        self, month: Assessment, land: Land, ada: Acting, jo: Acting
    ) -> None:
        provided = next(one for one in month.findings if one.subject == "CSPN")
        lines = month.findings[0].lines
        told = replace(month, findings=(replace(provided, lines=lines),))
        run = land(told)

        seen = [queries.assessment_for(one, run).findings[0].lines for one in (ada, jo)]

        assert seen == [(), lines]

    def test_publish_whole_figures_alone_while_white_may_be_published(
        self, month: Assessment, land: Land, public: Acting
    ) -> None:
        run = land(month, known_on=WHITE_DAY)

        told = queries.assessment_for(public, run)

        assert [one for one in told.figures if one.group] == []
        assert len(told.figures) == sum(not one.group for one in month.figures)
        assert (told.findings, told.received) == ((), ())

    def test_publish_nothing_once_white_may_not_be_published(
        self, month: Assessment, land: Land, public: Acting
    ) -> None:
        run = land(month)

        assert queries.assessment_for(public, run).figures == ()
        assert queries.periods(public) == []

    def test_publish_what_a_measure_is_broken_down_into_where_no_party_adds_to_it(
        self, month: Assessment, land: Land, public: Acting
    ) -> None:
        run = land(month, known_on=WHITE_DAY)

        told = queries.assessment_for(public, run, finer_of="CSPN-PM2")

        assert [one.group["day"] for one in finer(told, "CSPN-PM2")] == list(DAYS)

    @pytest.mark.parametrize("measure", ["AREA-G", "CPM1"])
    @pytest.mark.usefixtures("received")
    def test_keep_it_from_those_who_add_to_it_and_could_take_their_own_part_away(
        self, measure: str, month: Assessment, land: Land, ada: Acting, public: Acting, jo: Acting
    ) -> None:
        run = land(month, known_on=WHITE_DAY)

        told = [queries.assessment_for(one, run, finer_of=measure) for one in (ada, public, jo)]

        seen = [len(finer(one, measure)) for one in told]

        assert seen == [0, 0, sum(len(one.figures) for one in drilled(month) if one.measure == measure)]

    @pytest.mark.usefixtures("alfa")
    def test_leave_a_party_that_nobody_entered_to_the_office(self, month: Assessment, land: Land) -> None:
        land(month)

        unknown = Figure.objects.filter(group_key="party=Brightwater Power")

        assert {(one.classification, one.party) for one in unknown} == {("amber", None)}


class TestWithheld:
    @pytest.fixture
    def faults(self, month: Assessment) -> Assessment:
        """Return the month with one measure, whose numerator is nearly all one party's."""
        like = next(one for one in month.figures if one.measure == "AREA-G" and one.group)
        parts = [
            replace(
                like, group={"party": f"Party {place}"}, numerator=90 if place == 0 else 1, denominator=1000
            )
            for place in range(8)
        ]
        whole = replace(like, group={}, numerator=97, denominator=8000)
        finding = replace(
            month.findings[0], measure="AREA-G", subject="CSPN", group={}, period=month.period, lines=()
        )
        return replace(month, figures=(whole, *parts), findings=(finding,), history={})

    def test_leaves_the_whole_to_those_who_see_every_part(
        self, faults: Assessment, land: Land, ada: Acting, jo: Acting
    ) -> None:
        run = land(faults)

        told = {who: queries.assessment_for(who, run) for who in (ada, jo)}

        assert [(one.numerator, one.share, one.state) for one in told[ada].figures] == [
            (None, "1", "withheld")
        ]
        assert told[jo].figures[0].numerator == 97
        assert (len(told[ada].findings), len(told[jo].findings)) == (0, 1)

    def test_tells_no_share_once_the_figures_changed(
        self, faults: Assessment, land: Land, ada: Acting
    ) -> None:
        *same, last = faults.figures
        later = replace(faults, figures=(*same, replace(last, numerator=2)))

        told = [queries.assessment_for(ada, land(one)).figures[0].share for one in (faults, faults, later)]

        assert told[2] is None

    def test_keeps_finer_parts_of_it_from_those_who_know_a_part(
        self, faults: Assessment, land: Land, ada: Acting
    ) -> None:
        run = land(faults)

        finer = Figure.objects.get(run=run, group_key="region=north")
        assert finer.classification == "amber"
        assert [one for one in queries.assessment_for(ada, run).figures if one.group] == []
        finest = queries.assessment_for(ada, run, finer_of="AREA-G")
        assert [one.state for one in finest.figures] == ["withheld"]

    def test_tells_the_same_share_again_where_nothing_changed(
        self, faults: Assessment, land: Land, ada: Acting
    ) -> None:
        told = [queries.assessment_for(ada, land(faults)).figures[0].share for _ in range(2)]

        assert told == ["1", "1"]


class TestGroupKey:
    def test_is_empty_for_a_whole(self) -> None:
        assert group_key({}) == ""

    def test_names_every_label_in_order(self) -> None:
        assert group_key({"region": "north", "party": "ALFA"}) == "party=ALFA|region=north"
