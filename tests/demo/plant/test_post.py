import datetime as dt
import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.demo.plant.clock import DAY, instant
from tallystick.demo.plant.post import PACKED_FROM, Parcel, Post, as_known
from tallystick.demo.plant.rows import HubInstall, Incident, RepositoryRequest
from tallystick.demo.plant.scales import LAST_SENT, SCALES

JUNE = instant(dt.date(2021, 6, 1), 10)


@pytest.fixture
def post(tmp_path: Path) -> Post:
    (tmp_path / "evidence").mkdir()
    return Post(tmp_path / "evidence", SCALES["small"])


def install(number: int, connected_at: int | None) -> HubInstall:
    return HubInstall(f"I{number}", f"H{number}", "ALFA", "north", "N1", "V", JUNE, connected_at, "no_sm_wan")


class TestSend:
    def test_numbers_the_files_in_the_order_of_their_receipt(self, post: Post, tmp_path: Path) -> None:
        row = RepositoryRequest("D1", JUNE, JUNE + 250)
        for name, at in (("second", JUNE + 2 * DAY), ("first", JUNE + DAY)):
            post.send(Parcel("repository_requests", name, at, [row]))

        files = post.numbered()

        assert [file.file for file in files] == [
            "evidence/001-repository_requests-first.csv",
            "evidence/002-repository_requests-second.csv",
        ]
        assert (tmp_path / files[0].file).read_text() == (
            "request_id,requested_at,delivered_at\nD1,2021-06-01T09:00:00Z,2021-06-01T09:00:00.250Z\n"
        )

    def test_packs_a_large_file_of_a_packed_year(self, tmp_path: Path) -> None:
        (tmp_path / "evidence").mkdir()
        post = Post(tmp_path / "evidence", replace(SCALES["medium"], cuts=()))
        rows = [RepositoryRequest(f"D{n}", JUNE, None) for n in range(PACKED_FROM)]

        post.send(Parcel("repository_requests", "all", JUNE + DAY, rows))
        (file,) = post.numbered()

        content = gzip.decompress((tmp_path / file.file).read_bytes()).decode()
        assert file.file.endswith(".csv.gz")
        assert content.count("\n") == PACKED_FROM + 1 == file.rows + 1


class TestDeliver:
    def test_sends_a_day_again_once_more_is_known(self, post: Post, tmp_path: Path) -> None:
        connected = instant(dt.date(2021, 8, 2), 9)

        post.deliver("hub_installs", [install(1, connected), install(2, JUNE)], "installed_at", {})
        files = post.numbered()

        sent = {file.file.split("-", 2)[2]: (tmp_path / file.file).read_text() for file in files}
        assert "I1,H1,ALFA,north,N1,V,2021-06-01T10:00:00,,no_sm_wan" in sent["history.csv"]
        assert (
            "I1,H1,ALFA,north,N1,V,2021-06-01T10:00:00,2021-08-02T09:00:00,no_sm_wan" in sent["settled.csv"]
        )
        assert "I2,H2" in sent["settled.csv"]
        assert files[-1].received_at == "2021-08-18T08:00:00Z"


class TestAsKnown:
    def test_leaves_out_what_was_answered_later(self) -> None:
        row = Incident("INC1", "3", "DCC", None, None, JUNE, JUNE + 1, JUNE + DAY, "other", None, "resolved")

        early = as_known("incidents", row, ("responded_at", "resolved_at"), JUNE + 1)

        assert (early.responded_at, early.resolved_at) == (JUNE + 1, None)  # type: ignore[union-attr]
        assert (early.resolution, early.status) == (None, "open")  # type: ignore[union-attr]

    def test_is_the_row_itself_once_all_is_known(self) -> None:
        row = install(1, JUNE)

        assert as_known("hub_installs", row, ("connected_at",), LAST_SENT) is row
