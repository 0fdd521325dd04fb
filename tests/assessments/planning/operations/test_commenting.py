import pytest

from tallystick.assessments.models import Comment, Document, Reply
from tallystick.assessments.planning.operations.commenting import UnableToComment, UnableToReply
from tests.assessments.plan_cast import OVER, Cast, key, last_said

METHODOLOGY = Document.METHODOLOGY


def consulting(plans: Cast) -> Document:
    plans.scored_year()
    row = plans.drafted(METHODOLOGY)
    plans.put(row)
    return row


class TestCommentOnDocument:
    def test_is_a_partys_and_read_by_all_who_read_the_document(self, plans: Cast) -> None:
        row = consulting(plans)

        made = plans.commented(row)

        assert (made.number, made.party, made.classification) == (1, plans.alfa, "green")
        names = ("ada", "ben", "sam", "hal", "obs")
        readers = {one for one in names if Comment.objects.visible_to(getattr(plans, one)).exists()}
        assert readers == {*names}
        assert last_said()[0] == f"commented on {row.reference}, as comment 1"

    def test_may_be_several_but_one_of_a_form(self, plans: Cast) -> None:
        row, form = consulting(plans), key()

        made = [plans.commented(row, key=form) for _ in range(2)]

        assert made[0] == made[1]
        assert plans.commented(row, "And late.").number == 2
        with pytest.raises(UnableToComment, match="said something else"):
            plans.commented(row, "Other words.", key=form)

    def test_is_refused_outside_the_consultation(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        with pytest.raises(UnableToComment, match="not in consultation"):
            plans.commented(row)

        plans.put(row)
        plans.consulted(row)

        with pytest.raises(UnableToComment, match="not in consultation"):
            plans.commented(row, day=OVER)

    def test_is_refused_without_words_or_from_the_office(self, plans: Cast) -> None:
        row = consulting(plans)

        with pytest.raises(UnableToComment, match="Say something"):
            plans.commented(row, " ")
        with pytest.raises(UnableToComment, match="not for this role"):
            plans.commented(row, by=plans.sam)


class TestReplyToComment:
    def test_answers_once(self, plans: Cast) -> None:
        comment, form = plans.commented(consulting(plans)), key()

        made = [plans.answered(comment, key=form) for _ in range(2)]

        assert made[0] == made[1]
        assert Reply.objects.count() == 1
        with pytest.raises(UnableToReply, match="is answered already"):
            plans.answered(comment, "Otherwise.")

    def test_is_refused_once_the_document_went_on(self, plans: Cast) -> None:
        row = consulting(plans)
        comment = plans.commented(row)
        plans.step(row, "withdraw")

        with pytest.raises(UnableToReply, match="has gone on"):
            plans.answered(comment)

    def test_is_refused_without_words_or_from_a_party(self, plans: Cast) -> None:
        comment = plans.commented(consulting(plans))

        with pytest.raises(UnableToReply, match="Say something"):
            plans.answered(comment, "")
        with pytest.raises(UnableToReply, match="The office does that"):
            plans.answered(comment, by=plans.ada)

    def test_is_the_analysts_and_the_secretarys(self, plans: Cast) -> None:
        row = consulting(plans)

        made = [plans.answered(plans.commented(row), by=one) for one in (plans.jo, plans.sam)]

        assert [one.by for one in made] == [plans.jo.person, plans.sam.person]
