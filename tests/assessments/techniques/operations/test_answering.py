"""A part of an application is read and answered by its party, and the office says what came of it."""

import pytest

from tallystick.assessments.techniques.operations.answering import (
    UnableToAnswerPart,
    UnableToConcludePart,
    read_part,
)
from tests.assessments.cast import AUDIT, Cast, acts, at


class TestAnswer:
    def test_acknowledges_guidance_without_words(self, cast: Cast) -> None:
        part = cast.answer(cast.part(cast.started()))

        assert (part.answer, part.outcome, part.by_office) == ("", "acknowledged", False)
        assert acts()[2:] == ["answer_part"]

    def test_replies_in_words(self, cast: Cast) -> None:
        part = cast.answer(cast.part(cast.started(AUDIT)), "Come in October.")

        assert (part.answer, part.outcome) == ("Come in October.", "")
        assert part.answered_at == at(cast.jo.day, 12)

    def test_is_written_down_from_paper_by_the_office(self, cast: Cast) -> None:
        part = cast.answer(cast.part(cast.started()), "By letter.", by=cast.sam)

        assert part.by_office
        assert part.answered_by == cast.sam.person

    def test_is_given_once(self, cast: Cast) -> None:
        part = cast.part(cast.started())

        cast.answer(part, key="one")
        cast.answer(part, key="one")

        assert acts()[2:] == ["answer_part"]
        with pytest.raises(UnableToAnswerPart, match="before"):
            cast.answer(part, "Otherwise.")

    def test_is_the_partys_own(self, cast: Cast) -> None:
        part = cast.part(cast.started())

        for by in (cast.ben, cast.bo, cast.obs):
            with pytest.raises(UnableToAnswerPart, match="own part"):
                cast.answer(part, by=by)

    def test_needs_words_where_no_guidance_is_acknowledged(self, cast: Cast) -> None:
        with pytest.raises(UnableToAnswerPart, match="words"):
            cast.answer(cast.part(cast.started(AUDIT)))

    def test_waits_until_it_is_served_and_ends_with_the_report(self, cast: Cast) -> None:
        with pytest.raises(UnableToAnswerPart, match="not under way"):
            cast.answer(cast.part(cast.begun()))
        with pytest.raises(UnableToAnswerPart, match="not under way"):
            cast.answer(cast.part(cast.reported()))

    def test_is_given_elsewhere_to_a_questionnaire(self, cast: Cast) -> None:
        with pytest.raises(UnableToAnswerPart, match="questionnaire itself"):
            cast.answer(cast.part(cast.started("tenancy_questionnaire")), "So.")


class TestConclude:
    def test_says_what_came_of_a_part(self, cast: Cast) -> None:
        part = cast.conclude(cast.part(cast.started(AUDIT)), "does_not_conform", "Three of 40 failed.")

        assert (part.outcome, part.result) == ("does_not_conform", "Three of 40 failed.")
        assert part.concluded_by == cast.jo.person
        assert acts()[2:] == ["conclude_part"]

    def test_says_it_once(self, cast: Cast) -> None:
        part = cast.part(cast.started(AUDIT))

        cast.conclude(part, "conforms", key="one")
        cast.conclude(part, "conforms", key="one")

        assert acts()[2:] == ["conclude_part"]
        with pytest.raises(UnableToConcludePart, match="before"):
            cast.conclude(part, "does_not_conform")

    def test_knows_what_can_come_of_the_form(self, cast: Cast) -> None:
        with pytest.raises(UnableToConcludePart, match="Acknowledged"):
            cast.conclude(cast.part(cast.started()), "passed")

    def test_is_the_offices(self, cast: Cast) -> None:
        with pytest.raises(UnableToConcludePart, match="office"):
            cast.conclude(cast.part(cast.started(AUDIT)), "conforms", by=cast.ada)


class TestRead:
    def test_marks_when_its_party_first_opened_it(self, cast: Cast) -> None:
        part = cast.part(cast.started())

        was_read = [read_part(part=part, **cast.doing(by, hour=11)) for by in (cast.jo, cast.ada, cast.ada)]

        assert was_read == [None, at(cast.jo.day, 11), at(cast.jo.day, 11)]
        part.refresh_from_db()
        assert part.read_at == at(cast.jo.day, 11)
        assert acts()[2:] == ["read_part"]
