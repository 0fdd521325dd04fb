"""The finest grain with pandas and with Polars, from the files as they were received, reading included.

Nothing here is shared with the product. Only the columns that are needed are read; where days come from
arithmetic, it is because the clocks stood at UTC + 1 all June.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow.parquet as pq

from bench.limits import limits

Work = Callable[[], dict[str, int]]
LABELS = ["region", "party", "srv", "mode"]
TIMES = ["received_at", "answered_at"]
KEYS = ["day", "region", "party", "srv"]
SUMS = ["numerator", "denominator", "held"]
SUMMER_TIME_US, DAY_US = 3_600_000_000, 86_400_000_000


def files(folder: Path) -> list[Path]:
    return sorted((folder / "received").glob("service_requests-*.parquet"))


def with_pandas(folder: Path) -> Work:
    """Work as most would write it: read, merge, group."""
    most = pd.DataFrame(limits(), columns=["srv", "mode", "most"])
    return lambda: pandas_totals(pandas_finest(folder, most))


def with_tuned_pandas(folder: Path) -> Work:
    """Work as an expert would: text as categories, limits by their codes, days by arithmetic."""
    most = pd.Series({(kind, mode): limit for kind, mode, limit in limits()}, dtype="float64")
    return lambda: pandas_totals(tuned_pandas_finest(folder, most))


def pandas_finest(folder: Path, most: Any) -> Any:
    """Return the sums of each day, region, party and kind."""
    rows = pd.read_parquet(files(folder), columns=[*LABELS, *TIMES])
    rows = rows.merge(most, on=["srv", "mode"], how="left")
    rows["day"] = rows["received_at"].dt.tz_convert("Europe/London").dt.floor("D")
    taken = (rows["answered_at"] - rows["received_at"]) / pd.Timedelta(microseconds=1)
    rows["numerator"] = taken <= rows["most"]
    rows["denominator"] = rows["most"].notna()
    rows["held"] = rows["most"].isna()
    return rows.groupby(KEYS)[SUMS].sum()


def tuned_pandas_finest(folder: Path, most: Any) -> Any:
    """Return the same, faster."""
    table = pq.read_table(files(folder), columns=[*LABELS, *TIMES], read_dictionary=LABELS)
    rows = table.unify_dictionaries().to_pandas(self_destruct=True)
    kinds, modes = rows["srv"].cat, rows["mode"].cat
    limit_of = most.reindex(pd.MultiIndex.from_product([kinds.categories, modes.categories])).to_numpy()
    limit = pd.Series(limit_of[kinds.codes.astype("int64") * len(modes.categories) + modes.codes])
    received = rows["received_at"].astype("int64")
    taken = (rows["answered_at"] - rows["received_at"]) / pd.Timedelta(microseconds=1)
    counted = pd.DataFrame(
        {
            "day": ((received + SUMMER_TIME_US) // DAY_US).astype("int32"),
            **{name: rows[name] for name in ("region", "party", "srv")},
            "numerator": taken.le(limit),
            "denominator": limit.notna(),
            "held": limit.isna(),
        }
    )
    return counted.groupby(KEYS, observed=True, sort=False).sum()


def pandas_totals(grouped: Any) -> dict[str, int]:
    return {"rows": len(grouped), **{name: int(grouped[name].sum()) for name in SUMS}}


def with_polars(folder: Path) -> Work:
    most = polars_limits()

    def work() -> dict[str, int]:
        grouped = polars_finest(folder, most)
        return {"rows": grouped.height, **{name: int(grouped[name].sum()) for name in SUMS}}

    return work


def polars_limits() -> Any:
    rows = list(zip(*limits(), strict=True))
    return pl.DataFrame({"srv": rows[0], "mode": rows[1], "most": rows[2]}).lazy()


def polars_finest(folder: Path, most: Any) -> Any:
    """Return the sums of each day, region, party and kind."""
    taken = (pl.col("answered_at") - pl.col("received_at")).dt.total_microseconds()
    day = ((pl.col("received_at").dt.epoch("us") + SUMMER_TIME_US) // DAY_US).cast(pl.Int32)
    return (
        pl.scan_parquet(files(folder))
        .select(*LABELS, *TIMES)
        .join(most, on=["srv", "mode"], how="left")
        .group_by(day.alias("day"), "region", "party", "srv")
        .agg(
            numerator=(taken <= pl.col("most")).sum(),
            denominator=pl.col("most").count(),
            held=pl.col("most").null_count(),
        )
        .collect(engine="streaming")
    )
