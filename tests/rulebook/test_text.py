from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.rulebook.text import DEEPEST, MOST_BYTES, Text

FILE = Path("a.yaml")


def read(written: str | bytes) -> Text:
    return Text(FILE, written.encode() if isinstance(written, str) else written)


class TestText:
    def test_keeps_every_scalar_as_it_was_written(self) -> None:
        text = read(
            "on: NO\nid: 0123\nat: 12:30\nversion: 1.10\nday: 2024-04-01\nhex: 0x1F\nnull: null\n"
            "tilde: ~\nfloat: .inf\nbig: 1_000\nquoted: ''\nfolded: >-\n  two\n  lines\nempty:\n"
        )

        assert text.value == {
            "on": "NO",
            "id": "0123",
            "at": "12:30",
            "version": "1.10",
            "day": "2024-04-01",
            "hex": "0x1F",
            "null": "null",
            "tilde": "~",
            "float": ".inf",
            "big": "1_000",
            "quoted": "",
            "folded": "two lines",
            "empty": None,
        }
        assert text.problems == []

    def test_reads_lists_and_mappings_in_either_style(self) -> None:
        assert read("a: [x, {b: y}]\nc:\n- x\n- b: y\n").value == {
            "a": ["x", {"b": "y"}],
            "c": ["x", {"b": "y"}],
        }

    def test_passes_over_a_byte_order_mark(self) -> None:
        text = read(b"\xef\xbb\xbfkey: sec\n")

        assert text.value == {"key": "sec"}
        assert text.problem(("key",), "what", "remedy").column == 1

    def test_reads_the_file_where_no_bytes_are_given(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text("key: é\n", encoding="utf-8")

        assert Text(file).value == {"key": "é"}

    @pytest.mark.parametrize(
        ("written", "where", "what"),
        [
            ("a: 1\nb: 2\na: 3\n", "3:1", "the key 'a' stands here twice"),
            ("x: {a: 1, a: 2}\n", "1:11", "the key 'a' stands here twice"),
            ("a: &x [1]\nb: *x\n", "2:4", "the alias *x stands for text written elsewhere"),
            ("a: &x {b: *x}\n", "1:11", "the alias *x stands for text written elsewhere"),
            ("*x : 1\n", "1:1", "the alias *x stands for text written elsewhere"),
            ("a: !!python/name:os.system x\n", "1:4", "the tag tag:yaml.org,2002:python/name:os.system"),
            ("a: !!str x\n", "1:4", "the tag tag:yaml.org,2002:str is not read"),
            ("a: !mine [x]\n", "1:4", "the tag !mine is not read"),
            ("!mine a: x\n", "1:1", "the tag !mine is not read"),
            ("? [a, b]\n: 1\n", "1:3", "the key is not a word"),
            ("? {a: b}\n: 1\n", "1:3", "the key is not a word"),
            ("a:\n  : 1\n", "2:3", "did not find expected key"),
            ("a: [1\nb: 2\n", "2:2", "did not find expected ',' or ']'"),
            ("a: 'open\n", "2:1", "found unexpected end of stream"),
            ("a: b: c\n", "1:5", "mapping values are not allowed in this context"),
            ("\ta: b\n", "1:1", "found character that cannot start any token"),
            ("a: @b\n", "1:4", "found character that cannot start any token"),
            ("a: 1\n---\nb: 2\n", "2:1", "found another document"),
            ("a: é\nb: x\x00\n", "2:5", "the character U+0000 may not stand in a text"),
            ("", "1:1", "the file is empty"),
            ("# nothing but a remark\n", "1:1", "the file is empty"),
            ("---\n", "1:1", "the file states nothing"),
            ("a: " + "[" * DEEPEST + "]" * DEEPEST, "1:23", "lists and mappings stand more than 20 deep"),
            ("[" * 5000, "1:21", "lists and mappings stand more than 20 deep"),
            ("a" * (MOST_BYTES + 1), "1:1", "the file is larger than 1,000,000 bytes"),
        ],
    )
    def test_says_where_and_what_is_refused(self, written: str, where: str, what: str) -> None:
        text = read(written)

        (problem,) = text.problems

        assert text.value is None
        assert f"{problem.line}:{problem.column}" == where
        assert problem.what.startswith(what)
        assert problem.remedy.endswith(".")

    def test_keeps_a_list_as_deep_as_it_may_be(self) -> None:
        assert read("a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)).problems == []

    def test_refuses_a_file_that_would_grow_by_aliases(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]

        (problem,) = read("\n".join(lines)).problems

        assert (problem.line, problem.column) == (2, 10)

    def test_shortens_a_key_that_is_too_long_to_show(self) -> None:
        key = "k" * 500

        (problem,) = read(f"{key}: 1\n{key}: 2\n").problems

        assert len(problem.what) < 100

    @pytest.mark.parametrize("raw", [b"a: 1\nb: \xa3\n", b"\xef\xbb\xbfa: 1\nb: \xa3\n"])
    def test_names_the_line_that_is_not_utf_8(self, raw: bytes) -> None:
        assert [(p.line, p.what) for p in read(raw).problems] == [(2, "the text is not UTF-8")]

    def test_says_so_where_the_file_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").mkdir()

        assert [p.what for p in Text(tmp_path / "a.yaml").problems] == [
            "the file cannot be read: Is a directory"
        ]
        assert [p.what for p in Text(tmp_path / "b.yaml").problems] == [
            "the file cannot be read: No such file or directory"
        ]

    @given(st.binary(max_size=200))
    def test_reads_any_bytes_or_says_why_not(self, raw: bytes) -> None:
        text = read(raw)

        assert (text.value is None) == bool(text.problems)

    @given(
        st.dictionaries(
            st.text("abcdefg", min_size=1),
            st.text(st.characters(min_codepoint=32, max_codepoint=126)),
            min_size=1,
        )
    )
    def test_gives_back_what_stands_between_quotes(self, pairs: dict[str, str]) -> None:
        written = "".join(f"{key}: '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in pairs.items())

        assert read(written).value == pairs


class TestProblem:
    TEXT = "a: 1\nb:\n  - c: 2\n  -   d: 3\n"

    @pytest.mark.parametrize(
        ("path", "where"),
        [
            (("a",), (1, 1)),
            (("b", 0, "c"), (3, 5)),
            (("b", 1), (4, 7)),
            (("b", 1, "d"), (4, 7)),
            (("b", 1, "missing"), (4, 7)),
            (("b", 7), (2, 1)),
            (("missing", "deeper"), (1, 1)),
            ((), (1, 1)),
        ],
    )
    def test_points_at_the_closest_place_that_was_written(
        self, path: tuple[str | int, ...], where: tuple[int, int]
    ) -> None:
        problem = read(self.TEXT).problem(path, "what", "remedy", "nearest")

        assert (problem.line, problem.column) == where
        assert (problem.file, problem.what, problem.remedy, problem.nearest) == (
            FILE,
            "what",
            "remedy",
            "nearest",
        )
