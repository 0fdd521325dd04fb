from collections.abc import Callable
from dataclasses import replace

from tallystick.month.assessment import Assessment
from tallystick.month.outline import Links, Outline


class TestTables:
    def test_part_the_code_s_measures_from_providers_and_duties(self, july: Assessment) -> None:
        tables = dict(Outline(july).tables)

        assert [one.measure for one in tables["Code performance measures"]][:2] == ["CPM1", "CPM2"]
        assert {one.provider for one in tables["Service provider measures"]} == {
            "CSPN",
            "CSPC",
            "CSPS",
            "CSP",
            "DSP",
            "S1SP",
        }
        assert "AREA-B" in [one.measure for one in tables["Duties and counts"]]

    def test_begin_with_the_worst(self, july: Assessment) -> None:
        states = [one.state for one in dict(Outline(july).tables)["Service provider measures"]]

        assert states[:4] == ["below_minimum", "below_minimum", "below_target", "not_reported"]
        assert states[-1] == "met"

    def test_are_one_where_a_code_has_no_providers(
        self, july: Assessment, july_with: Callable[..., Assessment]
    ) -> None:
        alone = replace(july.figures[-1], group={}, into=None, provider=None)

        tables = Outline(july_with(figures=(alone,), findings=())).tables

        assert [title for title, _ in tables] == ["Measures"]

    def test_leave_out_what_is_outside_the_report(self, july: Assessment) -> None:
        outline = Outline(july)

        assert [one.measure for one in outline.outside] == ["CSPN-PM6.3"]
        assert all(one.measure != "CSPN-PM6.3" for _, figures in outline.tables for one in figures)


class TestParts:
    def test_come_with_the_most_missed_first(self, july: Assessment) -> None:
        outline = Outline(july)

        assert [one.measure for one in outline.parts_of(outline.figures["CPM1"])][:2] == [
            "CSPN-PM2",
            "CSPC-PM2",
        ]

    def test_make_a_missed_event_late_where_time_is_what_counts(self, july: Assessment) -> None:
        outline = Outline(july)

        assert outline.missed_word(outline.figures["CPM1"]) == "late"
        assert outline.missed_word(outline.figures["INC-RAISED"]) == "missed"


class TestPlaces:
    def test_are_given_to_notable_measures_alone(self, july: Assessment) -> None:
        places = Outline(july).places

        assert places["CPM1"] == "m-CPM1"
        assert "CSPN-PM12.2" not in places

    def test_differ_where_ids_look_alike(
        self, july: Assessment, july_with: Callable[..., Assessment]
    ) -> None:
        one = july.findings[0]
        alike = july_with(findings=(replace(one, id="A/B"), replace(one, id="A B"), replace(one, id="a b")))

        assert len({place.lower() for place in Outline(alike).finding_places.values()}) == 3


class TestWorst:
    def test_is_the_worst_roll_up(self, july: Assessment) -> None:
        worst = Outline(july).worst

        assert worst is not None
        assert worst.measure == "CPM1"

    def test_is_nothing_in_an_empty_month(self, july_with: Callable[..., Assessment]) -> None:
        assert Outline(july_with(figures=(), history={}, findings=())).worst is None


class TestLinks:
    def test_lead_to_pages_where_measures_and_findings_have_them(self, july: Assessment) -> None:
        linked = Outline(july, Links(lambda measure: f"/{measure}", lambda finding: f"/{finding.id}"))

        assert linked.href("CPM1") == "/CPM1"
        assert linked.finding_href(july.findings[0]) == f"/{july.findings[0].id}"

    def test_lead_to_places_of_the_same_page_where_there_are_none(self, july: Assessment) -> None:
        plain = Outline(july)

        assert all(plain.href(measure) == f"#{place}" for measure, place in plain.places.items())
        assert plain.href("NO-SUCH") == ""
