"""The guide keeps up with the rulebook's kinds of measure."""

from pathlib import Path
from typing import Any, get_args

import pytest

from tallystick.rulebook import measures

GUIDE = Path("docs/guide")


def kinds() -> list[str]:
    models: tuple[Any, ...] = get_args(get_args(measures.Measure)[0])
    return sorted(get_args(model.model_fields["kind"].annotation)[0] for model in models)


class TestGuide:
    @pytest.mark.parametrize("kind", kinds())
    def test_explains_every_kind_of_measure(self, kind: str) -> None:
        pages = [page.read_text(encoding="utf-8") for page in GUIDE.rglob("*.md")]

        assert any(f"`{kind}`" in page for page in pages)

    def test_knows_all_of_them(self) -> None:
        assert len(kinds()) == 11


class TestMeasures:
    # A roll-up adds up what other kinds have counted, and counts nothing of its own.
    @pytest.mark.parametrize("kind", [kind for kind in kinds() if kind != "roll_up"])
    def test_have_one_file_for_each_kind(self, kind: str) -> None:
        assert (Path("src/tallystick/measures") / f"{kind}.py").is_file()
