import pytest

from tallystick.assessments.matters import seen
from tests.assessments.market import DRAFTED, Market, fresh

pytestmark = pytest.mark.django_db


class TestPublications:
    def test_are_seen_by_readers_of_the_class_and_by_those_with_a_line(self, market: Market) -> None:
        green = market.opened()
        amber = market.opened(classification="amber")
        market.drafted()

        found = {
            name: {one.row.pk for one in seen.publications(getattr(market, name))}
            for name in ("ada", "obs", "jo")
        }

        assert found["ada"] == {green.pk, amber.pk}
        assert found["obs"] == {green.pk, amber.pk}
        assert len(found["jo"]) == 3

    def test_say_what_falls_due(self, market: Market) -> None:
        market.opened()

        (one,) = seen.publications(market.ada)

        assert (one.stage, one.clock, one.is_of_party) == ("window", "Time to query", True)
        assert one.due_on is not None
        assert one.due_on > DRAFTED


class TestChargeRuns:
    def test_are_reached_by_a_line_of_ones_own(self, market: Market) -> None:
        row = market.shown()

        assert seen.charge_run(market.ada, row.reference) == row
        assert [one.row for one in seen.charge_runs(market.ada)] == [row]
        assert seen.charge_run(market.hal, row.reference) is None


class TestComparedLines:
    def test_are_ones_own_alone(self, market: Market) -> None:
        row = market.opened()

        assert [one.party for one in seen.compared_lines(market.ada, row)] == [market.alfa]
        assert len(seen.compared_lines(market.jo, row)) == 14


class TestOwnVersions:
    def test_leave_out_what_others_did_to_it(self, market: Market) -> None:
        row = market.opened()
        market.corrected(row, party=market.brvo, numerator=150)
        market.corrected(row)

        found = seen.own_versions(market.ada, fresh(row))

        assert [(one.version, one.numerator) for one in found] == [(3, 183), (1, 180)]
