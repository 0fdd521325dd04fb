from typing import Any

import pytest

from tests.rulebook.conftest import Folder

STREAM = "streams/requests.yaml"


class TestStream:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            (
                "row_key: [request_id]",
                "row_key: [reqest_id]",
                "5:11: no column is called 'reqest_id'. Did you",
            ),
            (
                "partition: asked_at",
                "partition: asked",
                "6:1: no column is called 'asked'. Did you mean 'asked_at'?",
            ),
            (
                "partition: asked_at",
                "partition: replied_at",
                "6:1: the partition is a required instant or day.",
            ),
            ("partition: asked_at", "partition: party", "6:1: the partition is a required instant or day."),
            (
                "replaces: [day]",
                "replaces: [day, part]",
                "7:17: no column is called 'part'. Did you mean 'party'?",
            ),
            (
                "replaces: [day]",
                "sort: [kid]\nreplaces: [day]",
                "7:8: no column is called 'kid'. Did you mean 'kind'?",
            ),
            (
                "replaces: [day]",
                "party: user\nreplaces: [day]",
                "7:1: no column is called 'user'. Use one of",
            ),
            ("replaces: [day]", "", "1:1: a stream either replaces by columns or upserts by its key."),
            (
                "replaces: [day]",
                "replaces: [day]\nupsert: key",
                "1:1: a stream either replaces by columns or",
            ),
            ("replaces: [day]", "upsert: key", "6:1: a stream that upserts by key has partition: none."),
            (
                "partition: asked_at",
                "partition: none",
                "7:1: a stream without a partition has no day to replace.",
            ),
            (
                "source: S1",
                "source: S1\nholds: [{in_order: [asked, b], because: x}]",
                "9:21: no column is called 'asked'",
            ),
            (
                "source: S1",
                "source: S1\nholds: [{sums_to: [devics], because: x}]",
                "9:20: no column is called 'devics'",
            ),
            (
                "source: S1",
                "source: S1\nholds: [{at_most: [a, b], because: x}]",
                "9:20: no column is called 'a'",
            ),
            ("type: enum, ", "type: text, ", "13:3: an enum lists its values, and only an enum does."),
            (", values: [read, write]", "", "13:3: an enum lists its values, and only an enum does."),
            (
                "type: instant, title: Asked",
                "type: instnt, title: Asked",
                "11:14: 'instnt' is not one of the words",
            ),
            (
                "required: no",
                "required: maybe",
                "12:47: 'maybe' does not fit. Write yes or no, written as a word.",
            ),
        ],
    )
    def test_is_refused_at_the_place_that_does_not_fit(
        self, small: Folder, old: str, new: str, told: str
    ) -> None:
        small.rewrite(STREAM, old, new)

        assert small.lines()[0].startswith(f"{STREAM}:{told}")

    def test_may_replace_row_by_row(self, small: Folder) -> None:
        small.rewrite(STREAM, "partition: asked_at\nreplaces: [day]", "partition: none\nupsert: key")

        stream = small.rulebook.streams["requests"]

        assert (stream.upsert, stream.partition, stream.replaces) == ("key", "none", ())

    def test_may_replace_by_columns_without_a_partition(self, small: Folder) -> None:
        small.rewrite(STREAM, "partition: asked_at\nreplaces: [day]", "partition: none\nreplaces: [party]")

        assert small.rulebook.streams["requests"].replaces == ("party",)

    def test_requires_a_column_unless_it_says_otherwise(self, small: Folder) -> None:
        columns = small.rulebook.streams["requests"].columns

        assert columns["asked_at"].required
        assert not columns["replied_at"].required


class TestEventLog:
    LOG = """\
event_log:
  case: concept:name
  at: time:timestamp
  takes:
    {column}: {{attribute: x, of: first}}
"""

    def test_says_how_a_row_is_made_of_events(self, small: Folder) -> None:
        small.write(STREAM, small.read(STREAM) + self.LOG.format(column="asked_at"))

        log = small.rulebook.streams["requests"].event_log

        assert log is not None
        assert (log.case, log.takes["asked_at"].of) == ("concept:name", "first")

    def test_fills_only_columns_of_the_stream(self, small: Folder) -> None:
        small.write(STREAM, small.read(STREAM) + self.LOG.format(column="askd_at"))

        assert "no column is called 'askd_at'. Did you mean 'asked_at'?" in small.lines()[0]


class TestHold:
    @pytest.mark.parametrize(
        ("hold", "problems"),
        [
            ("{in_order: [asked_at, replied_at], because: x}", []),
            ("{sums_to: [devices, devices], because: x}", []),
            ("{in_order: [asked_at, party], because: x}", ["the column 'party' is of type text"]),
            ("{at_most: [kind, devices], because: x}", ["the column 'kind' is of type enum"]),
            ("{sums_to: [asked_at, devices], because: x}", ["the column 'asked_at' is of type instant"]),
        ],
    )
    def test_compares_columns_that_can_be_compared(
        self, small: Folder, hold: str, problems: list[Any]
    ) -> None:
        small.rewrite(STREAM, "source: S1", f"source: S1\nholds: [{hold}]")

        assert [problem.what for problem in small.problems] == problems
