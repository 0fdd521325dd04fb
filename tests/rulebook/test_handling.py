"""What a class allows on a day, and what is not written."""

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from tallystick.rulebook.coverage import Unverified, coverage
from tallystick.rulebook.diff import diff
from tallystick.rulebook.handling import CLASSES, UNWRITTEN_FEWEST, Handling, Marks
from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook
from tests.rulebook.conftest import Folder

HANDLING = """\
title: Information policy
classes:
  white:
    tlp: {label: TLP:CLEAR, source: recalled}
    values:
      2018-10-05: {says: Anybody may publish it., readers: public, source: S1, clause: [C7.2]}
      2021-09-27: {says: Parties may have it., readers: parties, source: S1}
  amber:
    values:
      2018-10-05: {says: Those who need to know., readers: need_to_know, source: recalled}
marks:
  figure: white
  submission: amber
"""
BEFORE, AFTER = dt.date(2021, 9, 26), dt.date(2021, 9, 27)


@pytest.fixture
def handled(small: Folder) -> Folder:
    small.write("handling.yaml", HANDLING)
    return small


@pytest.fixture
def handling(handled: Folder) -> Handling:
    return handled.rulebook.handling


class TestSentence:
    def test_is_that_of_the_day_and_not_of_the_colour(self, handling: Handling) -> None:
        assert handling.sentence("white", BEFORE).says == "Anybody may publish it."
        assert handling.sentence("white", AFTER).says == "Parties may have it."

    @pytest.mark.parametrize("cls", ["red", "green", "pink", ""])
    def test_of_a_class_without_one_is_the_most_restrictive(self, handling: Handling, cls: str) -> None:
        assert handling.sentence(cls, AFTER).readers == "named"
        assert not handling.sentence(cls, AFTER).verified

    def test_before_the_first_is_the_most_restrictive(self, handling: Handling) -> None:
        assert handling.sentence("white", dt.date(2018, 10, 4)).readers == "named"

    def test_that_is_recalled_is_unverified(self, handling: Handling) -> None:
        tlp = handling.classes["white"].tlp

        assert not handling.sentence("amber", AFTER).verified
        assert handling.sentence("white", AFTER).verified
        assert tlp is not None
        assert not tlp.verified


class TestMark:
    def test_is_what_is_written_or_red(self, handling: Handling) -> None:
        assert handling.mark("figure") == "white"
        assert handling.mark("submission") == "amber"
        assert handling.mark("finding_on_party") == "red"

    def test_of_a_kind_that_is_not_known_is_refused(self, handling: Handling) -> None:
        with pytest.raises(LookupError, match="'figur'"):
            handling.mark("figur")


class TestHeldAs:
    def test_follows_the_readers_of_the_day(self, handling: Handling) -> None:
        assert handling.held_as("white", BEFORE) == "white"
        assert handling.held_as("white", AFTER) == "green"
        assert handling.held_as("amber", AFTER) == "amber"

    @pytest.mark.parametrize("cls", ["red", "green", "pink", ""])
    def test_is_red_without_a_sentence(self, handling: Handling, cls: str) -> None:
        assert handling.held_as(cls, AFTER) == "red"


class TestFile:
    def test_may_be_absent_and_then_everything_is_red(self, small: Folder) -> None:
        handling = small.rulebook.handling

        assert {handling.mark(kind) for kind in Marks.model_fields} == {"red"}
        assert {handling.held_as(cls, AFTER) for cls in CLASSES} == {"red"}

    def test_is_part_of_the_edition(self, small: Folder) -> None:
        without = small.rulebook.edition
        small.write("handling.yaml", HANDLING)
        before = small.rulebook.edition
        small.rewrite("handling.yaml", "figure: white", "figure: green")

        assert len({without, before, small.rulebook.edition}) == 3

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("  white:\n", "  whit:\n", "handling.yaml:3:3: 'whit' is not one of the words that fit here."),
            ("figure: white", "figure: whit", "handling.yaml:12:3: 'whit' is not one of the words"),
            ("figure: white", "figur: white", "handling.yaml:12:3: the key 'figur' is not known."),
            ("readers: parties", "readers: party", "handling.yaml:7:48: 'party' is not one of the words"),
            (
                "source: S1, clause: [C7.2]",
                "clause: [C7.2]",
                "handling.yaml:6:7: the key 'source' is missing.",
            ),
            ("[C7.2]", "[C7.3]", "handling.yaml:6:89: no clause is called 'C7.3'."),
            ("2021-09-27", "2021-9-27", "handling.yaml:7:7: '2021-9-27' does not fit."),
        ],
    )
    def test_is_told_what_is_wrong_with_it(self, handled: Folder, old: str, new: str, said: str) -> None:
        handled.rewrite("handling.yaml", old, new)

        assert any(line.startswith(said) for line in handled.lines()), handled.lines()

    def test_under_a_name_that_is_nearly_right_is_not_passed_over(self, small: Folder) -> None:
        small.write("handlng.yaml", HANDLING)

        assert small.only_problem.nearest == "handling"

    def test_counts_what_is_not_verified(self, handled: Folder) -> None:
        assert coverage(handled.rulebook).unverified[-1] == Unverified(
            "handling", ("amber from 2018-10-05",), 3
        )

    def test_is_compared_day_by_day(self, handled: Folder) -> None:
        before = handled.rulebook
        handled.rewrite("handling.yaml", "readers: parties", "readers: public")
        handled.rewrite("handling.yaml", "figure: white", "figure: green")

        changes = [(one.key, one.field, one.since) for one in diff(before, handled.rulebook)]

        assert changes == [("marks", "figure", None), ("white", "readers", dt.date(2021, 9, 27))]


class TestSec:
    def test_means_two_things_by_white(self, sec: Rulebook) -> None:
        handling = sec.handling

        assert handling.held_as("white", dt.date(2021, 8, 25)) == "white"
        assert handling.held_as("white", dt.date(2021, 9, 27)) == "green"
        assert "not published" in handling.sentence("white", dt.date(2021, 9, 27)).says

    def test_narrows_from_class_to_class(self, sec: Rulebook) -> None:
        held = [CLASSES.index(sec.handling.held_as(cls, dt.date(2021, 8, 25))) for cls in CLASSES]

        assert all(wider < narrower for wider, narrower in pairwise(held))

    def test_marks_every_kind_of_record(self, sec: Rulebook) -> None:
        assert sec.handling.marks.model_fields_set == set(Marks.model_fields)

    def test_has_verified_only_what_the_papers_say(self, sec: Rulebook) -> None:
        verified = {
            name
            for name, one in sec.handling.classes.items()
            for text in one.values.values()
            if text.verified
        }

        assert verified == {"white"}


class TestExampleCodes:
    @pytest.mark.parametrize("code", ["permits", "incident_desk"])
    def test_have_a_policy_of_their_own(self, code: str) -> None:
        rulebook = load(Path("rulebooks/examples") / code).rulebook

        assert rulebook is not None
        assert rulebook.handling.mark("figure") == "white"
        assert rulebook.handling.mark("submission") == "amber"


class TestFewestOn:
    STATED = "fewest:\n  2022-04-01: {owners: 6, events: 20, source: S1, verified: no}\n"

    def test_is_what_is_in_force_on_the_day(self, small: Folder) -> None:
        small.write("handling.yaml", HANDLING + self.STATED)
        handling = small.rulebook.handling

        told = [handling.fewest_on(dt.date(2022, month, 1)) for month in (3, 4)]

        assert told[0] == UNWRITTEN_FEWEST
        assert (told[1].owners, told[1].events) == (6, 20)

    def test_is_three_owners_at_least(self, small: Folder) -> None:
        small.write("handling.yaml", HANDLING + self.STATED.replace("owners: 6", "owners: 2"))

        assert "owners" in str(small.problems[0])

    def test_is_five_and_ten_in_the_sec_which_nobody_confirmed(self, sec: Rulebook) -> None:
        found = sec.handling.fewest_on(dt.date(2021, 7, 31))

        assert (found.owners, found.events, found.verified) == (5, 10, False)
