from pathlib import Path

import click
import pytest
from django.conf import settings
from django.db.utils import OperationalError

from tallystick.site.installed import installation


class TestInstallation:
    def test_says_what_to_do_where_the_database_is_not_ready(self) -> None:
        with pytest.raises(click.ClickException, match="tally upgrade"), installation(Path(settings.HOME)):
            raise OperationalError("no such table: parties_person")
