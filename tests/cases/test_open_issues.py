import datetime as dt

import pytest

from tallystick.assessments.comparisons.issues import open_issues as told
from tallystick.cases.models import Case
from tallystick.cases.open_issues import open_issues
from tests.cases.cast import NOTICED, OPENED, Cast

pytestmark = pytest.mark.django_db


class TestOpenIssues:
    def test_are_cases_that_the_party_was_told_of_since_they_were_opened(self, cast: Cast) -> None:
        case, _draft = cast.told(cast.opened(severity="serious")), cast.opened()

        [found] = open_issues(cast.jo, NOTICED)

        assert (found.party, found.severity, found.since) == (case.party.slug, "serious", OPENED)
        assert told(cast.jo, NOTICED) == [found]

    def test_are_none_before_their_day(self, cast: Cast) -> None:
        cast.told(cast.opened())

        assert open_issues(cast.jo, OPENED - dt.timedelta(days=1)) == []

    def test_are_those_that_somebody_may_see(self, cast: Cast) -> None:
        cast.told(cast.opened())

        assert len(open_issues(cast.ada, NOTICED)) == 1
        assert open_issues(cast.ben, NOTICED) == []

    def test_leave_out_what_is_red(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tallystick.cases.operations.opening.class_of", lambda *_: Case.RED)
        case = cast.told(cast.opened())

        assert (case.publicity, case.classification) == (Case.ISSUED, Case.RED)
        assert open_issues(cast.jo, NOTICED) == []
