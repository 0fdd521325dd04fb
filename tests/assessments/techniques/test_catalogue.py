"""The catalogue of techniques, under the classes that stand on a day."""

from typing import get_args

from tallystick.assessments.techniques.catalogue import FORMS, catalogue, listed
from tallystick.rulebook.techniques import Form
from tests.assessments.cast import GUIDANCE, Cast


class TestCatalogue:
    def test_lists_every_technique_under_its_form_and_the_rulebooks_classes(self, cast: Cast) -> None:
        found = {one.rule.key: one for one in catalogue(cast.ada)}

        assert len(found) == 20
        assert found["charges"].classes == ("incentivisation", "corrective")
        assert found[GUIDANCE].form == "Guidance with acknowledgement"

    def test_counts_what_is_applied_as_far_as_one_may_see_it(self, cast: Cast) -> None:
        cast.begun()
        cast.reported()

        counts = [(one.applied, one.open) for by in (cast.jo, cast.ada) if (one := listed(by, GUIDANCE))]

        assert counts == [(2, 2), (1, 1)]

    def test_has_words_for_every_form(self) -> None:
        assert set(FORMS) == set(get_args(Form))

    def test_knows_no_technique_that_is_not_there(self, cast: Cast) -> None:
        assert listed(cast.jo, "prayer") is None
