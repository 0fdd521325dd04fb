from pathlib import Path

import click
import pytest
from django.conf import settings
from django.db.utils import OperationalError

from tallystick.journal import standing
from tallystick.site.installed import installation, may_write


class TestInstallation:
    def test_says_what_to_do_where_the_database_is_not_ready(self) -> None:
        with pytest.raises(click.ClickException, match="tally upgrade"), installation(Path(settings.HOME)):
            raise OperationalError("no such table: parties_person")


class TestMayWrite:
    def test_refuses_where_the_journal_is_not_what_was_signed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(standing, "problem", lambda _: "journal shorter than last signed checkpoint")

        with pytest.raises(click.ClickException, match="Read-only: journal shorter"):
            may_write()

    def test_lets_pass_where_all_is_well(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(standing, "problem", lambda _: "")

        may_write()
