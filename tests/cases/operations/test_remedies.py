"""Versions of a remedy: filed, returned, accepted, replaced."""

import datetime as dt
from dataclasses import replace

import pytest

from tallystick.cases.filings import UnableToFileRemedy
from tallystick.cases.models import Message, Remedy
from tallystick.cases.operations.remedies import (
    UnableToAcceptRemedy,
    accept_remedy,
    file_remedy,
    return_remedy,
)
from tallystick.cases.progress import carried_of, stages_of
from tallystick.decisions.models import Decision
from tallystick.decisions.operations import records
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Role
from tallystick.processes.models import CarriedOut
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.queries import open_clocks, standing_of
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import acting_as, at, key, on
from tests.cases.promised import FILED_ON, Asked, asked, plan, planned

pytestmark = pytest.mark.django_db
NEXT_DAY = FILED_ON + dt.timedelta(days=1)
LATER = dt.date(2021, 11, 10)


@pytest.fixture
def of_alfa() -> Asked:
    return asked()


def stages(made: Asked, day: dt.date = LATER) -> list[str]:
    return [stage for _, stage in stages_of(made.case, day)]


def stands(made: Asked, day: dt.date = LATER) -> tuple[str, str]:
    at_now = standing_of(made.case.course, day).at
    return at_now["case"], at_now["ladder"]


def entries(act: str) -> int:
    return int(Entry.objects.filter(act=f"cases.{act}").count())


def signed() -> dict[str, object]:
    return {"signed_by": "Nadia Holt", "signed_as": "Operations director", "signed_on": FILED_ON}


def escalated(made: Asked, day: dt.date = NEXT_DAY) -> Acting:
    """Let the case be before the PAB; return its chair."""
    made.move("escalate_to_pab", day=day)
    body = Body.objects.create(code="sec", key="PAB", name="The Board", from_on=dt.date(2020, 1, 1))
    return acting_as("Hal", Role.CHAIR, body)


def decided(made: Asked, chair: Acting, day: dt.date) -> Decision:
    assert chair.body is not None
    taken = records.Taken("APPROVED", "Remedy", "Accept it", chair.body, day, key(), party=made.case.party)
    return records.record_decision(taken=taken, by=on(chair, day), at=at(day))


class TestFiling:
    def test_writes_the_next_version_with_its_milestones(self, of_alfa: Asked) -> None:
        remedy = of_alfa.file()

        told = remedy.milestones.order_by("number").values_list("number", "thread", "due_on")
        assert (remedy.version, remedy.party, remedy.classification) == (1, of_alfa.case.party, "amber")
        assert [(number, thread) for number, thread, _ in told] == [(1, 1), (2, 2), (3, 3)]
        assert stages_of(of_alfa.case, FILED_ON) == [(remedy, "filed")]
        assert entries("file_remedy") == 1

    def test_lets_the_office_know_by_when_to_assess_it(self, of_alfa: Asked) -> None:
        remedy = of_alfa.file()

        clocks = open_clocks([remedy.course], FILED_ON)
        assert [(one.clock, one.owner, one.due_on) for one in clocks] == [
            ("assess", "analyst", dt.date(2021, 10, 12))
        ]

    def test_can_be_done_by_the_office_on_behalf_of_the_party(self, of_alfa: Asked) -> None:
        remedy = of_alfa.file(by=of_alfa.sam)

        assert remedy.filed_by == of_alfa.sam.person

    def test_is_not_for_another_party(self, of_alfa: Asked) -> None:
        with pytest.raises(UnableToMove, match="not for this role"):
            of_alfa.file(by=of_alfa.ben)

    def test_happens_once_however_often_the_form_is_sent(self, of_alfa: Asked) -> None:
        filed = plan()

        first, again = of_alfa.file(filed), of_alfa.file(filed, day=NEXT_DAY)

        assert first == again
        assert Remedy.objects.count() == 1
        assert entries("file_remedy") == 1

    def test_refuses_a_form_that_says_something_else_the_second_time(self, of_alfa: Asked) -> None:
        filed = plan()
        of_alfa.file(filed)

        with pytest.raises(UnableToFileRemedy, match="filed version 1 before"):
            of_alfa.file(replace(filed, cause="Something else"))
        with pytest.raises(UnableToFileRemedy, match="filed version 1 before"):
            of_alfa.file(replace(filed, milestones=filed.milestones[:1]))

    def test_waits_for_the_version_before_unless_a_reason_is_given(self, of_alfa: Asked) -> None:
        of_alfa.file()

        with pytest.raises(UnableToFileRemedy, match="Version 1 waits"):
            of_alfa.file()
        of_alfa.file(plan(instead_because="A date was wrong"))

        assert stages(of_alfa) == ["superseded", "filed"]

    def test_replaces_a_version_that_was_returned(self, of_alfa: Asked) -> None:
        first = of_alfa.file()
        return_remedy(remedy=first, reasons="Too late", key=key(), by=of_alfa.jo, at=at(FILED_ON))

        second = of_alfa.file(day=NEXT_DAY)

        assert stages(of_alfa) == ["superseded", "filed"]
        assert second.version == 2

    def test_keeps_the_threads_of_milestones_and_gives_new_ones_theirs(self, of_alfa: Asked) -> None:
        of_alfa.file()
        again = (
            planned("New", dt.date(2021, 12, 1)),
            planned("Both variants on every van", dt.date(2021, 12, 7), thread=2),
        )

        second = of_alfa.file(plan(milestones=again, instead_because="Fewer"))

        assert list(second.milestones.order_by("number").values_list("thread", flat=True)) == [4, 2]

    def test_needs_a_senior_signature_after_an_escalation(self, of_alfa: Asked) -> None:
        escalated(of_alfa)

        with pytest.raises(UnableToFileRemedy, match="senior signatory"):
            of_alfa.file(day=NEXT_DAY)

        assert of_alfa.file(plan(**signed()), day=NEXT_DAY).signed_by == "Nadia Holt"

    def test_is_too_early_before_the_party_was_told_and_too_late_after_the_end(self, of_alfa: Asked) -> None:
        of_alfa.move("withdraw", findings_standing=0)

        with pytest.raises(UnableToFileRemedy, match="stands in “Withdrawn”"):
            of_alfa.file()

    def test_is_done_by_somebody(self, of_alfa: Asked) -> None:
        with pytest.raises(UnableToFileRemedy, match="Sign in"):
            file_remedy(case=of_alfa.case, filed=plan(), by=Acting("sec", FILED_ON), at=at(FILED_ON))


class TestReturning:
    def test_tells_the_party_why_and_asks_for_another(self, of_alfa: Asked) -> None:
        remedy, form = of_alfa.file(), key()

        for _ in range(2):
            return_remedy(remedy=remedy, reasons="Too late", key=form, by=of_alfa.jo, at=at(FILED_ON))

        [message] = Message.objects.filter(case=of_alfa.case, kind=Message.RETURN)
        [clock] = open_clocks([remedy.course], FILED_ON)
        assert (message.text, message.from_party) == ("Too late", False)
        assert (clock.clock, clock.owner) == ("another_version", "party")
        assert entries("return_remedy") == 1

    def test_needs_reasons(self, of_alfa: Asked) -> None:
        with pytest.raises(UnableToMove, match="nothing is said"):
            return_remedy(remedy=of_alfa.file(), reasons=" ", key=key(), by=of_alfa.jo, at=at(FILED_ON))

        assert stages(of_alfa) == ["filed"]

    def test_is_not_for_the_party(self, of_alfa: Asked) -> None:
        with pytest.raises(UnableToMove, match="not for this role"):
            return_remedy(remedy=of_alfa.file(), reasons="No", key=key(), by=of_alfa.ada, at=at(FILED_ON))


class TestAccepting:
    def test_lets_the_case_go_on_and_the_first_milestone_run(self, of_alfa: Asked) -> None:
        remedy, form = of_alfa.file(), key()

        for _ in range(2):
            accept_remedy(remedy=remedy, words="Good.", key=form, by=of_alfa.jo, at=at(FILED_ON))

        [message] = Message.objects.filter(case=of_alfa.case, kind=Message.DECISION)
        [clock] = open_clocks([remedy.course], FILED_ON)
        assert stands(of_alfa) == ("on_track", "remedy_requested")
        assert carried_of(of_alfa.case, FILED_ON) == remedy
        assert (clock.clock, clock.due_on) == ("milestone", dt.date(2021, 10, 29))
        assert message.text == "Version 1 of the remedy is accepted. Good."
        assert entries("accept_remedy") == 1

    def test_replaces_what_was_carried_out_before(self, of_alfa: Asked) -> None:
        of_alfa.accept(of_alfa.file())
        second = of_alfa.file(day=NEXT_DAY)

        assert stages(of_alfa) == ["accepted", "filed"]
        of_alfa.accept(second, day=NEXT_DAY)

        assert stages(of_alfa) == ["superseded", "accepted"]
        assert stands(of_alfa)[0] == "on_track"

    def test_is_not_for_the_party(self, of_alfa: Asked) -> None:
        with pytest.raises(UnableToMove, match="not for this role"):
            of_alfa.accept(of_alfa.file(), by=of_alfa.ada)

        assert stands(of_alfa)[0] == "remedy"

    def test_comes_once_to_a_version(self, of_alfa: Asked) -> None:
        remedy = of_alfa.accept(of_alfa.file())

        with pytest.raises(UnableToMove):
            of_alfa.accept(remedy)

    def test_needs_a_signature_where_the_case_was_escalated_meanwhile(self, of_alfa: Asked) -> None:
        remedy = of_alfa.file()
        chair = escalated(of_alfa)
        decision = decided(of_alfa, chair, NEXT_DAY)

        with pytest.raises(UnableToMove, match="senior signatory"):
            of_alfa.accept(remedy, by=chair, day=NEXT_DAY, decision=decision.reference)

    def test_is_the_bodys_once_the_case_is_before_one(self, of_alfa: Asked) -> None:
        chair = escalated(of_alfa)
        remedy = of_alfa.file(plan(**signed()), day=NEXT_DAY)

        with pytest.raises(UnableToTakeStep, match="Say which motion or decision"):
            of_alfa.accept(remedy, by=chair, day=NEXT_DAY)
        decision = decided(of_alfa, chair, NEXT_DAY)
        with pytest.raises(UnableToMove, match="not for this role"):
            of_alfa.accept(remedy, by=of_alfa.jo, day=NEXT_DAY, decision=decision.reference)
        of_alfa.accept(remedy, by=chair, day=NEXT_DAY, decision=decision.reference)

        assert stands(of_alfa) == ("on_track", "escalated_to_pab")
        assert CarriedOut.objects.get().decision == decision

    def test_waits_until_the_case_asks_for_another_while_it_is_before_a_body(self, of_alfa: Asked) -> None:
        of_alfa.accept(of_alfa.file())
        of_alfa.move("plan_remedy")
        escalated(of_alfa)
        second = of_alfa.file(plan(**signed()), day=NEXT_DAY)

        with pytest.raises(UnableToAcceptRemedy, match="Ask for another remedy first"):
            of_alfa.accept(second, day=NEXT_DAY)

    def test_waits_for_the_case_to_go_on(self, of_alfa: Asked) -> None:
        remedy = of_alfa.accept(of_alfa.file())
        of_alfa.move("verify", milestones_open=0, criterion_met=True, from_audit=False)

        with pytest.raises(UnableToAcceptRemedy, match="stands in “Verified”"):
            of_alfa.accept(remedy)
