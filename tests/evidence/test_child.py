import pytest

from tallystick.evidence.child import JOBS, answer_of, job_named
from tallystick.evidence.refusals import UnableToRead
from tests.evidence.desk import plan


class Panic(BaseException):
    """What a parser of another language may raise."""


def silent(rows: int, read: int | None) -> None:
    """Say nothing."""


class TestAnswerOf:
    @pytest.mark.parametrize(
        ("raised", "answer"),
        [
            (UnableToRead("No."), {"refusal": "No."}),
            (MemoryError(), {"broken": "memory"}),
            (ValueError("content"), {"broken": "ValueError"}),
            (Panic("content"), {"broken": "Panic"}),
        ],
    )
    def test_is_an_answer_whatever_fails(self, raised: BaseException, answer: dict[str, str]) -> None:
        def job(*_: object) -> dict[str, str]:
            raise raised

        assert answer_of(job, plan(), {}, silent) == answer

    def test_lets_the_keyboard_through(self) -> None:
        def job(*_: object) -> dict[str, str]:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            answer_of(job, plan(), {}, silent)


class TestJobNamed:
    @pytest.mark.parametrize("name", JOBS)
    def test_can_be_run(self, name: str) -> None:
        assert callable(job_named(name))
