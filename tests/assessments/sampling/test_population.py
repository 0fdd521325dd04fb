"""What is sampled, as somebody lists it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.assessments.sampling.population import MOST_BYTES, MOST_NAMES, UnableToList, counted, listed

NAMES = st.from_regex(r"[0-9A-Za-z][0-9A-Za-z.:/_-]{0,20}", fullmatch=True)


class TestListed:
    def test_reads_a_name_a_line_under_its_stratum(self) -> None:
        read = listed("North,00-DB-12\nSouth\t00-DB-13\r\n\nNorth, 00-DB-14\n")

        assert read.strata == {"North": ("00-DB-12", "00-DB-14"), "South": ("00-DB-13",)}
        assert (read.size, read.sizes) == (3, {"North": 2, "South": 1})
        assert read.listed.splitlines()[0] == "North\t00-DB-12"

    def test_takes_all_for_one_where_no_stratum_is_named(self) -> None:
        assert listed(b"\xef\xbb\xbfone\ntwo").strata == {"all": ("one", "two")}

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "Nothing"),
            ("one\none", "Line 2.*twice"),
            ("North,one\nSouth,one", "twice"),
            ("=HYPERLINK(1)", "Line 1"),
            ("one two", "Line 1"),
            ("<b>", "Line 1"),
            ("a\x00b", "Line 1"),
            ("x" * 65, "Line 1"),
            (",one", "Line 1"),
            (b"\xff\xfe\x00", "UTF-8"),
            ("x" * (MOST_BYTES + 1), "kB"),
            ("\n".join(f"n{one}" for one in range(MOST_NAMES + 1)), "At most"),
            ("\n".join(f"s{one},n{one}" for one in range(51)), "At most"),
        ],
        ids=range(13),
    )
    def test_refuses_what_is_no_list(self, text: str | bytes, why: str) -> None:
        with pytest.raises(UnableToList, match=why):
            listed(text)

    @settings(max_examples=50, deadline=None)
    @given(st.text(max_size=200))
    def test_reads_or_refuses_whatever_is_sent(self, text: str) -> None:
        try:
            read = listed(text)
        except UnableToList:
            return
        assert read.size == sum(map(len, read.strata.values())) > 0

    @settings(max_examples=50, deadline=None)
    @given(st.lists(NAMES, min_size=1, unique=True))
    def test_reads_again_what_it_wrote(self, names: list[str]) -> None:
        read = listed("\n".join(names))

        assert listed(read.listed) == read
        assert listed(read.listed).digest == read.digest


class TestCounted:
    def test_reads_how_many_there_are_of_each(self) -> None:
        read = counted("North, 1200\nSouth,3")

        assert (read.sizes, read.size, read.digest, read.listed) == (
            {"North": 1200, "South": 3},
            1203,
            "",
            "",
        )

    @pytest.mark.parametrize(
        "text", ["", "North, many", "North,1\nNorth,2", "North,-1", "North,0", "North,99999999"]
    )
    def test_refuses_what_counts_nothing(self, text: str) -> None:
        with pytest.raises(UnableToList):
            counted(text)
