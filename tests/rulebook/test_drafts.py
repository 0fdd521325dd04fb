from pathlib import Path

from tallystick.rulebook.code import ClauseText
from tallystick.rulebook.drafts import Draft, draft, drafts, read
from tallystick.rulebook.text import Text
from tests.rulebook.conftest import SMALL, Folder

CLAUSE = "clause: C9\nheading: Records\nsource: S1\n"


class TestDraft:
    def test_keeps_the_name_it_gives_itself_though_the_rest_is_wrong(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text("clause: C9\nheading:\n")

        found = draft(file, ClauseText, names="clause")

        assert (found.name, found.definition) == ("C9", None)
        assert [problem.what for problem in found.problems] == [
            "the key 'source' is missing",
            "this does not fit",
        ]

    def test_is_named_by_its_file_where_it_gives_itself_no_name(self) -> None:
        for written in (b"heading: x\n", b"clause: [C9]\n", b"[a]\n", b""):
            found: Draft[ClauseText] = Draft(Text(Path("C8.yaml"), written), None, (), "clause")

            assert found.name == "C8"

    def test_says_what_is_wrong_with_the_text_before_any_definition_is_asked(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text("clause: C9\nclause: C9\n")

        assert [problem.what for problem in draft(file, ClauseText).problems] == [
            "the key 'clause' stands here twice"
        ]


class TestDrafts:
    def test_are_in_the_order_of_their_names(self, tmp_path: Path) -> None:
        for name in ("b", "c", "a"):
            (tmp_path / f"{name}.yaml").write_text(CLAUSE)

        found = drafts(tmp_path, ClauseText, names="clause")

        assert [one.text.file.stem for one in found] == ["a", "b", "c"]

    def test_are_none_where_there_is_no_folder(self, tmp_path: Path) -> None:
        assert drafts(tmp_path / "missing", ClauseText) == ()


class TestRead:
    def test_holds_every_file_by_its_folder(self, small: Folder) -> None:
        found = read(small.root)

        assert len(list(found)) == len(SMALL)
        assert {folder: len(group) for folder, group in found.groups().items()} == {
            "clauses": 1,
            "calendars": 1,
            "parameters": 2,
            "streams": 1,
            "measures": 3,
            "levels": 1,
            "obligations": 2,
            "bodies": 0,
            "voting": 0,
            "processes": 0,
            "scoring": 0,
            "risks": 0,
            "techniques": 0,
            "charges": 0,
        }
