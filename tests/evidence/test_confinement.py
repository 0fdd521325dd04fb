import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path("src").absolute()
BEGIN = f"""
import sys; sys.path.insert(0, {str(SOURCE)!r})
import os, socket
from tallystick.evidence.confinement import confine, leave_network
from tallystick.evidence.limits import Limits
apart = leave_network()
kept = open({str(SOURCE / "tallystick" / "__init__.py")!r})
extra = os.dup(0); os.dup2(0, 40); os.close(extra)
confine(Limits(memory=1 << 30, seconds=1), 1000)
"""


def confined(then: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-I", "-c", BEGIN + then],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


class TestConfine:
    @pytest.mark.parametrize(
        "act", ["open('/dev/null')", "socket.socket()", "os.pipe()", "os.fork() and open('/etc/passwd')"]
    )
    def test_lets_nothing_more_be_opened(self, act: str) -> None:
        assert "Too many open files" in confined(act).stderr

    def test_leaves_open_what_is_open(self) -> None:
        assert confined("print(len(kept.read()) > 0)").stdout == "True\n"

    def test_bounds_memory(self) -> None:
        assert "MemoryError" in confined("bytearray(1 << 31)").stderr

    def test_bounds_work(self) -> None:
        assert confined("while True: pass").returncode < 0


class TestLeaveNetwork:
    def test_says_whether_it_was_allowed(self) -> None:
        assert confined("print(apart in (True, False))").stdout == "True\n"
