import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tallystick.site import supervising
from tallystick.site.supervising import Restarts, Supervisor, UnableToServe

FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]
AT_ONCE = [sys.executable, "-c", ""]


def notes(file: Path, then: str) -> list[str]:
    """Return a process that notes its number in a file, and then does something."""
    return [
        *(sys.executable, "-c"),
        f"import os, time; open({str(file)!r}, 'a').write(f'{{os.getpid()}}\\n'); {then}",
    ]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "LOOK_EVERY", 0.02)


@pytest.fixture(autouse=True)
def _signals() -> object:
    """Give the signals back to whoever had them."""
    kept = {kind: signal.getsignal(kind) for kind in (signal.SIGINT, signal.SIGTERM)}
    yield None
    for kind, handler in kept.items():
        signal.signal(kind, handler)


def told_to_end_when(is_time: Callable[[], bool]) -> threading.Thread:
    def wait() -> None:
        until = time.monotonic() + 20
        while not is_time() and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def is_running(number: str) -> bool:
    return Path("/proc", number).exists()


def is_alive(number: str) -> bool:
    """Tell whether a process is there and before long still is; one that was killed may wait to be buried."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            if Path("/proc", number, "stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except FileNotFoundError:
            return False
        time.sleep(0.05)
    return True


class TestSupervisor:
    def test_ends_both_when_it_is_told_to_end(self, tmp_path: Path) -> None:
        pages, worker = tmp_path / "pages", tmp_path / "worker"
        thread = told_to_end_when(lambda: bool(lines(pages) and lines(worker)))

        Supervisor(notes(pages, "time.sleep(60)"), notes(worker, "time.sleep(60)")).run()

        thread.join()
        assert [is_running(one) for one in (*lines(pages), *lines(worker))] == [False, False]

    def test_starts_a_worker_again_that_died(self, tmp_path: Path) -> None:
        worker = tmp_path / "worker"
        once = f"time.sleep(60 if len(open({str(worker)!r}).readlines()) > 1 else 0)"
        thread = told_to_end_when(lambda: len(lines(worker)) > 1)

        Supervisor(FOREVER, notes(worker, once)).run()

        thread.join()
        assert len(lines(worker)) == 2

    def test_gives_up_where_the_worker_ends_again_and_again(self, tmp_path: Path) -> None:
        worker = tmp_path / "worker"

        with pytest.raises(UnableToServe, match="within a minute"):
            Supervisor(FOREVER, notes(worker, "")).run()

        assert len(lines(worker)) == supervising.MOST_RESTARTS + 1

    def test_ends_the_worker_where_no_pages_are_answered(self, tmp_path: Path) -> None:
        worker = tmp_path / "worker"

        with pytest.raises(UnableToServe, match="has ended"):
            Supervisor(AT_ONCE, notes(worker, "time.sleep(60)")).run()

        assert not any(is_running(one) for one in lines(worker))

    def test_kills_what_its_children_left_behind(self, tmp_path: Path) -> None:
        left = tmp_path / "left"
        starts = f"import subprocess; subprocess.Popen({notes(left, 'time.sleep(60)')!r})"
        dies = [sys.executable, "-c", f"{starts}; import time; time.sleep(1)"]

        with pytest.raises(UnableToServe, match="has ended"):
            Supervisor(dies, FOREVER).run()

        assert lines(left)
        assert not is_alive(lines(left)[0])

    def test_kills_what_does_not_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(supervising, "PATIENCE", 0.1)
        deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        worker = tmp_path / "worker"
        command = notes(worker, "time.sleep(60)")
        command[-1] = deaf + command[-1]
        thread = told_to_end_when(lambda: bool(lines(worker)))

        Supervisor(FOREVER, command).run()

        thread.join()
        assert not is_running(lines(worker)[0])


class TestRestarts:
    def test_are_allowed_five_times_a_minute(self) -> None:
        restarts = Restarts()

        assert [restarts.may_start(second) for second in range(6)] == [True] * 5 + [False]

    def test_are_forgotten_after_a_minute(self) -> None:
        restarts = Restarts()
        for second in range(5):
            restarts.may_start(second)

        assert restarts.may_start(64.5)


class TestCommands:
    def test_are_bounded_and_keep_no_log_of_who_read_what(self) -> None:
        command = supervising.pages_command("127.0.0.1", 8123)

        assert "--no-access-log" in command
        assert command[command.index("--blocking-threads") + 1] == str(supervising.THREADS)

    def test_name_the_home_of_the_worker(self) -> None:
        said = subprocess.run(  # noqa: S603 - our own command
            [*supervising.worker_command(Path("here"))[:3], "work", "--help"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout

        assert "--home" in said
        assert "--parent" in said
