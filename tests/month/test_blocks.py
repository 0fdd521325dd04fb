from collections.abc import Callable

from tallystick.month import blocks
from tallystick.month.assessment import Assessment
from tallystick.month.outline import Outline


class TestCounts:
    def test_are_those_of_the_report(self, july: Assessment) -> None:
        outline = Outline(july)

        counts = dict(blocks.counts(outline))

        assert sum(counts.values()) == len(outline.graded)
        assert (counts["below_minimum"], counts["not_reported"], counts["no_events"]) == (2, 1, 1)


class TestLateParts:
    def test_says_what_the_figure_would_be_without_the_worst(self, july: Assessment) -> None:
        outline = Outline(july)

        chart = blocks.late_parts(outline, outline.figures["CPM1"])

        assert chart is not None
        assert chart.caption == (
            "616,588 late in July 2021. <strong>CSPN-PM2 is 93% of them</strong>; "
            "without it CPM1 would be 99.78%."
        )
        assert chart.rows[0] == (
            "CSPN-PM2",
            "Category 1 firmware payloads in time, North",
            "574,089",
            "93.1%",
        )

    def test_is_nothing_where_parts_have_no_counts(self, july: Assessment) -> None:
        outline = Outline(july)

        assert blocks.late_parts(outline, outline.figures["CPM2"]) is None


class TestSentence:
    def test_has_its_figures_in_bold_and_nothing_else(self, july_with: Callable[..., Assessment]) -> None:
        said = blocks.sentence(Outline(july_with(sentence="CPM1 is 97.13%, <b>not</b> 99%.")))

        assert said == "<b>CPM1 is 97.13%</b>, &lt;b&gt;not&lt;/b&gt; <b>99%</b>."


class TestParties:
    def test_stand_with_the_worst_first(self, july: Assessment) -> None:
        table = blocks.parties(Outline(july))

        assert table is not None
        assert [name for name, _ in table.rows][:2] == ["Fellside Energy", "Dovecote Energy"]
        assert len(table.columns) == 8

    def test_are_not_judged_on_few_events(self, july: Assessment) -> None:
        table = blocks.parties(Outline(july))

        assert table is not None
        few = dict(table.rows)["Harbourlight Power"][1]
        assert (few.written, few.state) == ("<10", "few")

    def test_lead_to_their_finding(self, july: Assessment) -> None:
        outline = Outline(july)
        table = blocks.parties(outline)

        assert table is not None
        short = dict(table.rows)["Fellside Energy"][1]
        assert (short.written, short.state, short.spoken) == ("85.2", "blm", "%, below minimum")
        assert short.href.removeprefix("#") in outline.finding_places.values()

    def test_tell_no_events_from_no_report(self, july: Assessment) -> None:
        table = blocks.parties(Outline(july))

        assert table is not None
        row = dict(table.rows)["Gorsebank Energy"]
        assert [(cell.state, cell.spoken) for cell in (row[3], row[5])] == [
            ("nrp", "Not reported"),
            ("nev", "No events"),
        ]


class TestFindings:
    def test_stand_under_their_obligation(self, july: Assessment) -> None:
        duties = blocks.findings(Outline(july))

        assert duties[0].obligation == "OBL-AREA-C"
        assert duties[0].exceptions == 76 + 47 + 42 + 39
        assert sum(len(duty.findings) for duty in duties) == len(july.findings)


class TestHeadReport:
    def test_is_the_report_that_figures_were_stated_in(self, july: Assessment) -> None:
        head = blocks.head_report(Outline(july))

        assert head is not None
        assert head.what == "RPT-PMR"


class TestNotes:
    def test_name_what_is_open_held_and_left_out(self, july: Assessment) -> None:
        notes = dict(blocks.notes(Outline(july)))

        assert ["AREA-C 37"] in notes.values()
        assert ["CPM4 2"] in notes.values()
        assert ["service_requests 60", "firmware_payloads 14"] in notes.values()
