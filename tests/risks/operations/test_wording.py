from typing import Any

import pytest

from tallystick.risks.models import Risk, Wording
from tallystick.risks.operations.wording import UnableToWord
from tests.risks.cast import Cast, acts, key, last_said, words_of


class TestAdding:
    def test_gives_the_next_reference(self, cast: Cast) -> None:
        cast.opened()

        risk = cast.added()

        assert risk.reference == "R-09"
        words = risk.wordings.get()
        assert (words.title, words.source, words.verified) == ("A new one", "assumed", False)
        assert (risk.classification, risk.publicity) == ("white", "issued")
        assert last_said()[0] == "added R-09 to the register: A new one"

    def test_may_be_for_fewer(self, cast: Cast) -> None:
        cast.opened()

        risk = cast.added(classification="amber")

        assert risk.classification == risk.wordings.get().classification == "amber"
        assert risk.body_id == risk.wordings.get().body_id == cast.pab.pk
        with pytest.raises(UnableToWord, match="Amber is the strictest"):
            cast.added(classification="red")

    def test_is_done_once_by_a_form(self, cast: Cast) -> None:
        cast.opened()
        form = key()
        first = cast.added(key=form)

        assert cast.added(key=form) == first
        assert acts() == ["open_register", "add_risk"]
        with pytest.raises(UnableToWord, match="worded R-09 before"):
            cast.added(words_of("Another"), key=form)

    @pytest.mark.parametrize(
        ("told", "says"),
        [
            ({"risk_that": " "}, "Say the risk that"),
            ({"resulting_in": "x" * 301}, "300 characters at most"),
            ({"obligations": ("OBL-NONE",)}, "no obligation 'OBL-NONE'"),
            ({"indicators": ("PM-NONE",)}, "no measure"),
            ({"caused_by": ("nobody",)}, "no role, category"),
            ({"area": "z"}, "no area"),
            ({"owner": "nobody"}, "no body"),
        ],
    )
    def test_is_refused(self, cast: Cast, told: dict[str, Any], says: str) -> None:
        cast.opened()

        with pytest.raises(UnableToWord, match=says):
            cast.added(words_of("A new one", **told))

        assert not Risk.objects.filter(reference="R-09").exists()

    def test_needs_a_register_and_the_office(self, cast: Cast) -> None:
        with pytest.raises(UnableToWord, match="No register is open"):
            cast.added()
        with pytest.raises(UnableToWord, match="The office keeps"):
            cast.added(by=cast.ada)


class TestRewording:
    def test_adds_a_version(self, cast: Cast) -> None:
        cast.opened()

        words = cast.reworded("R-02")

        assert [one.number for one in Wording.objects.filter(risk=words.risk).order_by("number")] == [1, 2]
        said, facts = last_said()
        assert said == "worded R-02 otherwise, version 2"
        assert f"{words.handle}.why" in facts["worded"]

    def test_is_done_once_by_a_form_and_not_for_nothing(self, cast: Cast) -> None:
        cast.opened()
        form = key()
        first = cast.reworded("R-02", key=form)

        assert cast.reworded("R-02", key=form) == first
        with pytest.raises(UnableToWord, match="says just that"):
            cast.reworded("R-02")
        with pytest.raises(UnableToWord, match="worded R-02 before"):
            cast.reworded("R-03", key=form)
        assert acts() == ["open_register", "reword_risk"]

    def test_is_not_of_what_was_split(self, cast: Cast) -> None:
        cast.opened()
        cast.split("R-02", "Variant", "Region")

        with pytest.raises(UnableToWord, match="not in the register any more"):
            cast.reworded("R-02")
