"""What an outcome of a part rests on."""

from tallystick.assessments.models import Item, ItemResult
from tallystick.assessments.techniques.concluding import latest, missing


class TestItems:
    def test_count_by_their_latest_result(self) -> None:
        results = [ItemResult(item_id=1, number=2, outcome="passed"), ItemResult(item_id=1, number=1)]

        assert latest(results)[1].number == 2

    def test_are_missing_where_required_and_not_passed(self) -> None:
        items = [Item(pk=1), Item(pk=2), Item(pk=3, is_required=False)]
        results = [ItemResult(item_id=1, number=1, outcome="passed"), ItemResult(item_id=2, number=1)]

        assert [one.pk for one in missing(items, results)] == [2]
