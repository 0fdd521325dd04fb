import pytest

from tests.rulebook.conftest import Folder

FIRST, SECOND, UP = "measures/REPLY-1.yaml", "measures/REPLY-2.yaml", "measures/REPLY.yaml"
HEAD = "key: X-1\ntitle: X\nclause: [C7.2]\nobligation: OBL-REPLY\nsource: S1\n"
STREAM = HEAD + "stream: requests\nat: asked_at\n"


def told(folder: Folder) -> list[str]:
    return [line.split("/", 1)[1] for line in folder.lines()]


class TestMeasuresHaveAnObligation:
    def test_that_exists(self, small: Folder) -> None:
        small.rewrite(FIRST, "obligation: OBL-REPLY", "obligation: OBL-RPLY")

        assert told(small) == [
            (
                "REPLY-1.yaml:14:1: no obligation is called 'OBL-RPLY'. Did you mean 'OBL-REPLY'? "
                "Use one of OBL-REPLY, RPT-MONTH, or add the obligation."
            )
        ]

    def test_even_where_that_obligation_has_a_fault_of_its_own(self, small: Folder) -> None:
        small.rewrite("obligations/OBL-REPLY.yaml", "title: Reply in time", "")

        assert [problem.file.name for problem in small.problems] == ["OBL-REPLY.yaml"]


class TestRollUpsHaveParts:
    def test_that_name_a_measure(self, small: Folder) -> None:
        small.rewrite(FIRST, "into: REPLY", "into: RPLY")

        assert small.only_problem.what == "no measure is called 'RPLY'"
        assert (small.only_problem.line, small.only_problem.nearest) == (13, "REPLY")

    def test_that_name_a_roll_up(self, small: Folder) -> None:
        small.rewrite(FIRST, "into: REPLY", "into: REPLY-2")

        assert told(small) == ["REPLY-1.yaml:13:1: 'REPLY-2' is no roll-up. Use one of REPLY."]

    def test_or_are_told_to_make_one_where_there_is_none(self, small: Folder) -> None:
        small.rewrite(UP, "kind: roll_up", "kind: count\nstream: requests\nat: asked_at")

        assert {problem.remedy for problem in small.problems} == {"Write kind: roll_up in its file."}

    def test_at_least_one_of_them(self, small: Folder) -> None:
        small.rewrite(FIRST, "into: REPLY\n", "")
        small.rewrite(SECOND, "into: REPLY\n", "")

        assert told(small) == ["REPLY.yaml:4:1: no measure names this one in `into`. Add its parts."]

    def test_and_never_hold_themselves(self, small: Folder) -> None:
        small.rewrite(UP, "kind: roll_up", "kind: roll_up\ninto: UP")
        small.write(
            "measures/UP.yaml", small.read(UP).replace("key: REPLY", "key: UP").replace("UP\no", "REPLY\no")
        )

        assert {problem.what for problem in small.problems} == {"the roll-ups go in a circle"}


class TestColumnsExist:
    def test_in_a_stream_that_exists(self, small: Folder) -> None:
        small.rewrite(FIRST, "stream: requests", "stream: request")

        assert told(small)[0].startswith(
            "REPLY-1.yaml:6:1: no stream is called 'request'. Did you mean 'requests'?"
        )

    @pytest.mark.parametrize(
        ("old", "new", "place"),
        [
            ("at: asked_at", "at: askd_at", "7:1"),
            ("from: asked_at", "from: askd_at", "8:1"),
            ("to: replied_at", "to: repled_at", "9:1"),
            ("where: {kind", "where: {kid", "11:9"),
            ("by: [party", "by: [prty", "12:6"),
        ],
    )
    def test_wherever_one_is_named(self, small: Folder, old: str, new: str, place: str) -> None:
        small.rewrite(FIRST, old, new)

        (problem,) = told(small)
        assert problem.startswith(f"REPLY-1.yaml:{place}: the stream 'requests' has no column")
        assert "Did you mean" in problem

    def test_even_where_the_stream_has_a_fault_of_its_own(self, small: Folder) -> None:
        small.rewrite("streams/requests.yaml", "title: Requests", "")

        assert [problem.file.name for problem in small.problems] == ["requests.yaml"]


class TestConditionsCanHold:
    @pytest.mark.parametrize(
        ("where", "line"),
        [
            ("{kind: [raed]}", "11:16: kind is never 'raed'. Did you mean 'read'? Use one of read, write."),
            ("{kind: [read, x]}", "11:22: kind is never 'x'. Use one of read, write."),
            (
                "{devices: [a]}",
                "11:9: the column 'devices' of type count cannot be compared with a list. Use an",
            ),
            (
                "{asked_at: [a]}",
                "11:9: the column 'asked_at' of type instant cannot be compared with a list. Use",
            ),
            (
                "{kind: {at_most: 1}}",
                "11:9: the column 'kind' of type enum has no least or most. Use a list of",
            ),
        ],
    )
    def test_of_the_rows(self, small: Folder, where: str, line: str) -> None:
        small.rewrite(FIRST, "where: {kind: [read]}", f"where: {where}")

        assert len(small.problems) == 1
        assert told(small)[0].startswith(f"REPLY-1.yaml:{line}")

    def test_of_bounds_on_a_count(self, small: Folder) -> None:
        small.rewrite(FIRST, "where: {kind: [read]}", "where: {devices: {at_least: 1}, party: [ALFA]}")

        assert small.problems == ()

    @pytest.mark.parametrize(
        "rest",
        [
            "kind: share\nnumerator: {where: {kind: [x]}}\n",
            "kind: share\nnumerator: {}\ndenominator: {where: {kind: [x]}}\n",
            "kind: availability\nfrom: asked_at\nto: replied_at\nless: {where: {kind: [x]}}\n",
            (
                "kind: follows_within\nmatch: [party]\nlimit: {parameter: reply_time}\n"
                "response: {stream: requests, at: replied_at, where: {kind: [x]}}\n"
            ),
        ],
    )
    def test_of_every_part_of_a_kind(self, small: Folder, rest: str) -> None:
        file = small.write("measures/X-1.yaml", STREAM + rest)

        problem = small.only_problem
        assert problem.what == "kind is never 'x'"
        assert file.read_text().splitlines()[problem.line - 1][problem.column - 1] == "x"

    @pytest.mark.parametrize("side", ["actual", "forecast"])
    def test_of_either_side_of_a_variance(self, small: Folder, side: str) -> None:
        sides = {"actual": "", "forecast": ""} | {side: ", where: {kind: [x]}"}
        small.write(
            "measures/X-1.yaml",
            HEAD
            + "kind: variance\n"
            + "".join(f"{k}: {{stream: requests, at: asked_at{where}}}\n" for k, where in sides.items()),
        )

        assert small.only_problem.what == "kind is never 'x'"


class TestTimesAreTimes:
    @pytest.mark.parametrize(
        ("rest", "place"),
        [
            ("kind: share_within\nfrom: party\nto: replied_at\nlimit: {parameter: reply_time}\n", "9:1"),
            ("kind: share_within\nfrom: asked_at\nto: party\nlimit: {parameter: reply_time}\n", "10:1"),
            ("kind: availability\nfrom: party\nto: replied_at\n", "9:1"),
            ("kind: no_overlap\nkey_columns: [kind]\nfrom: party\nuntil: replied_at\n", "10:1"),
            ("kind: no_overlap\nkey_columns: [kind]\nfrom: asked_at\nuntil: party\n", "11:1"),
            ("kind: roll_forward\nopened: party\nresolved: replied_at\n", "9:1"),
            ("kind: roll_forward\nopened: asked_at\nresolved: party\n", "10:1"),
            (
                (
                    "kind: follows_within\nmatch: [kind]\nlimit: {parameter: reply_time}\n"
                    "response: {stream: requests, at: party}\n"
                ),
                "11:30",
            ),
            (
                (
                    "kind: matches\nregister:\n  stream: requests\n  match: {kind: kind}\n"
                    "  from: party\n  until: replied_at\n"
                ),
                "12:3",
            ),
        ],
    )
    def test_wherever_time_is_counted(self, small: Folder, rest: str, place: str) -> None:
        small.write("measures/X-1.yaml", STREAM + rest)

        assert told(small) == [
            f"X-1.yaml:{place}: the column 'party' is of type text. Use an instant or a day."
        ]

    def test_of_the_day_a_row_counts_on(self, small: Folder) -> None:
        small.write("measures/X-1.yaml", STREAM.replace("at: asked_at", "at: kind") + "kind: count\n")

        assert small.only_problem.what == "the column 'kind' is of type enum"


class TestLimitsAreParameters:
    def test_that_exist(self, small: Folder) -> None:
        small.rewrite(FIRST, "reply_time", "rply_time")

        assert told(small) == [
            (
                "REPLY-1.yaml:10:9: no parameter is called 'rply_time'. Did you mean 'reply_time'? "
                "Use one of reply_time, trt, or add the parameter."
            )
        ]

    def test_of_time(self, small: Folder) -> None:
        small.rewrite("parameters/reply_time.yaml", "unit: hour", "unit: percent")

        assert told(small) == [
            (
                "REPLY-1.yaml:10:9: the parameter 'reply_time' is in percent, which is no time. "
                "Use one in day, hour, minute, second, working_day."
            )
        ]

    def test_keyed_by_the_same_columns(self, small: Folder) -> None:
        small.rewrite(SECOND, ", by: [kind]", "")

        assert told(small) == ["REPLY-2.yaml:9:9: the parameter 'trt' is keyed by kind. Write by: [kind]."]

    def test_keyed_by_nothing_where_they_are_single(self, small: Folder) -> None:
        small.rewrite(FIRST, "{parameter: reply_time}", "{parameter: reply_time, by: [kind]}")

        assert small.only_problem.what == "the parameter 'reply_time' is keyed by nothing"

    def test_for_ageing_too(self, small: Folder) -> None:
        rest = "kind: roll_forward\nopened: asked_at\nresolved: replied_at\nageing: {parameter: old}\n"
        small.write("measures/X-1.yaml", STREAM + rest)

        assert told(small)[0].startswith("X-1.yaml:11:10: no parameter is called 'old'.")
