"""What PM4Py does with the same log of events. It runs in an environment of its own: see setup.sh.

The log is in memory, sorted and named as PM4Py wants it before the time is taken, which favours PM4Py: the
product reads its files each time. Neither asks quite the same question. Declare's response template has no
time bound; the filter keeps devices of which some pair of events is near enough, not every duty in time.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pm4py  # type: ignore[import-not-found]
import pyarrow.parquet as pq
from pm4py.algo.conformance.declare import algorithm as conformance  # type: ignore[import-not-found]
from pm4py.algo.filtering.pandas.ltl import ltl_checker  # type: ignore[import-not-found]

Work = Callable[[], dict[str, int]]
TRIGGER, RESPONSE = "commissioned", "certificates_recycled"
BOUND = timedelta(days=7)


def log(folder: Path) -> Any:
    files = sorted((folder / "received").glob("device_events-*.parquet"))
    rows = pq.read_table(files, columns=["device_id", "activity", "at"]).to_pandas()
    named = {"device_id": "case:concept:name", "activity": "concept:name", "at": "time:timestamp"}
    rows = rows.rename(columns=named).sort_values(["case:concept:name", "time:timestamp"])
    formatted: pd.DataFrame = pm4py.format_dataframe(
        rows, case_id="case:concept:name", activity_key="concept:name", timestamp_key="time:timestamp"
    )
    return formatted


def declare(folder: Path) -> Work:
    """Check that every commissioning is responded to, however late."""
    rows = log(folder)
    model = {"response": {(TRIGGER, RESPONSE): {"support": 1.0, "confidence": 1.0}}}

    def work() -> dict[str, int]:
        checked = conformance.apply(rows, model)
        return {"cases": len(checked), "deviating": sum(not one["is_fit"] for one in checked)}

    return work


def eventually(folder: Path) -> Work:
    """Keep the devices where recycling eventually follows commissioning within the bound."""
    rows = log(folder)
    parameters = {
        ltl_checker.Parameters.ENABLE_TIMESTAMP: True,
        ltl_checker.Parameters.TIMESTAMP_DIFF_BOUNDARIES: [(0.0, BOUND.total_seconds())],
    }

    def work() -> dict[str, int]:
        kept = ltl_checker.eventually_follows(rows, [TRIGGER, RESPONSE], parameters=parameters)
        return {"cases": int(kept["case:concept:name"].nunique())}

    return work
