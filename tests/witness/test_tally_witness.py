"""L3: a witness signs what extends what it saw, and nothing else."""

import ast
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import tally_witness
from tallystick.journal.merkle import Frontier, Place, Tree, leaf_hash
from tallystick.journal.notes import COSIGNATURE, Checkpoint, Key, Note, SigningKey, read

FORKS = int(os.environ.get("TALLY_FORKS", "100"))
SEED = 20211122
ORIGIN = "tallystick.example/journal"
Witness = Callable[..., int]


class Log:
    """A log of numbers, and what its owner would show of it."""

    def __init__(self, key: SigningKey, leaves: list[bytes]) -> None:
        self.key, self.edge, self.nodes = key, Frontier(), dict[Place, bytes]()
        for leaf in leaves:
            self.nodes |= self.edge.append(leaf_hash(leaf))

    def note(self, size: int, *more: SigningKey) -> str:
        tree = Tree(size, lambda places: {place: self.nodes[place] for place in places})
        stated = Checkpoint(self.key.name, size, tree.root())
        return Note(stated, tuple(key.signature(stated.signed) for key in (self.key, *more))).text

    def proof(self, old: int, new: int) -> list[str]:
        tree = Tree(self.edge.size, lambda places: {place: self.nodes[place] for place in places})
        return [digest.hex() for digest in tree.consistency_proof(old, new)]


@pytest.fixture
def key() -> SigningKey:
    return SigningKey.new(ORIGIN)


@pytest.fixture
def log(key: SigningKey) -> Log:
    return Log(key, [b"%d" % number for number in range(64)])


@pytest.fixture
def ask(tmp_path: Path) -> Witness:
    """Return a way to ask one witness for its signature on a note."""
    state = tmp_path / "seen.json"
    assert tally_witness.main(["--state", str(state), "init", "--name", "witness.example"]) == 0

    def asked(note: str, *, proof: list[str] | None = None, key: SigningKey | None = None) -> int:
        (tmp_path / "note.txt").write_text(note, encoding="utf-8")
        (tmp_path / "proof.json").write_text(json.dumps(proof or []), encoding="utf-8")
        words = ["--state", str(state), "cosign", str(tmp_path / "note.txt")]
        words += ["--proof", str(tmp_path / "proof.json"), "--out", str(tmp_path / "cosigned.txt")]
        words += ["--key", key.public.written] if key else []
        (tmp_path / "cosigned.txt").unlink(missing_ok=True)
        return tally_witness.main(words)

    return asked


def cosigned(folder: Path) -> Note:
    return read((folder / "cosigned.txt").read_text(encoding="utf-8"))


def own_key(folder: Path) -> Key:
    told = json.loads((folder / "seen.json").read_text())
    return Key.read(tally_witness.Witness(told).key)


class TestCosign:
    def test_adds_a_line_that_verifies(self, ask: Witness, log: Log, key: SigningKey, tmp_path: Path) -> None:
        assert ask(log.note(5), key=key) == 0

        note, witness = cosigned(tmp_path), own_key(tmp_path)
        (signature,) = note.by([witness])
        assert (witness.kind, signature.name) == (COSIGNATURE, "witness.example")
        assert note.trusted([key.public]).size == 5

    def test_follows_a_log_that_grows(self, ask: Witness, log: Log, key: SigningKey) -> None:
        assert ask(log.note(5), key=key) == 0
        for old, new in ((5, 6), (6, 32), (32, 33), (33, 64), (64, 64)):
            assert ask(log.note(new), proof=log.proof(old, new) if new > old else []) == 0

    def test_needs_the_key_of_a_log_that_it_sees_first(self, ask: Witness, log: Log) -> None:
        assert ask(log.note(5)) == tally_witness.REFUSED

    def test_follows_a_change_of_key(self, ask: Witness, log: Log, key: SigningKey) -> None:
        ask(log.note(5), key=key)
        new = SigningKey.new(ORIGIN)
        log.key = new

        assert ask(log.note(7), proof=log.proof(5, 7), key=new) == tally_witness.REFUSED
        assert ask(log.note(7, key), proof=log.proof(5, 7), key=new) == 0
        assert ask(log.note(9), proof=log.proof(7, 9)) == 0

    def test_writes_down_what_it_saw_before_it_signs(
        self, ask: Witness, log: Log, key: SigningKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[int] = []

        def note_down(self: tally_witness.Witness, *_: object) -> str:
            seen.append(json.loads((tmp_path / "seen.json").read_text())["logs"][ORIGIN]["size"])
            return ""

        monkeypatch.setattr(tally_witness.Witness, "cosignature", note_down)
        ask(log.note(5), key=key)

        assert seen == [5]

    def test_signs_nothing_that_it_could_not_write_down(
        self, ask: Witness, log: Log, key: SigningKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: int) -> None:
            raise OSError("no space left")

        monkeypatch.setattr(os, "fsync", full)

        assert ask(log.note(5), key=key) == tally_witness.WRONG
        assert not (tmp_path / "cosigned.txt").exists()

    def test_signs_again_what_could_not_be_handed_on(self, ask: Witness, log: Log, key: SigningKey) -> None:
        assert ask(log.note(20), key=key) == 0
        for _ in range(2):  # the same words once more, as whoever runs it does after a full disk
            assert ask(log.note(33), proof=log.proof(20, 33)) == 0

    @pytest.mark.parametrize("forged", ["", "nothing", "a\n5\nb\n\n— a AAAA\n"])
    def test_refuses_what_is_no_checkpoint(self, ask: Witness, key: SigningKey, forged: str) -> None:
        assert ask(forged, key=key) == tally_witness.WRONG

    def test_refuses_a_log_that_is_smaller(self, ask: Witness, log: Log, key: SigningKey) -> None:
        ask(log.note(9), key=key)

        assert ask(log.note(8), proof=log.proof(8, 9)) == tally_witness.REFUSED

    def test_refuses_a_growth_that_is_not_shown(self, ask: Witness, log: Log, key: SigningKey) -> None:
        ask(log.note(9), key=key)

        for proof in ([], log.proof(8, 12), log.proof(9, 13), log.proof(9, 12)[:-1], ["00" * 32]):
            assert ask(log.note(12), proof=proof) == tally_witness.REFUSED
        assert ask(log.note(12), proof=log.proof(9, 12)) == 0

    def test_refuses_what_its_log_has_not_signed(self, ask: Witness, log: Log, key: SigningKey) -> None:
        ask(log.note(9), key=key)
        log.key = SigningKey.new(ORIGIN)

        assert ask(log.note(12), proof=log.proof(9, 12)) == tally_witness.REFUSED


class TestForks:
    def test_are_all_refused(
        self, ask: Witness, key: SigningKey, record_property: Callable[[str, object], None]
    ) -> None:
        dice, signed = random.Random(SEED), []  # noqa: S311 - a sample, not a secret
        for number in range(FORKS):
            origin = f"{number}.example/journal"
            key = SigningKey.new(origin)
            size = dice.randrange(2, 60)
            fork = dice.randrange(size)
            shown = [b"%d" % one for one in range(size + dice.randrange(20))]
            other = Log(key, [*shown[:fork], *(b"other %d" % one for one in range(fork, size + 20))])
            mine = Log(key, shown)
            assert ask(mine.note(size), key=key) == 0
            new = dice.randrange(size, size + 20)
            proof = other.proof(size, new) if new > size else []
            if dice.random() < 0.3 and len(shown) > size:
                proof = mine.proof(size, len(shown))
            if ask(other.note(new), proof=proof) == 0:
                signed.append(f"{number}: forked at {fork}, shown {size}, then {new}")

        record_property("counted", f"split views: {FORKS:,}, {len(signed)} signed")
        assert signed == []


class TestVerbs:
    def test_make_one_witness_a_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        words = ["--state", str(tmp_path / "a.json"), "init", "--name", "witness.example"]

        assert tally_witness.main(words) == 0
        assert Key.read(capsys.readouterr().out).name == "witness.example"
        assert tally_witness.main(words) == tally_witness.WRONG
        assert (tmp_path / "a.json").stat().st_mode & 0o077 == 0

    def test_show_what_was_seen(
        self, ask: Witness, log: Log, key: SigningKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ask(log.note(5), key=key)
        capsys.readouterr()

        assert tally_witness.main(["--state", str(tmp_path / "seen.json"), "show"]) == 0
        assert f"{ORIGIN}\t5\t" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "words", [[], ["cosign"], ["init"], ["init", "--name", "a b"], ["show"], ["odd"]]
    )
    def test_say_what_they_were_asked_wrongly(self, words: list[str], tmp_path: Path) -> None:
        assert tally_witness.main(["--state", str(tmp_path / "no.json"), *words]) == tally_witness.WRONG

    @pytest.mark.parametrize(
        "kept", ["", "{}", "[]", '{"format": "other", "logs": {}, "name": "a", "seed": ""}']
    )
    def test_do_not_believe_another_file(self, kept: str, tmp_path: Path) -> None:
        (tmp_path / "odd.json").write_text(kept)

        assert tally_witness.main(["--state", str(tmp_path / "odd.json"), "show"]) == tally_witness.WRONG

    def test_run_by_themselves(self, tmp_path: Path) -> None:
        words = [sys.executable, "-I", "src/tally_witness.py", "--state", str(tmp_path / "a.json"), "init"]

        done = subprocess.run([*words, "--name", "w.example"], capture_output=True, text=True, check=False)  # noqa: S603

        assert (done.returncode, done.stderr) == (0, "")


class TestIndependence:
    def test_is_of_everything_but_one_library(self) -> None:
        tree = ast.parse(Path("src/tally_witness.py").read_text(encoding="utf-8"))
        names = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }

        roots = {name.partition(".")[0] for name in names}
        assert roots - {"cryptography"} <= sys.stdlib_module_names
