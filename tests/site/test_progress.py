import io
import sys

import pytest

from tallystick.site.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestProgress:
    def test_shows_rows_speed_and_time_left_on_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)

        with Progress(quiet=False, label="sent.csv") as progress:
            progress.shown(1_000, 2_000)

        assert "sent.csv: 1,000 rows, " in terminal.getvalue()
        assert " left" in terminal.getvalue()

    @pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
    def test_is_silent_where_it_was_asked_to_be_or_nobody_looks(
        self, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO
    ) -> None:
        monkeypatch.setattr(sys, "stderr", stream)

        with Progress(quiet=stream.isatty(), label="sent.csv") as progress:
            progress.shown(1_000, None)

        assert stream.getvalue() == ""
