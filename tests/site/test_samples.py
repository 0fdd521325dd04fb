from tallystick.month.wording import CLASSES
from tallystick.site import samples


class TestTrend:
    def test_shows_a_figure_for_every_month_and_a_gap(self) -> None:
        chart = samples.trend()

        assert len(chart.rows) == len(samples.SHARES)
        assert chart.rows[0] == ("July 2021", "97.13%")
        assert [figure for _, figure in chart.rows].count("not reported") == 1


class TestXmr:
    def test_marks_a_change_for_the_better(self) -> None:
        chart, verdict = samples.xmr()

        assert chart.rows[0][2] == "improving"
        assert all(sentence.strip() for sentence in verdict)


class TestHeat:
    def test_has_a_cell_in_every_state_that_a_party_can_be_in(self) -> None:
        seen = {cell.state for _, cells in samples.heat().rows for cell in cells}

        assert seen == {CLASSES[state] for state in samples.heat().states} | {"few"}


class TestLines:
    def test_are_told_the_latest_first(self) -> None:
        times = [line.at for line in samples.LINES]

        assert times == sorted(times, reverse=True)
        assert [line.when for line in samples.LINES] == times
