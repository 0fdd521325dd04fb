import datetime as dt

import pytest
from pytest_django import Settings

from tallystick.runs import installation


class TestRulebookOf:
    def test_is_read_once(self) -> None:
        assert installation.rulebook_of("sec") is installation.rulebook_of("sec")

    def test_is_refused_for_a_code_that_is_not_served(self, settings: Settings) -> None:
        settings.CODES = ["sec"]

        with pytest.raises(installation.UnableToFind, match="No code 'incident_desk'"):
            installation.rulebook_of("incident_desk")

    def test_is_refused_where_the_text_has_problems(self, settings: Settings) -> None:
        settings.CODES, settings.RULEBOOKS = ["none"], settings.HOME

        with pytest.raises(installation.UnableToFind, match="missing"):
            installation.rulebook_of("none")


class TestStreamOf:
    def test_finds_a_stream(self) -> None:
        assert installation.stream_of("sec", "alerts").key == "alerts"

    def test_refuses_one_that_is_not_there(self) -> None:
        with pytest.raises(installation.UnableToFind, match="No stream of sec"):
            installation.stream_of("sec", "alarms")


class TestKnown:
    def test_is_as_of_the_day(self) -> None:
        day = dt.date(2021, 8, 20)

        known = installation.known("sec", day)

        assert (known.known_on, known.rulebook.code.key) == (day, "sec")
        assert known.connection.con.sql("SELECT current_setting('threads')").fetchone() == (1,)
