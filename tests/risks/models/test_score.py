from tests.cases.cast import landed
from tests.risks.cast import Cast


class TestReading:
    def test_of_scores_stays_in_the_office_and_on_its_body(self, cast: Cast) -> None:
        cast.opened()
        score = cast.scored("R-02")
        names = ("jo", "sam", "aud", "hal", "bo", "pat", "obs", "ada", "ben")

        readers = {one for one in names if type(score).objects.visible_to(getattr(cast, one)).exists()}

        assert readers == {"jo", "sam", "aud", "hal", "bo"}


class TestRows:
    def test_may_be_said_in_words(self, cast: Cast) -> None:
        cast.opened()
        landed(cast.alfa)
        score, proposal = cast.scored("R-02"), cast.proposed("R-02")
        answer = cast.answered(proposal)

        assert str(score).startswith("score 1 of")
        assert str(proposal).startswith("proposal 1 of")
        assert str(answer).startswith("answer to")
