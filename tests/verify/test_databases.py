"""Databases: the columns, the nodes and the head besides the log itself, in a copy."""

import hashlib
import json
import os
import random
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import tally_verify
from tests.verify.conftest import Run
from tests.verify.logs import OWN, WITNESS, Log, full_log, vote

KEYS = [OWN.written]
TRIED = int(os.environ.get("TALLY_DATABASES", "40"))


@pytest.fixture
def true(tmp_path: Path) -> Path:
    log = Log()
    vote(log)
    log.read("2021-09-19", 2)
    log.close("2021-09-19")
    log.sign()
    return log.database(tmp_path / "tally.sqlite3")


def altered(path: Path, *statements: str) -> tally_verify.Verdict:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return tally_verify.check_database(path, KEYS)


class TestTrueDatabase:
    def test_holds(self, true: Path) -> None:
        verdict = tally_verify.check_database(true, KEYS)

        assert (verdict.code, verdict.flaws, verdict.unchecked) == (0, [], [])

    def test_says_what_was_redacted(self, tmp_path: Path) -> None:
        path = full_log(asked=True).database(tmp_path / "tally.sqlite3")

        assert tally_verify.check_database(path, KEYS).unchecked == [
            "payload of entry 1: redacted by entry 8"
        ]

    def test_may_keep_the_emptied_row_of_a_redaction(self, tmp_path: Path) -> None:
        path = full_log(asked=True).database(tmp_path / "tally.sqlite3")

        assert altered(path, "INSERT INTO journal_payload VALUES (1, NULL, '')").code == 2

    def test_may_have_no_table_of_checkpoints(self, true: Path) -> None:
        verdict = altered(true, "DROP TABLE journal_checkpoint")

        assert verdict.code == 2
        assert "checkpoints: the database has no table of them" in verdict.unchecked

    def test_is_read_with_what_its_log_of_writes_holds(self, true: Path) -> None:
        with closing(sqlite3.connect(true)) as live:
            live.execute("PRAGMA journal_mode = wal")
            live.execute("UPDATE journal_entry SET act = 'x' WHERE seq = 2")
            live.commit()
            before = {path.name: path.stat().st_mtime_ns for path in true.parent.iterdir()}

            verdict = tally_verify.check_database(true, KEYS)

            assert [flaw.number for flaw in verdict.flaws] == [2]
            assert {path.name: path.stat().st_mtime_ns for path in true.parent.iterdir()} == before

    def test_is_not_written_to(self, true: Path) -> None:
        before = hashlib.sha256(true.read_bytes()).hexdigest()

        tally_verify.check_database(true, KEYS)

        assert hashlib.sha256(true.read_bytes()).hexdigest() == before
        assert [path.name for path in true.parent.iterdir()] == [true.name]

    def test_that_never_holds_still_is_not_checked(self, true: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        copies = iter(range(10))
        monkeypatch.setattr(tally_verify, "_digest", lambda _: next(copies))

        verdict = tally_verify.check_database(true, KEYS)

        assert (verdict.code, len(verdict.unchecked), next(copies)) == (2, 1, 6)


class TestTampering:
    @pytest.mark.parametrize(
        ("statement", "number"),
        [
            ("UPDATE journal_entry SET act = 'x' WHERE seq = 2", 2),
            ("UPDATE journal_entry SET at = '2021-09-21 08:00:00' WHERE seq = 2", 2),
            ("UPDATE journal_entry SET actor = 'x' WHERE seq = 2", 2),
            ("UPDATE journal_entry SET code = 'x' WHERE seq = 2", 2),
            ("UPDATE journal_entry SET kind = NULL WHERE seq = 2", 2),
            ("UPDATE journal_entry SET handle = 7 WHERE seq = 2", 2),
            ("UPDATE journal_entry SET classification = 'red' WHERE seq = 2", 2),
            ("UPDATE journal_entry SET leaf = NULL WHERE seq = 2", 2),
            ("UPDATE journal_entry SET seq = 77 WHERE seq = 2", 2),
            ("DELETE FROM journal_entry WHERE seq = 2", 2),
            ("DELETE FROM journal_entry WHERE seq = 5", 5),
            ("UPDATE journal_payload SET text = replace(text, 'approve', 'reject') WHERE entry_id = 1", 1),
            ("UPDATE journal_payload SET salt = zeroblob(32) WHERE entry_id = 1", 1),
            ("UPDATE journal_payload SET entry_id = 'x' WHERE entry_id = 1", 1),
            ("DELETE FROM journal_payload WHERE entry_id = 1", 1),
            ("INSERT INTO journal_payload VALUES (-1, zeroblob(32), 'x')", 0),
            ("UPDATE journal_node SET hash = zeroblob(32) WHERE level = 1 AND number = 1", 3),
            ("DELETE FROM journal_node WHERE level = 2", 3),
            ("DELETE FROM journal_node WHERE level = 0 AND number = 3", 3),
            ("INSERT INTO journal_node VALUES (9, 0, zeroblob(32))", 6),
            ("INSERT INTO journal_node VALUES (0, 900, zeroblob(32))", 6),
            ("INSERT INTO journal_node VALUES (0, 'x', zeroblob(32))", None),
            ("UPDATE journal_log SET size = 5", 5),
            ("UPDATE journal_log SET root = zeroblob(32)", 6),
            ("DELETE FROM journal_log", 0),
            ("UPDATE journal_reading SET actor = 'x' WHERE id = 1", 5),
            ("UPDATE journal_reading SET day = '2021-01-01' WHERE id = 1", 5),
            ("DELETE FROM journal_reading", 5),
            ("UPDATE journal_closedday SET readings = 3", 5),
            ("UPDATE journal_closedday SET root = zeroblob(32)", 5),
            ("DELETE FROM journal_closedday", 5),
            ("INSERT INTO journal_closedday VALUES ('2021-09-18', 4, 0, zeroblob(32))", 4),
            ("UPDATE journal_checkpoint SET root = zeroblob(32)", 6),
            ("UPDATE journal_checkpoint SET size = 4", 6),
            ("UPDATE journal_checkpoint SET text = 'x'", 6),
        ],
    )
    def test_is_found_and_located(self, statement: str, number: int | None, true: Path) -> None:
        verdict = altered(true, statement)

        assert verdict.code == 1
        assert verdict.in_order()[0].number == number

    def test_by_random_bytes_never_breaks_the_checker(
        self, true: Path, run: Run, record_property: Callable[[str, object], None]
    ) -> None:
        chance, raw, unnoticed = random.Random(2), true.read_bytes(), 0  # noqa: S311 the same ones each time

        for _ in range(TRIED):
            spoilt = bytearray(raw)
            for _ in range(8):
                spoilt[chance.randrange(len(raw))] = chance.randrange(256)
            true.write_bytes(spoilt)
            code, _ = run("db", true, "--key", KEYS[0])
            unnoticed += code == 0

        record_property("tried", f"{TRIED} databases with bytes altered, judged without breaking")
        assert unnoticed * 3 < TRIED * 2  # pages that are not full have room where nothing stands


class TestBesideTheLog:
    """What the database keeps of requests, witnesses and checkpoints, held against what entries say."""

    @pytest.fixture
    def full(self, tmp_path: Path) -> Path:
        log = full_log(asked=True)
        log.witness(WITNESS)
        log.sign()
        return log.database(tmp_path / "tally.sqlite3")

    def test_holds(self, full: Path) -> None:
        verdict = tally_verify.check_database(full, [*KEYS, WITNESS.written])

        assert (verdict.flaws, verdict.unchecked) == ([], ["payload of entry 1: redacted by entry 8"])
        assert f"2 checkpoints signed by {WITNESS.name}" in verdict.checked

    def test_says_what_no_proof_covers(self, full: Path) -> None:
        verdict = altered(full, "UPDATE journal_checkpoint SET signed_at = '2031-01-01'")

        assert verdict.flaws == []
        assert any("signed_at of journal_checkpoint" in one for one in verdict.uncommitted)
        assert any("--checkpoint" in one for one in verdict.uncommitted)

    @pytest.mark.parametrize("table", sorted(tally_verify.MAY_LACK))
    def test_says_which_table_is_not_there(self, table: str, full: Path) -> None:
        verdict = altered(full, f"DROP TABLE {table}")

        assert f"{tally_verify.MAY_LACK[table]}: the database has no table of them" in verdict.unchecked

    @pytest.mark.parametrize(
        ("statement", "number"),
        [
            ("UPDATE journal_log SET at = '2021-09-20 08:00:00'", 11),
            ("UPDATE journal_log SET at = NULL", 11),
            ("INSERT INTO journal_log VALUES (2, 0, zeroblob(32), NULL)", None),
            ("UPDATE journal_cosignature SET checkpoint_id = 2", 2),
            ("UPDATE journal_cosignature SET key = 'witness.example+00000000'", 10),
            ("UPDATE journal_cosignature SET line = 'x'", 10),
            ("UPDATE journal_cosignature SET line = replace(line, 'witness', 'another')", 10),
            ("UPDATE journal_cosignature SET at = '2021-09-20 08:00:00'", 10),
            ("DELETE FROM journal_cosignature", 10),
            ("INSERT INTO journal_cosignature SELECT NULL, 2, key, line, at FROM journal_cosignature", 2),
            ("UPDATE journal_redaction SET handle = 'R2'", 1),
            ("UPDATE journal_redaction SET code = 'gas'", 7),
            ("UPDATE journal_redaction SET entry_id = 2", 7),
            ("UPDATE journal_redaction SET entry_id = 'x'", 7),
            ("UPDATE journal_redaction SET reason = 'secret'", 7),
            ("UPDATE journal_redaction SET authority = 'x'", 7),
            ("UPDATE journal_redaction SET asked_by = 'x'", 7),
            ("UPDATE journal_redaction SET asked_at = '2021-09-20 08:00:00'", 7),
            ("UPDATE journal_redaction SET state = 'refused'", 8),
            ("UPDATE journal_redaction SET decided_by = 'x'", 8),
            ("UPDATE journal_redaction SET decided_at = NULL", 8),
            ("UPDATE journal_redaction SET order_id = NULL", 8),
            ("DELETE FROM journal_redaction", 7),
        ],
    )
    def test_is_found_and_located(self, statement: str, number: int | None, full: Path) -> None:
        verdict = altered(full, statement)

        assert verdict.code == 1
        assert verdict.in_order()[0].number == number

    @pytest.mark.parametrize("answer", ["", "journal.refuse_redaction"])
    def test_tells_a_request_from_an_order(self, answer: str, tmp_path: Path) -> None:
        log = Log()
        log.add("runs.try")
        said = {"entry": 0, "reason": "secret", "authority": "the Board"}
        log.add("journal.ask_redaction", said, object="R0", actor="ANALYST")
        if answer:
            log.add(answer, {"entry": 0}, object="R0")
        path = log.database(tmp_path / "tally.sqlite3")
        row = f"NULL, 'sec', 'R0', 0, 'secret', 'the Board', 'ANALYST', '{log.at(1)}'"
        state = f"'refused', 'SECRETARY', '{log.at(2)}'" if answer else "'asked', '', NULL"

        verdict = altered(path, f"INSERT INTO journal_redaction VALUES ({row}, {state}, NULL)")  # noqa: S608 its point

        assert verdict.flaws == []
        assert altered(path, "UPDATE journal_redaction SET state = 'done'").flaws[0].number == (
            2 if answer else 1
        )

    def test_allows_an_instant_before_that_of_an_entry_whose_clock_ran_backwards(
        self, tmp_path: Path
    ) -> None:
        log = full_log()
        held = json.loads(log.leaves[-1])["at"]
        size = max(log.notes)
        log.add("journal.take_witness", {"size": size, "witnesses": [WITNESS.name]}, at=held, held=True)
        line = WITNESS.line(log.notes[size].partition("\n\n")[0] + "\n").rstrip("\n")
        log.lines.append((size, f"{WITNESS.name}+{WITNESS.id.hex()}", line, 0))
        path = log.database(tmp_path / "tally.sqlite3")

        assert not [one for one in tally_verify.check_database(path, KEYS).flaws if "witness" in one.what]
        later = altered(path, "UPDATE journal_cosignature SET at = '2031-01-01 08:00:00'")
        assert [one.number for one in later.flaws if "witness" in one.what] == [9]


class TestCheckpointsKeptElsewhere:
    @pytest.fixture
    def outside(self, tmp_path: Path) -> list[Path]:
        notes = full_log(asked=True).notes
        for size, text in notes.items():
            (tmp_path / f"{size}.txt").write_text(text)
        return [tmp_path / f"{size}.txt" for size in notes]

    @pytest.fixture
    def full(self, tmp_path: Path) -> Path:
        return full_log(asked=True).database(tmp_path / "tally.sqlite3")

    def test_agree_with_a_true_table(self, full: Path, outside: list[Path]) -> None:
        assert tally_verify.check_database(full, KEYS, outside).flaws == []

    def test_show_that_one_was_taken_out(self, full: Path, outside: list[Path]) -> None:
        altered(full, "DELETE FROM journal_checkpoint WHERE size = 2")

        (flaw,) = tally_verify.check_database(full, KEYS, outside).flaws

        assert (flaw.number, flaw.what) == (
            2,
            "the checkpoint of this size, kept elsewhere, is not in the table",
        )

    def test_show_that_a_signature_was_taken_out(self, full: Path, outside: list[Path]) -> None:
        altered(
            full,
            "UPDATE journal_checkpoint SET text = replace(text, '— tallystick', '— another') WHERE size = 2",
        )

        (flaw,) = tally_verify.check_database(full, KEYS, outside).flaws

        assert (flaw.number, flaw.what) == (
            2,
            "the checkpoint of this size lacks a signature that it has elsewhere",
        )


class TestHostileJournal:
    """An unfinished change beside the database, by whoever hands the database over."""

    def test_cannot_have_a_file_removed(self, true: Path, tmp_path: Path) -> None:
        precious = tmp_path / "precious"
        precious.write_text("mine")
        name = str(precious).encode()
        magic = bytes.fromhex("d9d505f920a163d7")
        pages = true.stat().st_size // 4096
        header = magic + struct.pack(">IIIII", 0, 7, pages, 512, 4096)
        check = sum(one - 256 if one > 127 else one for one in name) & 0xFFFFFFFF
        super_journal = (
            struct.pack(">I", 0x40000000 // 4096 + 1) + name + struct.pack(">II", len(name), check) + magic
        )
        Path(f"{true}-journal").write_bytes(header.ljust(512, b"\0") + super_journal)

        verdict = tally_verify.check_database(true, KEYS)

        assert precious.exists()
        assert (verdict.code, "names another file" in verdict.refused) == (3, True)


class TestRefusal:
    @pytest.mark.parametrize("raw", [b"", b"x", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(5000)])
    def test_meets_what_is_no_database_of_this_kind(self, raw: bytes, tmp_path: Path, run: Run) -> None:
        file = tmp_path / "file"
        file.write_bytes(raw)

        assert run("db", file)[0] in {1, 3}

    def test_meets_other_databases(self, tmp_path: Path) -> None:
        assert altered(tmp_path / "other.sqlite3", "CREATE TABLE a (b)").code == 3

    def test_meets_a_view_in_the_place_of_a_table(self, true: Path) -> None:
        endless = (
            "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n FROM x) SELECT n id, n size, n root FROM x"
        )

        verdict = altered(true, "DROP TABLE journal_log", f"CREATE VIEW journal_log AS {endless}")

        assert verdict.code == 3

    def test_meets_a_folder_and_what_is_not_there(self, tmp_path: Path, run: Run) -> None:
        assert [run("db", path)[0] for path in (tmp_path, tmp_path / "none")] == [3, 3]


class TestHostileValues:
    @pytest.mark.parametrize("value", ["CAST(x'ff' AS TEXT)", "zeroblob(2000000)", "9e999", "char(0)"])
    def test_do_not_break_the_checker(self, value: Any, true: Path, run: Run) -> None:
        altered(true, f"UPDATE journal_entry SET act = {value}, at = {value} WHERE seq = 1")  # noqa: S608 its point

        assert run("db", true)[0] == 1
