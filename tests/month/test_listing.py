from collections.abc import Callable
from dataclasses import replace

from tallystick.month import listing
from tallystick.month.assessment import Assessment
from tallystick.month.outline import Outline


class TestRow:
    def test_says_figure_change_run_and_counts(self, july: Assessment) -> None:
        outline = Outline(july)

        row = listing.row(outline, outline.figures["CPM1"])

        assert (row.shown, row.change, row.target, row.minimum) == ("97.13%", "+0.55", "99%", "96%")
        assert row.counts == "20,867,318 of 21,483,906"
        assert row.run == "At least 25 months below target"

    def test_marks_what_is_not_checked(self, july: Assessment) -> None:
        outline = Outline(july)

        assert listing.row(outline, outline.figures["AREA-C"]).mark
        assert not listing.row(outline, outline.figures["CPM1"]).mark

    def test_shows_what_is_open_of_a_register_that_does_not_balance(self, july: Assessment) -> None:
        outline = Outline(july)

        row = listing.row(outline, outline.figures["RDP-ROLL"])

        assert (row.shown, row.flags) == ("12 open", ("does not balance",))


class TestTables:
    def test_fold_what_met_target_in_a_long_table(self, july: Assessment) -> None:
        code, provider, _ = listing.tables(Outline(july))

        assert code.folded == ()
        assert provider.folded_words == "5 met target"
        assert "met" not in {row.state for row in provider.rows}

    def test_fold_many_unreported_measures(
        self, july: Assessment, july_with: Callable[..., Assessment]
    ) -> None:
        silent = next(one for one in july.figures if one.measure == "S1SP-PM1.1")
        many = tuple(replace(silent, measure=f"X{n}", commentary=None) for n in range(9))

        provider = listing.tables(Outline(july_with(figures=(*many, silent), findings=())))[0]

        assert provider.folded_words == "9 not reported"
        assert [row.measure for row in provider.rows] == ["S1SP-PM1.1"]

    def test_list_one_state_where_it_is_named_and_fold_nothing(self, july: Assessment) -> None:
        tables = listing.tables(Outline(july), state="met")

        assert {row.state for table in tables for row in table.rows} == {"met"}
        assert all(not table.folded for table in tables)

    def test_list_every_measure_of_the_report_where_all_are_wanted(self, july: Assessment) -> None:
        outline = Outline(july)

        tables = listing.tables(outline, "all")

        assert sum(len(table.rows) for table in tables) == len(outline.graded)

    def test_stand_under_providers_where_that_is_wanted(self, july: Assessment) -> None:
        tables = {table.title: table for table in listing.tables(Outline(july), "provider")}

        assert {row.measure.split("-")[0] for row in tables["CSPN"].rows} == {"CSPN"}
        assert "CPM1" in [row.measure for row in tables["Of the code"].rows]
