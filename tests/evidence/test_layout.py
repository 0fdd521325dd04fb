import json

from tallystick.evidence.layout import Layout
from tests.evidence.conftest import FORECASTS, METERS, REQUESTS, VISITS, stream


class TestLayout:
    def test_is_read_as_it_was_written(self) -> None:
        for one in (REQUESTS, METERS, VISITS, FORECASTS):
            layout = Layout.of(one)

            read = Layout.from_json(json.loads(json.dumps(layout.as_json())))

            assert read == layout
            assert list(read.columns) == list(layout.columns)

    def test_says_what_a_main_file_holds(self) -> None:
        assert [f"{field.name} {field.type}" for field in Layout.of(REQUESTS).main()] == [
            "row int32",
            "party int32",
            "kind int32",
            "asked_at__day date32[day]",
            "answered_at int64",
            "answered_at__day date32[day]",
            "due_on date32[day]",
            "due_on__day date32[day]",
            "tries int64",
            "well int32",
        ]

    def test_says_what_stands_beside_it(self) -> None:
        assert [f"{field.name} {field.type}" for field in Layout.of(REQUESTS).beside()] == [
            "row int32",
            "request_id string",
            "asked_at__day date32[day]",
            "asked_at timestamp[us, tz=UTC]",
            "_submission dictionary<values=string, indices=int32, ordered=0>",
            "_row int64",
        ]

    def test_knows_what_replacing_is_judged_by(self) -> None:
        assert (Layout.of(REQUESTS).scope, Layout.of(REQUESTS).replaces_by_day) == (("party",), True)
        assert (Layout.of(FORECASTS).scope, Layout.of(FORECASTS).replaces_by_day) == (
            ("party", "month"),
            False,
        )
        assert (Layout.of(METERS).scope, Layout.of(METERS).replaces_by_day) == ((), False)

    def test_takes_day_for_a_column_only_where_it_is_one_and_there_are_no_days(self) -> None:
        said = {"row_key": ["day"], "partition": "none", "replaces": ["day"]}

        assert Layout.of(stream("days", {"day": "day"}, **said)).scope == ("day",)
        assert Layout.of(stream("days", {"day": "day"}, **{**said, "partition": "day"})).scope == ()
