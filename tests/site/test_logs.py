import io
import logging
import re
from collections.abc import Callable

import pytest

from tallystick.site.logs import HIDDEN, WithoutContent

WORDS = "Cairn Valley Energy missed 12 of 40"
Say = Callable[[], str]


@pytest.fixture
def log() -> logging.Logger:
    log = logging.getLogger("tallystick.of_a_test")
    log.handlers.clear()
    return log


@pytest.fixture
def said(log: logging.Logger) -> Say:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutContent())
    log.addHandler(handler)
    return written.getvalue


def broken(words: str) -> None:
    raise ValueError(words)


class TestWithoutContent:
    def test_says_when_in_utc_how_bad_where_and_what(self, log: logging.Logger, said: Say) -> None:
        log.warning("sign-in refused: address %s", "4be2")

        at, words = said().split(maxsplit=1)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", at)
        assert words == "WARNING tallystick.of_a_test sign-in refused: address 4be2\n"

    def test_says_where_it_broke_and_leaves_the_words_out(self, log: logging.Logger, said: Say) -> None:
        try:
            broken(WORDS)
        except ValueError:
            log.exception("a page broke")

        assert WORDS not in said()
        assert f"builtins.ValueError {HIDDEN}" in said()
        assert re.search(r"test_logs\.py:\d+ in broken", said())

    def test_leaves_out_the_words_of_what_came_before(self, log: logging.Logger, said: Say) -> None:
        try:
            try:
                broken(WORDS)
            except ValueError as cause:
                raise LookupError(WORDS.upper()) from cause
        except LookupError:
            log.exception("a page broke")

        assert WORDS.casefold() not in said().casefold()
        assert said().index("ValueError") < said().index("which led to:") < said().index("LookupError")

    def test_forgets_what_another_handler_made_of_the_error(self, log: logging.Logger, said: Say) -> None:
        other = logging.StreamHandler(io.StringIO())
        log.handlers.insert(0, other)
        try:
            broken(WORDS)
        except ValueError:
            log.exception("a page broke")

        assert WORDS not in said()

    def test_keeps_a_message_on_one_line(self, log: logging.Logger, said: Say) -> None:
        log.warning("Not Found: %s", "/a\r\n2026-01-01T00:00:00.000Z ERROR forged")

        assert said().count("\n") == 1
        assert "/a\\r\\n2026" in said()
