from tallystick.assessments.matters.forms import AnswerForm, QueryForm

KEY = {"key": "k-1"}


class TestAnswerForm:
    def test_says_who_was_right(self) -> None:
        form = AnswerForm({**KEY, "answer": "So.", "upheld": "no"})

        assert form.is_valid()
        assert not form.answered.is_upheld


class TestQueryForm:
    def test_asks_for_words(self) -> None:
        assert not QueryForm({**KEY, "words": " "}).is_valid()
