import json

from tallystick.month.assessment import Assessment
from tallystick.runs import shapes
from tests.month.drilled_july import drilled


def through_json(told: object) -> object:
    return json.loads(json.dumps(told, allow_nan=False))


class TestShapes:
    def test_give_every_figure_back(self, month: Assessment) -> None:
        told = [through_json(shapes.told_figure(one)) for one in month.figures]

        assert tuple(shapes.figure_of(one) for one in told) == month.figures  # type: ignore[arg-type]

    def test_give_every_past_back(self, month: Assessment) -> None:
        told = {key: through_json(shapes.told_points(points)) for key, points in month.history.items()}

        assert {key: shapes.points_of(one) for key, one in told.items()} == month.history  # type: ignore[arg-type]

    def test_give_days_back_that_stand_in_one_row(self, month: Assessment) -> None:
        (days,) = [one.figures for one in drilled(month) if (one.measure, one.column) == ("CPM1", "day")]

        one, points = shapes.days_in_one(days)
        told = through_json(shapes.told_points(points))

        assert one.group == {"day": "each"}
        assert shapes.days_of(one, shapes.points_of(told)) == days  # type: ignore[arg-type]

    def test_give_what_is_received_and_missing_back(self, month: Assessment) -> None:
        received = through_json(shapes.told_received(month.received))
        missing = through_json(shapes.told_missing((*month.missing, *month.reports)))

        assert shapes.received_of(received) == month.received  # type: ignore[arg-type]
        assert shapes.missing_of(missing) == (*month.missing, *month.reports)  # type: ignore[arg-type]


class TestFindingOf:
    def test_gives_a_finding_back_with_its_lines(self, month: Assessment) -> None:
        found = next(one for one in month.findings if one.lines)
        lines = shapes.told_lines(found.lines)

        assert shapes.finding_of(shapes.told_finding(found), lines, frozenset(found.evidence)) == found

    def test_tells_of_no_line_and_no_evidence_that_is_not_given(self, month: Assessment) -> None:
        found = next(one for one in month.findings if one.lines)

        seen = shapes.finding_of(shapes.told_finding(found), (), frozenset())

        assert (seen.lines, seen.evidence) == ((), ())
        assert found.lines[0].key not in json.dumps(shapes.told_finding(found))
