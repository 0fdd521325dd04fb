"""`python -m tallystick.site.tied PARENT …`: a command that ends when its parent does, however that ends.

On Linux the kernel sends a process SIGTERM when its parent has gone, if it asked for that. It is asked in the
process that then becomes the command, so that nothing of ours runs between a fork and it.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def command(words: list[str]) -> list[str]:
    """Return the command that runs another, tied to this process; other than on Linux, the other itself."""
    if sys.platform != "linux":
        return words
    return [sys.executable, "-m", "tallystick.site.tied", str(os.getpid()), *words]


def tie(parent: int) -> None:
    """Ask for the end of this process at the end of its parent.

    :raises SystemExit: if the parent has gone already
    """
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        raise SystemExit(1)


def main(words: list[str]) -> None:
    """Tie this process to its parent, then become the command."""
    tie(int(words[0]))
    os.execvp(words[1], words[1:])  # noqa: S606 - the supervisor's own words


if __name__ == "__main__":
    main(sys.argv[1:])
