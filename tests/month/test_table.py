import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from tallystick.month.assessment import Assessment, Point
from tallystick.month.table import print_month, trend


def printed(assessment: Assessment, width: int = 100, *, colour: bool = False) -> str:
    file = io.StringIO()
    system = "standard" if colour else None
    print_month(assessment, Console(file=file, width=width, color_system=system, force_terminal=colour))  # type: ignore[arg-type]
    return file.getvalue()


class TestPrintMonth:
    @pytest.mark.parametrize("width", [80, 100, 200])
    def test_fits_its_columns(self, july: Assessment, width: int) -> None:
        assert max(map(len, printed(july, width).splitlines())) <= min(width, 100)

    def test_says_states_in_words_without_colour(self, july: Assessment) -> None:
        text = printed(july)

        assert "\x1b" not in text
        for words in ("Below target", "Below minimum", "Not reported", "No events", "Met", "No level"):
            assert words in text

    def test_colours_states_where_colours_reach(self, july: Assessment) -> None:
        assert "\x1b[36mMet" in printed(july, colour=True)

    def test_shows_figure_levels_change_and_run(self, july: Assessment) -> None:
        line = next(line for line in printed(july).splitlines() if line.strip().startswith("CPM1 "))

        assert line.split()[1:7] == ["Below", "target", "97.13%", "99%", "96%", "+0.55"]
        assert "At least 25 months" in line

    def test_keeps_the_run_on_a_narrow_terminal(self, july: Assessment) -> None:
        assert "13 months" in printed(july, 80)

    def test_marks_what_is_not_checked_and_says_so(self, july: Assessment) -> None:
        text = printed(july)

        assert "AREA-B†" in text
        assert "† A level, limit or rule not yet checked against the code." in text

    def test_lists_findings_by_obligation_then_what_is_missing(self, july: Assessment) -> None:
        text = printed(july)

        assert "OBL-AREA-C (Section F): 4 findings, 204 exception lines" in text
        assert text.index("OBL-AREA-C") < text.index("Reports owed") < text.index("What is missing")
        assert "3 WD late, due Fri 13 Aug 2021" in text
        assert "2 days missing" in text

    def test_sends_no_markup_or_control_characters_from_data(
        self, july: Assessment, july_with: Callable[..., Assessment]
    ) -> None:
        nasty = replace(july.findings[0], subject="[red]X[/red]\x1b[31m", why="[link=http://a]go[/link]")

        text = printed(july_with(findings=(nasty,), sentence="[bold]S[/bold]\x07"))

        assert "[red]X[/red]" in text
        assert "[bold]S[/bold]" in text
        assert "\x1b" not in text
        assert "\x07" not in text

    def test_reaches_a_console_of_plain_letters(self, july: Assessment) -> None:
        raw = io.BytesIO()
        file = io.TextIOWrapper(raw, encoding="ascii")
        print_month(july, Console(file=file, width=100))
        file.flush()

        assert b"AREA-B*" in raw.getvalue()

    def test_gathers_many_unreported_measures_in_a_line(
        self, july: Assessment, july_with: Callable[..., Assessment]
    ) -> None:
        silent = next(one for one in july.figures if one.measure == "S1SP-PM1.1")
        many = tuple(replace(silent, measure=f"X{n}", commentary=None) for n in range(9))

        assert "9 not reported: X0, X1" in printed(july_with(figures=many, findings=()))

    def test_of_an_empty_month_says_nothing_is_missing(self, july_with: Callable[..., Assessment]) -> None:
        empty = july_with(figures=(), history={}, findings=(), reports=(), missing=())

        assert printed(empty).count("nothing") == 2


class TestTrend:
    def test_runs_from_the_lowest_to_the_highest(self) -> None:
        points = [Point(f"2021-0{n}", n, 10, None, "met") for n in range(1, 9)]

        assert trend(points) == "▁▂▃▄▅▆▇█"

    def test_leaves_a_dot_where_nothing_was_reported(self) -> None:
        points = [Point("2021-05", 1, 10, None, "met"), Point("2021-07", 9, 10, None, "met")]

        assert trend(points) == "▁·█"
