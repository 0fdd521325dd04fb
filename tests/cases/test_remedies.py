"""What somebody sees of the remedies of a case, and what is offered to them there."""

import datetime as dt

import pytest

from tallystick.cases.operations.remedies import return_remedy
from tallystick.cases.progress import progress_of
from tallystick.cases.queries import cases_of
from tallystick.cases.remedies import accepting_move, may_file, offers_for_remedy, remedies, remedy
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import guarded
from tallystick.processes.queries import standing_of
from tests.cases.cast import acting_as, at, key, on
from tests.cases.promised import FILED_ON, Asked, asked, plan

pytestmark = pytest.mark.django_db
NEXT_DAY = FILED_ON + dt.timedelta(days=1)


@pytest.fixture
def of_alfa() -> Asked:
    return asked()


def offered(made: Asked, by: Acting, day: dt.date = FILED_ON) -> list[str]:
    latest = made.case.remedies.order_by("version").last()
    assert latest is not None
    return [one.move for one in offers_for_remedy(on(by, day), made.case, latest)]


class TestVersions:
    def test_are_seen_with_their_stages(self, of_alfa: Asked) -> None:
        first = of_alfa.file()
        return_remedy(remedy=first, reasons="Too late", key=key(), by=of_alfa.jo, at=at(FILED_ON))
        of_alfa.file(day=NEXT_DAY)

        found = remedies(on(of_alfa.ada, NEXT_DAY), of_alfa.case)

        assert [(one.remedy.version, one.stage, one.title) for one in found] == [
            (1, "superseded", "Superseded"),
            (2, "filed", "Filed"),
        ]

    def test_of_another_party_are_not_there(self, of_alfa: Asked) -> None:
        of_alfa.file()

        assert remedies(of_alfa.ben, of_alfa.case) == []
        assert remedy(of_alfa.ben, of_alfa.case, 1) is None
        assert remedy(of_alfa.ada, of_alfa.case, 1) is not None
        assert remedy(of_alfa.ada, of_alfa.case, 2) is None

    def test_are_read_through_what_somebody_may_see(self, of_alfa: Asked) -> None:
        version = of_alfa.accept(of_alfa.file())
        asking = on(of_alfa.ada, NEXT_DAY)
        own = cases_of(asking).get(reference=of_alfa.case.reference)

        with guarded():
            [seen] = remedies(asking, own)
            found = progress_of(seen.remedy, asking.day)
            offers = offers_for_remedy(asking, own, seen.remedy)

        assert (seen.remedy, found.state, len(offers)) == (version, "unknown", 1)


class TestFiling:
    def test_is_for_the_party_and_for_the_office(self, of_alfa: Asked) -> None:
        auditor = acting_as("Una", Role.AUDITOR)

        told = [may_file(one, of_alfa.case) for one in (of_alfa.ada, of_alfa.sam, of_alfa.ben, auditor)]

        assert told == [True, True, False, False]

    def test_ends_with_the_case(self, of_alfa: Asked) -> None:
        of_alfa.move("withdraw", findings_standing=0)

        assert not may_file(of_alfa.ada, of_alfa.case)


class TestOffers:
    def test_are_to_take_it_on_or_to_return_it(self, of_alfa: Asked) -> None:
        of_alfa.file()

        assert offered(of_alfa, of_alfa.jo) == ["accept_remedy", "return"]
        assert offered(of_alfa, of_alfa.ada) == []

    def test_are_of_the_version_alone_where_the_case_carries_one_out(self, of_alfa: Asked) -> None:
        of_alfa.accept(of_alfa.file())
        of_alfa.file(day=NEXT_DAY)

        assert offered(of_alfa, of_alfa.jo, NEXT_DAY) == ["return", "accept"]

    def test_to_accept_it_are_absent_once_the_case_is_before_a_body(self, of_alfa: Asked) -> None:
        of_alfa.move("escalate_to_pab")
        signed = {"signed_by": "Nadia Holt", "signed_as": "Director", "signed_on": FILED_ON}
        of_alfa.file(plan(**signed))

        assert offered(of_alfa, of_alfa.jo) == ["return"]
        assert accepting_move(of_alfa.case, standing_of(of_alfa.case.course, FILED_ON)) == (
            "accept_remedy_at_pab"
        )

    def test_are_to_warn_and_to_meet_a_milestone_while_it_is_carried_out(self, of_alfa: Asked) -> None:
        of_alfa.accept(of_alfa.file())

        assert offered(of_alfa, of_alfa.ada) == ["warn"]
        assert offered(of_alfa, of_alfa.jo) == ["meet_milestone", "warn"]

    def test_are_none_of_accepting_before_the_case_has_come_to_the_remedy(self, of_alfa: Asked) -> None:
        of_alfa.accept(of_alfa.file())
        of_alfa.move("verify", milestones_open=0, criterion_met=True, from_audit=False)

        assert accepting_move(of_alfa.case, standing_of(of_alfa.case.course, FILED_ON)) is None
