"""A dispute goes from what is wrong to the run that puts it right."""

import datetime as dt

import pytest

from tallystick.challenges.models import Dispute
from tallystick.challenges.operations.disputing import (
    Raised,
    UnableToCorrect,
    UnableToDispute,
    correct_dispute,
    raise_dispute,
)
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.queries import open_clocks
from tallystick.processes.wishes import UnableToMove
from tallystick.runs.models import Run
from tests.cases.cast import CODE, OPENED, at, key, landed, last_said, on, run_of
from tests.challenges.cast import NEXT, SERVED, Chamber, acts, stage

pytestmark = pytest.mark.django_db
REASONS = {"reasons": "Each hub was counted once."}


def restated(period: str, day: dt.date) -> Run:
    """Return the run that takes the place of the current one of a period."""
    old = run_of(period)
    old.is_current = False
    old.save()
    run = Run(
        code=CODE,
        classification=Run.WHITE,
        publicity=Run.ISSUED,
        reference=f"RUN-{period}-again",
        period=period,
        known_on=OPENED,
        asked_at=at(day),
        ended_at=at(day, 15),
        state=Run.LANDED,
        is_current=True,
        edition="edition",
        snapshot="another",
    )
    run.save()
    return run


def determined(cast: Chamber) -> Dispute:
    row = cast.moves(cast.disputed(), "take_up", said={"error": "Rows were sent twice."}, hour=10)
    decision = cast.decided(cast.panel, SERVED)
    said = {"correction": "Leave the second ones out."}
    return cast.moves(row, "determine", cast.pat, said=said, decision=decision.reference, hour=13)


class TestRaising:
    def test_begins_a_dispute_about_a_finding(self, cast: Chamber) -> None:
        finding = landed(cast.alfa)

        row = cast.disputed(finding=finding)

        assert (row.finding, row.measure, row.period) == (finding, "", "2021-07")
        assert (row.run, row.party, row.publicity) == (run_of("2021-07"), cast.alfa, "issued")
        assert stage(row) == "raised"
        assert [one.clock for one in open_clocks([row.course], SERVED)] == ["taking_up"]
        assert acts() == ["raise_dispute"]

    def test_may_be_about_a_measure_in_a_period(self, cast: Chamber) -> None:
        run_of("2021-07")

        raised = Raised("It was late.", key(), measure="AREA-B", period="2021-07")
        row = raise_dispute(raised=raised, by=on(cast.ada, SERVED), at=at(SERVED))

        assert (row.finding, row.measure, row.period) == (None, "AREA-B", "2021-07")

    def test_is_done_once_a_form(self, cast: Chamber) -> None:
        finding, form = landed(cast.alfa), key()

        rows = {
            raise_dispute(raised=Raised("Twice.", form, finding), by=on(cast.ada, SERVED), at=at(SERVED)).pk
            for _ in range(2)
        }

        assert len(rows) == len(acts()) == 1
        with pytest.raises(UnableToDispute, match="This form raised"):
            raise_dispute(
                raised=Raised("Twice.", form, landed(cast.alfa, "2021-06")),
                by=on(cast.ada, SERVED),
                at=at(SERVED),
            )

    def test_is_the_partys_own(self, cast: Chamber) -> None:
        finding = landed(cast.alfa)

        with pytest.raises(UnableToDispute, match="no finding on BRVO"):
            raise_dispute(raised=Raised("No.", key(), finding), by=on(cast.ben, SERVED), at=at(SERVED))
        with pytest.raises(UnableToDispute, match="about its own figures"):
            raise_dispute(raised=Raised("No.", key(), finding), by=on(cast.jo, SERVED), at=at(SERVED))

    @pytest.mark.parametrize(
        ("measure", "period", "why"),
        [
            ("NOTHING", "2021-07", "no measure 'NOTHING'"),
            ("AREA-B", "2021-05", "Nothing was computed"),
            ("", "2021-07", "about a finding, or about a measure"),
        ],
    )
    def test_is_about_a_figure(self, cast: Chamber, measure: str, period: str, why: str) -> None:
        run_of("2021-07")

        with pytest.raises(UnableToDispute, match=why):
            raise_dispute(
                raised=Raised("No.", key(), None, measure, period), by=on(cast.ada, SERVED), at=at(SERVED)
            )

    def test_says_what_is_wrong(self, cast: Chamber) -> None:
        with pytest.raises(UnableToMove, match="recorded or computed wrongly"):
            raise_dispute(
                raised=Raised(" ", key(), landed(cast.alfa)), by=on(cast.ada, SERVED), at=at(SERVED)
            )

        assert not Dispute.objects.exists()


class TestSteps:
    def test_take_it_up_before_the_panel(self, cast: Chamber) -> None:
        row = cast.moves(cast.disputed(), "take_up", said={"error": "Rows were sent twice."})

        assert (stage(row), row.body) == ("taken_up", cast.panel)
        assert Dispute.objects.visible_to(cast.pat).exists()
        assert not Dispute.objects.visible_to(cast.bo).exists()
        assert not Dispute.objects.visible_to(cast.ben).exists()

    def test_let_a_party_object_where_it_was_not_taken_up(self, cast: Chamber) -> None:
        row = cast.moves(cast.disputed(), "reject", said=REASONS)

        cast.moves(row, "object", cast.ada, said={"grounds": "They were."})

        assert stage(row) == "taken_up"

    def test_end_it_as_the_panel_decided(self, cast: Chamber) -> None:
        row = cast.moves(cast.disputed(), "take_up", said={"error": "Rows were sent twice."}, hour=10)
        decision = cast.decided(cast.panel, SERVED, verb="REJECTED")

        cast.moves(row, "dismiss", cast.pat, said=REASONS, decision=decision.reference)

        assert (stage(row), row.corrected_by) == ("closed", None)

    def test_let_a_party_take_it_back(self, cast: Chamber) -> None:
        row = cast.moves(cast.disputed(), "withdraw", cast.ada)

        assert stage(row) == "withdrawn"
        assert acts() == ["raise_dispute", "step_dispute"]

    def test_correct_it_with_the_form_for_that(self, cast: Chamber) -> None:
        with pytest.raises(UnableToTakeStep, match="Use the form"):
            cast.moves(determined(cast), "correct", said={"corrected": "Done."})


class TestCorrection:
    def test_is_the_run_that_landed_since(self, cast: Chamber) -> None:
        row, form = determined(cast), key()
        run = restated("2021-07", SERVED)

        for _ in range(2):
            correct_dispute(
                dispute=row, run=run, corrected="Left out.", key=form, by=on(cast.jo, NEXT), at=at(NEXT)
            )
        row.refresh_from_db()

        assert (row.corrected_by, stage(row)) == (run, "closed")
        assert row.run != run
        assert last_said()[1]["run"] == run.reference
        assert acts().count("correct_dispute") == 1

    def test_is_no_run_of_before_nor_of_another_month(self, cast: Chamber) -> None:
        row = determined(cast)

        for run, why in ((row.run, "landed since"), (run_of("2021-06"), "no run of 2021-07")):
            with pytest.raises(UnableToCorrect, match=why):
                correct_dispute(
                    dispute=row, run=run, corrected="No.", key=key(), by=on(cast.jo, NEXT), at=at(NEXT)
                )

        assert stage(row) == "determined"
