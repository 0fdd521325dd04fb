import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.site.conftest import Tally

TALLY = [sys.executable, "-m", "tallystick.site"]
FETCH = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=5).status)"
SETTINGS = {"DJANGO_SETTINGS_MODULE", "TALLY_HOME", "TALLY_SECRET"}
SURROUNDINGS = {name: value for name, value in os.environ.items() if name not in SETTINGS}


@pytest.fixture
def port(socket_enabled: None) -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        number: int = trial.getsockname()[1]
    return number


@contextlib.contextmanager
def served(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [*TALLY, "serve", "--home", str(home), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=SURROUNDINGS) as process:  # noqa: S603
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def status(address: str) -> str:
    """Return what a page answers, waiting until somebody does."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", FETCH, address], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return done.stdout.strip()
        time.sleep(0.3)
    return "nobody"


def is_free(port: int) -> bool:
    """Tell whether a port can be had again before long."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                trial.bind(("127.0.0.1", port))
                return True
        time.sleep(0.2)
    return False


class TestServe:
    def test_makes_a_home_answers_pages_and_ends_when_told(self, tmp_path: Path, port: int) -> None:
        with served(tmp_path / "home", port) as process:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            found = status(address)

        assert (address, found) == (f"http://localhost:{port}", "200")
        assert process.returncode == 0
        assert (tmp_path / "home" / "tally.sqlite3").exists() == (connection.vendor == "sqlite")

    def test_leaves_nobody_behind_when_it_is_killed(self, tmp_path: Path, port: int) -> None:
        with served(tmp_path / "home", port) as process:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert status(address) == "200"
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()

            process.send_signal(signal.SIGKILL)

            assert len(children) == 2
            assert is_free(port)

    @pytest.mark.usefixtures("socket_enabled")
    def test_says_that_the_list_of_leaked_passwords_cannot_be_read(self, tmp_path: Path, port: int) -> None:
        done = subprocess.run(  # noqa: S603 - our own command
            [*TALLY, "serve", "--home", str(tmp_path / "home"), "--port", str(port)],
            env={**SURROUNDINGS, "TALLY_LEAKED_PASSWORDS": str(tmp_path / "none.txt")},
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 1
        assert "list of leaked passwords" in done.stderr

    @pytest.mark.usefixtures("socket_enabled")
    def test_says_that_a_port_is_taken(self, run: Tally, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            result = run("serve", "--home", str(tmp_path), "--port", str(taken.getsockname()[1]))

        assert result.exit_code == 1
        assert "Choose another with --port" in result.output
