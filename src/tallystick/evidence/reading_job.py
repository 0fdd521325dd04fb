"""What the reading process does: open the file for its rows, and sort them."""

from dataclasses import asdict
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.acero

from tallystick.evidence import second_count
from tallystick.evidence.blocks import Source
from tallystick.evidence.csv_rows import CsvSource
from tallystick.evidence.event_logs import LogSource, csv_events, needed_attributes, xes_events
from tallystick.evidence.plan import Plan
from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.sieve import Places, Progress, read_source
from tallystick.evidence.xlsx_rows import XlsxSource


def make_ready(plan: Plan) -> None:
    """Load the time zone and the encodings while files can still be opened."""
    second_count.make_ready(plan)
    ZoneInfo(plan.time_zone)
    pa.enable_signal_handlers(False)  # they would open a pipe for each call


def run(plan: Plan, files: dict[str, BinaryIO], progress: Progress) -> dict[str, Any]:
    """Read the file into its places.

    :raises UnableToRead: if it has to be refused as a whole
    """
    source = opened(files["source"], plan)
    places = Places(**{name: file for name, file in files.items() if name != "source"})
    sieved = read_source(source, plan, places, progress)
    return {
        **asdict(sieved),
        "counted": source.counted if isinstance(source, XlsxSource) else None,
        "notes": source.notes,
    }


def opened(file: BinaryIO, plan: Plan) -> Source:
    """Return the source of a file's format; a log, where the stream is made of events, gives its cases."""
    log = plan.log
    if plan.format == "xlsx":
        return XlsxSource(file, plan)
    if plan.format.startswith("xes"):
        if log is None:
            raise UnableToRead(f"{plan.stream} is not made of events. Send its rows as .csv or .xlsx.")
        return LogSource(xes_events(file, plan, log), plan, log, [])
    source = CsvSource(file, plan, needed=needed_attributes(log) if log else ())
    if log is not None and source.is_log:
        return LogSource(csv_events(source, log), plan, log, source.notes)
    return source
