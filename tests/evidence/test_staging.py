import datetime as dt
from pathlib import Path

from tallystick.evidence.files import Files
from tallystick.evidence.staging import Staging

DAY = dt.date(2021, 7, 1)
FINAL = Path("evidence/small/requests/day=2021-07-01")


class TestStaging:
    def test_sets_aside_only_what_the_store_lacks(self, tmp_path: Path) -> None:
        (tmp_path / "tmp").mkdir()
        (tmp_path / "received").mkdir()
        (tmp_path / "received" / "old").write_text("old")
        staging = Staging(Files(), tmp_path / "tmp", tmp_path)

        staging.put(Path("received", "old"), [b"old"])
        staging.put(Path("received", "new"), [b"new"])
        staging.put(Path("received", "new"), [b"new"])

        assert {str(path): aside.read_text() for path, aside in staging.waiting.items()} == {
            "received/new": "new"
        }

    def test_finds_a_pair_where_it_is_now(self, tmp_path: Path) -> None:
        (tmp_path / "tmp").mkdir()
        staging = Staging(Files(), tmp_path / "tmp", tmp_path)
        staging.put(FINAL / "aa.parquet", [b"main"])
        staging.put(FINAL / "aa.ids.parquet", [b"ids"])

        waiting, standing = (staging.place("small", "requests", DAY, name) for name in ("aa", "bb"))

        assert (waiting.main.read_text(), waiting.beside.read_text()) == ("main", "ids")
        assert standing.main == tmp_path / FINAL / "bb.parquet"
        assert standing.beside == tmp_path / FINAL / "bb.ids.parquet"
