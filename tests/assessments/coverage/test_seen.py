from tallystick.assessments.coverage.seen import covered
from tests.assessments.cast import Cast
from tests.risks import cast as of_risks


def rows(cast: Cast, key: str) -> set[str]:
    return {row.key for one in covered(cast.jo)[0] if one.key == key for row in one.rows}


class TestCovered:
    def test_rests_on_the_words_that_stand(self, cast: Cast) -> None:
        office = of_risks.Cast(cast.of)
        office.opened()
        before = rows(cast, "unseen")

        office.reworded("R-03", of_risks.words_of("Said better", indicators=()))

        assert (before, rows(cast, "unseen")) == (set(), {"R-03"})

    def test_leaves_out_what_was_split(self, cast: Cast) -> None:
        office = of_risks.Cast(cast.of)
        office.opened()
        office.split("R-02", "Variant", "Region")

        assert {one.reference for one in covered(cast.jo)[1]} >= {"R-09", "R-10"}
        assert "R-02" not in {one.reference for one in covered(cast.jo)[1]}

    def test_counts_what_is_applied_and_not_what_was_cancelled(self, cast: Cast) -> None:
        office = of_risks.Cast(cast.of)
        office.opened()
        added = office.added(of_risks.words_of("Late data", clauses=("H3.17",)))
        row = cast.started(risks=(added.reference,))
        during = rows(cast, "untreated")

        cast.cancel(row)

        assert ("H3.17" in during, "H3.17" in rows(cast, "untreated")) == (False, True)

    def test_counts_the_risks_of_the_rulebook_where_none_is_open(self, cast: Cast) -> None:
        assert covered(cast.jo)[1] == []
        assert "H3.17" not in rows(cast, "untreated")
