"""The command: what it says, its exit codes, and that nothing makes it break."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import tally_verify
from tests.verify.conftest import Run
from tests.verify.logs import OWN, Log, Signer, checkpoint, consistency, full_log, root, sha

CHECKER = Path("src/tally_verify.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with checkpoints of sizes 2 and 9, a proof between them, the bundle, and receipts."""
    log = full_log()
    log.bundle(tmp_path / "bundle")
    (tmp_path / "old.txt").write_text(log.notes[2])
    (tmp_path / "new.txt").write_text(log.notes[9])
    proof = [one.hex() for one in consistency(2, log.hashes)]
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    (tmp_path / "small.json").write_text(json.dumps(log.receipt(0, size=2)))
    (tmp_path / "large.json").write_text(json.dumps(log.receipt(2)))
    (tmp_path / "last.json").write_text(json.dumps(log.receipt(8)))
    return tmp_path


def other_history() -> Log:
    log = Log()
    log.add("parties.add_organisation", {"name": "Alderbrook Energy"})
    log.add("parties.add_organisation", {"name": "Cairn Valley Energy"})
    log.sign()
    return log


class TestConsistency:
    @pytest.mark.parametrize("by", [("--proof", "proof.json"), ("--bundle", "bundle")])
    def test_holds_by_a_proof_or_a_bundle(self, by: tuple[str, str], folder: Path, run: Run) -> None:
        words = (
            "consistency",
            folder / "old.txt",
            folder / "new.txt",
            by[0],
            folder / by[1],
            "--key",
            OWN.written,
        )

        code, said = run(*words)

        assert code == 0
        assert "Checked: the log of size 9 begins with that of size 2" in said

    @pytest.mark.parametrize("by", [("--proof", "proof.json"), ("--bundle", "bundle")])
    def test_shows_two_histories(self, by: tuple[str, str], folder: Path, run: Run) -> None:
        (folder / "old.txt").write_text(other_history().notes[2])

        code, said = run("consistency", folder / "old.txt", folder / "new.txt", by[0], folder / by[1])

        assert code == 1
        assert "ALTERED at 2" in said

    def test_has_no_proof_from_size_0_nor_backwards_nor_of_two_logs(self, folder: Path, run: Run) -> None:
        (folder / "none.txt").write_text(checkpoint(0, root(())))
        (folder / "other.txt").write_text(
            checkpoint(9, sha(b""), Signer("other.example"), origin="other.example")
        )
        by = ("--proof", folder / "proof.json")

        assert run("consistency", folder / "none.txt", folder / "new.txt", *by)[0] == 3
        assert run("consistency", folder / "new.txt", folder / "old.txt", *by)[0] == 3
        assert run("consistency", folder / "old.txt", folder / "other.txt", *by)[0] == 3
        assert run("consistency", folder / "old.txt", folder / "large.json", *by)[0] == 3
        assert (
            run("consistency", folder / "none.txt", folder / "new.txt", "--bundle", folder / "bundle")[0] == 2
        )

    @pytest.mark.parametrize("raw", ["{}", "[1]", '["00"]', "", "[NaN]"])
    def test_asks_for_a_list_of_hashes(self, raw: str, folder: Path, run: Run) -> None:
        (folder / "proof.json").write_text(raw)

        code, _ = run("consistency", folder / "old.txt", folder / "new.txt", "--proof", folder / "proof.json")

        assert code == 3


class TestCompare:
    def test_finds_two_roots_at_one_size(self, folder: Path, run: Run) -> None:
        (folder / "other.json").write_text(json.dumps(other_history().receipt(1)))

        code, said = run("compare", folder / "old.txt", folder / "other.json")

        assert code == 1
        assert "ALTERED at 2: two histories: two roots at one size" in said

    def test_joins_sizes_by_what_a_receipt_shows(self, folder: Path, run: Run) -> None:
        # Entry 2 names the root of size 2; the proof of entry 8 passes the trees over entries 0 to 7.
        (folder / "eight.txt").write_text(checkpoint(8, full_log().root(8)))

        assert run("compare", folder / "small.json", folder / "large.json", "--key", OWN.written)[0] == 0
        assert run("compare", folder / "last.json", folder / "eight.txt", "--key", OWN.written)[0] == 0

    def test_finds_two_histories_in_receipts_of_two_sizes(self, folder: Path, run: Run) -> None:
        (folder / "other.json").write_text(json.dumps(other_history().receipt(1)))

        for name in ("large.json", "last.json"):
            assert run("compare", folder / "other.json", folder / name)[0] == (
                1 if name == "large.json" else 2
            )

    def test_says_that_sizes_nothing_joins_are_not_checked(self, folder: Path, run: Run) -> None:
        words = ("compare", folder / "new.txt", folder / "old.txt", "--key", OWN.written)

        code, said = run(*words)

        assert code == 2
        assert "give --proof or --bundle" in said
        assert run(*words, "--proof", folder / "proof.json")[0] == 0

    def test_trusts_no_key_that_was_not_given(self, folder: Path, run: Run) -> None:
        for name in ("large.json", "old.txt"):
            code, said = run("compare", folder / name, folder / name)
            assert code == 2
            assert said.count("no key was given") == 1

    def test_checks_the_receipts_themselves(self, folder: Path, run: Run) -> None:
        spoilt = (folder / "small.json").read_text().replace("Alderbrook", "Alderbroke")
        (folder / "small.json").write_text(spoilt)

        assert run("compare", folder / "small.json", folder / "old.txt")[0] == 1


class TestCommand:
    def test_says_what_was_altered_and_where(self, folder: Path, run: Run) -> None:
        leaves = folder / "bundle" / "leaves.jsonl"
        leaves.write_bytes(leaves.read_bytes().replace(b'"M3"', b'"M4"'))

        code, said = run("bundle", folder / "bundle")

        assert code == 1
        assert "ALTERED at 4: the log before this entry is not what the entry says. Expected " in said
        assert said.splitlines()[-1] == "Something was altered."

    def test_says_what_it_did_not_check(self, folder: Path, run: Run) -> None:
        _, said = run("bundle", folder / "bundle")

        assert "Not checked: signatures: no key was given with --key." in said
        assert "Not checked: payload of entry 1: redacted by entry 7." in said

    def test_tells_the_same_in_json(self, folder: Path, run: Run) -> None:
        code, said = run("bundle", folder / "bundle", "--json")

        told = json.loads(said)
        assert (told["verb"], told["exit"], told["altered"]) == ("bundle", code, [])
        assert "payload of entry 1: redacted by entry 7" in told["not_checked"]

    @pytest.mark.parametrize(
        "words",
        [
            ("db", "a", "--jso"), ("compare", "a"), (), ("frobnicate",), ("receipt",),
            ("receipt", "a", "b"), ("bundle", "nowhere"),
            ("receipt", "nowhere"), ("receipt", "."), ("bundle", "src"), ("consistency", "a", "b"),
            ("bundle", ".", "--key", "x"),
            ("consistency", "a", "b", "--proof", "c", "--bundle", "d"),
        ],
    )  # fmt: skip
    def test_refuses_what_is_asked_wrongly(self, words: tuple[str, ...], run: Run) -> None:
        assert run(*words)[0] == 3

    def test_lets_nothing_it_read_move_the_terminal(self, folder: Path, run: Run) -> None:
        log = Log()
        log.add("a\x1b[2J\x07.b\u202e", actor="\x1b]0;")
        (folder / "receipt.json").write_text(json.dumps(log.receipt(0)))

        _, said = run("receipt", folder / "receipt.json")

        assert all(one.isprintable() or one == "\n" for one in said)
        assert "\\x1b[2J" in said

    def test_takes_a_fault_of_its_own_for_no_verdict(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(tally_verify, "check_bundle", lambda *_: 1 // 0)

        assert tally_verify.main(["bundle", "."]) == 2
        assert "the checker itself failed (ZeroDivisionError" in capsys.readouterr().out

    def test_keeps_what_it_found_before_a_fault_of_its_own(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "bundle" / "leaves.jsonl").write_bytes(b"{}\n")
        monkeypatch.setattr(tally_verify.Audit, "_readings", lambda _: 1 // 0)

        assert tally_verify.main(["bundle", str(folder / "bundle")]) == 1

    @pytest.mark.parametrize("more", [[], ["--json"]])
    def test_ends_as_it_should_where_nobody_reads_on(self, more: list[str], folder: Path) -> None:
        words = [sys.executable, str(CHECKER), "bundle", str(folder / "bundle"), *more]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 our own words

        assert (done.returncode, done.stderr) == (2, "")

    def test_shows_the_first_flaws_and_counts_the_others(self, folder: Path, run: Run) -> None:
        (folder / "bundle" / "leaves.jsonl").write_bytes(b"{}\n" * 1500)

        code, said = run("bundle", folder / "bundle")

        assert (code, said.count("ALTERED at")) == (1, tally_verify.SHOWN)
        assert "… and 2975 more." in said


class TestFile:
    def test_imports_the_standard_library_and_nothing_of_the_project(self) -> None:
        imported = set()
        for node in ast.walk(ast.parse(CHECKER.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            if isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])

        assert imported - sys.stdlib_module_names == {"cryptography"}
        assert imported.isdisjoint({"socket", "urllib", "http", "ssl", "subprocess"})

    def test_asks_for_cryptography_inside_a_function_alone(self) -> None:
        top = ast.parse(CHECKER.read_text(encoding="utf-8")).body
        names = [node.module for node in top if isinstance(node, ast.ImportFrom)]

        assert not [name for name in names if name and name.startswith("cryptography")]

    @pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
    def test_runs_by_itself_where_nothing_is_installed(self, encoding: str, folder: Path) -> None:
        # -I and -S keep the environment and everything installed out, as on a bare machine.
        alone = [
            sys.executable,
            "-I",
            "-S",
            str(CHECKER),
            "bundle",
            str(folder / "bundle"),
            "--key",
            OWN.written,
        ]
        before = {"PYTHONIOENCODING": encoding}

        done = subprocess.run(alone, capture_output=True, text=True, check=False, env=before)  # noqa: S603 our own words

        assert (done.returncode, done.stderr) == (2, "")
        assert "Not checked: signatures: the library cryptography is not installed." in done.stdout
