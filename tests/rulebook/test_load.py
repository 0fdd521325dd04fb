from pathlib import Path

import pytest

from tallystick.rulebook.load import load
from tests.rulebook.conftest import SMALL, Folder
from tests.rulebook.moving import set_going


class TestLoad:
    def test_gives_the_rulebook_where_nothing_is_wrong(self, small: Folder) -> None:
        rulebook = small.rulebook

        assert rulebook.code.short == "SSC"
        assert sorted(rulebook.measures) == ["REPLY", "REPLY-1", "REPLY-2"]
        assert len(rulebook.edition) == 64

    def test_gives_the_processes_of_a_code_that_has_some(self, small: Folder) -> None:
        assert small.rulebook.processes == {}
        assert list(set_going(small).rulebook.processes) == ["claim"]

    def test_finds_nothing_wrong_with_the_calendars_of_the_sec(self, small: Folder) -> None:
        for key in ("england_wales", "scotland"):
            text = Path(f"rulebooks/sec/calendars/{key}.yaml").read_text(encoding="utf-8")
            small.write(f"calendars/{key}.yaml", text.replace("[Section A]", "[C7.2]"))

        assert small.problems == ()

    def test_tells_everything_in_every_file_at_once(self, small: Folder) -> None:
        small.rewrite("code.yaml", "title: Small", "titel: Small")
        small.rewrite("clauses/C7.2.yaml", "source: S1", "source: recalled\nverified: yes")
        small.rewrite("levels/REPLY.yaml", "2020-01-01", "2020-13-01")
        small.rewrite("measures/REPLY-1.yaml", "kind: share_within", "kind: [share_within]")
        small.rewrite("measures/REPLY-2.yaml", "{parameter: trt, by: [kind]}", "{parameter: trd, by: [kind]}")
        small.write("obligations/RPT-MONTH.yaml", "key: a\nkey: b\n")
        small.write("parameters/trt.yaml", "")

        assert [line.split(": ")[0] for line in small.lines()] == [
            "clauses/C7.2.yaml:4:1",
            "code.yaml:1:1",
            "code.yaml:2:1",
            "levels/REPLY.yaml:3:3",
            "measures/REPLY-1.yaml:4:1",
            "measures/REPLY-2.yaml:9:9",
            "obligations/RPT-MONTH.yaml:2:1",
            "parameters/trt.yaml:1:1",
        ]

    def test_tells_it_as_file_line_column_what_guess_and_remedy(self, small: Folder) -> None:
        small.rewrite("measures/REPLY-1.yaml", "reply_time", "rply_time")

        assert [str(problem) for problem in small.problems] == [
            (
                f"{small.root}/measures/REPLY-1.yaml:10:9: no parameter is called 'rply_time'. "
                "Did you mean 'reply_time'? Use one of reply_time, trt, or add the parameter."
            )
        ]

    def test_says_so_where_the_folder_is_no_rulebook(self, tmp_path: Path) -> None:
        (problem,) = load(tmp_path).problems

        assert str(problem) == (
            f"{tmp_path}/code.yaml:1:1: the file is missing. Write it, with the code's title."
        )

    @pytest.mark.parametrize("text", ["", "---\n", "# nothing\n", "just words\n", "[]\n", "{}\n", "''\n"])
    @pytest.mark.parametrize("name", sorted(SMALL))
    def test_never_passes_over_a_file_that_states_nothing(self, small: Folder, name: str, text: str) -> None:
        file = small.write(name, text)

        assert file in {problem.file for problem in small.problems}

    def test_says_so_where_two_files_give_themselves_one_key(self, small: Folder) -> None:
        small.write("measures/REPLY-9.yaml", small.read("measures/REPLY-1.yaml"))

        assert small.lines() == [
            (
                "measures/REPLY-9.yaml:1:1: 'REPLY-1' is already the key of REPLY-1.yaml. "
                "Give each file a key of its own."
            )
        ]

    @pytest.mark.parametrize("name", ["measures/NEW.yml", "measures/NEW", "measures/csp/NEW.yaml"])
    def test_says_so_where_a_file_would_be_passed_over(self, small: Folder, name: str) -> None:
        small.write(name, small.read("measures/REPLY-1.yaml"))

        assert "is not read" in small.only_problem.what

    def test_says_so_where_a_folder_has_a_misspelt_name(self, small: Folder) -> None:
        small.write("measure/NEW.yaml", small.read("measures/REPLY-1.yaml"))

        assert small.lines() == [
            "measure:1:1: the folder is not read. Did you mean 'measures'? Rename it, or move it away."
        ]

    @pytest.mark.parametrize("name", ["README.md", "examples/one.csv", "measures/.keep"])
    def test_lets_other_files_stand_beside_the_rulebook(self, small: Folder, name: str) -> None:
        small.write(name, "anything")

        assert small.problems == ()

    def test_says_so_where_a_folder_stands_in_place_of_a_file(self, small: Folder) -> None:
        (small.root / "measures/NEW.yaml").mkdir()

        assert small.only_problem.what == "the file cannot be read: Is a directory"

    def test_gives_the_same_problems_in_the_same_order_every_time(self, small: Folder) -> None:
        for name in SMALL:
            small.write(name, SMALL[name].replace("source", "sauce").replace("clause:", "claus:"))

        assert len(small.problems) > len(SMALL)
        assert small.problems == small.problems == tuple(sorted(small.problems))
