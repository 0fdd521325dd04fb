"""The limits of the benchmarks, read from the rulebook's text without the product: for its peers."""

from pathlib import Path
from typing import Any

import yaml

TEXT = Path(__file__).parent / "rulebook" / "parameters" / "answering.yaml"
SECOND = 1_000_000


def limits() -> list[tuple[str, str, int]]:
    """Return kind, mode and limit in microseconds; a pair that is not listed has no limit."""
    said: dict[str, Any] = yaml.safe_load(TEXT.read_text(encoding="utf-8"))
    (value,) = said["values"].values()
    return [
        (entry["key"]["srv"], entry["key"]["mode"], int(entry["value"]) * SECOND)
        for entry in value["entries"]
    ]
