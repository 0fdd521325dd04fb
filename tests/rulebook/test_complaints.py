from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from tallystick.rulebook.complaints import problems
from tallystick.rulebook.measures import Levels
from tallystick.rulebook.text import Text
from tests.rulebook.conftest import Folder

MEASURE = "measures/REPLY-1.yaml"
LEVEL = "levels/REPLY.yaml"
REPORT = "obligations/RPT-MONTH.yaml"
LEVEL_VALUE = '{target: "99", minimum: "96", source: recalled}'
DUE = "due: {count: 25, unit: working_day, from: period_end}"


class TestProblems:
    @pytest.mark.parametrize(
        ("file", "old", "new", "told"),
        [
            pytest.param(
                MEASURE,
                "title: Requests",
                "titel: Requests",
                [
                    "1:1: the key 'title' is missing. Write a few words for the screen.",
                    "2:1: the key 'titel' is not known. Did you mean 'title'? Use one of",
                ],
                id="a misspelt key",
            ),
            pytest.param(
                MEASURE,
                "limit: {parameter: reply_time}",
                "limit: {paramter: reply_time}",
                [
                    "10:1: the key 'parameter' is missing. Write a name of small letters",
                    "10:9: the key 'paramter' is not known. Did you mean 'parameter'? Use one of by,",
                ],
                id="a misspelt key inside",
            ),
            pytest.param(
                MEASURE,
                "limit: {parameter: reply_time}",
                "limit: reply_time",
                ["10:1: there are no keys. Write the keys parameter, by."],
                id="a word where keys belong",
            ),
            pytest.param(
                MEASURE,
                "where: {kind: [read]}",
                "where: {kind: read}",
                ["11:9: 'read' does not fit. Write a list of labels, such as [CSPN]."],
                id="a word where a list belongs",
            ),
            pytest.param(
                MEASURE,
                "where: {kind: [read]}",
                "where: {kind: []}",
                ["11:9: there are too few items. Write a list of labels, such as [CSPN]."],
                id="an empty list",
            ),
            pytest.param(
                MEASURE,
                "where: {kind: [read]}",
                "where: {kind: [{a: b}]}",
                ["11:16: this does not fit. Write a word or a sentence."],
                id="keys where a word belongs, told once",
            ),
            pytest.param(
                MEASURE,
                "where: {kind: [read]}",
                "where: {devices: {atleast: 1}}",
                ["11:19: the key 'atleast' is not known. Did you mean 'at_least'? Use one of at_least,"],
                id="a misspelt key of a choice",
            ),
            pytest.param(
                MEASURE,
                "where: {kind: [read]}",
                "where: {Kind: [read]}",
                ["11:9: 'Kind' does not fit. Write a name of small letters, digits and underscores."],
                id="a key that is no name",
            ),
            pytest.param(
                MEASURE,
                "where: {kind: [read]}",
                "where:",
                ["11:1: there are no keys. Write keys and values."],
                id="nothing where keys belong",
            ),
            pytest.param(
                MEASURE,
                "kind: share_within",
                "kind: share_whithin",
                ["4:1: 'share_whithin' is not one of the words that fit here. Did you mean"],
                id="a misspelt kind",
            ),
            pytest.param(
                MEASURE,
                "kind: share_within",
                "kind: [share_within]",
                ["4:1: this is not one of the words that fit here. Use one of share_within, share,"],
                id="a kind that is no word",
            ),
            pytest.param(
                MEASURE,
                "kind: share_within\n",
                "",
                ["1:1: the key 'kind' is missing. Write kind: and the kind of measure."],
                id="no kind",
            ),
            pytest.param(
                MEASURE,
                "source: S1",
                "source: S1\nround: {places: 9, mode: half}",
                [
                    "16:9: '9' does not fit. Write a whole number, such as 25.",
                    "16:20: 'half' is not one of the words that fit here. Did you mean 'half_up'? Use one",
                ],
                id="two faults of one value",
            ),
            pytest.param(
                MEASURE,
                "clause: [C7.2]",
                "clause: [c7.2]",
                ["3:10: 'c7.2' does not fit. Write the clause as printed, such as H13.4 or Appendix AG"],
                id="an item of a list",
            ),
            pytest.param(
                MEASURE,
                "clause: [C7.2]",
                "clause: C7.2",
                ["3:1: 'C7.2' does not fit. Write a list of clauses, such as [H13.4]."],
                id="an item without its list",
            ),
            pytest.param(
                MEASURE,
                "source: S1",
                "source: recalled\nverified: yes",
                ["16:1: what is only recalled cannot be verified. Write verified: no, or where it was"],
                id="a mistake that a definition finds",
            ),
            pytest.param(
                LEVEL,
                "2020-01-01",
                "2021-02-30",
                ["3:3: '2021-02-30' does not fit. Write a day, such as 2021-07-01."],
                id="a key that is no day",
            ),
            pytest.param(
                LEVEL,
                '"99"',
                "99%",
                ['3:16: \'99%\' does not fit. Write a percentage in quotes, such as "99" or "99.5".'],
                id="a value under a key that is a day",
            ),
            pytest.param(
                LEVEL,
                LEVEL_VALUE,
                "",
                ["3:3: there are no keys. Write the keys source, verified, target, minimum, band,"],
                id="nothing under a key that is a day",
            ),
            pytest.param(
                LEVEL,
                LEVEL_VALUE,
                '{band: ["90"], source: S1}',
                ["3:16: the list is too short. Write every item."],
                id="a pair of one",
            ),
            pytest.param(
                LEVEL,
                LEVEL_VALUE,
                '{band: ["90", "100", "110"], source: S1}',
                ["3:16: there are too many items. Write 2 of them."],
                id="a pair of three",
            ),
            pytest.param(
                LEVEL,
                LEVEL_VALUE,
                '{target: "99", sauce: S1}',
                [
                    "3:3: the key 'source' is missing. Write where it was found: a tag, a title or an",
                    "3:30: the key 'sauce' is not known. Did you mean 'source'? Use one of band, clause,",
                ],
                id="a key of a value under a day",
            ),
            pytest.param(
                REPORT,
                DUE,
                "due: soon",
                ["8:1: 'soon' is not one of the words that fit here. Use one of none, reasonable."],
                id="a wrong word where keys may stand too",
            ),
            pytest.param(
                REPORT,
                DUE,
                "due: [25]",
                ["8:1: there are no keys. Write the keys count, unit, from, direction, counting, calendar."],
                id="a list where a word or keys may stand",
            ),
            pytest.param(
                REPORT,
                DUE,
                "due: {count: 25, unit: week, from: period_end}",
                ["8:18: 'week' is not one of the words that fit here. Use one of working_day, day, month."],
                id="a wrong key where a word may stand too",
            ),
            pytest.param(
                REPORT,
                DUE,
                "due: {unit: day, from: period_end}",
                ["8:1: the key 'count' is missing. Write a whole number, such as 25."],
                id="a missing key where a word may stand too",
            ),
            pytest.param(
                REPORT,
                DUE,
                "",
                ["1:1: a report or forecast says its period and when it is due. Correct it."],
                id="what a definition wants of its whole",
            ),
            pytest.param(
                "parameters/trt.yaml",
                "value: 60",
                "value: sixty",
                ["11:30: 'sixty' does not fit. Write a number that is not negative."],
                id="a value of an entry of a day",
            ),
            pytest.param(
                "parameters/trt.yaml",
                "kind: write",
                "kind: read",
                ["11:9: another entry has the same key. Keep one of the two."],
                id="an entry written twice",
            ),
            pytest.param(
                "code.yaml",
                "Europe/London",
                "Europe/Londn",
                ["4:1: no time zone is called 'Europe/Londn'. Write an IANA time zone, such as"],
                id="a time zone",
            ),
            pytest.param(
                "code.yaml",
                "providers: {DSP: Data Services Provider}",
                "providers: {D/P: Data Services Provider}",
                ["6:13: 'D/P' does not fit. Write a key of letters, digits, dots and hyphens."],
                id="a key of a mapping",
            ),
        ],
    )
    def test_say_where_what_and_what_would_be_right(
        self, small: Folder, file: str, old: str, new: str, told: list[str]
    ) -> None:
        small.rewrite(file, old, new)

        lines = [line.removeprefix(f"{file}:") for line in small.lines() if line.startswith(file)]

        assert len(lines) == len(told)
        assert all(line.startswith(start) for line, start in zip(lines, told, strict=True))

    def test_are_told_once_each(self) -> None:
        text = Text(Path("a.yaml"), b"measure: REPLY\nvalues: {}\n")

        with pytest.raises(ValidationError) as caught:
            TypeAdapter(Levels).validate_python(text.value)

        twice = [*problems(text, Levels, caught.value)]
        assert [problem.what for problem in twice] == ["there are too few items"]

    def test_shorten_what_is_too_long_to_show(self, small: Folder) -> None:
        small.rewrite(MEASURE, "kind: share_within", f"kind: {'x' * 5000}\n{'y' * 5000}: 1")

        assert all(len(problem.what) < 120 for problem in small.problems)
