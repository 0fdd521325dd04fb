from pathlib import Path
from typing import Any

from tallystick.rulebook.drafts import Draft
from tallystick.rulebook.naming import MOST_NAMED, known_by, unknown
from tallystick.rulebook.text import Text


def draft(written: bytes, definition: Any = None) -> Draft[Any]:
    return Draft(Text(Path("a.yaml"), written), definition, (), "key")


class TestUnknown:
    def test_names_the_nearest_and_all_that_are_known(self) -> None:
        problem = unknown(draft(b"x: 1\nlimit: rply\n"), ("limit",), "parameter", "rply", {"reply", "trt"})

        assert str(problem) == (
            "a.yaml:2:1: no parameter is called 'rply'. Did you mean 'reply'? "
            "Use one of reply, trt, or add the parameter."
        )

    def test_leaves_off_most_of_a_long_list(self) -> None:
        problem = unknown(draft(b"x: 1\n"), (), "clause", "?", {f"C{n:03}" for n in range(100)})

        assert problem.remedy.count("C0") == MOST_NAMED
        assert problem.remedy.endswith("C011 …, or add the clause.")

    def test_says_to_add_one_where_there_is_none(self) -> None:
        assert unknown(draft(b"x: 1\n"), (), "stream", "alerts", ()).remedy == "Add the stream."

    def test_names_all_of_a_fixed_list_and_offers_to_add_nothing(self) -> None:
        problem = unknown(draft(b"x: 1\n"), (), "role", "?", {f"C{n:03}" for n in range(20)}, fixed=True)

        assert problem.remedy.endswith("C018, C019.")


class TestKnownBy:
    def test_is_by_the_key_in_the_text_and_leaves_out_what_could_not_be_read(self) -> None:
        drafts = [draft(b"key: one\n", "first"), draft(b"key: two\n"), draft(b"x: 1\n", "by file")]

        assert known_by(drafts) == {"one": "first", "a": "by file"}
