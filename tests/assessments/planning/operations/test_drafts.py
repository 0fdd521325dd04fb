import pytest

from tallystick.assessments.models import Draft
from tallystick.assessments.planning.drawn import drawn_of
from tallystick.assessments.planning.operations.drafts import UnableToSaveDraft
from tallystick.assessments.planning.terms import Terms, terms_of
from tallystick.decisions.keeping import UnableToChangeARecord
from tests.assessments.plan_cast import BUDGET, Cast, acts, key, last_said


class TestSaveDraft:
    def test_keeps_the_terms_and_what_was_drawn(self, plans: Cast) -> None:
        plans.scored_year()
        terms = Terms(BUDGET, levels={"R-02": "basic"}, fixed={"comparison": False})

        made = plans.saved(terms=terms, whys={"comparison": "Not this year."}, says="The first.")

        drawn = drawn_of(made.result)
        assert (made.number, terms_of(made.terms)) == (1, terms)
        assert drawn.whole == 21  # 16 and 5
        assert "comparison" not in drawn.techniques
        assert (made.publicity, made.body, acts()) == ("draft", plans.pab, ["save_draft"])
        covers = f"£30k covers {drawn.covered * 100:.0f}%"
        assert last_said()[0] == f"saved draft 1 of the plan of 2022-23: {covers}"

    def test_saves_one_however_often_it_is_sent(self, plans: Cast) -> None:
        plans.scored_year()
        form = key()

        made = [plans.saved(key=form) for _ in range(2)]

        assert made[0] == made[1]
        with pytest.raises(UnableToSaveDraft, match="This form saved draft 1 before"):
            plans.saved(key=form, terms=Terms(1))

    def test_numbers_the_next(self, plans: Cast) -> None:
        plans.scored_year()

        assert [plans.saved().number for _ in range(2)] == [1, 2]

    @pytest.mark.parametrize(
        ("terms", "why"),
        [
            (Terms(BUDGET, fixed={"comparison": True}), "Say why 'Comparative figures to Parties'"),
            (Terms(BUDGET, fixed={"nothing": True}), "There is no technique 'nothing'"),
            (Terms(BUDGET, levels={"R-01": "basic"}), "There is no risk with a score 'R-01'"),
            (Terms(BUDGET, levels={"R-02": "utter"}), "There is no level of assurance 'utter'"),
            (Terms(BUDGET, not_before={"charges": 6}), "A year has four quarters"),
            (Terms(0, levels={"R-02": "high"}), "No plan fits a budget of £0.00"),
            (Terms(-1), "A budget is not below nothing"),
        ],
    )
    def test_is_refused_where_the_terms_cannot_be(self, plans: Cast, terms: Terms, why: str) -> None:
        plans.scored_year()

        with pytest.raises(UnableToSaveDraft, match=why):
            plans.saved(terms=terms)
        assert not Draft.objects.exists()

    def test_is_the_offices(self, plans: Cast) -> None:
        plans.scored_year()

        with pytest.raises(UnableToSaveDraft, match="The office does that"):
            plans.saved(by=plans.ada)

    def test_is_refused_before_anything_is_scored(self, plans: Cast) -> None:
        plans.opened()

        with pytest.raises(UnableToSaveDraft, match="nothing to plan for"):
            plans.saved()

    def test_stays_as_it_was_whatever_is_scored_later(self, plans: Cast) -> None:
        plans.scored_year()
        made = plans.saved()
        before = Draft.objects.get().result

        plans.of.scored("R-02", (5, 5, 5, 5))

        assert Draft.objects.get(pk=made.pk).result == before
        with pytest.raises(UnableToChangeARecord):
            made.save(update_fields=["result"])
