from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import Wording
from tallystick.risks.words import of_rulebook, of_wording, refusal_of
from tests.risks.cast import CODE, Cast, words_of


class TestWords:
    def test_are_the_same_from_the_rulebook_and_from_the_row(self, cast: Cast) -> None:
        cast.opened()

        for row in Wording.objects.select_related("risk"):
            assert of_wording(row) == of_rulebook(rulebook_of(CODE).risks[row.risk.reference])

    def test_say_whether_somebody_checked_them(self) -> None:
        assert not of_rulebook(rulebook_of(CODE).risks["R-02"]).verified
        assert words_of("Ours").source == "assumed"

    def test_are_refused_for_the_first_thing_that_is_wrong(self) -> None:
        rulebook = rulebook_of(CODE)

        assert refusal_of(words_of("Ours"), "Seen.", rulebook) == ""
        assert refusal_of(words_of(""), "", rulebook).startswith("Say the title")
        assert refusal_of(words_of("Ours"), "", rulebook).startswith("Say why")
        assert "driver 'luck'" in refusal_of(words_of("Ours", drivers=("luck",)), "Seen.", rulebook)
