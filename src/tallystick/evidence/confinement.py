"""Limits that a process puts on itself before it opens what strangers sent.

After `confine` the process can open no file and no socket, see no network where the machine allows that,
and use only so much memory and work. What it needs must be imported and open before.
"""

import contextlib
import ctypes
import os
import resource
import signal

from tallystick.evidence.limits import Limits

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


def leave_network() -> bool:
    """Move to a network of our own with nothing in it, and tell whether the machine allowed it.

    To be called before any thread starts: without the right itself, only a process of one thread may
    take it by way of a user namespace.
    """
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return libc.unshare(CLONE_NEWNET) == 0 or libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0
    except (OSError, AttributeError):
        return False


def confine(limits: Limits, most_written: int) -> None:
    """Limit memory, work, what is written, and open files to those that are open."""
    _end_with_parent()
    _close_the_door()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_CPU, limits.seconds)
    _lower(resource.RLIMIT_FSIZE, most_written)
    _lower(resource.RLIMIT_AS, limits.memory)


def _lower(kind: int, wanted: int) -> None:
    """Set a limit for good, unless a tighter one stands."""
    _, hard = resource.getrlimit(kind)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (limit, limit))


def _close_the_door() -> None:
    """Let no further file or socket be opened: every number below the limit is taken."""
    last = max(int(number) for number in os.listdir("/dev/fd"))  # noqa: PTH208  numbers, not files
    filled = os.open(os.devnull, os.O_RDONLY)
    while filled < last:
        filled = os.open(os.devnull, os.O_RDONLY)
    resource.setrlimit(resource.RLIMIT_NOFILE, (filled + 1, filled + 1))


def _end_with_parent() -> None:
    """Be killed when the process that waits for us is, and gain no rights by running anything."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
