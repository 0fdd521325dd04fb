"""Keys, signed notes and their signatures."""

import base64
import sys

import pytest

import tally_verify
from tests.verify.logs import ORIGIN, OWN, WITNESS, Signer, checkpoint, sha

ROOT = sha(b"a root")
# The published example of C2SP signed-note: this key belongs to this name.
PUBLISHED = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def judged(text: str, *keys: Signer) -> tally_verify.Verdict:
    verdict = tally_verify.Verdict()
    signatures = tally_verify.Signatures([key.written for key in keys], verdict)
    signatures.judge(tally_verify.read_checkpoint(text.encode()))
    signatures.conclude()
    return verdict


class TestReadKey:
    def test_takes_the_published_example(self) -> None:
        key = tally_verify.read_key(PUBLISHED)

        assert (key.name, key.kind, key.id.hex()) == ("PeterNeumann", 1, "c74f20a3")

    @pytest.mark.parametrize(
        "text",
        [
            "", "a", "a+b", "a+b+c", PUBLISHED[:-1], PUBLISHED.replace("c74f", "C74F"), "x" + PUBLISHED,
            PUBLISHED.replace("+AR", "+CR"), "a b+c74f20a3+AR", "\udc80+c74f20a3+" + PUBLISHED.split("+")[2],
        ],
    )  # fmt: skip
    def test_refuses_what_is_none(self, text: str) -> None:
        with pytest.raises(tally_verify.NotOfThisKind):
            tally_verify.read_key(text)


class TestReadCheckpoint:
    def test_reads_three_lines_and_signatures(self) -> None:
        note = tally_verify.read_checkpoint(checkpoint(9004, ROOT, OWN, WITNESS).encode())

        assert (note.origin, note.size, note.root, len(note.signatures)) == (ORIGIN, 9004, ROOT, 2)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("9004", "09004"), ("9004", "-1"), ("9004", "9e3"), ("9004", "٩"), ("9004", "99999999999999999"),
            (ORIGIN + "\n", "\n"), ("\n\n", "\nmore\n\n"), ("\n\n", "\n"), ("\n\n", "\n\n\n"), ("—", "-"),
            ("=\n\n", "\n\n"), ("\n\n", "\r\n\n"), (ORIGIN, "a\tb"),
        ],
    )  # fmt: skip
    def test_refuses_any_other_form(self, before: str, after: str) -> None:
        text = checkpoint(9004, ROOT)
        assert before in text

        with pytest.raises(tally_verify.Unreadable):
            tally_verify.read_checkpoint(text.replace(before, after, 1).encode())

    def test_refuses_base64_that_says_more_than_it_shows(self) -> None:
        shown = base64.b64encode(bytes(32)).decode()
        text = checkpoint(9004, bytes(32)).replace(shown, shown[:-2] + "B=")

        with pytest.raises(tally_verify.Unreadable):
            tally_verify.read_checkpoint(text.encode())

    def test_refuses_a_note_without_signature(self) -> None:
        with pytest.raises(tally_verify.Unreadable):
            tally_verify.read_checkpoint((checkpoint(9004, ROOT).partition("\n\n")[0] + "\n\n").encode())


class TestSignatures:
    def test_of_a_trusted_key_hold(self) -> None:
        assert judged(checkpoint(3, ROOT), OWN).code == 0

    def test_of_a_trusted_witness_hold(self) -> None:
        assert judged(checkpoint(3, ROOT, OWN, WITNESS), WITNESS).code == 0

    def test_without_a_key_are_not_checked(self) -> None:
        assert judged(checkpoint(3, ROOT)).unchecked == ["signatures: no key was given with --key"]

    def test_of_unknown_keys_are_passed_over(self) -> None:
        assert judged(checkpoint(3, ROOT, OWN, WITNESS), OWN).code == 0
        assert judged(checkpoint(3, ROOT, WITNESS), OWN).code == 2

    def test_that_do_not_verify_are_a_flaw_whatever_others_say(self) -> None:
        signed = checkpoint(3, ROOT, OWN, WITNESS)
        other = checkpoint(3, sha(b"another"), OWN)
        mixed = signed.split("— ")[0] + "— " + other.split("— ")[1] + "— " + signed.split("— ")[2]

        verdict = judged(mixed, OWN, WITNESS)

        assert [flaw.what for flaw in verdict.flaws] == [
            f"the checkpoint's signature of {ORIGIN} does not verify"
        ]

    def test_of_a_key_of_another_log_count_for_nothing(self) -> None:
        other = Signer("other.example/journal")

        assert judged(checkpoint(3, ROOT, other), other).code == 2

    def test_of_a_witness_hold_for_the_instant_they_name(self) -> None:
        signed = checkpoint(3, ROOT, WITNESS)
        line = signed.split(" ")[-1]
        raw = bytearray(base64.b64decode(line))
        raw[11] ^= 1

        assert judged(signed.replace(line, base64.b64encode(raw).decode() + "\n"), WITNESS).code == 1

    def test_are_not_checked_without_the_library(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)

        verdict = judged(checkpoint(3, ROOT), OWN)

        assert verdict.unchecked == ["signatures: the library cryptography is not installed"]
