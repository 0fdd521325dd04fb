"""The same questions as SQL written by hand for DuckDB. Nothing here is shared with the product.

Twelve grains are added up from the finest in steps, each from the smallest table that has what it needs:
measured at 10 million rows that takes two thirds of the time of GROUPING SETS over the finest, and half that
of GROUPING SETS over the rows.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from bench.limits import limits

Work = Callable[[], dict[str, int]]
SUMS = "sum(num)::BIGINT AS num, sum(den)::BIGINT AS den, sum(held)::BIGINT AS held"
# The clocks stood at UTC + 1 all June: nobody would ask a table of time zones about each row.
SUMMER_TIME_US, DAY_US = 3_600_000_000, 86_400_000_000


def stored_grains(folder: Path) -> Work:
    """Answer for all twelve grains from the files that the product has stored."""
    connection = connected()
    with_codes(connection, folder / "store")
    finest = f"""
        SELECT received_at__day AS day, region, party, srv,
               count(*) FILTER (answered_at <= most) AS num,
               count(most) AS den,
               count(*) FILTER (most IS NULL) AS held
        FROM {stored(folder, "service_requests")} LEFT JOIN coded_limits USING (srv, mode)
        GROUP BY ALL"""  # noqa: S608 - our own file names
    return lambda: found(connection, twelve(finest))


def received_grains(folder: Path) -> Work:
    """Answer for all twelve grains from the files as they were received: text and times."""
    connection = connected()
    finest = f"""
        SELECT ((epoch_us(received_at) + {SUMMER_TIME_US}) // {DAY_US})::INTEGER AS day, region, party, srv,
               count(*) FILTER (epoch_us(answered_at) - epoch_us(received_at) <= most) AS num,
               count(most) AS den,
               count(*) FILTER (most IS NULL) AS held
        FROM read_parquet('{folder}/received/service_requests-*.parquet')
             LEFT JOIN named_limits USING (srv, mode)
        GROUP BY ALL"""  # noqa: S608 - our own file names
    return lambda: found(connection, twelve(finest))


def stored_scan(folder: Path) -> Work:
    """Touch every value of the columns that the measure reads, and no more."""
    connection = connected()
    query = f"""
        SELECT max(received_at__day)::VARCHAR, max(region), max(party), max(srv), max(mode),
               max(answered_at__day)::VARCHAR, sum(answered_at)::BIGINT, count(*)
        FROM {stored(folder, "service_requests")}"""  # noqa: S608 - our own file names
    return lambda: {"rows": connection.sql(query).fetchall()[0][-1]}


def events_scan(folder: Path) -> Work:
    """Touch every value of the columns that the duty over time reads, and no more."""
    connection = connected()
    main = f"""
        SELECT max(activity), max(party), max(at__day)::VARCHAR, max("row"), count(*)
        FROM {stored(folder, "device_events")}"""  # noqa: S608 - our own file names
    beside = f"""
        SELECT max(device_id), max("at")::VARCHAR, max(at__day)::VARCHAR, max("row"), count(*)
        FROM {stored(folder, "device_events", beside=True)}"""  # noqa: S608 - our own file names

    def work() -> dict[str, int]:
        rows = [connection.sql(query).fetchall()[0][-1] for query in (main, beside)]
        return {"rows": rows[0]}

    return work


def connected() -> Any:
    """Return an engine that may use what the product's may, knowing the limits by name."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    connection.execute("CREATE TABLE named_limits (srv VARCHAR, mode VARCHAR, most BIGINT)")
    connection.executemany("INSERT INTO named_limits VALUES (?, ?, ?)", limits())
    return connection


def with_codes(connection: Any, store: Path) -> None:
    """Add the limits by the codes that the stored files have instead of words."""
    kinds, modes = (words(store, column) for column in ("srv", "mode"))
    rows = [(kinds[kind], modes[mode], most) for kind, mode, most in limits() if kind in kinds]
    connection.execute("CREATE TABLE coded_limits (srv INTEGER, mode INTEGER, most BIGINT)")
    connection.executemany("INSERT INTO coded_limits VALUES (?, ?, ?)", rows)


def words(store: Path, column: str) -> dict[str, int]:
    """Return the code of each word of a column, from the longest list that the store has of it."""
    files = (store / "labels" / "bench").glob(f"{column}-*")
    longest: list[str] = max((json.loads(file.read_text("utf-8")) for file in files), key=len)
    return {word: code for code, word in enumerate(longest)}


def stored(folder: Path, stream: str, *, beside: bool = False) -> str:
    files = sorted((folder / "store" / "evidence" / "bench" / stream).glob("day=*/*.parquet"))
    listed = ", ".join(f"'{file}'" for file in files if file.name.endswith(".ids.parquet") is beside)
    return f"read_parquet([{listed}], hive_partitioning = false)"


def twelve(finest: str) -> str:
    """Return the sums of the month at twelve grains; `grain` numbers them."""
    return f"""
        WITH finest AS MATERIALIZED ({finest}),
        months AS MATERIALIZED (SELECT region, party, srv, {SUMS} FROM finest GROUP BY ALL),
        daily AS MATERIALIZED (SELECT day, region, party, {SUMS} FROM finest GROUP BY ALL)
        SELECT day, region, party, srv, 0 AS grain, num, den, held FROM finest
        UNION ALL
        SELECT NULL, region, party, srv, 8 + grouping(region, party, srv), {SUMS} FROM months
        GROUP BY GROUPING SETS ((), (region), (party), (srv), (region, party), (region, srv), (party, srv),
                                (region, party, srv))
        UNION ALL
        SELECT day, region, party, NULL, 16 + grouping(day, region, party), {SUMS} FROM daily
        GROUP BY GROUPING SETS ((day), (day, region), (day, party))"""  # noqa: S608 - nothing of it was sent


def found(connection: Any, query: str) -> dict[str, int]:
    """Return how many rows there are and what they add up to: equal for all who are right."""
    table: pa.Table = connection.sql(query).to_arrow_table()
    names = {"numerator": "num", "denominator": "den", "held": "held"}
    return {"rows": table.num_rows} | {name: pc.sum(table[own]).as_py() for name, own in names.items()}
