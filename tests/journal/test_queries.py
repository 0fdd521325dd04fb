import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import tally_verify
from tallystick.journal import keys, queries
from tallystick.journal.merkle import EMPTY_ROOT, leaf_hash, verify_consistency, verify_inclusion
from tallystick.journal.models import Entry, Payload
from tallystick.journal.operations import close_readings_of, record_reading
from tallystick.journal.signing import sign_checkpoint
from tallystick.journal.subjects import Subject
from tests.journal.conftest import AT, JO, MONTH, ORIGIN, OTHER, act
from tests.journal.guards import remove, tamper

SEEN = Subject("sec", "finding", "H", "amber")


@pytest.mark.django_db
class TestHead:
    def test_of_an_empty_log_is_the_hash_of_nothing(self) -> None:
        assert queries.head() == (0, EMPTY_ROOT.hex())

    @pytest.mark.usefixtures("log")
    def test_counts_entries(self) -> None:
        assert queries.head().size == 7


@pytest.mark.django_db
@pytest.mark.usefixtures("log")
class TestHistory:
    def test_tells_what_was_done_to_one_record_in_order(self) -> None:
        told = queries.history("sec", "run", MONTH.handle)

        assert [one.seq for one in told] == [0, 1, 2, 4, 5, 6]
        assert told[-1].said == "tried 6"
        assert (told[0].actor, told[0].capacity, told[0].at) == (JO.handle, "Analyst", AT)

    @pytest.mark.parametrize(
        ("code", "kind", "handle"),
        [
            ("retail", "run", MONTH.handle),
            ("sec", "finding", MONTH.handle),
            ("sec", "run", OTHER.handle),
            ("sec", "run", ""),
        ],
    )
    def test_tells_nothing_of_others(self, code: str, kind: str, handle: str) -> None:
        assert queries.history(code, kind, handle) == []

    def test_tells_that_words_were_removed(self) -> None:
        remove(Payload, entry=3)

        (told,) = queries.history("sec", "submission", OTHER.handle)

        assert (told.said, told.capacity, told.seq) == (None, None, 3)

    @pytest.mark.parametrize("text", ["no longer JSON", "[1]", "7", '"words"'])
    def test_tells_that_words_were_altered(self, text: str) -> None:
        tamper(Payload, {"entry": 3}, text=text)

        (told,) = queries.history("sec", "submission", OTHER.handle)

        assert (told.said, told.capacity) == (queries.ALTERED, None)

    def test_takes_one_query(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            queries.history("sec", "run", MONTH.handle)

        assert len(asked) == 1


@pytest.mark.django_db
class TestInclusionProof:
    def test_holds_for_every_entry(self, log: list[Entry]) -> None:
        size, root = queries.head()
        for entry in log:
            leaf = leaf_hash(bytes(entry.leaf))
            proof = queries.inclusion_proof(entry.seq)
            assert verify_inclusion(leaf, entry.seq, size, proof, bytes.fromhex(root))

    @pytest.mark.usefixtures("log")
    def test_refuses_an_entry_that_is_not_there(self) -> None:
        with pytest.raises(IndexError):
            queries.inclusion_proof(7)


@pytest.mark.django_db
class TestConsistencyProof:
    def test_holds_between_what_the_log_was_and_is(self) -> None:
        roots = [bytes.fromhex(queries.head().root)]
        for number in range(9):
            act(number)
            roots.append(bytes.fromhex(queries.head().root))

        for old in range(1, 10):
            proof = queries.consistency_proof(old, 9)
            assert verify_consistency(old, 9, roots[old], roots[9], proof)
            assert queries.root_of(old) == roots[old]


def checked_by_the_guide(receipt: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run what the guide tells a reader to run, with nothing of ours."""
    guide = Path("docs/guide/journal.md").read_text(encoding="utf-8")
    program = guide.split("```python\n")[1].split("```")[0]
    file = folder / "receipt.json"
    file.write_text(json.dumps(receipt), encoding="utf-8")
    return subprocess.run(  # noqa: S603 - the guide's own program
        [sys.executable, "-I", "-c", program, str(file)], capture_output=True, text=True, check=False
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("log")
class TestReceipts:
    def test_are_checked_by_what_the_guide_says(self, tmp_path: Path) -> None:
        told = checked_by_the_guide(queries.receipts(range(7)), tmp_path)

        assert told.returncode == 0, told.stderr
        assert len(told.stdout.splitlines()) == 7
        assert '"said":"tried 6"' in told.stdout

    @pytest.mark.parametrize(
        ("part", "forged", "why"),
        [
            ("payload", '{"said":"tried 9"}', "this is not what was said"),
            ("salt", "00" * 32, "this is not what was said"),
            ("leaf", '{"commit":""}', "not in this log"),
            ("index", 5, "not in this log"),
            ("proof", [], "not in this log"),
        ],
    )
    def test_fail_by_what_the_guide_says_when_forged(
        self, part: str, forged: object, why: str, tmp_path: Path
    ) -> None:
        receipt = queries.receipts([4])
        receipt["entries"][0][part] = forged

        assert why in checked_by_the_guide(receipt, tmp_path).stderr

    def test_are_of_the_entries_asked_for_alone(self) -> None:
        assert [entry["index"] for entry in queries.receipts([3, 5, 99])["entries"]] == [3, 5]
        assert queries.receipts([])["entries"] == []

    def test_tell_what_is_signed_from_what_waits(self, home: Path, tmp_path: Path) -> None:
        sign_checkpoint(home, AT)
        act(50, MONTH)
        act(51, MONTH)

        receipt = queries.receipts([3, 8], [keys.stated(home)[0].written])

        assert (receipt["log"]["size"], receipt["log"]["pending"]["size"]) == (7, 9)
        verdict = tally_verify.verify_receipt(receipt, receipt["log"]["keys"])
        assert (verdict.code, verdict.flaws) == (2, [])
        assert verdict.unchecked == ["signatures of entries from 7 on: they wait for the next checkpoint"]
        assert f"1 checkpoint signed by {ORIGIN}" in verdict.checked
        assert checked_by_the_guide(receipt, tmp_path).stdout.splitlines()[1].startswith("8 ")

    @pytest.mark.parametrize(
        ("entries", "waits"), [([3, 6], False), ([7], None), ([], False), ([3, 99], False)]
    )
    def test_have_nothing_that_waits_where_all_or_nothing_is_signed(
        self, entries: list[int], *, waits: bool | None, home: Path
    ) -> None:
        sign_checkpoint(home, AT)
        act(50, MONTH)

        log = queries.receipts(entries)["log"]

        assert log["pending"] is None
        assert (log["size"], log["checkpoint"] is None) == ((7, False) if waits is False else (8, True))

    def test_prove_an_entry_whose_words_were_removed(self, tmp_path: Path) -> None:
        remove(Payload, entry=3)

        receipt = queries.receipts([3])

        (entry,) = receipt["entries"]
        assert (entry["salt"], entry["payload"]) == (None, None)
        assert checked_by_the_guide(receipt, tmp_path).stdout == "3 (the words are not here)\n"


@pytest.mark.django_db
class TestReadingsOfDay:
    def test_are_none_on_a_quiet_day(self) -> None:
        assert queries.readings_of_day(dt.date(2021, 9, 20)) == (0, EMPTY_ROOT)


@pytest.mark.django_db
class TestUnclosedDays:
    def test_are_those_with_readings_since_the_last_closed_one(self) -> None:
        for days in (0, 0, 1, 3):
            at = AT + dt.timedelta(days=days)
            record_reading(subject=SEEN, by=JO, at=at, address="/")
        first = AT.date()

        assert queries.unclosed_days(first + dt.timedelta(days=3)) == [first, first + dt.timedelta(days=1)]
        close_readings_of(day=first, by=JO, at=AT + dt.timedelta(days=9))
        assert queries.unclosed_days(first + dt.timedelta(days=9)) == [
            first + dt.timedelta(days=1), first + dt.timedelta(days=3),
        ]  # fmt: skip

    def test_are_none_where_nothing_was_read(self) -> None:
        assert queries.unclosed_days(AT.date()) == []
