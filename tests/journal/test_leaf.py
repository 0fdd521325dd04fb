import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tallystick.journal.leaf import Leaf, commitment, read, spelled

LEAF = Leaf(
    seq=7,
    act="runs.start_run",
    at=dt.datetime(2021, 9, 20, 9, 0, 0, 5, tzinfo=dt.UTC),
    is_held=False,
    actor="0123456789ABCDEFGHJK",
    code="sec",
    kind="run",
    handle="RUN0000000000000000A",
    classification="white",
    commit=bytes(32),
    prev=bytes(range(32)),
)


class TestLeaf:
    def test_is_read_as_it_was_written(self) -> None:
        assert read(LEAF.written) == LEAF

    def test_has_the_spelling_that_the_guide_shows(self) -> None:
        assert LEAF.written.decode() == (
            '{"act":"runs.start_run","actor":"0123456789ABCDEFGHJK","at":"2021-09-20T09:00:00.000005Z",'
            f'"class":"white","code":"sec","commit":"{"00" * 32}","held":false,"kind":"run",'
            f'"object":"RUN0000000000000000A","prev":"{bytes(range(32)).hex()}","seq":7,"v":1}}'
        )

    @pytest.mark.parametrize("column", ["act", "actor", "code", "kind", "handle", "classification"])
    def test_changes_with_everything_it_says(self, column: str) -> None:
        changed: dict[str, Any] = {column: "x"}

        assert replace(LEAF, **changed).written != LEAF.written

    @pytest.mark.parametrize("odd", [b"", b"[]", b"{}", b"null", b'{"v":1}'])
    def test_is_not_read_from_other_bytes(self, odd: bytes) -> None:
        with pytest.raises(ValueError, match=r"."):
            read(odd)

    def test_is_not_read_in_another_spelling(self) -> None:
        with pytest.raises(ValueError, match="one spelling"):
            read(LEAF.written.replace(b",", b", "))


class TestSpelled:
    def test_is_in_utc_to_the_microsecond(self) -> None:
        summer = dt.timezone(dt.timedelta(hours=1))

        assert spelled(dt.datetime(2021, 7, 1, 0, 30, tzinfo=summer)) == "2021-06-30T23:30:00.000000Z"


class TestCommitment:
    def test_hides_what_is_easily_guessed_behind_the_salt(self) -> None:
        assert commitment(bytes(32), b"For") != commitment(bytes(31) + b"\x01", b"For")

    def test_tells_two_texts_apart(self) -> None:
        assert commitment(bytes(32), b"For") != commitment(bytes(32), b"Against")

    def test_is_the_hash_that_the_guide_states(self) -> None:
        assert (
            commitment(bytes(32), b"{}").hex()
            == "811d854e8b209fb3776b34c7a88b44069b730a145acf2b1c661593c83efa7d2d"
        )
