"""What is written down of a case, read at one go."""

from dataclasses import fields
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.cases import queries
from tallystick.cases.matter import Matter, Told, seen
from tallystick.cases.models import Message, Remedy
from tallystick.cases.operations.talking import send_message
from tallystick.runs.models import FindingVersion
from tests.cases.cast import NOTICED, Cast, at, common, key, landed, on, run_of, version_of, withdrawn
from tests.cases.views.test_selects import full

pytestmark = pytest.mark.django_db
EVERYBODY = [one.name for one in fields(Cast) if one.name not in ("alfa", "brvo", "pab", "panel")]


class TestRows:
    def test_are_seen_by_whom_the_policy_lets_see_them(self, cast: Cast) -> None:
        case = full(cast)

        for acting in (getattr(cast, name) for name in EVERYBODY):
            matter = Matter(case, acting)
            shared = {one.version for one in matter.told if one.is_share_seen}
            remedies = Remedy.objects.visible_to(acting).filter(case=case).order_by("version")
            assert [one.finding for one in matter.told if one.is_seen] == queries.findings(acting, case)
            assert shared == {one.version_id for one in queries.shared(acting, case)}
            said = Message.objects.visible_to(acting).filter(case=case).order_by("-sent_at", "-pk")
            assert seen(matter.messages) == list(said)
            assert seen(matter.remedies) == list(remedies)

    def test_tell_each_version_of_a_finding_once(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.told(cast.opened(finding))
        first = version_of(finding)
        said: dict[str, Any] = {
            "number": 2,
            "state": first.state,
            "why": first.why,
            "exceptions": 2,
            "at": first.at,
        }
        again = FindingVersion(
            **common(cast.alfa), finding=finding, run=run_of("2021-08"), place=first.place, **said
        )
        again.save()

        told = Matter(case, cast.jo).told

        assert [(one.version, one.has_lines, one.lines) for one in told] == [
            (first.pk, True, 2),
            (again.pk, False, None),
        ]

    def test_are_seen_by_nobody_who_is_not_named(self, cast: Cast) -> None:
        matter = Matter(full(cast))

        assert seen(matter.remedies) == []
        assert not any(one.is_seen or one.is_version_seen or one.is_share_seen for one in matter.told)

    def test_are_read_once_and_by_another_matter_anew(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        matter = Matter(case)
        before = list(matter.messages)

        send_message(case=case, text="Good day.", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 12))
        with CaptureQueriesContext(connection) as taken:
            again = list(matter.messages)

        assert (again, len(taken)) == (before, 0)
        assert len(Matter(case).messages) == len(before) + 1

    def test_tell_where_the_case_stood_and_which_version_waits(self, cast: Cast) -> None:
        matter = Matter(full(cast))

        assert [one.stage for one in matter.places if one.track == "case"][:2] == ["finding", "notice"]
        assert [(one.version, one.stage) for one in matter.remedies] == [(1, "superseded"), (2, "filed")]
        assert matter.standing(NOTICED).at["ladder"] == "escalated_to_pab"

    def test_hold_a_finding_without_lines_too(self, cast: Cast) -> None:
        finding = landed(cast.alfa, lines=0)
        case = cast.opened(finding)
        withdrawn(finding)

        [told] = Matter(case, cast.jo).told

        assert isinstance(told, Told)
        assert (told.has_lines, told.shared_at, told.is_seen) == (False, None, True)
        assert told.finding.is_withdrawn
