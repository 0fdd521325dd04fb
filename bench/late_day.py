"""A restated day, against the whole month: `python -m bench.late_day FOLDER` prints the rounds as JSON.

Each round takes in another restatement of one day of both streams into a copy of the store, and then lets
the product answer twice for the month: with the sums and duties that it had kept, and with nothing kept.
"""

import datetime as dt
import os
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench import data
from bench.ours import BY_DAY, BY_MONTH, FINEST, Ours
from bench.worker import say
from tallystick.findings.grains import Grain, rolled_up

DAY = 14
ROUNDS = 5


def main() -> None:
    folder = Path(sys.argv[1])
    with TemporaryDirectory(dir=folder) as scratch:
        store = Path(scratch) / "store"
        # What a store holds is never changed in place, so that a copy may share it.
        shutil.copytree(folder / "store", store, copy_function=os.link)
        ours = Ours(store)
        kept = store / "partials" / "bench"
        answer_late(ours, kept)
        answer_whole(ours)
        made: dict[str, object] = {"late": [], "whole": []}
        rounds: dict[str, list[float]] = {"late": [], "whole": []}
        for number in range(1, ROUNDS + 1):
            restate(ours, folder, number, Path(scratch))
            for name in ("late", "whole") if number % 2 else ("whole", "late"):
                start = time.perf_counter()
                made[name] = answer_late(ours, kept) if name == "late" else answer_whole(ours)
                rounds[name].append(round(time.perf_counter() - start, 6))
            if made["late"] != made["whole"]:
                raise ValueError(f"kept sums give {made['late']}, all anew give {made['whole']}")
        say(rounds)


def restate(ours: Ours, folder: Path, number: int, scratch: Path) -> None:
    """Take in the day again, with some answers at other times than before."""
    made = data.Dataset(folder).made
    rows = int(made["service_requests_rows"])
    tables = {
        "service_requests": data.requests(DAY, rows // data.DAYS, restated=number),
        "device_events": data.of_day(data.events(rows // data.ROWS_AN_EVENT, restated=number), "at", DAY),
    }
    for stream, table in tables.items():
        file = scratch / f"{stream}-{number}.parquet"
        pq.write_table(table, file, compression="zstd")
        data.take_in(ours.store, table, stream, file, at=data.RECEIVED_AT + dt.timedelta(hours=number))


def answer_late(ours: Ours, kept: Path) -> dict[str, int]:
    """Answer for the grains that a restated day changes: the month's, and those of the day itself."""
    measured = ours.measured("ANSWERED", kept)
    month = rolled_up(measured, BY_MONTH)
    day = rolled_up(of_the_day(measured), (FINEST, *BY_DAY))
    return found(month, day, ours.measured("RECYCLED", kept))


def answer_whole(ours: Ours) -> dict[str, int]:
    """Answer for all twelve grains, from the evidence alone."""
    measured = ours.measured("ANSWERED")
    every = rolled_up(measured, (FINEST, *BY_DAY, *BY_MONTH))
    month = {grain: every[grain] for grain in BY_MONTH}
    day = {grain: of_the_day(every[grain]) for grain in (FINEST, *BY_DAY)}
    return found(month, day, ours.measured("RECYCLED"))


def of_the_day(table: pa.Table) -> pa.Table:
    return table.filter(pc.equal(table["day"], pa.scalar(data.days()[DAY], pa.date32())))


def found(month: dict[Grain, pa.Table], day: dict[Grain, pa.Table], duties: pa.Table) -> dict[str, int]:
    """Return what the changed grains add up to, and what the duties do."""
    return {
        f"{name} {column}": sum(pc.sum(one[column]).as_py() for one in tables)
        for name, tables in {"month": month.values(), "day": day.values(), "duties": [duties]}.items()
        for column in ("numerator", "denominator", "held")
    }


if __name__ == "__main__":
    main()
