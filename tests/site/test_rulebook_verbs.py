import json
import shutil
from pathlib import Path

from tests.site.conftest import Tally

PERMITS = Path("rulebooks/examples/permits")


class TestCheck:
    def test_is_content_with_a_sound_rulebook_and_its_examples(self, run: Tally) -> None:
        result = run("rulebook", "check", str(PERMITS))

        assert result.exit_code == 0
        assert "No problems" in result.output

    def test_counts_the_worked_votes(self, run: Tally, tmp_path: Path) -> None:
        root = Path(shutil.copytree(PERMITS, tmp_path / "permits"))
        file = root / "examples" / "votes.yaml"
        file.write_text(file.read_text().replace("{outcome: carried, for: 6", "{outcome: carried, for: 7"))

        result = run("rulebook", "check", str(root))

        assert result.exit_code == 1
        assert "and six are in favour: for should be 7 and is 6" in result.output

    def test_tells_every_problem_and_ends_with_one(self, run: Tally, tmp_path: Path) -> None:
        root = Path(shutil.copytree(PERMITS, tmp_path / "permits"))
        for file in sorted((root / "measures").glob("*.yaml"))[:2]:
            file.write_text(file.read_text().replace("obligation:", "obligaton:"))

        result = run("rulebook", "check", str(root), "--json")

        problems = json.loads(result.output)["problems"]
        assert result.exit_code == 1
        assert {one["nearest"] for one in problems} >= {"obligation"}
        assert len({one["file"] for one in problems}) == 2


class TestShow:
    def test_shows_what_is_in_force_on_a_day(self, run: Tally) -> None:
        result = run("rulebook", "show", "sec", "--on", "2021-07-31")

        assert "CPM1" in result.output
        assert "99/96% †" in result.output

    def test_shows_what_a_class_allowed_on_a_day(self, run: Tally) -> None:
        before = run("rulebook", "show", "sec", "--on", "2021-09-26").output
        after = run("rulebook", "show", "sec", "--on", "2021-09-27").output

        assert "White: Information can be shared with the public" in before
        assert "White: Information can be shared with other SEC Parties" in after
        assert before.count("passed on. †") == 1

    def test_shows_who_sits_on_each_body_and_how_it_votes(self, run: Tally) -> None:
        result = run("rulebook", "show", "sec", "--on", "2021-12-17")

        assert (
            "large_supplier 13, small_supplier 3, network 3, other_sec_party 3, consumer 1" in result.output
        )
        assert "Change Board by category, to the Authority: recommendation †" in result.output
        assert "pab (deciding, proposed): Performance Assurance Board; appeals to panel" in result.output


class TestCoverage:
    def test_names_the_bodies_whose_vote_nobody_states(self, run: Tally) -> None:
        assert "Deciding bodies without a voting scheme: none." in run("rulebook", "coverage", "sec").output

    def test_counts_what_is_left_open(self, run: Tally) -> None:
        assert "clauses" in run("rulebook", "coverage", "sec").output


class TestDiff:
    def test_says_what_changes_and_from_when(self, run: Tally, tmp_path: Path) -> None:
        root = Path(shutil.copytree(PERMITS, tmp_path / "permits"))
        file = min((root / "levels").glob("*.yaml"))
        file.write_text(file.read_text().replace('target: "', 'target: "1'))

        result = run("rulebook", "diff", str(PERMITS), str(root))

        assert file.stem in result.output
