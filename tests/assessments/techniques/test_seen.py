"""Applications and their parts, found through what somebody may see."""

from tallystick.assessments.techniques.seen import application, applications_of, part_of, parts_of
from tests.assessments.cast import Cast
from tests.risks import cast as risks


class TestApplications:
    def test_are_the_offices_alone_until_they_start(self, cast: Cast) -> None:
        row = cast.begun()

        seen = [application(by, row.reference) for by in (cast.jo, cast.ada, cast.bo, cast.obs)]

        assert seen == [row, None, None, None]

    def test_are_seen_by_everybody_who_signed_in_once_started(self, cast: Cast) -> None:
        row = cast.started()

        assert all(list(applications_of(by)) == [row] for by in (cast.jo, cast.ada, cast.ben, cast.bo))


class TestParts:
    def test_are_each_partys_own(self, cast: Cast) -> None:
        row = cast.started()

        seen = {by.capacity: [one.party.name for one in parts_of(by, row)] for by in (cast.jo, cast.ada)}

        assert list(seen.values()) == [["ALFA", "BRVO"], ["ALFA"]]
        assert part_of(cast.ada, row, "brvo") is None
        assert part_of(cast.ben, row, "brvo") == cast.part(row, cast.brvo)

    def test_are_looked_over_by_the_auditor_and_no_other_party(self, cast: Cast) -> None:
        row = cast.started()

        assert [len(parts_of(by, row)) for by in (cast.aud, cast.obs)] == [2, 2]

    def test_are_read_on_the_body_of_their_period_once_served(self, cast: Cast) -> None:
        period = risks.Cast(cast.of).opened()
        row, without = cast.begun(period=period), cast.started()

        before = parts_of(cast.bo, row)
        cast.start(row)

        assert [len(before), len(parts_of(cast.bo, row)), len(parts_of(cast.bo, without))] == [0, 2, 0]
