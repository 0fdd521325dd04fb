"""A later edition of the rulebook that has no longer what rows of this room name."""

from dataclasses import replace

import pytest

from tallystick.parties import rulebooks
from tallystick.parties.rulebooks import rulebook_of
from tests.assessments.cast import CODE


def without(monkeypatch: pytest.MonkeyPatch, *techniques: str) -> None:
    """Let the rulebook drop techniques from now on."""
    known = rulebook_of(CODE)

    def staying(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in keys if one not in techniques)

    left = {
        key: one.model_copy(update={"needs": staying(one.needs), "after": staying(one.after)})
        for key, one in known.techniques.items()
        if key not in techniques
    }
    made = replace(known, edition="f" * 64, techniques=left)
    monkeypatch.setattr(rulebooks, "_loaded", lambda _folder: made)
