from tallystick.assessments.planning.names import short_of, title_of
from tallystick.parties.rulebooks import rulebook_of


class TestNames:
    def test_are_those_of_the_catalogue(self) -> None:
        rules = rulebook_of("sec")

        assert title_of(rules, "coverage_guidance") == rules.techniques["coverage_guidance"].title
        assert short_of(rules, "coverage_guidance") == rules.techniques["coverage_guidance"].short

    def test_of_what_was_dropped_are_its_key_in_words(self) -> None:
        rules = rulebook_of("sec")

        assert title_of(rules, "oath_of_office") == short_of(rules, "oath_of_office") == "Oath of office"
