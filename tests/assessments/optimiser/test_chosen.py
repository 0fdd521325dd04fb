from dataclasses import replace

import pytest

from tallystick.assessments.optimiser.chosen import Chosen, UnableToPlan, choose
from tallystick.assessments.optimiser.question import Option, Question, Technique
from tests.assessments.optimiser.asked import at_random, in_both, least_left, left, of_two

EXACTLY = 1e-6


class TestChoose:
    @pytest.mark.parametrize("question", [*map(at_random, range(12)), *map(in_both, range(100, 108))])
    def test_agrees_with_whoever_tries_every_choice(self, question: Question) -> None:
        least = least_left(question)

        if least is None:
            with pytest.raises(UnableToPlan):
                choose(question)
            return
        found = choose(question, gap=EXACTLY)

        assert found.left == pytest.approx(float(least), rel=1e-5)
        assert float(left(question, found.options)) == pytest.approx(found.left)
        assert found.bound <= found.left * (1 + EXACTLY)

    def test_spends_on_what_takes_off_most_and_not_on_most_techniques(self) -> None:
        found = choose(of_two(), gap=EXACTLY)

        assert (found.techniques, found.spent) == (("lists", "webinar"), 1_000)
        assert found.left == pytest.approx(40)
        assert found.covered == pytest.approx(0.6)

    def test_never_takes_off_more_than_there_is(self) -> None:
        whole = replace(of_two(), budget=10_000)
        options = tuple(replace(one, effects={"R-01": 1.0}) for one in whole.options)

        found = choose(replace(whole, options=options))

        assert found.left == 0
        assert found.covered == 1
        assert found.gap == 0

    def test_is_the_same_twice(self) -> None:
        question = at_random(3)

        assert choose(question) == choose(question)

    def test_of_no_money_takes_what_is_free(self) -> None:
        question = of_two()
        free = (*question.options, Option("notice", "all", effects={"R-01": 0.1}))
        asked = replace(
            question, techniques=(*question.techniques, Technique("notice")), options=free, budget=0
        )

        assert choose(asked).techniques == ("notice",)

    def test_of_nothing_to_choose_from_leaves_everything(self) -> None:
        found = choose(replace(of_two(), techniques=(), options=()))

        assert (found.options, found.left, found.gap) == ((), 100, 0)


class TestUnableToPlan:
    def test_says_what_does_not_go_together(self) -> None:
        with pytest.raises(UnableToPlan, match=r"a budget of £10.00 and the least cover at once"):
            choose(replace(of_two(), coverage={"R-01": 0.7}))

    def test_says_what_cannot_be_put_in(self) -> None:
        question = of_two()
        needing = (replace(question.techniques[0], needs=("visits",)), *question.techniques[1:])
        asked = replace(question, techniques=needing, fixed={"lists": True, "visits": False})

        with pytest.raises(UnableToPlan, match="lists cannot be put in"):
            choose(asked)

    def test_covers_what_is_put_in_beyond_the_money(self) -> None:
        with pytest.raises(UnableToPlan, match="what was put in"):
            choose(of_two().holding("lists", is_in=True).within(500))

    def test_is_raised_where_cover_is_asked_of_what_nothing_touches(self) -> None:
        question = replace(of_two(), exposure={("R-02", "all"): 10.0}, coverage={"R-02": 0.1})

        with pytest.raises(UnableToPlan, match="the least cover"):
            choose(question)


class TestChosen:
    def test_tells_how_much_better_another_could_be(self) -> None:
        found = Chosen((("lists", "all"),), spent=600, left=50.0, bound=49.0, whole=100.0)

        assert found.gap == pytest.approx(0.02)
        assert found.covered == pytest.approx(0.5)

    def test_of_no_exposure_covers_none(self) -> None:
        found = Chosen((), spent=0, left=0.0, bound=0.0, whole=0.0)

        assert (found.covered, found.gap) == (0, 0)
