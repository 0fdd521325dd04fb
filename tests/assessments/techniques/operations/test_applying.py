"""A technique is applied: begun, started, reported, closed, or cancelled on the way."""

import datetime as dt
from decimal import Decimal

import pytest

from tallystick.assessments.models import Application, Part
from tallystick.assessments.techniques.begun import UnableToBeginApplication
from tallystick.assessments.techniques.operations.applying import UnableToMoveApplication
from tallystick.processes.wishes import UnableToMove
from tests.assessments import cast as casting
from tests.assessments.cast import AUDIT, DAY, Cast, acts, fresh, last_said, stands


class TestBegin:
    def test_plans_it_with_a_part_for_each_party_that_is_the_offices_own(self, cast: Cast) -> None:
        row = cast.begun()

        assert (row.reference, stands(row), row.publicity) == ("TEC-2021-1", "planned", Application.DRAFT)
        assert (row.classification, row.risks) == ("green", ["R-02"])
        assert row.categories == ["large_supplier", "small_supplier"]
        assert {(one.party.name, one.publicity, one.classification) for one in row.parts.all()} == {
            ("ALFA", Part.DRAFT, "amber"),
            ("BRVO", Part.DRAFT, "amber"),
        }
        assert acts() == ["begin_application"]

    def test_gives_references_one_after_another_in_a_year(self, cast: Cast) -> None:
        rows = [cast.begun(), cast.begun()]

        assert [one.reference for one in rows] == ["TEC-2021-1", "TEC-2021-2"]

    def test_does_it_once_however_often_the_form_is_sent(self, cast: Cast) -> None:
        rows = [cast.begun(key="one") for _ in range(2)]

        assert rows[0] == rows[1]
        assert acts() == ["begin_application"]

    def test_refuses_a_form_that_says_something_else_the_second_time(self, cast: Cast) -> None:
        cast.begun(key="one")

        with pytest.raises(UnableToBeginApplication, match="before"):
            cast.begun(key="one", cost=Decimal(1))
        with pytest.raises(UnableToBeginApplication, match="before"):
            cast.begun(key="one", parties=(cast.alfa,))

    def test_is_the_offices(self, cast: Cast) -> None:
        with pytest.raises(UnableToBeginApplication, match="office"):
            cast.begun(by=cast.ada)

    def test_tells_in_its_entry_the_parts_and_names_no_party(self, cast: Cast) -> None:
        row = cast.begun()

        said, facts = last_said()
        assert "ALFA" not in f"{said}{facts}"
        assert facts["parts"] == [one.handle for one in row.parts.order_by("pk")]


class TestStart:
    def test_serves_each_party_its_part(self, cast: Cast) -> None:
        row = cast.begun()

        cast.start(row)

        assert (stands(row), fresh(row).publicity) == ("under_way", Application.ISSUED)
        assert all(one.served_at and one.publicity == Part.ISSUED for one in row.parts.all())
        assert acts()[1:] == ["start_application"]

    def test_does_it_once(self, cast: Cast) -> None:
        row = cast.begun()

        assert cast.start(row, key="one") == cast.start(row, key="one")
        assert acts()[1:] == ["start_application"]
        with pytest.raises(UnableToMove):
            cast.start(row)

    def test_is_the_offices(self, cast: Cast) -> None:
        with pytest.raises(UnableToMoveApplication, match="office"):
            cast.start(cast.begun(), by=cast.ada)


class TestReport:
    def test_tells_the_result_and_what_was_spent(self, cast: Cast) -> None:
        row = cast.reported()

        assert (stands(row), row.result, row.spent) == ("reported", "Both were reached.", Decimal(4200))
        assert acts()[2:] == ["report_application"]

    def test_waits_for_the_outcome_of_each_part_that_is_looked_at(self, cast: Cast) -> None:
        row = cast.started(AUDIT)
        cast.conclude(cast.part(row), "conforms")

        with pytest.raises(UnableToMove, match="outcome"):
            cast.report(row)
        cast.conclude(cast.part(row, cast.brvo), "not_concluded")
        cast.report(row)

        assert stands(row) == "reported"

    @pytest.mark.parametrize("told", [{"result": " "}, {"spent": Decimal(-1)}, {"spent": Decimal("NaN")}])
    def test_refuses_what_is_not_said(self, cast: Cast, told: dict[str, object]) -> None:
        with pytest.raises(UnableToMoveApplication):
            cast.report(cast.started(), **told)


class TestEnds:
    def test_closes_once_it_is_reported(self, cast: Cast) -> None:
        row = cast.reported()

        cast.close(row)

        held = fresh(row)
        assert (stands(row), held.publicity) == ("closed", Application.CLOSED)
        assert held.ended_at == casting.at(DAY, 15)

    def test_cancels_what_was_never_started_and_leaves_it_the_offices_own(self, cast: Cast) -> None:
        row = cast.begun()

        cast.cancel(row)

        assert (stands(row), fresh(row).publicity) == ("cancelled", Application.DRAFT)
        assert acts()[1:] == ["cancel_application"]

    def test_cancels_for_a_reason_and_before_it_is_reported(self, cast: Cast) -> None:
        with pytest.raises(UnableToMoveApplication, match="why"):
            cast.cancel(cast.begun(), reasons="")
        with pytest.raises(UnableToMove):
            cast.cancel(cast.reported())


class TestClock:
    def test_gives_parties_twenty_working_days_to_answer(self, cast: Cast) -> None:
        row = cast.started()

        timer = row.course.timers.get(clock="answers")

        assert timer.due_on == dt.date(2021, 10, 4)
