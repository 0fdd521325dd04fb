import pytest

from tallystick.parties.once import once, one_page

asked: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    asked.clear()


@once
def length(word: str) -> int:
    asked.append(word)
    return len(word)


class TestOnce:
    def test_asks_one_question_once_on_a_page(self) -> None:
        with one_page():
            told = [length("a"), length("ab"), length("a")]

        assert (told, asked) == ([1, 2, 1], ["a", "ab"])

    def test_asks_again_on_the_next_page_and_outside_of_pages(self) -> None:
        with one_page():
            length("a")
        with one_page():
            length("a")

        length("a")
        length("a")

        assert asked == ["a"] * 4

    def test_forgets_after_a_page_that_broke(self) -> None:
        with pytest.raises(TypeError), one_page():
            length(7)  # type: ignore[arg-type]  # what has no length

        assert [length("a"), length("a")] == [1, 1]
        assert asked == [7, "a", "a"]
