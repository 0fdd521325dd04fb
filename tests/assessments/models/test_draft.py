from tallystick.assessments.models import Draft
from tests.assessments.plan_cast import Cast


class TestDraft:
    def test_stays_in_the_office_and_on_the_board(self, plans: Cast) -> None:
        plans.scored_year()
        made = plans.saved()
        names = ("jo", "sam", "aud", "hal", "bo", "pat", "obs", "ada", "ben")

        readers = {one for one in names if Draft.objects.visible_to(getattr(plans, one)).exists()}

        assert readers == {"jo", "sam", "aud", "hal", "bo"}
        assert str(made).startswith("draft 1 of")
