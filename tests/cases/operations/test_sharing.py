"""Lines are shared with the party whose they are, and the first rung is taken."""

from typing import Any

import pytest

from tallystick.cases.models import Case, SharedLines
from tallystick.cases.operations.closing import withdraw_case
from tallystick.cases.operations.sharing import UnableToShareLines, share_lines
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import (
    NOTICED,
    Cast,
    acts,
    at,
    key,
    landed,
    last_said,
    on,
    stands,
    version_of,
    withdrawn,
)

pytestmark = pytest.mark.django_db


def share(case: Case, *findings: Any, cast: Cast, **told: Any) -> list[SharedLines]:
    versions = [version_of(one) for one in findings]
    by = told.pop("by", on(cast.jo, NOTICED))
    return share_lines(case=case, versions=versions, key=key(), by=by, at=at(NOTICED))


class TestSharing:
    def test_tells_the_party_and_takes_the_first_rung(self, cast: Cast) -> None:
        finding = landed(cast.alfa, lines=3)
        case = cast.opened(finding)

        [shared] = share(case, finding, cast=cast)

        assert shared.lines == 3
        assert stands(case) == ("finding", "informed")
        assert list(Case.objects.visible_to(cast.ada)) == [case]
        assert list(SharedLines.objects.visible_to(cast.ada)) == [shared]
        assert not SharedLines.objects.visible_to(cast.ben).exists()
        said, facts = last_said()
        assert said == f"shared 3 lines of {case.reference} with ALFA"
        assert list(facts["lines"].values()) == [3]

    def test_waits_with_the_rung_for_the_lines_of_every_finding(self, cast: Cast) -> None:
        july, august = landed(cast.alfa), landed(cast.alfa, "2021-08")
        case = cast.opened(july, august)

        share(case, july, cast=cast)
        before = stands(case)
        share(case, july, august, cast=cast)

        assert (before, stands(case)) == (("finding", "uninformed"), ("finding", "informed"))

    def test_happens_once_for_each_version(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.opened(finding)

        first, again = share(case, finding, cast=cast), share(case, finding, cast=cast)

        assert first == again
        assert acts() == ["open_case", "share_lines"]

    def test_is_refused_of_lines_that_are_not_the_partys(self, cast: Cast) -> None:
        of_others, without = landed(cast.alfa, owner=None), landed(cast.alfa, lines=0)
        elsewhere = landed(cast.alfa)
        case = cast.opened(of_others, without)
        refused = {"hold rows of others": of_others, "has no lines": without, "does not rest on": elsewhere}

        for why, finding in refused.items():
            with pytest.raises(UnableToShareLines, match=why):
                share(case, finding, cast=cast)

        with pytest.raises(UnableToShareLines, match="Choose whose"):
            share(case, cast=cast)
        assert not Case.objects.visible_to(cast.ada).exists()

    def test_is_refused_after_the_end(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.opened(finding)
        withdrawn(finding)
        withdraw_case(case=case, key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED))

        with pytest.raises(UnableToShareLines, match="has ended"):
            share(case, finding, cast=cast)

    def test_is_for_the_office(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.opened(finding)

        with pytest.raises(UnableToMove, match="not for this role"):
            share(case, finding, cast=cast, by=on(cast.ada, NOTICED))

        assert not SharedLines.objects.exists()
