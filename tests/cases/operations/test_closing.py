"""A case is verified, closed or withdrawn, and an auditor is satisfied."""

import datetime as dt
from typing import Any

import pytest

from tallystick.cases.models import Case
from tallystick.cases.operations.closing import (
    UnableToSatisfyAuditor,
    close_case,
    satisfy_auditor,
    verify_case,
    withdraw_case,
)
from tallystick.cases.operations.milestones import meet_milestone
from tallystick.cases.operations.remedies import accept_remedy, file_remedy
from tallystick.cases.progress import stages_of
from tallystick.parties.acting import Acting
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import NOTICED, Cast, acts, at, key, landed, on, stands, withdrawn
from tests.cases.promised import by_hand

pytestmark = pytest.mark.django_db
NEXT = NOTICED + dt.timedelta(days=1)


def doing(by: Acting, day: dt.date = NEXT, hour: int = 15) -> dict[str, Any]:
    return {"by": on(by, day), "at": at(day, hour)}


def remedied(cast: Cast, **told: Any) -> Case:
    """Return a case whose remedy was accepted, and did what it promised."""
    case = cast.asked(cast.opened(**told))
    remedy = file_remedy(case=case, filed=by_hand(), **doing(cast.ada, hour=9))
    accept_remedy(remedy=remedy, words="", key=key(), **doing(cast.jo, hour=10))
    [milestone] = remedy.milestones.all()
    met: dict[str, Any] = {"milestone": milestone, "on": NEXT, "by_what": "The log", "key": key()}
    meet_milestone(**met, **doing(cast.jo, hour=11))
    case.refresh_from_db()
    return case


class TestVerifying:
    def test_follows_milestones_and_criterion(self, cast: Cast) -> None:
        case, form = remedied(cast), key()

        for _ in range(2):
            verify_case(case=case, key=form, **doing(cast.jo))

        assert stands(case, NEXT)[0] == "verified"
        assert acts().count("verify_case") == 1

    def test_waits_for_what_was_promised(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        remedy = file_remedy(case=case, filed=by_hand(), **doing(cast.ada, hour=9))
        accept_remedy(remedy=remedy, words="", key=key(), **doing(cast.jo, hour=10))

        with pytest.raises(UnableToMove, match="every milestone is met"):
            verify_case(case=case, key=key(), **doing(cast.jo))

    def test_waits_for_the_auditor_where_an_audit_found_it(self, cast: Cast) -> None:
        case = remedied(cast, source=Case.AUDIT)
        with pytest.raises(UnableToMove, match="the auditor is satisfied"):
            verify_case(case=case, key=key(), **doing(cast.jo))

        satisfy_auditor(case=case, **doing(cast.aud))
        verify_case(case=case, key=key(), **doing(cast.jo))

        assert stands(case, NEXT)[0] == "verified"


class TestClosing:
    @pytest.mark.parametrize("who", ["jo", "sam"])
    def test_ends_a_case_and_its_remedy(self, cast: Cast, who: str) -> None:
        case, form = remedied(cast), key()
        verify_case(case=case, key=key(), **doing(cast.jo))

        for _ in range(2):
            closed = close_case(case=case, effect="Late visits fell.", key=form, **doing(getattr(cast, who)))

        assert stands(case, NEXT)[0] == "closed"
        assert (closed.publicity, closed.closed_at) == (Case.CLOSED, at(NEXT, 15))
        assert [stage for _, stage in stages_of(case, NEXT)] == ["done"]
        assert acts().count("close_case") == 1

    def test_follows_verifying_and_says_what_changed(self, cast: Cast) -> None:
        case = remedied(cast)
        with pytest.raises(UnableToMove, match="stands in"):
            close_case(case=case, effect="It fell.", key=key(), **doing(cast.jo))
        verify_case(case=case, key=key(), **doing(cast.jo))

        with pytest.raises(UnableToMove, match="nothing is said"):
            close_case(case=case, effect=" ", key=key(), **doing(cast.jo))

        assert stands(case, NEXT)[0] == "verified"


class TestWithdrawing:
    def test_ends_a_case_of_which_no_finding_holds(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.told(cast.opened(finding))
        with pytest.raises(UnableToMove, match="no finding it rests on holds"):
            withdraw_case(case=case, key=key(), **doing(cast.jo))
        withdrawn(finding)

        held = withdraw_case(case=case, key=key(), **doing(cast.jo))

        assert stands(case, NEXT)[0] == "withdrawn"
        assert held.publicity == Case.CLOSED
        assert list(Case.objects.visible_to(cast.ada)) == [case]

    def test_keeps_in_the_office_what_the_party_never_heard_of(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.opened(finding)
        withdrawn(finding)

        held = withdraw_case(case=case, key=key(), **doing(cast.jo))

        assert held.publicity == Case.DRAFT
        assert held.closed_at is not None
        assert not Case.objects.visible_to(cast.ada).exists()


class TestSatisfyingTheAuditor:
    def test_is_said_once_by_the_auditor_alone(self, cast: Cast) -> None:
        case = cast.opened(source=Case.AUDIT)
        for by in (cast.jo, cast.ada, Acting("sec", NEXT)):
            with pytest.raises(UnableToSatisfyAuditor, match="auditor alone"):
                satisfy_auditor(case=case, **doing(by))

        first = satisfy_auditor(case=case, **doing(cast.aud))
        again = satisfy_auditor(case=case, **doing(cast.aud, hour=17))

        assert first.auditor_satisfied_at == again.auditor_satisfied_at == at(NEXT, 15)
        assert acts().count("satisfy_auditor") == 1

    def test_is_refused_where_no_audit_found_it_or_it_has_ended(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        ended = cast.opened(finding, source=Case.AUDIT)
        withdrawn(finding)
        withdraw_case(case=ended, key=key(), **doing(cast.jo))

        with pytest.raises(UnableToSatisfyAuditor, match="no audit"):
            satisfy_auditor(case=cast.opened(), **doing(cast.aud))
        with pytest.raises(UnableToSatisfyAuditor, match="has ended"):
            satisfy_auditor(case=ended, **doing(cast.aud))
