"""Receipts: what they show, and what happens when anything in them is altered."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

import tally_verify
from tests.verify.conftest import Run
from tests.verify.logs import OWN, Log, canonical, full_log, sha

KEYS = [OWN.written]
EVERY = int(os.environ.get("TALLY_BYTES", "9"))  # one in so many bytes is altered; 1 in assurance


def changed(receipt: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return a copy with one field, at a path such as `entries/0/index`, set to a value."""
    copy: dict[str, Any] = json.loads(json.dumps(receipt))
    *above, last = path.split("/")
    place: Any = copy
    for step in above:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[last] = value
    return copy


@pytest.fixture(scope="module")
def receipt() -> dict[str, Any]:
    return full_log().receipt(3, 6)


class TestVerifyReceipt:
    def test_believes_a_true_one(self, receipt: dict[str, Any]) -> None:
        verdict = tally_verify.verify_receipt(receipt, KEYS)

        assert (verdict.code, verdict.unchecked) == (0, [])
        assert "entry 3 (decisions.cast_vote) is in the log of size 9" in verdict.checked

    def test_says_that_it_trusts_no_key_of_the_receipt_itself(self, receipt: dict[str, Any]) -> None:
        assert tally_verify.verify_receipt(receipt, []).unchecked == [
            "signatures: no key was given with --key"
        ]

    @pytest.mark.parametrize("size", [1, 2, 3, 9])
    def test_believes_every_entry_at_every_size(self, size: int) -> None:
        made = full_log().receipt(*range(size), size=size)

        assert tally_verify.verify_receipt(made, KEYS).code == (2 if size > 1 else 0)  # entry 1 is redacted

    def test_does_not_check_what_was_withheld(self, receipt: dict[str, Any]) -> None:
        made = changed(changed(receipt, "entries/0/payload", None), "entries/0/salt", None)

        verdict = tally_verify.verify_receipt(made, KEYS)

        assert verdict.code == 2
        assert verdict.unchecked == ["payload of entry 3: it was redacted, or is not in the receipt"]

    def test_does_not_check_what_no_checkpoint_covers(self, receipt: dict[str, Any]) -> None:
        assert tally_verify.verify_receipt(changed(receipt, "log/checkpoint", None), KEYS).code == 2

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("entries/0/index", 4), ("entries/0/index", -1), ("entries/0/index", 2**52),
            ("entries/0/proof", []),
            ("entries/0/payload", '{"capacity":"","facts":{},"said":""}'), ("entries/0/salt", "00" * 32),
            ("log/root", "00" * 32), ("log/size", 8), ("log/size", 2**53 - 1),
            ("log/origin", "other.example"),
            ("log/checkpoint", "nothing"),
        ],
    )  # fmt: skip
    def test_finds_what_was_altered(self, receipt: dict[str, Any], path: str, value: object) -> None:
        assert tally_verify.verify_receipt(changed(receipt, path, value), KEYS).code == 1

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("format", "tally-receipt-v2"), ("entries", []), ("entries", {}), ("entries/0/index", True),
            ("entries/0/index", "3"), ("entries/0/proof", ["x"]), ("entries/0/proof", [None]),
            ("log/size", 0),
            ("entries/0/salt", "00"), ("entries/0/payload", None), ("log/root", "A" * 64), ("log", []),
            ("entries/0/leaf", None), ("entries/0/leaf", "\udc80"), ("log/checkpoint", 1),
            ("entries/0/payload", "\ud800"),
        ],
    )  # fmt: skip
    def test_refuses_what_is_none(self, receipt: dict[str, Any], path: str, value: object) -> None:
        assert tally_verify.verify_receipt(changed(receipt, path, value), KEYS).code == 3

    @pytest.mark.parametrize("value", [None, [], 1, "x", {}, {"format": "tally-receipt-v1"}])
    def test_refuses_what_is_no_receipt_at_all(self, value: object) -> None:
        assert tally_verify.verify_receipt(value, KEYS).code == 3

    @pytest.mark.parametrize(
        "spoil",
        [
            {"v": 2}, {"seq": 5}, {"class": "blue"}, {"at": "2021-09-20T08:15:00Z"}, {"commit": "x"},
            {"more": 1},
            {"at": "2021-02-30T08:15:00.000000Z"}, {"held": 0}, {"actor": None}, {"prev": "00" * 33},
        ],
    )  # fmt: skip
    def test_refuses_a_leaf_that_is_in_the_log_but_in_another_form(self, spoil: dict[str, Any]) -> None:
        log = Log()
        log.add("parties.add_organisation", **spoil)

        assert tally_verify.verify_receipt(log.receipt(0), KEYS).code == 1

    @pytest.mark.parametrize("before", [b":", b",", b'"held":false'])
    def test_refuses_a_leaf_in_another_spelling(self, before: bytes) -> None:
        log = Log()
        log.add("parties.add_organisation")
        log.leaves[0] = log.leaves[0].replace(before, before + b" ", 1)

        verdict = tally_verify.verify_receipt(log.receipt(0), KEYS)

        assert [flaw.what for flaw in verdict.flaws] == ["the leaf is not in canonical spelling"]

    def test_refuses_a_payload_in_another_form_than_the_format_has(self) -> None:
        log = Log()
        salt, payload = bytes(32), canonical({"capacity": "", "facts": [], "said": ""})
        log.add("parties.add_organisation", commit=sha(b"tally-commit-v1\0" + salt + payload).hex())
        log.payloads[0] = (salt, payload)

        assert tally_verify.verify_receipt(log.receipt(0), KEYS).code == 1


class TestReceiptCommand:
    def test_never_breaks_on_a_file_with_any_byte_altered(
        self, receipt: dict[str, Any], tmp_path: Path, run: Run
    ) -> None:
        raw, file = json.dumps(receipt, ensure_ascii=False).encode(), tmp_path / "receipt.json"
        keys = raw.index(b'"keys"'), raw.index(b'"checkpoint"')
        codes = {}

        for place in range(0, len(raw), EVERY):
            file.write_bytes(raw[:place] + bytes([raw[place] ^ 1 << place % 7]) + raw[place + 1 :])
            codes[place], _ = run("receipt", file, "--key", KEYS[0])

        believed = [place for place, code in codes.items() if code == 0]
        # Only what the receipt says of keys, which nobody is asked to trust, can be altered unnoticed.
        assert all(keys[0] < place < keys[1] for place in believed)
        assert set(codes.values()) <= {0, 1, 2, 3}

    def test_never_breaks_on_a_file_cut_anywhere(
        self, receipt: dict[str, Any], tmp_path: Path, run: Run
    ) -> None:
        raw, file = json.dumps(receipt).encode(), tmp_path / "receipt.json"

        for end in range(0, len(raw), 5 * EVERY):
            file.write_bytes(raw[:end])
            assert run("receipt", file)[0] == 3


class TestPrev:
    """A proof holds the whole log before its leaf, so one receipt shows whether the leaf tells it truly."""

    @pytest.mark.parametrize("number", range(7))
    def test_is_held_against_the_proof_itself(self, number: int) -> None:
        log = Log()
        for place in range(7):
            log.add("runs.try", prev="00" * 32 if place == number else log.root().hex())

        verdict = tally_verify.verify_receipt(log.receipt(number), KEYS)

        assert [(flaw.number, flaw.what) for flaw in verdict.flaws] == [
            (number, "the leaf names another root before it")
        ]


class TestPending:
    """Entries that no checkpoint holds yet, beside those that one does."""

    @pytest.fixture
    def waiting(self) -> dict[str, Any]:
        return full_log().receipt(2, 6, 8, signed=5)

    def test_is_told_from_what_was_signed(self, waiting: dict[str, Any]) -> None:
        verdict = tally_verify.verify_receipt(waiting, KEYS)

        assert (verdict.code, verdict.flaws) == (2, [])
        assert verdict.unchecked == ["signatures of entries from 5 on: they wait for the next checkpoint"]
        assert "entry 2 (decisions.open_motion) is in the log of size 5" in verdict.checked
        assert (
            "entry 8 (journal.close_readings) is in the log of size 9, which is not signed yet"
            in verdict.checked
        )
        assert f"1 checkpoint signed by {OWN.name}" in verdict.checked

    @pytest.mark.parametrize("size", range(1, 9))
    def test_holds_at_every_size(self, size: int) -> None:
        made = full_log().receipt(0, *range(2, 9), signed=size)

        assert tally_verify.verify_receipt(made, KEYS).flaws == []

    @pytest.mark.parametrize(
        ("path", "value", "number"),
        [
            ("log/pending/proof", ["00" * 32] * 3, 5),
            ("log/pending/proof", [], 5),
            ("log/pending/root", "00" * 32, 5),
            ("log/pending/size", 10, 8),
            ("log/pending", None, 6),
            ("entries/1/proof", [], 6),
        ],
    )
    def test_shows_where_it_was_altered(
        self, path: str, value: object, number: int, waiting: dict[str, Any]
    ) -> None:
        verdict = tally_verify.verify_receipt(changed(waiting, path, value), KEYS)

        assert verdict.code == 1
        assert verdict.in_order()[0].number == number

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("log/pending/size", 5), ("log/pending/size", 10**30), ("log/pending/proof", [1]),
            ("log/pending", []), ("log/pending/root", "x"), ("log/checkpoint", None),
        ],
    )  # fmt: skip
    def test_has_the_form_of_the_format(self, path: str, value: object, waiting: dict[str, Any]) -> None:
        assert tally_verify.verify_receipt(changed(waiting, path, value), KEYS).code in {1, 3}
