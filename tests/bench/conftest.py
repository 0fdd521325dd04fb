"""A few thousand rows of the benchmarks, taken in as the large ones are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import data

ROWS = 3_000


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "DATA", tmp_path_factory.mktemp("bench"))
        patch.setattr(data, "DAYS", 5)
        patch.setitem(data.SIZES, "small", ROWS)
        yield data.prepare("small").folder
