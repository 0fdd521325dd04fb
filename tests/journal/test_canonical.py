import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.journal.canonical import UnableToWriteCanonically, canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


class TestCanonical:
    def test_orders_keys_by_their_units_of_sixteen_bits(self) -> None:
        # The example of RFC 8785, 3.2.3: the face (two units, from D83D) stands before the Hebrew letter.
        keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\u00f6"]

        written = canonical(dict.fromkeys(keys, 0)).decode()

        assert list(json.loads(written)) == ["\r", "1", "\x80", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]

    def test_escapes_what_has_to_be_and_nothing_else(self) -> None:
        # The string of RFC 8785, 3.2.2, with its own spelling.
        assert canonical('\u20ac$\u000f\nA\'B"\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\"/"'.encode()

    def test_leaves_no_space(self) -> None:
        assert canonical({"b": [1, None, True], "a": {}}) == b'{"a":{},"b":[1,null,true]}'

    def test_tells_yes_from_one(self) -> None:
        assert canonical([True, 1, False, 0]) == b"[true,1,false,0]"

    @given(VALUES)
    def test_is_read_back_as_it_was(self, value: object) -> None:
        assert json.loads(canonical(value)) == value

    @given(VALUES)
    def test_is_the_same_when_written_again(self, value: object) -> None:
        assert canonical(json.loads(canonical(value))) == canonical(value)

    @pytest.mark.parametrize(
        ("value", "place"),
        [
            (0.5, r"\$"),
            ({"share": [1, 2.0]}, r"\$\.share\[1\]"),
            (2**53, r"\$"),
            (-(2**53), r"\$"),
            ({1: "a"}, r"\$"),
            ({"a": b"bytes"}, r"\$\.a"),
            ((1, 2), r"\$"),
            ("\ud800", r"\$"),
            ({"\ud800": 1}, r"\$"),
        ],
    )
    def test_refuses_what_not_everybody_reads_alike(self, value: object, place: str) -> None:
        with pytest.raises(UnableToWriteCanonically, match=f"{place} "):
            canonical(value)
