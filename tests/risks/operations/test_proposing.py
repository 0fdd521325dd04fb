from fractions import Fraction

import pytest

from tallystick.risks.models import Answer, Proposal, Score
from tallystick.risks.operations.proposing import UnableToAnswer, UnableToProposeLikelihood
from tests.cases.cast import landed
from tests.risks.cast import Cast, acts, key, last_said, words_of


class TestProposing:
    def test_shows_the_prior_and_the_data(self, cast: Cast) -> None:
        cast.opened()
        found = [landed(cast.alfa, "2021-06"), landed(cast.alfa, "2021-07"), landed(cast.brvo, "2021-07")]

        made = cast.proposed("R-02")

        assert (made.seen, made.found, made.first, made.last) == (3, 3, "2021-06", "2021-07")
        assert (made.prior_found, made.prior_clear) == ("1/2", "1/2")
        assert made.findings == [one.reference for one in found]
        assert float(made.month) == pytest.approx(0.875)  # (1/2 + 3) of (1 + 3)
        assert (made.step, made.classification, made.publicity) == (5, "amber", "draft")
        assert last_said()[0] == "proposed likelihood 5 for R-02 from 3 of 3 months"
        assert not Score.objects.exists()

    def test_weighs_the_prior(self, cast: Cast) -> None:
        cast.opened()
        landed(cast.alfa)

        made = cast.proposed("R-02", found=Fraction(1), clear=Fraction(1998))

        assert float(made.month) == pytest.approx(0.001)
        assert made.step == 1  # about 1.2% a year, below 2%

    def test_is_done_once_by_a_form(self, cast: Cast) -> None:
        cast.opened()
        landed(cast.alfa)
        form = key()
        first = cast.proposed("R-02", key=form)

        assert cast.proposed("R-02", key=form) == first
        with pytest.raises(UnableToProposeLikelihood, match="something else before"):
            cast.proposed("R-02", key=form, clear=Fraction(2))

    def test_is_refused(self, cast: Cast) -> None:
        cast.opened()

        with pytest.raises(UnableToProposeLikelihood, match="No month has landed"):
            cast.proposed("R-02")
        landed(cast.alfa)
        with pytest.raises(UnableToProposeLikelihood, match="above 0"):
            cast.proposed("R-02", found=Fraction(0))
        cast.split("R-02", "Variant", "Region")
        with pytest.raises(UnableToProposeLikelihood, match="any more"):
            cast.proposed("R-02")
        assert not Proposal.objects.exists()

    def test_needs_steps_of_likelihood(self, cast: Cast) -> None:
        cast.opened(method="money")
        landed(cast.alfa)

        with pytest.raises(UnableToProposeLikelihood, match="no steps"):
            cast.proposed("R-02")

    def test_needs_an_indicator(self, cast: Cast) -> None:
        cast.opened()
        landed(cast.alfa)
        risk = cast.added(words_of("Unseen", indicators=()))

        with pytest.raises(UnableToProposeLikelihood, match="R-09"):
            cast.proposed(risk)


class TestAnswering:
    @pytest.mark.parametrize(("is_accepted", "verb"), [(True, "accepted"), (False, "declined")])
    def test_says_why_and_scores_nothing(self, cast: Cast, is_accepted: bool, verb: str) -> None:  # noqa: FBT001 - a case of the table
        cast.opened()
        landed(cast.alfa)

        answer = cast.answered(cast.proposed("R-02"), is_accepted=is_accepted)

        said, facts = last_said()
        assert said == f"{verb} likelihood 5 proposed for R-02"
        assert facts["worded"] == [f"{answer.handle}.reason"]
        assert not Score.objects.exists()

    def test_is_given_once(self, cast: Cast) -> None:
        cast.opened()
        landed(cast.alfa)
        made, form = cast.proposed("R-02"), key()
        first = cast.answered(made, key=form)

        assert cast.answered(made, key=form) == first
        with pytest.raises(UnableToAnswer, match="answered before"):
            cast.answered(made, is_accepted=False)
        assert acts()[-1] == "answer_likelihood"
        assert Answer.objects.count() == 1

    def test_is_the_offices_and_has_a_reason(self, cast: Cast) -> None:
        cast.opened()
        landed(cast.alfa)
        made = cast.proposed("R-02")

        with pytest.raises(UnableToAnswer, match="Say why"):
            cast.answered(made, reason=" ")
        with pytest.raises(UnableToAnswer, match="The office keeps"):
            cast.answered(made, by=cast.hal)
