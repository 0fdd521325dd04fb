import pytest

from tallystick.rulebook.checks import CHECKS
from tests.rulebook.conftest import Folder

OTHER_CALENDAR = """\
key: other
title: Other days
clause: [C7.2]
first: 2020-01-01
last: 2022-12-31
source: S1
unites: [{unites}]
"""


class TestChecks:
    def test_find_nothing_wrong_with_the_small_code(self, small: Folder) -> None:
        assert small.problems == ()

    def test_are_each_run_once(self) -> None:
        assert len(set(CHECKS)) == len(CHECKS)

    def test_say_what_each_of_them_looks_for(self) -> None:
        assert all((check.__doc__ or "").startswith("Check ") for check in CHECKS)


class TestClausesAreListed:
    @pytest.mark.parametrize(
        ("file", "place"),
        [
            ("calendars/weekdays.yaml", "3:10"),
            ("parameters/trt.yaml", "3:10"),
            ("streams/requests.yaml", "3:10"),
            ("measures/REPLY.yaml", "3:10"),
            ("obligations/OBL-REPLY.yaml", "4:10"),
        ],
    )
    def test_wherever_one_is_named(self, small: Folder, file: str, place: str) -> None:
        small.rewrite(file, "clause: [C7.2]", "clause: [C7.3]")

        assert small.lines() == [
            (
                f"{file}:{place}: no clause is called 'C7.3'. "
                "Did you mean 'C7.2'? Use one of C7.2, or add the clause."
            )
        ]

    def test_in_a_single_level_too(self, small: Folder) -> None:
        small.rewrite("levels/REPLY.yaml", "source: recalled", "source: recalled, clause: [C7.2, C9]")

        assert small.lines() == [
            "levels/REPLY.yaml:3:78: no clause is called 'C9'. Use one of C7.2, or add the clause."
        ]

    def test_under_the_number_the_text_gives_and_not_under_the_name_of_the_file(self, small: Folder) -> None:
        (small.root / "clauses/C7.2.yaml").rename(small.root / "clauses/replies.yaml")

        assert small.problems == ()


class TestCalendarsExist:
    def test_for_the_code(self, small: Folder) -> None:
        small.rewrite("code.yaml", "calendar: weekdays", "calendar: weekday")

        assert small.lines() == [
            (
                "code.yaml:5:1: no calendar is called 'weekday'. Did you mean 'weekdays'? "
                "Use one of weekdays, or add the calendar."
            )
        ]

    def test_for_a_due_rule(self, small: Folder) -> None:
        small.rewrite("obligations/RPT-MONTH.yaml", "period_end}", "period_end, calendar: scotland}")

        assert small.only_problem.what == "no calendar is called 'scotland'"
        assert small.only_problem.line == 8

    def test_for_a_calendar_that_unites_others(self, small: Folder) -> None:
        small.write("calendars/other.yaml", OTHER_CALENDAR.format(unites="weekdays, scotland"))

        assert small.lines() == [
            (
                "calendars/other.yaml:7:20: no calendar is called 'scotland'. "
                "Use one of other, weekdays, or add the calendar."
            )
        ]

    def test_and_none_unites_itself(self, small: Folder) -> None:
        small.write("calendars/other.yaml", OTHER_CALENDAR.format(unites="other"))

        assert [problem.what for problem in small.problems] == ["a calendar cannot unite itself"]

    def test_and_none_unites_itself_through_others(self, small: Folder) -> None:
        small.write("calendars/other.yaml", OTHER_CALENDAR.format(unites="weekdays"))
        small.write("calendars/weekdays.yaml", small.read("calendars/weekdays.yaml") + "unites: [other]\n")

        assert small.lines() == [
            "calendars/other.yaml:7:1: the calendars unite in a circle. Break it here.",
            "calendars/weekdays.yaml:9:1: the calendars unite in a circle. Break it here.",
        ]


class TestTakersPartExist:
    @pytest.mark.parametrize(
        ("file", "old", "new", "told"),
        [
            (
                "streams/requests.yaml",
                "[DSP]",
                "[DSP, DPS]",
                "4:15: no provider, role, category or body is called 'DPS'. Did",
            ),
            (
                "obligations/OBL-REPLY.yaml",
                "owner: DSP",
                "owner: DPS",
                "5:1: no provider, role, category or body is called",
            ),
            (
                "obligations/OBL-REPLY.yaml",
                "[panel]",
                "[panl]",
                "6:6: no provider, role, category or body is called 'panl'",
            ),
            (
                "obligations/OBL-REPLY.yaml",
                "area: replies",
                "area: reply",
                "7:1: no area is called 'reply'. Did you",
            ),
            (
                "measures/REPLY-1.yaml",
                "provider: DSP",
                "provider: panel",
                "5:1: no provider is called 'panel'. Use",
            ),
        ],
    )
    def test_wherever_one_is_named(self, small: Folder, file: str, old: str, new: str, told: str) -> None:
        small.rewrite(file, old, new)

        assert len(small.problems) == 1
        assert small.lines()[0].startswith(f"{file}:{told}")

    def test_unless_nobody_can_tell_for_the_code_is_unreadable(self, small: Folder) -> None:
        small.write("code.yaml", "key: small\n")

        assert {problem.file.name for problem in small.problems} == {"code.yaml"}


class TestLevelsNameAMeasure:
    def test_that_exists(self, small: Folder) -> None:
        small.rewrite("levels/REPLY.yaml", "measure: REPLY", "measure: REPLY-3")

        assert small.only_problem.what == "no measure is called 'REPLY-3'"
        assert small.only_problem.nearest == "REPLY-2"

    @pytest.mark.parametrize(
        ("direction", "minimum", "what"),
        [
            ("up", "99", None),
            ("up", "99.1", "the minimum 99.1 is above the target 99"),
            ("down", "99", None),
            ("down", "98.9", "the minimum 98.9 is below the target 99"),
        ],
    )
    def test_with_the_minimum_on_the_easier_side(
        self, small: Folder, direction: str, minimum: str, what: str | None
    ) -> None:
        small.rewrite("measures/REPLY.yaml", "source: S1", f"source: S1\ndirection: {direction}")
        small.rewrite("levels/REPLY.yaml", '"96"', f'"{minimum}"')

        assert [problem.what for problem in small.problems] == ([what] if what else [])


class TestReportsAreOwed:
    MEASURE = """\
key: TOLD
title: A figure computed elsewhere
clause: [C7.2]
kind: reported
stream: requests
report: {report}
obligation: OBL-REPLY
source: S1
"""

    @pytest.mark.parametrize("report", ["RPT-MNTH", "OBL-REPLY"])
    def test_by_a_report_and_not_by_a_duty(self, small: Folder, report: str) -> None:
        small.write("measures/TOLD.yaml", self.MEASURE.format(report=report))

        assert small.only_problem.what == f"no report is called {report!r}"
        assert small.only_problem.line == 6

    def test_and_their_stream_exists(self, small: Folder) -> None:
        measure = self.MEASURE.format(report="RPT-MONTH")
        small.write("measures/TOLD.yaml", measure.replace("stream: requests\n", ""))

        assert small.only_problem.what == "no stream is called 'reported'"
