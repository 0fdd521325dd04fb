"""Applications as registers show them."""

from tallystick.assessments.techniques.listed import counts_of, shown
from tests.assessments.cast import AUDIT, Cast, fresh


class TestShown:
    def test_tells_the_stage_the_parts_one_sees_and_the_last_day(self, cast: Cast) -> None:
        row = cast.started(AUDIT)
        cast.conclude(cast.part(row), "does_not_conform")

        [of_jo], [of_ben] = (shown(by, [fresh(row)]) for by in (cast.jo, cast.ben))

        assert (of_jo.stage, of_jo.form, of_jo.is_over) == ("under_way", "Audit", False)
        assert (of_jo.counts.all, of_jo.counts.concluded, of_jo.counts.good) == (2, 1, 0)
        assert (of_ben.counts.all, of_ben.counts.concluded) == (1, 0)
        assert of_jo.due is not None
        assert of_jo.due.words == "Fri 31 Dec"

    def test_counts_what_came_to_good(self) -> None:
        assert counts_of([(True, "passed"), (False, "failed"), (False, "")]).good == 1
