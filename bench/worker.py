"""One contender in a process of its own, so that none lives on another's memory.

`python -m bench.worker MODULE:NAME FOLDER` makes ready and says so; for every line it is sent it works once
and answers with the seconds and what it found; at the end it says how much memory it took at most.
Standard library only: peers run it in environments of their own.
"""

import gc
import importlib
import json
import resource
import sys
import time
from collections.abc import Mapping
from pathlib import Path

KIBIBYTE = 1024


def main() -> None:
    named, folder = sys.argv[1:]
    module, _, name = named.partition(":")
    work = getattr(importlib.import_module(module), name)(Path(folder))
    say({"ready": named})
    for _ in sys.stdin:
        gc.collect()
        start = time.perf_counter()
        found = work()
        seconds = time.perf_counter() - start
        say({"seconds": round(seconds, 6), "found": found})
    say({"peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE})


def say(what: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(dict(what)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
