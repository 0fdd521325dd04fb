"""One way to write a value as JSON, so that everybody who hashes it finds the same number (RFC 8785).

Keys stand in the order of their UTF-16 units, nothing is spaced, and only what every language reads alike is
taken: text, whole numbers below 2^53, yes and no, nothing, lists, and objects whose keys are text. A share is
written as two whole numbers, an amount as text.
"""

import json
from collections.abc import Mapping

LARGEST = 2**53 - 1


class UnableToWriteCanonically(Exception):
    """A value holds something that not every reader reads alike, such as a fraction."""


def canonical(value: object) -> bytes:
    """Return the one spelling of a value, in UTF-8.

    :raises UnableToWriteCanonically: at the first part that has no certain spelling; its place is named
    """
    return _written(value, "$").encode()


def _written(value: object, place: str) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, int):
        return _whole(value, place)
    if isinstance(value, list):
        return "[" + ",".join(_written(one, f"{place}[{at}]") for at, one in enumerate(value)) + "]"
    if isinstance(value, Mapping):
        return _object(value, place)
    raise UnableToWriteCanonically(
        f"{place} is a {type(value).__name__}. Write it as text, a whole number, a list or an object."
    )


def _text(value: str, place: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnableToWriteCanonically(f"{place} holds half of a character.") from None
    return json.dumps(value, ensure_ascii=False)


def _whole(value: int, place: str) -> str:
    if abs(value) > LARGEST:
        raise UnableToWriteCanonically(f"{place} is 2^53 or beyond. Write it as text.")
    return int.__repr__(value)


def _object(value: Mapping[object, object], place: str) -> str:
    named = {}
    for key, one in value.items():
        if not isinstance(key, str):
            raise UnableToWriteCanonically(f"{place} has a key that is not text: {key!r}.")
        named[key] = _text(key, f"A key of {place}"), _written(one, f"{place}.{key}")
    # A character of two UTF-16 units sorts before some of one unit; by code point it would not.
    ordered = sorted(named, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{named[key][0]}:{named[key][1]}" for key in ordered) + "}"
