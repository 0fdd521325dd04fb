from decimal import Decimal

from tallystick.risks import queries
from tests.cases.cast import landed, withdrawn
from tests.risks.cast import BEFORE, Cast, of
from tests.risks.test_seen import figure


class TestPeriods:
    def test_come_the_latest_first(self, cast: Cast) -> None:
        cast.opened()
        cast.opened(BEFORE)

        assert [one.name for one in queries.periods(cast.ada)] == ["2022-23", BEFORE]


class TestRisks:
    def test_are_those_that_one_may_see(self, cast: Cast) -> None:
        cast.opened()
        cast.added(classification="amber")

        assert len(queries.risks(cast.ada)) == 8
        assert queries.risk(cast.ada, "R-09") is None
        assert queries.risk(cast.ada, "R-02") == of("R-02")

    def test_have_their_words_the_latest_first(self, cast: Cast) -> None:
        cast.opened()
        cast.reworded("R-02")

        words = queries.words_by_risk(cast.ada, [of("R-02")])[of("R-02").pk]

        assert [one.number for one in words] == [2, 1]

    def test_have_lineage_both_ways(self, cast: Cast) -> None:
        cast.opened()
        parts = cast.split("R-02", "Variant", "Region")
        cast.merged(*parts)

        assert len(queries.lineage(cast.ada, of("R-02"))) == 2
        assert len(queries.lineage(cast.ada, parts[0])) == 2


class TestScores:
    def test_stand_by_the_method_of_their_period(self, cast: Cast) -> None:
        period = cast.opened()
        first = cast.scored("R-02")
        cast.again("R-02")

        scores = queries.scores_by_risk(cast.jo, [of("R-02")])[of("R-02").pk]

        assert [one.number for one in scores] == [2, 1]
        assert queries.standing(scores, period) == first
        assert not queries.scores_by_risk(cast.ada, [of("R-02")])[of("R-02").pk]


class TestProposals:
    def test_come_with_their_answers_to_whom_they_are_for(self, cast: Cast) -> None:
        cast.opened()
        landed(cast.alfa)
        cast.answered(cast.proposed("R-02"))

        [one] = queries.proposals(cast.hal, [of("R-02")])

        assert one.answer.is_accepted
        assert queries.proposals(cast.ada, [of("R-02")]) == []
        assert queries.proposals(cast.obs, [of("R-02")]) == []


class TestIndicators:
    def test_tell_the_latest_whole(self, cast: Cast) -> None:
        for month, done in (("2021-06", 5), ("2021-07", 9)):
            figure(None, month, numerator=done, classification="white")
        figure(cast.alfa, numerator=1)

        found = queries.indicators(cast.ada, ["AREA-B", "AREA-C"])

        assert [(one.percent, one.period) for one in found.values()] == [(Decimal("90.0"), "2021-07")]

    def test_tell_findings_that_hold(self, cast: Cast) -> None:
        kept = [landed(cast.alfa, "2021-06"), landed(cast.brvo, "2021-07")]
        withdrawn(landed(cast.alfa))

        found = queries.findings_on(cast.jo, ["AREA-B"], 5)

        assert found == kept[::-1]
        assert queries.findings_on(cast.ada, ["AREA-B"], 5) == kept[:1]
        assert queries.findings_on(cast.jo, ["AREA-B"], 1) == kept[1:]
