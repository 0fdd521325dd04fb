"""What may come of a party's part, by the form of the technique."""

from typing import get_args

from tallystick.assessments.techniques.outcomes import ASKING, CONCLUDED_EACH, GOOD, outcomes_of
from tallystick.rulebook.techniques import Form


class TestOutcomes:
    def test_are_known_of_every_form(self) -> None:
        assert all(len(outcomes_of(form)) >= 2 for form in get_args(Form))

    def test_have_a_good_one_and_another_in_every_form(self) -> None:
        assert all(len(GOOD & set(outcomes_of(form))) >= 1 for form in get_args(Form))
        assert all(set(outcomes_of(form)) - GOOD for form in get_args(Form))

    def test_are_asked_and_awaited_of_known_forms_only(self) -> None:
        assert set(get_args(Form)) >= ASKING | CONCLUDED_EACH
