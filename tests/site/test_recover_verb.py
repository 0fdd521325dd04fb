from pathlib import Path

import pytest

from tallystick.journal import standing
from tallystick.journal.models import Log
from tests.journal.guards import tamper
from tests.journal.test_standing import cut
from tests.site.conftest import Tally
from tests.site.test_journal_verbs import keyed, tally

__all__ = ["keyed", "tally"]
pytestmark = pytest.mark.django_db


class TestRecover:
    def test_has_nothing_to_do_where_nothing_is_lost(self, keyed: Tally) -> None:
        assert "nothing to do" in keyed("recover").output

    def test_names_the_loss_and_goes_on(self, keyed: Tally, tmp_path: Path) -> None:
        keyed("journal", "checkpoint")
        cut(5)

        told = keyed("recover")
        done = keyed("recover", "--accept-loss")

        assert (told.exit_code, "--accept-loss" in told.output) == (1, True)
        assert "journal shorter than last signed checkpoint 5 < 7" in told.output
        assert (done.exit_code, "Entry 5 says so" in done.output) == (0, True)
        assert standing.problem(tmp_path) == ""

    def test_does_not_mend_what_is_damaged(self, keyed: Tally) -> None:
        tamper(Log, {}, root=bytes(32))

        result = keyed("recover", "--accept-loss")

        assert result.exit_code == 1
        assert "Restore a backup first" in result.output
