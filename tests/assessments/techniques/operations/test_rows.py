"""What the acts on applications share."""

import pytest

from tallystick.assessments.techniques.operations.rows import LONGEST, keyed, office_of, told
from tests.assessments.cast import Cast


class UnableToTest(Exception):
    """What the test is refused with."""


class TestShared:
    def test_asks_for_the_key_of_a_form(self) -> None:
        assert keyed("one", UnableToTest) == "one"
        for key in ("", "x" * 65):
            with pytest.raises(UnableToTest, match="key"):
                keyed(key, UnableToTest)

    def test_asks_for_words_of_some_length(self) -> None:
        assert told(" so ", "what", UnableToTest) == "so"
        for words in (" ", "x" * (LONGEST + 1)):
            with pytest.raises(UnableToTest, match="Say what"):
                told(words, "what", UnableToTest)

    def test_lets_the_office_act_and_nobody_else(self, cast: Cast) -> None:
        assert office_of(cast.sam, "one", UnableToTest) == cast.sam.person
        for by in (cast.ada, cast.aud, cast.hal):
            with pytest.raises(UnableToTest, match="office"):
                office_of(by, "one", UnableToTest)
