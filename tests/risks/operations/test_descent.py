import pytest

from tallystick.risks.models import Lineage, Risk
from tallystick.risks.operations.descent import UnableToMerge, UnableToSplit
from tests.risks.cast import DAY, Cast, acts, key, last_said, of, words_of


class TestSplitting:
    def test_ends_the_risk_and_begins_others(self, cast: Cast) -> None:
        cast.opened()

        made = cast.split("R-02", "Variant", "Region")

        assert [one.reference for one in made] == ["R-09", "R-10"]
        assert of("R-02").ended_on == DAY
        rows = Lineage.objects.order_by("pk")
        assert [(one.way, one.before.reference, one.after.reference) for one in rows] == [
            ("split", "R-02", "R-09"),
            ("split", "R-02", "R-10"),
        ]
        assert last_said()[0] == "split R-02 into R-09, R-10"

    def test_keeps_the_class(self, cast: Cast) -> None:
        cast.opened()
        amber = cast.added(classification="amber")

        made = cast.split(amber, "Variant", "Region")

        assert {one.classification for one in made} == {"amber"}

    def test_is_done_once_by_a_form(self, cast: Cast) -> None:
        cast.opened()
        form = key()
        made = cast.split("R-02", "Variant", "Region", key=form)

        assert cast.split("R-02", "Variant", "Region", key=form) == made
        with pytest.raises(UnableToSplit, match="something else before"):
            cast.split("R-03", "Variant", "Region", key=form)
        assert acts() == ["open_register", "split_risk"]

    def test_is_refused(self, cast: Cast) -> None:
        cast.opened()

        with pytest.raises(UnableToSplit, match="into 2 to 6"):
            cast.split("R-02", "Variant")
        with pytest.raises(UnableToSplit, match="no measure"):
            cast.split("R-02", words=(words_of("One"), words_of("Two", indicators=("NONE",))))
        cast.split("R-02", "Variant", "Region")
        with pytest.raises(UnableToSplit, match="R-02 is not in the register"):
            cast.split("R-02", "Variant", "Region")
        assert Risk.objects.count() == 10


class TestMerging:
    def test_leads_several_into_one(self, cast: Cast) -> None:
        cast.opened()

        made = cast.merged("R-01", "R-02")

        assert made.reference == "R-09"
        before = [one.before.reference for one in made.came_from.order_by("pk")]
        assert before == ["R-01", "R-02"]
        assert last_said()[0] == "merged R-01, R-02 into R-09"

    def test_is_done_once_by_a_form(self, cast: Cast) -> None:
        cast.opened()
        form = key()
        made = cast.merged("R-01", "R-02", key=form)

        assert cast.merged("R-02", "R-01", key=form) == made
        with pytest.raises(UnableToMerge, match="something else before"):
            cast.merged("R-03", "R-02", key=form)

    def test_is_refused(self, cast: Cast) -> None:
        cast.opened()

        with pytest.raises(UnableToMerge, match="Two risks or more"):
            cast.merged("R-01", "R-01")
        cast.merged("R-01", "R-02")
        with pytest.raises(UnableToMerge, match="R-01 is not in the register"):
            cast.merged("R-01", "R-03")
