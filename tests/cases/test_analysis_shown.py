import csv
import datetime as dt
import io
import json
from decimal import Decimal

from tallystick.cases.analysed import Analysis
from tallystick.cases.analysis import Aged, Counted, Repeated, Sanctioned, Taken
from tallystick.cases.analysis_shown import COLUMNS, behind, cause_named, grouped, lines, saved_as
from tallystick.cases.effects import effect_of
from tallystick.cases.trajectory import Criterion, Reading, trajectory
from tallystick.rulebook.causes import Cause
from tallystick.rulebook.periods import Span

SEPTEMBER = Span.parse("2021-09")
CRITERION = Criterion("AREA-B", Decimal(97), 3)


def told() -> Analysis:
    readings = [Reading("2021-08", 80, 100), Reading("2021-10", 98, 100)]
    months = trajectory(CRITERION, readings, SEPTEMBER, Span.parse("2021-10"))
    return Analysis(
        cases={},
        stages={"notice": "Notice"},
        causes={"late": Cause(title="Reported late", about="reporting")},
        aged=(Aged("notice", (("A",), (), ("B",)), "B", 70),),
        taken=(Taken("notice", ("C",), ("A", "B"), 4, None, None, 70, "B", longest_is_open=True),),
        repeated=(Repeated("", Counted(("C",), ("C", "D")), ("A",)),),
        sanctioned=(
            Sanctioned("late", (("A", "published"), ("A", "referred")), ("A",)),
            Sanctioned("dropped", (), ("B",)),
            Sanctioned("", (("C", "published"),), ("C", "D")),
        ),
        effects=(effect_of("C", CRITERION, dt.date(2021, 9, 28), months),),
    )


class TestBehind:
    def test_has_the_cases_of_every_number(self) -> None:
        found = {key: one.references for key, one in behind(told()).items()}

        assert found["open"] == ("A", "B")
        assert found["open.notice.young"] == found["open.all.young"] == ("A",)
        assert (found["left.notice"], found["still.notice"]) == (("C",), ("A", "B"))
        assert (found["closed."], found["repeated."], found["again."]) == (("C", "D"), ("C",), ("A",))
        assert (found["sanctioned.late"], found["sanctioned"], found["effects"]) == (
            ("A",),
            ("A", "C"),
            ("C",),
        )


class TestCauses:
    def test_are_called_by_their_titles_and_otherwise_by_their_keys(self) -> None:
        assert [cause_named(told(), one) for one in ("late", "dropped", "")] == [
            "Reported late",
            "dropped",
            "No cause named",
        ]

    def test_keep_reporting_apart(self) -> None:
        found = [(title, number, [words for _, words in rows]) for title, number, rows in grouped(told())]

        assert found == [
            ("Reporting", 2, ["Reported late"]),
            ("No cause named", 1, ["dropped", "No cause named"]),
        ]


class TestLines:
    def test_have_both_sides_of_each_share(self) -> None:
        found = {(one.part, one.of, one.what): one for one in lines(told())}

        young = found["open cases", "Notice", "20 WD or less"]
        assert (young.numerator, young.denominator, young.value) == (1, 2, "50.00")
        assert found["time in stage", "Notice", "half left by"].value == ""
        back = found["repeats", "all", "closed cases that came back"]
        assert (back.numerator, back.denominator) == (1, 2)
        late = found["sanctions", "Reported late", "sanctions"]
        assert (late.numerator, late.denominator, late.value) == (2, 3, "66.67")
        after = found["remedies", "AREA-B", "share after"]
        assert (after.numerator, after.denominator, after.value) == (98, 100, "98.00")
        assert found["remedies", "AREA-B", "verdict"].value.startswith("Too few months")


class TestSavedAs:
    def test_is_a_row_a_number(self) -> None:
        rows = list(csv.reader(io.StringIO(str(saved_as("csv", told())))))

        assert tuple(rows[0]) == COLUMNS
        assert len(rows) == 1 + len(lines(told())) == 1 + len(json.loads(saved_as("json", told())))

    def test_is_a_workbook_too(self) -> None:
        assert saved_as("xlsx", told())[:2] == b"PK"
