"""What goes into the log: where something broke and of which kind, and nothing of what was being handled.

The text of an error may quote a row or a cell (a database names the values of a key, a reader of shapes the
input it could not take), and a log has more readers than a Red record.
"""

import logging
import time
import traceback
from types import TracebackType

HIDDEN = "(its words are left out)"
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutContent(logging.Formatter):
    """Writes the time in UTC, the level, where it comes from, the message, and errors without their words."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # made by another formatter, with the words
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Return the line of the message; one that holds several is still one."""
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the library's name
        """Return where the error was raised, and those that led to it, each with its kind alone."""
        return "\n".join(_told(ei[1])) if ei[1] is not None else ""


def _told(error: BaseException) -> list[str]:
    lines: list[str] = []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        lines = [*_told(before), "which led to:"]
    frames = traceback.extract_tb(error.__traceback__)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return [*lines, *(f"  {one.filename}:{one.lineno} in {one.name}" for one in frames), f"{kind} {HIDDEN}"]
