from tallystick.risks.drafts import draft_of
from tallystick.risks.models import Score
from tests.risks.cast import Cast


def told() -> list[str]:
    rows = list(Score.objects.order_by("number"))
    return [draft_of(one, rows) for one in rows]


class TestDrafts:
    def test_wait_until_the_register_is_approved(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        before = told()

        cast.approved()

        assert (before, told()) == (["draft"], ["approved"])

    def test_are_of_a_revision_from_then_on(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        cast.approved()

        cast.scored("R-02")

        assert told() == ["approved", "revision"]

    def test_are_replaced_by_what_is_scored_next(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")

        cast.scored("R-02")
        cast.again("R-02")

        assert told() == ["replaced", "draft", "draft"]
