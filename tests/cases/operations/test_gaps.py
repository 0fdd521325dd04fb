from dataclasses import replace
from typing import Any

import pytest

from tallystick.cases.gaps import findings_of_gap
from tallystick.cases.models import Gap
from tallystick.cases.operations.gaps import (
    Recorded,
    UnableToCloseGap,
    UnableToHandOnGap,
    UnableToRecordGap,
    close_gap,
    hand_on_gap,
    record_gap,
)
from tests.cases.cast import OPENED, Cast, acts, at, key, landed, last_said

pytestmark = pytest.mark.django_db
WRONG = Recorded(
    clause="G3",
    title="Certificates of the wrong Network Operator",
    what="Only the Network Operator that was named by mistake can correct one, and nothing obliges it to.",
    harmed="The right Network Operator, which cannot reach the meter.",
    needed="A duty of whoever is named to correct it, with a time.",
    key="form",
)


def recorded(cast: Cast, **said: Any) -> Gap:
    return record_gap(recorded=replace(WRONG, **{"key": key(), **said}), by=cast.jo, at=at(OPENED))


class TestRecordGap:
    def test_keeps_what_nobody_owes_with_its_clause(self, cast: Cast) -> None:
        finding = landed(cast.alfa)

        gap = recorded(cast, area="d", findings=(finding,))

        assert (gap.state, gap.clause, gap.area, gap.classification) == ("open", "G3", "d", "green")
        assert findings_of_gap(cast.jo, gap) == [finding]
        assert acts() == ["record_gap"]
        assert last_said()[1]["findings"] == [finding.handle]

    def test_sent_again_records_one(self, cast: Cast) -> None:
        first, again = recorded(cast, key="same"), recorded(cast, key="same")

        assert first == again
        assert acts() == ["record_gap"]
        with pytest.raises(UnableToRecordGap, match="before"):
            recorded(cast, key="same", title="Another")

    @pytest.mark.parametrize(
        "said",
        [
            {"clause": "Z99"},
            {"area": "z"},
            {"title": " "},
            {"what": ""},
            {"harmed": ""},
            {"needed": ""},
            {"key": ""},
            {"title": "x" * 201},
        ],
    )
    def test_is_refused_where_something_is_wanting(self, cast: Cast, said: dict[str, str]) -> None:
        with pytest.raises(UnableToRecordGap):
            recorded(cast, **said)

        assert not Gap.objects.exists()

    def test_is_the_offices_alone(self, cast: Cast) -> None:
        with pytest.raises(UnableToRecordGap, match="office"):
            record_gap(recorded=WRONG, by=cast.ada, at=at(OPENED))


class TestHandOnGap:
    def test_names_the_modification_once(self, cast: Cast) -> None:
        gap = recorded(cast)

        for _ in range(2):
            handed = hand_on_gap(gap=gap, modification=" SECMP0063 ", by=cast.sam, at=at(OPENED))

        assert (handed.state, handed.modification) == ("handed_on", "SECMP0063")
        assert acts() == ["record_gap", "hand_on_gap"]

    def test_is_refused_without_a_name_or_with_another(self, cast: Cast) -> None:
        gap = recorded(cast)
        with pytest.raises(UnableToHandOnGap, match="Name"):
            hand_on_gap(gap=gap, modification=" ", by=cast.jo, at=at(OPENED))
        with pytest.raises(UnableToHandOnGap, match="office"):
            hand_on_gap(gap=gap, modification="MP1", by=cast.ada, at=at(OPENED))
        hand_on_gap(gap=gap, modification="MP1", by=cast.jo, at=at(OPENED))

        with pytest.raises(UnableToHandOnGap, match="MP1"):
            hand_on_gap(gap=gap, modification="MP2", by=cast.jo, at=at(OPENED))

    def test_of_a_closed_one_is_refused(self, cast: Cast) -> None:
        gap = close_gap(gap=recorded(cast), reason="It was no gap.", by=cast.jo, at=at(OPENED))

        with pytest.raises(UnableToHandOnGap, match="closed"):
            hand_on_gap(gap=gap, modification="MP1", by=cast.jo, at=at(OPENED))


class TestCloseGap:
    def test_says_why_once(self, cast: Cast) -> None:
        gap = recorded(cast)
        hand_on_gap(gap=gap, modification="MP1", by=cast.jo, at=at(OPENED))

        for _ in range(2):
            closed = close_gap(gap=gap, reason="The code says it now.", by=cast.jo, at=at(OPENED))

        assert (closed.state, closed.modification) == ("closed", "MP1")
        assert acts() == ["record_gap", "hand_on_gap", "close_gap"]

    def test_is_refused_without_a_reason_and_for_another(self, cast: Cast) -> None:
        gap = recorded(cast)
        with pytest.raises(UnableToCloseGap, match="why"):
            close_gap(gap=gap, reason="", by=cast.jo, at=at(OPENED))
        with pytest.raises(UnableToCloseGap, match="office"):
            close_gap(gap=gap, reason="Because", by=cast.obs, at=at(OPENED))
        close_gap(gap=gap, reason="Because", by=cast.jo, at=at(OPENED))

        with pytest.raises(UnableToCloseGap, match="another reason"):
            close_gap(gap=gap, reason="Otherwise", by=cast.jo, at=at(OPENED))
