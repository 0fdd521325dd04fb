from typing import Any

import pytest

from tallystick.processes.wishes import UnableToMove, check_said, check_stated
from tests.processes.way import BEGAN, VALUE, day, wish


def refusal_of(name: str, **told: Any) -> str:
    with pytest.raises(UnableToMove) as refused:
        check_said(VALUE.moves[name], wish(name, BEGAN, **told))
    return str(refused.value)


class TestUnableToMove:
    def test_says_what_why_and_what_would_be_right(self) -> None:
        refusal = UnableToMove("It was not done.", "It is late.", "Be early.")

        assert (refusal.what, refusal.why, refusal.right) == ("It was not done.", "It is late.", "Be early.")
        assert str(refusal) == "It was not done. It is late. Be early."


class TestCheckSaid:
    @pytest.mark.parametrize(
        ("name", "told", "words"),
        [
            ("ask", {"said": {}}, "It asks “What is asked”, and nothing is said to it."),
            ("ask", {"said": {"what": "  "}}, "It asks “What is asked”"),
            ("ask", {"said": {"what": "a", "more": "b"}}, "It does not ask more. It asks what."),
            ("accept", {"said": {"how": "so"}}, "'so' is no choice of “How”. Choose one of well, badly."),
            ("reply", {"said": {"since": "2021-13-01"}}, "'2021-13-01' is no day"),
            ("reply", {"said": {"since": "20210901"}}, "Write a day such as 2021-09-30."),
            ("straight", {"reason": " "}, "It skips a stage, and nobody said why. Give the reason."),
        ],
    )
    def test_refuses(self, name: str, told: dict[str, Any], words: str) -> None:
        assert words in refusal_of(name, **told)

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("reply", {"said": {"since": "2021-08-30"}}),
            ("reply", {"said": {}}),
            ("accept", {}),
            ("straight", {}),
        ],
    )
    def test_lets_through_what_is_asked(self, name: str, told: dict[str, Any]) -> None:
        check_said(VALUE.moves[name], wish(name, BEGAN, **told))


class TestCheckStated:
    @pytest.mark.parametrize(
        ("stated", "words"),
        [
            ({}, "It starts “Plan”, of which no day is stated. State its day."),
            ({"plan": day("2021-08-31")}, "before it starts. State 2021-09-01 or a later day."),
            ({"plan": BEGAN, "fee": BEGAN}, "It states no day of fee. Leave that day out."),
        ],
    )
    def test_refuses(self, stated: dict[str, Any], words: str) -> None:
        with pytest.raises(UnableToMove) as refused:
            check_stated(VALUE, wish("reply", BEGAN, stated=stated), ["plan"])

        assert words in str(refused.value)

    def test_lets_the_day_itself_be_stated(self) -> None:
        check_stated(VALUE, wish("reply", BEGAN, stated={"plan": BEGAN}), ["plan"])
