import datetime as dt

import pytest

from tallystick.journal.models import Entry
from tallystick.risks.models import Approval, Score
from tallystick.risks.operations.approving import UnableToApproveRegister
from tallystick.risks.operations.scoring import score_risk
from tests.risks.cast import BEFORE, DAY, Cast, at, latest, of, on, scoring

LATER = DAY + dt.timedelta(days=3)
STEPS = ("inherent_likelihood", "inherent_impact", "net_likelihood", "net_impact")


def rescored(cast: Cast, day: dt.date = LATER, reference: str = "R-02") -> Score:
    """Score a risk on a later day."""
    scored = scoring(inputs=dict(zip(STEPS, "5434", strict=True)))
    return score_risk(risk=of(reference), period=latest(), scored=scored, by=on(cast.jo, day), at=at(day))


def states() -> list[tuple[str, str, int, str]]:
    rows = Score.objects.order_by("period__from_on", "risk__reference", "number").select_related(
        "risk", "period"
    )
    return [(one.period.name, one.risk.reference, one.number, one.publicity) for one in rows]


class TestApproving:
    def test_ends_the_draft_of_what_was_scored(self, cast: Cast) -> None:
        period = cast.opened()
        cast.scored("R-01")
        cast.scored("R-02")

        row = cast.approved()

        assert [state for *_, state in states()] == ["issued", "issued"]
        assert (row.period, row.reference, row.on) == (period, "REG-2022-1", dt.date(2022, 4, 1))
        assert (row.by_id, row.stood_at, row.body_id) == (cast.sam.person.pk, row.at, cast.pab.pk)

    def test_lets_scores_be_read_by_whom_their_class_allows(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        readers = [cast.ada, cast.obs, cast.pat]
        before = [Score.objects.visible_to(one).count() for one in readers]

        cast.approved()

        assert before == [0, 0, 0]
        assert [Score.objects.visible_to(one).count() for one in readers] == [1, 1, 1]

    def test_leaves_what_is_scored_later_a_draft_until_the_next(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        cast.approved()

        rescored(cast)

        assert [state for *_, state in states()] == ["issued", "draft"]
        cast.approved("REG-2022-2", at=at(LATER, 12))
        assert [state for *_, state in states()] == ["issued", "issued"]

    def test_leaves_a_draft_that_another_took_the_place_of(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        rescored(cast)

        cast.approved(at=at(LATER, 12))

        assert states() == [("2022-23", "R-02", 1, "draft"), ("2022-23", "R-02", 2, "issued")]

    def test_approves_what_stood_when_the_document_was_laid_down(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        rescored(cast)

        cast.approved(at=at(LATER, 12), stood_at=at(DAY, 20))

        assert [state for *_, state in states()] == ["issued", "draft"]

    def test_takes_along_what_was_scored_again_for_the_trend(self, cast: Cast) -> None:
        old = cast.opened(BEFORE)
        cast.scored("R-02", period=old)
        cast.again("R-02", old)
        cast.opened(method="money")

        cast.approved()

        assert states() == [("2021-22", "R-02", 1, "draft"), ("2021-22", "R-02", 2, "issued")]

    def test_leaves_what_is_not_in_the_register_any_more(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        cast.split("R-02", "Variant", "Region")

        cast.approved()

        assert [state for *_, state in states()] == ["draft"]

    def test_is_done_once_for_a_document_and_writes_no_entry_of_its_own(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        before = Entry.objects.count()

        assert cast.approved() == cast.approved()
        assert (Approval.objects.count(), Entry.objects.count()) == (1, before)

    def test_is_refused_where_it_is_of_something_else(self, cast: Cast) -> None:
        old = cast.opened(BEFORE)
        cast.approved(period=old)
        new = cast.opened()

        with pytest.raises(UnableToApproveRegister, match="another period"):
            cast.approved(period=new)
        with pytest.raises(UnableToApproveRegister, match="Name a document"):
            cast.approved(" ", new)
