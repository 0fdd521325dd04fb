"""Worked votes: those of every rulebook come out, and what does not is told with its line."""

from pathlib import Path

import pytest

from tallystick.decisions.examples import failures_of
from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.text import Text

CODES = [Path("rulebooks/sec"), Path("rulebooks/examples/permits"), Path("rulebooks/examples/incident_desk")]
ONE = """\
- vote: One of two approves
  scheme: change_board
  on: 2021-12-20
  ballots: {large_supplier: {approve: 1}}
  expect: {outcome: no_quorum, present: 1, categories: {large_supplier: for}}
"""


def rulebook(root: Path) -> Rulebook:
    found = load(root).rulebook
    assert found is not None
    return found


def told(sec: Rulebook, folder: Path, text: str) -> list[str]:
    (folder / "examples").mkdir(exist_ok=True)
    (folder / "examples" / "votes.yaml").write_text(text, encoding="utf-8")
    return [failure.removeprefix(f"{folder}/examples/") for failure in failures_of(sec, folder)]


class TestFailuresOf:
    @pytest.mark.parametrize("root", CODES, ids=str)
    def test_are_none_in_a_rulebook(self, root: Path) -> None:
        assert list(failures_of(rulebook(root), root)) == []

    def test_rest_on_the_golden_ballots_and_on_two_thirds(self) -> None:
        ran = {str(root): len(Text(root / "examples/votes.yaml").value) for root in CODES[:2]}

        assert ran == {"rulebooks/sec": 8, "rulebooks/examples/permits": 4}

    def test_say_what_differs_and_where(self, sec: Rulebook, tmp_path: Path) -> None:
        wrong = ONE.replace("present: 1", "present: 2").replace("_supplier: for}", "_supplier: against}")

        assert told(sec, tmp_path, ONE) == []
        assert told(sec, tmp_path, wrong) == [
            "votes.yaml:1: One of two approves: present should be 2 and is 1",
            "votes.yaml:1: One of two approves: the category large_supplier should be against and is for",
        ]

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("scheme: change_board", "scheme: chang_board", "no voting scheme is called 'chang_board'"),
            ("on: 2021", "body: bord\n  on: 2021", "no body is called 'bord'"),
            ("{large_supplier: {approve: 1}}", "{large: {approve: 1}}", "has no seat of 'large'"),
            ("{approve: 1}", "{approve: 14}", "'large_supplier' has 13 seats"),
            ("{approve: 1}", "{aprove: 1}", "The scheme has no choice 'aprove'"),
            ("2021-12-20", "2012-12-20", "change_board has no value on 2012-12-20"),
            ("expect: {", "expect: {membrs: {}, ", "the key 'membrs' is not known. Did you mean 'members'?"),
            ("outcome: no_quorum", "outcome: lost", "'lost' is not one of the words that fit here"),
        ],
    )
    def test_say_what_cannot_be_counted(
        self, sec: Rulebook, tmp_path: Path, old: str, new: str, said: str
    ) -> None:
        assert old in ONE

        (failure,) = told(sec, tmp_path, ONE.replace(old, new))

        assert failure.startswith("votes.yaml:")
        assert said in failure

    def test_compare_the_reading_by_member(self, sec: Rulebook, tmp_path: Path) -> None:
        by_member = ONE.replace("expect: {", "expect: {members: {outcome: carried}, ").replace(
            "on: 2021", "without_quorum: yes\n  on: 2021"
        )

        assert told(sec, tmp_path, by_member.replace("no_quorum", "carried")) == []
        assert told(
            sec, tmp_path, by_member.replace("carried", "deferred").replace("no_quorum", "carried")
        ) == ["votes.yaml:1: One of two approves: by member, outcome should be deferred and is carried"]

    def test_tell_a_file_that_cannot_be_read(self, sec: Rulebook, tmp_path: Path) -> None:
        assert told(sec, tmp_path, "- [") != []
