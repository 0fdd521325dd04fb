import pytest

from tallystick.evidence.formats import check_content, content_of, format_of
from tallystick.evidence.refusals import UnableToRead


class TestFormatOf:
    @pytest.mark.parametrize(
        ("name", "format_"),
        [
            ("a.csv", "csv"),
            ("A.CSV.GZ", "csv.gz"),
            ("a.b.xlsx", "xlsx"),
            ("a.xes", "xes"),
            ("😀.xes.gz", "xes.gz"),
        ],
    )
    def test_is_how_the_name_ends(self, name: str, format_: str) -> None:
        assert format_of(name) == format_

    def test_is_never_a_long_quotation(self) -> None:
        with pytest.raises(UnableToRead) as refused:
            format_of("x." + "y" * 300)

        assert len(str(refused.value)) < 120


class TestContentOf:
    def test_looks_past_marks_and_space(self) -> None:
        assert content_of(b"\xef\xbb\xbf \n<!DOCTYPE HTML>") == "a web page"
        assert content_of(b"request_id,party") == "text"


class TestCheckContent:
    def test_looks_inside_what_is_packed(self) -> None:
        with pytest.raises(UnableToRead, match="packed content is a PDF document"):
            check_content(b"%PDF", "csv.gz", depth=1)

    def test_does_not_call_noise_text(self) -> None:
        with pytest.raises(
            UnableToRead, match=r"The content is of no kind that is known, but the name says \.xlsx"
        ):
            check_content(bytes(range(7, 255)), "xlsx")
