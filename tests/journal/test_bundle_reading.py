"""A bundle judged by us and by the checker of others: the same verdict on what is sound and what is not."""

import json
import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import tally_verify
from tallystick.journal import bundle, keys
from tallystick.journal.bundle_reading import LONGEST_FILE, UnableToReadBundle, check
from tallystick.journal.notes import Key, SigningKey
from tests.journal.lived import live
from tests.journal.mutants import mutant

pytestmark = pytest.mark.django_db
MUTANTS = int(os.environ.get("TALLY_BUNDLES", "500"))
SEED = 20211120
SOUND, ALTERED, REFUSED = "sound", "altered", "refused"


@pytest.fixture
def sound(home: Path, tmp_path: Path) -> Path:
    live(home)
    bundle.write(tmp_path / "sound", home)
    return tmp_path / "sound"


@pytest.fixture
def known(sound: Path, home: Path) -> list[Key]:
    return [*keys.stated(home), *keys.witnesses(home)]


def ours(folder: Path, known: list[Key]) -> str:
    try:
        return ALTERED if check(folder, known).flaws else SOUND
    except UnableToReadBundle:
        return REFUSED


def theirs(folder: Path, known: list[Key]) -> str:
    code = tally_verify.check_bundle(folder, [key.written for key in known]).code
    return {0: SOUND, 1: ALTERED, 2: SOUND, 3: REFUSED}[code]


def change(file: Path, how: Callable[[list[str]], object]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    how(lines)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


class TestCheck:
    def test_finds_nothing_wrong_with_a_sound_one(self, sound: Path, known: list[Key]) -> None:
        found = check(sound, known)

        assert found.flaws == []
        assert found.unchecked == ["what 1 entries said: it was removed, or left out"]

    def test_says_what_it_did_not_check(self, sound: Path) -> None:
        assert "signatures: no key was given" in check(sound).unchecked

    def test_names_the_first_entry_that_is_wrong(self, sound: Path) -> None:
        change(sound / "payloads.jsonl", lambda lines: lines.pop(4))

        assert check(sound).flaws[0][:] == (5, "What it said is missing.")

    def test_lets_words_be_left_out_of_one_that_says_so(self, sound: Path) -> None:
        stated = json.loads((sound / "bundle.json").read_text())
        (sound / "bundle.json").write_text(json.dumps({**stated, "whole": False}))
        change(sound / "payloads.jsonl", lambda lines: lines.pop(4))

        assert check(sound).flaws == []

    def test_finds_a_log_that_is_shorter_than_what_was_signed(self, sound: Path) -> None:
        change(sound / "leaves.jsonl", lambda lines: lines.pop())
        change(sound / "payloads.jsonl", lambda lines: lines.pop())

        assert any("shorter than what was signed" in flaw.what for flaw in check(sound).flaws)

    def test_finds_a_change_of_key_that_the_old_one_did_not_sign(self, sound: Path) -> None:
        notes = sorted((sound / "checkpoints").iterdir())
        change(notes[1], lambda lines: lines.pop(5))

        assert any("both did not sign" in flaw.what for flaw in check(sound).flaws)

    def test_finds_a_signature_that_does_not_verify(self, sound: Path, home: Path) -> None:
        other = SigningKey.new(keys.signing(home)[0].name)
        note = max((sound / "checkpoints").iterdir())
        head = note.read_text(encoding="utf-8").partition("\n\n")[0] + "\n"
        forged = other.signature(head.encode())
        line = forged._replace(id=keys.signing(home)[0].public.id).line
        note.write_text(f"{head}\n{line}\n", encoding="utf-8")

        assert check(sound).flaws == []
        assert any("does not verify" in flaw.what for flaw in check(sound, keys.stated(home)).flaws)

    def test_meets_pipes_folders_and_giants_among_checkpoints(self, sound: Path) -> None:
        within = sound / "checkpoints"
        os.mkfifo(within / "0000000003.txt")
        (within / "0000000004.txt").mkdir()
        with (within / "0000000005.txt").open("wb") as giant:
            giant.truncate(LONGEST_FILE + 1)

        told = [flaw.what for flaw in check(sound).flaws]

        assert [one.rpartition(": ")[2] for one in told] == [
            "It is no file.", "It is no file.", f"It is larger than {LONGEST_FILE} bytes.",
        ]  # fmt: skip

    def test_finds_a_reading_of_a_day_that_was_passed_over(self, sound: Path) -> None:
        file = sound / "readings.jsonl"
        change(file, lambda lines: lines.append(lines[0].replace("2021-09-20", "2021-09-19")))

        (flaw,) = check(sound).flaws

        assert (flaw.what, theirs(sound, [])) == ("2021-09-19 was not closed.", ALTERED)

    def test_refuses_what_is_no_bundle(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToReadBundle, match=r"holds no bundle\.json"):
            check(tmp_path)


class TestVerdicts:
    def test_of_a_sound_bundle_are_the_same(self, sound: Path, known: list[Key]) -> None:
        assert ours(sound, known) == theirs(sound, known) == SOUND

    def test_of_mutated_bundles_are_the_same(
        self, sound: Path, known: list[Key], tmp_path: Path, record_property: Callable[[str, object], None]
    ) -> None:
        dice, counted, differ = random.Random(SEED), Counter[str](), []  # noqa: S311 - a sample, not a secret
        for number in range(MUTANTS):
            folder, what = mutant(dice, sound, tmp_path / "mutant")
            told = ours(folder, known), theirs(folder, known)
            counted[told[0]] += 1
            if told[0] != told[1]:
                differ.append(f"{number} {what}: we say {told[0]}, they say {told[1]}")

        record_property("counted", f"mutated bundles: {MUTANTS:,}, {dict(counted)}, {len(differ)} differ")
        assert differ == []
        assert counted[ALTERED] > MUTANTS // 2
