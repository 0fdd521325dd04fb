from pathlib import Path

import pytest
from pytest_django import Settings

from tallystick.parties.rulebooks import UnableToFind, rulebook_of


class TestRulebookOf:
    def test_is_read_once(self) -> None:
        assert rulebook_of("sec") is rulebook_of("sec")

    def test_is_refused_for_a_code_that_is_not_served(self, settings: Settings) -> None:
        settings.CODES = ["sec"]

        with pytest.raises(UnableToFind, match="No code 'incident_desk'"):
            rulebook_of("incident_desk")

    def test_is_refused_where_the_text_has_problems(self, settings: Settings, tmp_path: Path) -> None:
        settings.CODES, settings.RULEBOOKS = ["none"], tmp_path

        with pytest.raises(UnableToFind, match="missing"):
            rulebook_of("none")
