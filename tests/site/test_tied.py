import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tallystick.site import tied

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux does it")
# A parent that starts a tied child which notes its number, and then waits.
PARENT = """
import subprocess, sys, time
from tallystick.site import tied
child = "import os, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
words = [sys.executable, "-c", "import sys; " + child, sys.argv[1]]
subprocess.Popen(tied.command(words), start_new_session=True)
time.sleep(60)
"""


def waits_until(is_so: object) -> bool:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if is_so():  # type: ignore[operator]  # a function
            return True
        time.sleep(0.05)
    return False


def is_running(number: str) -> bool:
    """Tell whether a process is there and has not merely not been buried yet."""
    try:
        state = Path("/proc", number, "stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class TestTie:
    def test_ends_a_child_whose_parent_was_killed(self, tmp_path: Path) -> None:
        file = tmp_path / "child"
        with subprocess.Popen([sys.executable, "-c", PARENT, str(file)]) as parent:  # noqa: S603 - our own words
            assert waits_until(lambda: file.exists() and file.read_text())
            child = file.read_text()
            assert is_running(child)

            parent.send_signal(signal.SIGKILL)

        assert waits_until(lambda: not is_running(child))

    def test_ends_at_once_where_the_parent_has_gone_already(self) -> None:
        said = [sys.executable, "-m", "tallystick.site.tied", "1", sys.executable, "-c", "print('here')"]

        done = subprocess.run(said, capture_output=True, text=True, check=False)  # noqa: S603 - our own words

        assert (done.returncode, done.stdout) == (1, "")


class TestCommand:
    def test_names_the_process_to_be_tied_to(self) -> None:
        assert tied.command(["sleep", "9"])[-3:] == [str(os.getpid()), "sleep", "9"]

    def test_is_the_bare_one_elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "darwin")

        assert tied.command(["sleep", "9"]) == ["sleep", "9"]
