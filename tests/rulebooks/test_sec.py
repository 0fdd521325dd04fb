"""What the rulebook of the Smart Energy Code states, compared with its sources."""

import datetime as dt
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import holidays
import pytest

from tallystick.rulebook.load import load
from tallystick.rulebook.measures import Reported, RollUp
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.text import Text

FOLDER = Path(__file__).parents[2] / "rulebooks" / "sec"
YEARS = range(2012, 2031)
SATURDAY = 5

CONTRACT = {
    "service_requests": "request_id srv mode party region received_at execute_at forwarded_at answered_at"
    " delivered_at outcome",
    "firmware_payloads": "payload_id provider category requested_at completed_at",
    "han_commands": "command_id provider category received_at delivered_at",
    "round_trips": "test_id provider kind sent_at returned_at",
    "alerts": "alert_id provider party kind raised_at delivered_at hubs",
    "anomalies": "anomaly_id detected_at notified_at party incident_id",
    "incidents": "incident_id category responsible provider device_kind raised_at responded_at resolved_at"
    " resolution change_id status",
    "rdp_incidents": "incident_id rdp kind opened_at resolved_at status",
    "outages": "outage_id service provider from_at to_at planned agreed_by change_id",
    "certificate_requests": "csr_id party requested_at issued_at",
    "repository_requests": "request_id requested_at delivered_at",
    "hub_installs": "install_id hub_id party region area variant installed_at connected_at outcome",
    "coverage": "area from_on region required_variant covered until_on",
    "device_events": "event_id device_id hub_id device_kind provider party activity at",
    "inventory": "device_id from_at mpxn device_kind party model firmware status until_at",
    "certified_products": "model firmware from_on until_on",
    "forecasts": "party service month forecast",
    "hub_deliveries": "order_id region due_on delivered_on quantity rejected reason",
    "hub_returns": "hub_id activity at party region fault",
    "reported": "report measure provider group period numerator denominator share opened resolved"
    " open_at_end status commentary",
    "exceptions": "stream row_key reason approved_by until_on",
}
CLAUSES = """
    H13.4 H13.1 L8.6 F9.15 F7.21 L8.9 L8.9(a) H3.24 H3.22 L8.7 L8.8 L10 G3 G4 G5 G6 G3.26 G3.27 G3.28
    C8.11 C8.12 C8.13 D11.1 D11.3 H8.16 H9.1 H9.1(a) H9.1(b) H9.1(c) H9.1(d) H8.3 H8.4 C6.10 D8 F1.4
    H5.6 H6.12 H5.6-H6.12 H3.17 H9.2 H9.3 H9.4 H9.5 H9.6 H9.7 H9.8 H9.9
"""
APPENDICES = ("Appendix E", "Appendix I", "Appendix L", "Appendix AC", "Appendix AD", "Appendix AG")
WITHOUT_A_LEVEL = {
    *("CSPN-PM6.3", "CSPN-PM7.1", "CSPN-PM7.4", "SIE-PM1.2", "CAP-PM4.1"),
    *("INC-RAISED", "INC-MAJOR", "MNT-PLANNED", "RDP-ROLL"),
    *("SUCCESS-COS", "SUCCESS-READS", "SUCCESS-TARIFF", "SUCCESS-VOLTAGE", "SUCCESS-COMMISSION"),
}


@cache
def sec() -> Rulebook:
    rulebook = load(FOLDER).rulebook
    assert rulebook is not None, load(FOLDER).problems
    return rulebook


def due(obligation: str, period: str) -> dt.date | None:
    return sec().due_on(sec().obligations[obligation], Span.parse(period))


def sources() -> list[tuple[str, str]]:
    """Return every source that any file names, with the file."""
    found: list[tuple[str, str]] = []
    for file in sorted(FOLDER.glob("*/*.yaml")):
        if file.parent.name != "examples":
            found += [(str(file.relative_to(FOLDER)), one) for one in _sources_in(Text(file).value)]
    return found


def _sources_in(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for inner in value for one in _sources_in(inner)]
    if not isinstance(value, dict):
        return []
    own = [value["source"]] if "source" in value else []
    return own + [one for inner in value.values() for one in _sources_in(inner)]


class TestTheRulebook:
    def test_loads_without_a_problem(self) -> None:
        assert load(FOLDER).problems == ()

    def test_names_only_sources_that_its_heading_explains(self) -> None:
        known = sec().code.sources

        assert [(file, source) for file, source in sources() if source not in known] == []

    def test_lists_the_clauses_of_the_reports_and_of_the_eight_areas(self) -> None:
        assert [one for one in (*CLAUSES.split(), *APPENDICES, "Section F") if one not in sec().clauses] == []

    def test_says_that_a_range_of_clauses_stands_at_both_its_ends(self) -> None:
        ends = (sec().clauses["H5.6"], sec().clauses["H6.12"])

        assert all("H5.6-H6.12" in one.note for one in ends)

    @pytest.mark.parametrize("clause", ["H3.22", "H8.3", "H8.4", "L8.7", "L8.8"])
    def test_marks_a_clause_that_no_source_shows_as_recalled(self, clause: str) -> None:
        assert not sec().clauses[clause].verified


class TestStreams:
    def test_are_those_of_the_data_contract_with_its_columns(self) -> None:
        stated = {key: set(stream.columns) for key, stream in sec().streams.items()}

        assert stated == {key: set(columns.split()) for key, columns in CONTRACT.items()}

    def test_name_the_party_where_a_party_sends_them(self) -> None:
        named = {key for key, stream in sec().streams.items() if stream.party == "party"}

        assert named == {"hub_installs", "hub_returns", "forecasts"}

    @pytest.mark.parametrize(
        ("stream", "replaces"),
        [
            ("service_requests", ("day",)),
            ("device_events", ("day",)),
            ("alerts", ("provider", "day")),
            ("round_trips", ("provider", "day")),
            ("hub_installs", ("party", "day")),
            ("hub_returns", ("party", "day")),
        ],
    )
    def test_are_replaced_by_the_day_of_their_sender(self, stream: str, replaces: tuple[str, ...]) -> None:
        assert sec().streams[stream].replaces == replaces

    @pytest.mark.parametrize("stream", ["incidents", "outages", "inventory", "reported", "exceptions"])
    def test_are_replaced_row_by_row_where_rows_change_later(self, stream: str) -> None:
        assert sec().streams[stream].upsert == "key"

    def test_hold_a_part_larger_than_its_whole(self) -> None:
        held = {
            key: [hold.at_most for hold in one.holds if hold.at_most] for key, one in sec().streams.items()
        }

        assert held["hub_deliveries"] == [("rejected", "quantity")]
        assert held["reported"] == [("numerator", "denominator")]


class TestCalendars:
    @pytest.mark.parametrize(("calendar", "jurisdiction"), [("england_wales", "ENG"), ("scotland", "SCT")])
    def test_have_the_days_off_that_the_library_knows(self, calendar: str, jurisdiction: str) -> None:
        known = holidays.country_holidays("GB", subdiv=jurisdiction, years=YEARS, expand=False)
        weekdays = {day for day in known if day.weekday() < SATURDAY}

        assert sec().calendar(calendar).days_off == weekdays

    def test_both_is_closed_when_either_is(self) -> None:
        both, parts = sec().calendar("both"), [sec().calendar(key) for key in ("england_wales", "scotland")]

        assert both.days_off == parts[0].days_off | parts[1].days_off
        assert not both.is_working(dt.date(2021, 8, 30))
        assert not both.is_working(dt.date(2021, 8, 2))

    def test_the_code_counts_england_and_wales(self) -> None:
        assert sec().code.calendar == "england_wales"
        assert sec().calendar().is_working(dt.date(2021, 8, 2))

    @pytest.mark.parametrize(
        ("start", "count", "inclusive", "end"),
        [
            (dt.date(2015, 11, 26), 15, False, dt.date(2015, 12, 17)),
            (dt.date(2020, 6, 12), 15, False, dt.date(2020, 7, 3)),
            (dt.date(2012, 12, 13), 15, True, dt.date(2013, 1, 7)),
            (dt.date(2012, 12, 13), 15, False, dt.date(2013, 1, 8)),
            (dt.date(2020, 3, 30), 10, False, dt.date(2020, 4, 15)),
        ],
    )
    def test_count_as_published_deadlines_were_counted(
        self, start: dt.date, count: int, end: dt.date, *, inclusive: bool
    ) -> None:
        assert sec().calendar().after(start, count, inclusive=inclusive) == end

    @pytest.mark.parametrize(
        ("meeting", "paper"),
        [
            (dt.date(2018, 10, 12), dt.date(2018, 10, 5)),
            (dt.date(2019, 5, 16), dt.date(2019, 5, 9)),
        ],
    )
    def test_put_paper_day_five_working_days_before_the_meeting(
        self, meeting: dt.date, paper: dt.date
    ) -> None:
        assert sec().calendar().before(meeting, 5) == paper


class TestReportsOwed:
    @pytest.mark.parametrize(
        ("obligation", "period", "day"),
        [
            ("RPT-PMR", "2018-07", dt.date(2018, 9, 5)),
            ("RPT-PMR", "2021-07", dt.date(2021, 9, 6)),
            ("RPT-CSR", "2018-08", dt.date(2018, 9, 14)),
            ("RPT-SRV", "2018-08", dt.date(2018, 9, 14)),
            ("RPT-CSR", "2021-08", dt.date(2021, 9, 14)),
            ("RPT-SRV", "2021-08", dt.date(2021, 9, 14)),
            ("FCT-SR", "2021-Q3", dt.date(2021, 7, 21)),
            ("FCT-CSR", "2021-Q1", dt.date(2021, 1, 22)),
            ("BUD-1", "2021", dt.date(2021, 1, 31)),
            ("MNT-2", "2021-09", dt.date(2021, 8, 3)),
        ],
    )
    def test_fall_due_on_the_day_counted_by_hand(self, obligation: str, period: str, day: dt.date) -> None:
        assert due(obligation, period) == day

    def test_received_on_the_seventeenth_is_one_working_day_late(self) -> None:
        day = due("RPT-CSR", "2018-08")

        assert day is not None
        assert sec().calendar().between(day, dt.date(2018, 9, 17)) == 1

    @pytest.mark.parametrize("obligation", ["RPT-CHR", "RPT-RDP", "RPT-PRB", "RPT-NEP"])
    def test_have_no_date_where_the_code_sets_none(self, obligation: str) -> None:
        assert due(obligation, "2018-Q3") is None

    def test_are_seven_and_two_forecasts(self) -> None:
        owed = [one.key for one in sec().reports() if one.kind == "report"]
        forecasts = [one.key for one in sec().reports() if one.kind == "forecast"]

        assert sorted(owed) == [f"RPT-{name}" for name in ("CHR", "CSR", "NEP", "PMR", "PRB", "RDP", "SRV")]
        assert sorted(forecasts) == ["FCT-CSR", "FCT-SR"]

    def test_the_network_enhancement_report_has_ended(self) -> None:
        assert sec().obligations["RPT-NEP"].until == dt.date(2021, 1, 1)

    @pytest.mark.parametrize("forecast", ["FCT-SR", "FCT-CSR"])
    def test_forecasts_are_owed_and_not_pursued_from_january_2021(self, forecast: str) -> None:
        obligation = sec().obligations[forecast]

        assert obligation.enforced_on(dt.date(2020, 12, 31))
        assert not obligation.enforced_on(dt.date(2021, 1, 1))
        assert obligation.until is None


class TestMeasures:
    @pytest.mark.parametrize(
        ("measure", "target", "minimum"),
        [
            ("CPM1", "99", "96"),
            ("CPM2", "99", "96"),
            ("CPM3", "99", "96"),
            ("CPM4", "100", "85"),
            ("CPM5", "90", "80"),
            ("CPM6", "99.5", "98"),
            ("CPM7", "99", "96"),
            ("CPM8", "99", "96"),
            ("CSPN-PM2", "99", "96"),
            ("AREA-B", "97", "92"),
            ("AREA-A", "100", "100"),
        ],
    )
    def test_have_levels_that_nobody_has_confirmed(self, measure: str, target: str, minimum: str) -> None:
        level = sec().level_on(measure, dt.date(2021, 7, 31))

        assert level is not None
        assert (level.target, level.minimum) == (Decimal(target), Decimal(minimum))
        assert not level.verified

    def test_without_a_level_are_those_whose_level_nobody_knows(self) -> None:
        assert set(sec().measures) - set(sec().levels) == WITHOUT_A_LEVEL

    @pytest.mark.parametrize(
        ("roll_up", "parts"),
        [
            (
                "CPM1",
                "DSP-PM1.1 DSP-PM1.4 CSPN-PM2 CSPC-PM2 CSPS-PM2 CSPN-PM4.3 CSPC-PM4.3 CSPS-PM4.3",
            ),
            (
                "CPM2",
                (
                    "DSP-PM1.2 DSP-PM1.3 CSPN-PM3.1 CSPC-PM3.1 CSPS-PM3.1 CSPN-PM4.1 CSPC-PM4.1 CSPS-PM4.1"
                    " CSPN-PM4.2 CSPC-PM4.2 CSPS-PM4.2"
                ),
            ),
            ("CPM3", "DSP-ALERTS CSPN-ALERTS CSPC-ALERTS CSPS-ALERTS"),
        ],
    )
    def test_roll_up_from_the_provider_measures_of_the_methodology(self, roll_up: str, parts: str) -> None:
        assert isinstance(sec().measures[roll_up], RollUp)
        assert {one.key for one in sec().parts_of(roll_up)} == set(parts.split())

    def test_with_service_credits_outside_the_report_are_the_five_of_july_2021(self) -> None:
        outside = {key for key, one in sec().measures.items() if one.service_credit and not one.reportable}

        assert outside == {"CSPN-PM6.3", "CSPN-PM7.1", "CSPN-PM7.4", "SIE-PM1.2", "CAP-PM4.1"}

    def test_of_one_number_are_told_apart_by_their_provider(self) -> None:
        titles = {one.provider: one.title for one in sec().measures.values() if one.number == "1.1"}

        assert set(titles) == {"DSP", "S1SP-DXC", "CSPC", "CSPS"}
        assert len(set(titles.values())) == len(titles)

    @pytest.mark.parametrize("area", "abcdefgh")
    def test_test_each_of_the_eight_areas(self, area: str) -> None:
        duties = {key for key, one in sec().obligations.items() if one.area == area}

        assert duties == {f"OBL-AREA-{area.upper()}"}
        assert any(one.obligation in duties for one in sec().measures.values())

    @pytest.mark.parametrize(
        ("parameter", "key", "value", "verified"),
        [
            ("rtt2", {}, "22", True),
            ("rtt3", {}, "2", True),
            ("rtt4", {}, "25", True),
            ("anomaly_notice", {}, "30", True),
            ("outage_alert", {}, "3", True),
            ("connect_days", {}, "90", True),
            ("rdp_ageing", {}, "30", True),
            ("trt_firmware", {}, "120", False),
            ("hub_return", {}, "30", False),
            ("trt", {"srv": "4.8.1", "mode": "scheduled"}, "86400", False),
            ("trt", {"srv": "6.23", "mode": "on_demand"}, "30", False),
            ("incident_resolution", {"category": "1"}, "4", False),
            ("incident_response", {"category": "5"}, "1440", False),
            ("maintenance_hours", {}, "6", False),
            ("maintenance_notice", {}, "20", False),
        ],
    )
    def test_are_limited_by_values_confirmed_only_where_a_source_states_them(
        self, parameter: str, key: dict[str, str], value: str, *, verified: bool
    ) -> None:
        stated = sec().parameters[parameter].value_on(dt.date(2021, 7, 31))
        found = [one.value for one in stated.entries if one.key == key] if key else [stated.value]

        assert found == [Decimal(value)]
        assert stated.verified is verified

    @pytest.mark.parametrize("mode", ["on_demand", "future_dated", "scheduled"])
    def test_hold_a_service_that_has_no_target_response_time(self, mode: str) -> None:
        entries = sec().parameters["trt"].value_on(dt.date(2021, 7, 31)).entries

        assert {"srv": "99.9", "mode": mode} not in [one.key for one in entries]


class TestFiguresComputedElsewhere:
    def test_are_reported_in_the_performance_measurement_report(self) -> None:
        elsewhere = [one for one in sec().measures.values() if isinstance(one, Reported)]

        assert {one.report for one in elsewhere} == {"RPT-PMR"}
        assert "S1SP-DXC-PM1.1" in {one.key for one in elsewhere}
