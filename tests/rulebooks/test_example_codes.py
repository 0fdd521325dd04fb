"""The two example codes: what they state about the logs they read."""

from functools import cache
from pathlib import Path

import pytest

from tallystick.rulebook.load import load
from tallystick.rulebook.measures import ShareWithin
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.streams import EventLog

EXAMPLES = Path(__file__).parents[2] / "rulebooks" / "examples"
CODES = [("incident_desk", "incidents"), ("permits", "applications")]


@cache
def code(name: str) -> Rulebook:
    loaded = load(EXAMPLES / name)
    assert loaded.rulebook is not None, loaded.problems
    return loaded.rulebook


def log_of(name: str, stream: str) -> EventLog:
    log = code(name).streams[stream].event_log
    assert log is not None
    return log


@pytest.mark.parametrize(("name", "stream"), CODES)
class TestAnExampleCode:
    def test_fills_every_column_from_the_log(self, name: str, stream: str) -> None:
        assert set(log_of(name, stream).takes) == set(code(name).streams[stream].columns)

    def test_takes_each_instant_of_an_event_from_the_first_or_the_last(self, name: str, stream: str) -> None:
        log = log_of(name, stream)
        edges = {take.of for take in log.takes.values() if take.attribute == log.at}

        assert edges <= {"first", "last"}
        assert edges

    def test_says_what_opens_closes_and_leaves_a_case_unfinished(self, name: str, stream: str) -> None:
        told = log_of(name, stream).note
        page = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")

        assert all(word in told for word in ("opens", "unfinished"))
        assert all(word in page for word in ("unfinished", "first", "last", "invented"))


@pytest.mark.parametrize("name", [name for name, _ in CODES])
class TestInventedValues:
    def test_are_marked_in_every_level_and_limit(self, name: str) -> None:
        levels = [level for one in code(name).levels.values() for level in one.values.values()]
        limits = [value for one in code(name).parameters.values() for value in one.values.values()]

        assert {(one.source, one.verified) for one in (*levels, *limits)} == {("assumed", False)}


class TestTheIncidentDesk:
    def test_counts_an_incident_resolved_by_its_last_resolution(self) -> None:
        take = log_of("incident_desk", "incidents").takes["resolved_at"]

        assert take.of == "last"
        assert take.where["lifecycle:transition"] == ("Resolved", "In Call")

    def test_has_a_target_for_each_impact(self) -> None:
        desk = code("incident_desk")
        parts = {one.key for one in desk.parts_of("RESOLVED")}

        assert parts == {f"RESOLVED-{impact}" for impact in ("MAJOR", "HIGH", "MEDIUM", "LOW")}
        assert parts < set(desk.levels)


class TestPermits:
    def test_counts_a_decision_against_the_deadline_of_the_case(self) -> None:
        permits = code("permits")
        takes = log_of("permits", "applications").takes

        assert takes["deadline_at"].attribute == "case:deadline"
        decided = permits.measures["DECIDED"]
        assert isinstance(decided, ShareWithin)
        assert (decided.from_, decided.to) == ("deadline_at", "ended_at")

    def test_read_a_group_that_is_empty_in_words_as_an_empty_cell(self) -> None:
        assert log_of("permits", "applications").takes["first_group"].empty == ("EMPTY",)
