"""Bundles: true ones, ones with anything altered, and ones that leave things out."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tally_verify
from tests.verify.conftest import Run
from tests.verify.logs import (
    OWN,
    SCHEME,
    WITNESS,
    Log,
    Signer,
    canonical,
    checkpoint,
    full_log,
    sha,
    vote,
)

KEYS = [OWN.written]
EVERY = int(os.environ.get("TALLY_BYTES", "9"))  # one in so many bytes is altered; 1 in assurance


def verdict_of(
    log: Log, folder: Path, *, whole: bool = True, without: tuple[int, ...] = ()
) -> tally_verify.Verdict:
    return tally_verify.check_bundle(log.bundle(folder / "bundle", whole=whole, without=without), KEYS)


def flaws(verdict: tally_verify.Verdict) -> list[tuple[int | None, str]]:
    return [(flaw.number, flaw.what) for flaw in verdict.in_order()]


class TestTrueBundle:
    def test_holds(self, tmp_path: Path) -> None:
        log = Log()
        vote(log)
        log.read("2021-09-19", 2)
        log.close("2021-09-19")
        log.sign()

        verdict = verdict_of(log, tmp_path)

        assert (verdict.code, verdict.flaws, verdict.unchecked) == (0, [], [])
        assert "1 vote counted again" in verdict.checked
        assert "readings of 1 closed day" in verdict.checked

    def test_says_what_was_redacted(self, tmp_path: Path) -> None:
        verdict = verdict_of(full_log(), tmp_path)

        assert (verdict.code, verdict.unchecked) == (2, ["payload of entry 1: redacted by entry 7"])

    def test_may_be_empty(self, tmp_path: Path) -> None:
        log = Log()
        log.sign()

        assert verdict_of(log, tmp_path).code == 0

    def test_may_leave_payloads_out_if_it_says_so(self, tmp_path: Path) -> None:
        verdict = verdict_of(full_log(), tmp_path, whole=False, without=(0,))

        assert verdict.code == 2
        assert "1 payload, first that of entry 0: left out" in verdict.unchecked

    def test_says_which_entries_no_checkpoint_covers(self, tmp_path: Path) -> None:
        log = full_log()
        log.add("parties.add_organisation")

        assert (
            "signatures of entries from 9 on: no checkpoint covers them"
            in verdict_of(log, tmp_path).unchecked
        )

    def test_says_that_readings_of_open_days_were_not_checked(self, tmp_path: Path) -> None:
        log = full_log()
        log.read("2021-09-22", 2)

        assert (
            "2 readings: no entry that can be read closes their days" in verdict_of(log, tmp_path).unchecked
        )

    def test_is_checked_against_a_checkpoint_kept_elsewhere(self, tmp_path: Path) -> None:
        folder, elsewhere = full_log().bundle(tmp_path / "bundle"), tmp_path / "elsewhere.txt"
        elsewhere.write_text(checkpoint(5, sha(b"another history")))

        verdict = tally_verify.check_bundle(folder, KEYS, [elsewhere])

        assert flaws(verdict) == [(5, "the checkpoint of this size has another root than the log")]


class TestForgedHistory:
    def test_shows_at_the_entry_after(self, tmp_path: Path) -> None:
        log = full_log()
        log.leaves[3] = log.leaves[3].replace(b'"green"', b'"white"')

        verdict = verdict_of(log, tmp_path)

        assert flaws(verdict)[0] == (4, "the log before this entry is not what the entry says")
        assert verdict.flaws[0].expected == json.loads(log.leaves[4])["prev"]

    def test_hashed_anew_shows_at_the_next_checkpoint(self, tmp_path: Path) -> None:
        log, true = full_log(), full_log()
        log.leaves[3] = log.leaves[3].replace(b'"green"', b'"white"')
        for number in range(4, log.size):
            log.leaves[number] = canonical(json.loads(log.leaves[number]) | {"prev": log.root(number).hex()})
        log.notes = true.notes

        assert flaws(verdict_of(log, tmp_path)) == [
            (9, "the checkpoint of this size has another root than the log")
        ]

    def test_hashed_and_signed_anew_shows_in_the_signature(self, tmp_path: Path) -> None:
        log = full_log()
        log.notes[9] = checkpoint(9, log.root(), Signer(OWN.name, seed=3))

        assert verdict_of(log, tmp_path).code == 2
        log.notes[9] = log.notes[9].replace("\n— ", "\n" + OWN.line("something else") + "— ", 1)
        assert tally_verify.check_bundle(log.bundle(tmp_path / "other"), KEYS).code == 1

    def test_that_was_cut_short_is_shorter_than_its_checkpoint(self, tmp_path: Path) -> None:
        log = full_log()
        log.leaves, log.closings = log.leaves[:7], []
        log.payloads = {number: one for number, one in log.payloads.items() if number < 7}

        found = flaws(verdict_of(log, tmp_path))

        assert (7, "the log is shorter than a checkpoint of it") in found

    @pytest.mark.parametrize(
        ("spoil", "at"),
        [
            ({"seq": 4}, 3), ({"at": "2021-09-19T00:00:00.000000Z"}, 3), ({"held": True}, 3), ({"v": 3}, 3),
            ({"prev": "00" * 32}, 3), ({"besides": ""}, 3),
        ],
    )  # fmt: skip
    def test_is_found_in_each_part_of_a_leaf(self, spoil: dict[str, object], at: int, tmp_path: Path) -> None:
        log = Log()
        vote(log)
        log.leaves[3] = canonical(json.loads(log.leaves[3]) | spoil)

        assert flaws(verdict_of(log, tmp_path))[0][0] == at

    def test_allows_an_instant_that_was_held(self, tmp_path: Path) -> None:
        log = Log()
        log.add("parties.add_organisation")
        log.add("parties.add_organisation", at="2021-09-20T00:00:00.000000Z", held=True)
        log.sign()

        assert verdict_of(log, tmp_path).code == 0


class TestPayloads:
    def test_that_are_missing_without_redaction_are_a_flaw(self, tmp_path: Path) -> None:
        verdict = verdict_of(full_log(), tmp_path, without=(0,))

        assert flaws(verdict) == [(0, "the payload is missing, and no entry took it away")]

    def test_that_were_swapped_are_found(self, tmp_path: Path) -> None:
        log = full_log()
        log.payloads[3], log.payloads[4] = log.payloads[4], log.payloads[3]

        found = flaws(verdict_of(log, tmp_path))

        assert [number for number, what in found if "committed" in what] == [3, 4]

    def test_of_no_entry_are_found(self, tmp_path: Path) -> None:
        log = full_log()
        log.payloads[99] = log.payloads[0]

        assert (9, "a payload belongs to no entry") in flaws(verdict_of(log, tmp_path))

    def test_that_stand_twice_are_found(self, tmp_path: Path) -> None:
        folder = full_log().bundle(tmp_path / "bundle")
        file = folder / "payloads.jsonl"
        first, *rest = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(first + first + b"".join(rest))

        assert flaws(tally_verify.check_bundle(folder, KEYS)) == [
            (0, "a payload stands twice or out of order")
        ]


class TestRedaction:
    @pytest.mark.parametrize(
        "spoil",
        [{"asked_by": "SECRETARY"}, {"asked_by": ""}, {"commit": "00" * 32}, {"commit": 1}, {"entry": 5}],
    )
    def test_by_one_person_or_of_another_payload_is_a_flaw(
        self, spoil: dict[str, Any], tmp_path: Path
    ) -> None:
        log = Log()
        log.add("parties.add_organisation")
        log.redact(0, **spoil)

        assert verdict_of(log, tmp_path).code == 1

    def test_that_left_the_payload_in_place_is_a_flaw(self, tmp_path: Path) -> None:
        log = Log()
        log.add("parties.add_organisation")
        kept = log.payloads[0]
        log.redact(0)
        log.payloads[0] = kept

        assert flaws(verdict_of(log, tmp_path)) == [
            (0, "the payload is still there, though entry 1 took it away")
        ]

    def test_of_what_the_journal_says_of_itself_is_a_flaw(self, tmp_path: Path) -> None:
        log = Log()
        log.close("2021-09-19")
        log.redact(0)

        assert flaws(verdict_of(log, tmp_path))[0] == (0, "entry 1 took away what the journal says of itself")


class TestReadings:
    def test_that_were_altered_show_at_the_entry_that_closed_the_day(self, tmp_path: Path) -> None:
        log = full_log()
        log.readings[1]["class"] = "red"

        assert flaws(verdict_of(log, tmp_path)) == [
            (8, "the readings of 2021-09-19 are not those that the entry closed")
        ]

    @pytest.mark.parametrize(("whole", "code"), [(True, 1), (False, 2)])
    def test_may_be_left_out_only_of_what_is_not_whole(
        self, *, whole: bool, code: int, tmp_path: Path
    ) -> None:
        log = full_log()
        log.readings = []

        assert verdict_of(log, tmp_path, whole=whole).code == code

    def test_cannot_be_left_out_in_part(self, tmp_path: Path) -> None:
        log = full_log()
        del log.readings[0]

        assert verdict_of(log, tmp_path, whole=False).code == 1

    @pytest.mark.parametrize("day", ["2021-09-18", "2020-01-01"])
    def test_are_of_no_day_before_one_that_was_closed(self, day: str, tmp_path: Path) -> None:
        log = Log()
        log.add("runs.try")
        log.read("2021-09-19", 2)
        log.close("2021-09-19")
        log.read(day, 1)

        assert flaws(verdict_of(log, tmp_path)) == [
            (1, f"a reading is of {day}, which was not closed before 2021-09-19")
        ]

    def test_are_closed_once_a_day(self, tmp_path: Path) -> None:
        log = full_log()
        log.close("2021-09-19")

        assert flaws(verdict_of(log, tmp_path))[0][0] == 9


class TestChangeOfKey:
    NEW = Signer(OWN.name, seed=11)

    @pytest.mark.parametrize(("both", "code"), [(True, 0), (False, 1)])
    def test_is_signed_by_both_keys(self, *, both: bool, code: int, tmp_path: Path) -> None:
        log = Log()
        log.add("journal.rotate_key", {"old": OWN.written, "new": self.NEW.written})
        log.sign(*((OWN, self.NEW) if both else (self.NEW,)))

        assert tally_verify.check_bundle(log.bundle(tmp_path / "b"), [self.NEW.written]).code == code

    def test_names_two_keys(self, tmp_path: Path) -> None:
        log = Log()
        log.add("journal.rotate_key", {"old": OWN.written, "new": "x"})

        assert flaws(verdict_of(log, tmp_path))[0][0] == 0


class TestHostileBundle:
    def test_cannot_make_the_checker_count_in_squares(self, tmp_path: Path) -> None:
        log = Log()
        board = [
            {"seat": f"S{one}", "constituency": f"C{one}", "weight": 1, "state": "filled"}
            for one in range(20_000)
        ]
        log.add("decisions.open_motion", {"motion": "M", "scheme": SCHEME, "seats": board})
        for one in range(300):
            log.add("decisions.cast_vote", {"motion": "M", "seat": f"S{one}", "choice": "approve"})
        log.add("decisions.close_vote", {"motion": "M", "count": {}})
        before = time.process_time()

        verdict = verdict_of(log, tmp_path)

        assert verdict.flaws[0].number == 301
        assert (
            time.process_time() - before < 6
        )  # a quarter of a minute and more, did each act look at each seat

    def test_cannot_fill_the_memory_with_what_was_not_checked(self, tmp_path: Path) -> None:
        log = Log()
        for one in range(300):
            log.add("decisions.open_motion", {"motion": f"M{one}", "format": "later"})

        unchecked = verdict_of(log, tmp_path).unchecked

        assert (len(unchecked), unchecked[-1]) == (tally_verify.MOST_LEFT + 1, "and more")

    @pytest.mark.parametrize(
        "raw",
        [
            b"", b"{", b"[]", b"null", b"\xff", b'{"format":"tally-bundle-v1","format":"x"}', b"[" * 100_000,
            b'{"a":' * 100_000, b"1" * 10_000, b'{"size":NaN}', b'{"size":1e9}', b'"\\ud800"',
        ],
    )  # fmt: skip
    def test_is_refused_or_found_wherever_the_bytes_stand(self, raw: bytes, tmp_path: Path, run: Run) -> None:
        folder = full_log().bundle(tmp_path / "bundle")
        expected = {"bundle.json": {3}, "leaves.jsonl": {1}, "payloads.jsonl": {1}, "readings.jsonl": {1}}

        for name, codes in {**expected, "checkpoints/0000000009.txt": {1}}.items():
            true = (folder / name).read_bytes()
            (folder / name).write_bytes(raw)
            assert run("bundle", folder)[0] in codes
            (folder / name).write_bytes(true)

    def test_may_have_anything_among_its_checkpoints(self, tmp_path: Path, run: Run) -> None:
        folder = full_log().bundle(tmp_path / "bundle")
        os.mkfifo(folder / "checkpoints" / "0000000003.txt")
        (folder / "checkpoints" / "0000000004.txt").mkdir()

        code, said = run("bundle", folder)

        assert (code, said.count(": a checkpoint cannot be read")) == (1, 2)

    def test_may_lack_any_file(self, tmp_path: Path, run: Run) -> None:
        folder = full_log().bundle(tmp_path / "bundle")

        for name, code in {
            "leaves.jsonl": 1,
            "payloads.jsonl": 1,
            "readings.jsonl": 1,
            "bundle.json": 3,
        }.items():
            true = (folder / name).read_bytes()
            (folder / name).unlink()
            assert run("bundle", folder)[0] == code
            (folder / name).write_bytes(true)

    def test_with_any_byte_altered_is_told_from_the_true_one(
        self, tmp_path: Path, run: Run, record_property: Callable[[str, object], None]
    ) -> None:
        folder = full_log().bundle(tmp_path / "bundle")
        tried, unnoticed = 0, []

        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            raw = file.read_bytes()
            for place in range(tried % EVERY, len(raw), EVERY):
                file.write_bytes(raw[:place] + bytes([raw[place] ^ 1 << place % 7]) + raw[place + 1 :])
                code, said = run("bundle", folder, "--key", OWN.written, "--key", WITNESS.written)
                tried += 1
                if code in (0, 2) and "by a key that was given" not in said:
                    unnoticed.append((file.name, place))
            file.write_bytes(raw)

        # What bundle.json says besides size, root and origin proves nothing, and one of two signatures is
        # passed over if its key's name or id is unknown.
        assert {name for name, _ in unnoticed} <= {"bundle.json", "0000000009.txt"}
        assert len(unnoticed) < tried // 20
        record_property("tried", f"{tried} bundles with a byte altered, judged without breaking")
