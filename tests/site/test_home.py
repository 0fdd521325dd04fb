import os
from pathlib import Path

import click
import pytest
from django.conf import settings

from tallystick.site import home


class TestEnter:
    def test_is_at_home_where_it_was_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(home.HOME, str(settings.HOME))

        assert home.enter(settings.HOME) == settings.HOME

    def test_is_refused_in_a_second_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(home.HOME, os.environ[home.HOME])

        with pytest.raises(click.ClickException, match="is at home in"):
            home.enter(tmp_path)
