import pytest

from tallystick.assessments.models import Document, Reply, Comment
from tallystick.assessments.operations.commenting import UnableToReply, UnableToComment
from tests.assessments.plan_cast import OVER, Cast, key, last_said

METHODOLOGY = Document.METHODOLOGY


def consulting(cast: Cast) -> Document:
    cast.scored_year()
    row = cast.drafted(METHODOLOGY)
    cast.put(row)
    return row


class TestCommentOnDocument:
    def test_is_a_partys_and_read_by_all_who_read_the_document(self, cast: Cast) -> None:
        row = consulting(cast)

        made = cast.commented(row)

        assert (made.number, made.party, made.classification) == (1, cast.alfa, "green")
        names = ("ada", "ben", "sam", "hal", "obs")
        readers = {one for one in names if Comment.objects.visible_to(getattr(cast, one)).exists()}
        assert readers == {*names}
        assert last_said()[0] == f"commented on {row.reference}, as comment 1"

    def test_may_be_several_but_one_of_a_form(self, cast: Cast) -> None:
        row, form = consulting(cast), key()

        made = [cast.commented(row, key=form) for _ in range(2)]

        assert made[0] == made[1]
        assert cast.commented(row, "And late.").number == 2
        with pytest.raises(UnableToComment, match="said something else"):
            cast.commented(row, "Other words.", key=form)

    def test_is_refused_outside_the_consultation(self, cast: Cast) -> None:
        cast.scored_year()
        row = cast.drafted(METHODOLOGY)
        with pytest.raises(UnableToComment, match="not in consultation"):
            cast.commented(row)

        cast.put(row)
        cast.consulted(row)

        with pytest.raises(UnableToComment, match="not in consultation"):
            cast.commented(row, day=OVER)

    def test_is_refused_without_words_or_from_the_office(self, cast: Cast) -> None:
        row = consulting(cast)

        with pytest.raises(UnableToComment, match="Say something"):
            cast.commented(row, " ")
        with pytest.raises(UnableToComment, match="not for this role"):
            cast.commented(row, by=cast.sam)


class TestReplyToComment:
    def test_answers_once(self, cast: Cast) -> None:
        comment, form = cast.commented(consulting(cast)), key()

        made = [cast.answered(comment, key=form) for _ in range(2)]

        assert made[0] == made[1]
        assert Reply.objects.count() == 1
        with pytest.raises(UnableToReply, match="is answered already"):
            cast.answered(comment, "Otherwise.")

    def test_is_refused_once_the_document_went_on(self, cast: Cast) -> None:
        row = consulting(cast)
        comment = cast.commented(row)
        cast.step(row, "withdraw")

        with pytest.raises(UnableToReply, match="has gone on"):
            cast.answered(comment)

    def test_is_refused_without_words_or_from_a_party(self, cast: Cast) -> None:
        comment = cast.commented(consulting(cast))

        with pytest.raises(UnableToReply, match="Say something"):
            cast.answered(comment, "")
        with pytest.raises(UnableToReply, match="not for this role"):
            cast.answered(comment, by=cast.ada)
