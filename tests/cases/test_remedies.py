"""What somebody sees of the remedies of a case, and what is offered to them there."""

import datetime as dt

import pytest

from tallystick.cases.operations.remedies import return_remedy
from tallystick.cases.progress import progress_of
from tallystick.cases.queries import cases_of
from tallystick.cases.remedies import accepting_move, remedies, remedy
from tallystick.parties.policy.guard import guarded
from tallystick.processes.queries import standing_of
from tests.cases.cast import at, key, on
from tests.cases.promised import FILED_ON, Asked, asked, plan

pytestmark = pytest.mark.django_db
NEXT_DAY = FILED_ON + dt.timedelta(days=1)


@pytest.fixture
def of_alfa() -> Asked:
    return asked()


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

        assert (seen.remedy, found.state) == (version, "unknown")


class TestAcceptingMove:
    def test_is_of_the_body_that_the_case_is_before(self, of_alfa: Asked) -> None:
        of_alfa.move("escalate_to_pab")
        signed = {"signed_by": "Nadia Holt", "signed_as": "Director", "signed_on": FILED_ON}
        of_alfa.file(plan(**signed))

        found = accepting_move(of_alfa.case, standing_of(of_alfa.case.course, FILED_ON))

        assert found == "accept_remedy_at_pab"

    def test_is_none_elsewhere_than_at_the_remedy(self, of_alfa: Asked) -> None:
        of_alfa.accept(of_alfa.file())
        of_alfa.move("verify", milestones_open=0, criterion_met=True, from_audit=False)

        assert accepting_move(of_alfa.case, standing_of(of_alfa.case.course, FILED_ON)) is None
