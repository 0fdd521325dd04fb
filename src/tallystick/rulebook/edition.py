"""The edition of a rulebook: the hash of what its text states.

It is taken from the text itself, not from the definitions, with what is not written left out: a new
release of the software that reads the same text names the same edition.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SHORT = 12


def edition(texts: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the edition of texts by folder and key, each made of dict, list, str and None."""
    written = json.dumps(_stated(texts), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _stated(value: Any) -> Any:
    """Return the value without keys that have nothing after them."""
    if isinstance(value, Mapping):
        return {key: _stated(inner) for key, inner in value.items() if inner is not None}
    return [_stated(inner) for inner in value] if isinstance(value, list) else value
