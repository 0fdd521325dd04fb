"""How a refusal is worded: what is wrong, where, what would be right, and never much of the content."""

WIDEST_QUOTE = 40


class UnableToRead(Exception):
    """The whole file is refused and nothing of it was taken in; the message is for its sender."""


def quoted(text: str) -> str:
    """Return a short quotation. Control, invisible and text-direction characters stand as their codes."""
    return repr(text if len(text) <= WIDEST_QUOTE else text[: WIDEST_QUOTE - 1] + "…")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where there is not exactly one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(words: tuple[str, ...] | list[str], most: int = 12) -> str:
    """Return the first of the words, comma between them."""
    return ", ".join(words[:most]) + (" …" if len(words) > most else "")
