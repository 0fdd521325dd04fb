from tallystick.evidence.refusals import counted, listed, quoted


class TestQuoted:
    def test_is_short_and_shows_what_is_hidden(self) -> None:
        assert quoted("a\u202eb\n") == r"'a\u202eb\n'"
        assert quoted("x" * 1000) == f"'{'x' * 39}…'"


class TestCounted:
    def test_has_its_plural(self) -> None:
        assert [counted(number, "row") for number in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]


class TestListed:
    def test_stops_after_the_first(self) -> None:
        assert listed(["a", "b", "c"], 2) == "a, b …"
