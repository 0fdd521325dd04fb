"""How much room the stored rows take, column by column."""

from pathlib import Path

import pyarrow.parquet as pq

READ = ("region", "party", "srv", "mode", "received_at__day", "answered_at", "answered_at__day")


def bytes_a_row(folder: Path) -> dict[str, float]:
    """Return bytes a row: of the columns that the measure reads, of the main files, and of all files."""
    day_files = sorted((folder / "store" / "evidence" / "bench" / "service_requests").glob("day=*/*.parquet"))
    main = [file for file in day_files if not file.name.endswith(".ids.parquet")]
    rows, read = 0, 0
    for file in main:
        metadata = pq.read_metadata(file)
        rows += metadata.num_rows
        for group in (metadata.row_group(number) for number in range(metadata.num_row_groups)):
            columns = (group.column(number) for number in range(group.num_columns))
            read += sum(one.total_compressed_size for one in columns if one.path_in_schema in READ)
    received = sum(file.stat().st_size for file in (folder / "received").glob("service_requests-*"))
    return {
        "read": read / rows,
        "main": sum(file.stat().st_size for file in main) / rows,
        "stored": sum(file.stat().st_size for file in day_files) / rows,
        "received": received / rows,
    }
