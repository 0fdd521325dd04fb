import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import tally_verify
import tally_witness
from tallystick.journal import kept, keys, queries
from tallystick.journal.models import Entry, Payload, Redaction
from tallystick.journal.notes import Key
from tests.journal.conftest import ORIGIN, act
from tests.journal.guards import tamper
from tests.journal.test_standing import cut
from tests.site import people

pytestmark = pytest.mark.django_db
Tally = Callable[..., Result]


@pytest.fixture
def tally(run: Tally, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Tally:
    """Return a way to say `tally …` of an installation with seven entries."""
    settings.HOME = tmp_path
    monkeypatch.setenv("TALLY_HOME", str(tmp_path))
    for number in range(7):
        act(number)
    return lambda *words: run(*words, "--home", str(tmp_path))


@pytest.fixture
def keyed(tally: Tally) -> Tally:
    assert tally("journal", "key", "--origin", ORIGIN).exit_code == 0
    return tally


class TestKey:
    def test_is_made_once_and_printed(self, tally: Tally) -> None:
        made = tally("journal", "key", "--origin", ORIGIN)

        assert Key.read(made.output).name == ORIGIN
        assert tally("journal", "key").output == made.output
        again = tally("journal", "key", "--origin", ORIGIN)
        assert (again.exit_code, "rotate it" in again.output) == (1, True)

    def test_says_that_there_is_none(self, tally: Tally) -> None:
        assert "There is no key yet" in tally("journal", "key").output

    def test_is_changed(self, keyed: Tally, tmp_path: Path) -> None:
        before = keyed("journal", "key").output

        after = keyed("journal", "key", "--rotate").output

        assert after != before
        assert [key.written for key in keys.stated(tmp_path)] == [before.strip(), after.strip()]
        assert Entry.objects.filter(act="journal.rotate_key").exists()


class TestReadOnly:
    @pytest.mark.parametrize(
        "words",
        [
            ("key", "--rotate"),
            ("redact", "3", "--reason", "secret", "--authority", "A", "--email", "a@example.com"),
            ("witness", "checkpoints/0000000007.txt"),
        ],
    )
    def test_is_held_to_by_verbs_that_write(
        self, words: tuple[str, ...], keyed: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        keyed("journal", "checkpoint")
        cut(5)

        result = keyed("journal", *words)

        assert (result.exit_code, Entry.objects.count()) == (1, 5)
        assert "Read-only: journal shorter than last signed checkpoint 5 < 7" in result.output


class TestCheckpoint:
    def test_prints_what_was_signed(self, keyed: Tally, tmp_path: Path) -> None:
        result = keyed("journal", "checkpoint")

        assert result.output == kept.text_of(tmp_path, 7)

    def test_is_checked_with_its_proof_by_the_checker_and_the_witness(
        self, keyed: Tally, tmp_path: Path
    ) -> None:
        old, new, proof = (str(tmp_path / name) for name in ("old.txt", "new.txt", "proof.json"))
        keyed("journal", "checkpoint", "--out", old)
        act(50)
        keyed("journal", "checkpoint", "--out", new, "--since", "7", "--proof", proof)
        key, state = keyed("journal", "key").output.strip(), str(tmp_path / "seen.json")

        assert tally_verify.main(["consistency", old, new, "--proof", proof, "--key", key]) == 0
        tally_witness.main(["--state", state, "init", "--name", "witness.example"])
        assert tally_witness.main(["--state", state, "cosign", old, "--key", key]) == 0
        assert tally_witness.main(["--state", state, "cosign", new, "--proof", proof]) == 0

    def test_says_why_it_did_not_sign(self, keyed: Tally) -> None:
        tamper(Entry, {"seq": 4}, leaf=b"{}")

        result = keyed("journal", "checkpoint")

        assert (result.exit_code, result.output) == (1, "Error: Entry 4 is not what was written.\n")

    def test_takes_since_and_proof_together(self, keyed: Tally) -> None:
        assert keyed("journal", "checkpoint", "--since", "3").exit_code == 2

    def test_proves_from_no_size_beyond_it(self, keyed: Tally, tmp_path: Path) -> None:
        result = keyed("journal", "checkpoint", "--since", "9", "--proof", str(tmp_path / "a"))

        assert "no size 9 before 7" in result.output


class TestVerify:
    def test_finds_nothing_in_a_sound_log(self, keyed: Tally) -> None:
        assert keyed("journal", "verify").exit_code == 0

    def test_names_the_first_place(self, keyed: Tally) -> None:
        tamper(Payload, {"entry": 4}, text="{}")

        result = keyed("journal", "verify")

        assert result.exit_code == 1
        assert "entry 4: What it says is not what it said." in result.output

    def test_compares_with_what_was_signed(self, keyed: Tally) -> None:
        keyed("journal", "checkpoint")
        cut(5)

        assert "journal shorter than last signed checkpoint 5 < 7" in keyed("journal", "verify").output


class TestBundle:
    def test_is_found_sound_and_then_not(self, keyed: Tally, tmp_path: Path) -> None:
        keyed("journal", "checkpoint")
        folder = tmp_path / "bundle"

        written = keyed("journal", "bundle", str(folder))

        key = keyed("journal", "key").output.strip()
        assert queries.head().root in written.output
        assert keyed("journal", "verify", "--bundle", str(folder), "--key", key).exit_code == 0
        assert tally_verify.main(["bundle", str(folder), "--key", key]) == 0
        (folder / "leaves.jsonl").write_bytes((folder / "leaves.jsonl").read_bytes()[:-9])
        assert keyed("journal", "verify", "--bundle", str(folder)).exit_code == 1

    def test_is_not_written_over(self, keyed: Tally, tmp_path: Path) -> None:
        assert "there already" in keyed("journal", "bundle", str(tmp_path)).output

    def test_is_none_where_there_is_none(self, keyed: Tally, tmp_path: Path) -> None:
        assert "holds no bundle.json" in keyed("journal", "verify", "--bundle", str(tmp_path)).output
        odd = keyed("journal", "verify", "--bundle", str(tmp_path), "--key", "odd")
        assert "is no key" in odd.output


WHY = ("--reason", "court_order", "--authority", "County court, 2021-77")


class TestRedact:
    def test_asks_in_somebodys_name(self, tally: Tally) -> None:
        sam = people.person("Sam Birch")

        result = tally("journal", "redact", "3", *WHY, "--email", "SAM@example.org")

        assert result.exit_code == 0, result.output
        redaction = Redaction.objects.get()
        assert (redaction.asked_by, redaction.entry_id, redaction.state) == (sam.handle, 3, "asked")
        assert Payload.objects.filter(pk=3).exists()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("3", *WHY, "--email", "nobody@example.org"), "No account"),
            (("99", *WHY, "--email", "sam@example.org"), "No words of an entry 99"),
            (
                ("3", "--reason", "odd", "--authority", "a", "--email", "sam@example.org"),
                "Say why the words are to go",
            ),
        ],
    )
    def test_says_what_is_wrong(self, tally: Tally, words: tuple[str, ...], said: str) -> None:
        people.person("Sam Birch")

        result = tally("journal", "redact", *words)

        assert (result.exit_code, said in result.output) == (1, True)


class TestWitness:
    def test_takes_back_what_a_witness_signed(self, keyed: Tally, tmp_path: Path) -> None:
        note, seen, signed = (str(tmp_path / name) for name in ("note.txt", "seen.json", "signed.txt"))
        keyed("journal", "checkpoint", "--out", note)
        key = keyed("journal", "key").output.strip()
        tally_witness.main(["--state", seen, "init", "--name", "witness.example"])
        assert tally_witness.main(["--state", seen, "cosign", note, "--key", key, "--out", signed]) == 0
        witness = tally_witness.load(Path(seen)).key

        unknown = keyed("journal", "witness", signed)
        known = keyed("journal", "witness", "--trust", witness)
        taken = keyed("journal", "witness", signed)

        assert (unknown.exit_code, "No witness that is known" in unknown.output) == (1, True)
        assert (known.output, taken.output) == ("Known from now on.\n", "Taken in: witness.example.\n")
        assert kept.text_of(tmp_path, 7) == Path(signed).read_text()

    def test_asks_for_something(self, keyed: Tally) -> None:
        assert keyed("journal", "witness").exit_code == 2
        assert "is no key" in keyed("journal", "witness", "--trust", "odd").output


class TestOcel:
    def test_writes_what_may_be_read(self, tally: Tally, tmp_path: Path) -> None:
        file = tmp_path / "log.json"

        result = tally("journal", "ocel", str(file))

        assert result.output == "7 events on 2 objects.\n"
        assert len(json.loads(file.read_text())["events"]) == 7
