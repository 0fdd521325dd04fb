"""JSON as it may be spelled, and as it must be (RFC 8785)."""

import contextlib
import json

import pytest

import tally_verify


class TestReadCanonical:
    @pytest.mark.parametrize(
        "text",
        [
            "{}", "[]", '""', "0", "-1", "9007199254740991", "-9007199254740991", "null",
            '{"a":[true,false],"b":""}',
            '"\\b\\t\\n\\f\\r\\u0000\\u001f\\"\\\\/"', '"\u007f\u20ac\u2028\U0001f600"',
            # By UTF-16 units a face (D83D) stands before the private letter E000 that Python would put first.
            '{"A":1,"a":1,"\u00e9":1,"\U0001f600":1,"\ue000":1}',
        ],
    )  # fmt: skip
    def test_takes_the_one_spelling(self, text: str) -> None:
        assert tally_verify.read_canonical(text.encode()) == json.loads(text)

    @pytest.mark.parametrize(
        "text",
        [
            "", " {}", "{} ", '{"a": 1}', '{"b":1,"a":1}', '{"a":1,"a":1}', "01", "-0", "1.0", "1e3", "NaN",
            "+1", "9007199254740992", "-9007199254740992", "1" * 20, "1" * 5000,
            '"\\u00e9"', '"\\/"', '"\\u001F"',
            '"\\ud83d\\ude00"', '"\\ud800"', '"\t"', "\ufeff{}", '{"\ue000":1,"\U0001f600":1}', "[1,]",
            "[" * 5000,
        ],
    )  # fmt: skip
    def test_refuses_every_other(self, text: str) -> None:
        with pytest.raises(tally_verify.Unreadable):
            tally_verify.read_canonical(text.encode())

    @pytest.mark.parametrize("raw", [b'"\xff"', b'"\xed\xa0\x80"', b'"\xc0\x80"', b"\x00", b"\xff\xfe{\0}\0"])
    def test_refuses_what_is_not_utf_8(self, raw: bytes) -> None:
        with pytest.raises(tally_verify.Unreadable):
            tally_verify.read_canonical(raw)

    def test_refuses_what_is_nested_deeper_than_it_can_spell(self) -> None:
        for depth in range(900, 1100):  # somewhere here reading still succeeds, and writing does not
            with contextlib.suppress(tally_verify.Unreadable):
                tally_verify.read_canonical(b"[" * depth + b"]" * depth)
        with pytest.raises(tally_verify.Unreadable, match="too deeply"):
            tally_verify.read_canonical(b"[" * 5000 + b"]" * 5000)


class TestReadJson:
    def test_takes_any_spelling(self) -> None:
        assert tally_verify.read_json(b' {"b": "\\u00e9",\n "a": 1} ') == {"a": 1, "b": "\u00e9"}

    @pytest.mark.parametrize(
        "text",
        ['{"a":1,"a":1}', '[{"x":{"a":1,"a":2}}]', "1.0", "Infinity", '"\\ud800"', '{"\\udfff":1}', ""],
    )
    def test_refuses_what_two_readers_may_read_in_two_ways(self, text: str) -> None:
        with pytest.raises(tally_verify.Unreadable):
            tally_verify.read_json(text.encode())
