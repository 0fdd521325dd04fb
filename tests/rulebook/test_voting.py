"""Voting schemes: what they state from a day on, and what is refused."""

import datetime as dt
import json
from typing import Any

import pytest

from tallystick.decisions.counting import Scheme
from tallystick.rulebook.coverage import Unverified, coverage
from tallystick.rulebook.diff import diff
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.terms import NoValueYet
from tests.rulebook.conftest import Folder
from tests.rulebook.governed import govern

BEFORE, AFTER = dt.date(2021, 6, 30), dt.date(2021, 7, 1)
FILE = "voting/by_category.yaml"


@pytest.fixture
def governed(small: Folder) -> Folder:
    return govern(small)


class TestValueOn:
    def test_is_that_of_the_day(self, governed: Folder) -> None:
        scheme = governed.rulebook.voting["by_category"]

        assert scheme.value_on(BEFORE).method == "categories"
        assert scheme.value_on(AFTER).method == "members"
        assert [value.verified for value in scheme.starts().values()] == [True, False]

    def test_is_none_before_the_first(self, governed: Folder) -> None:
        with pytest.raises(NoValueYet):
            governed.rulebook.voting["by_category"].value_on(dt.date(2019, 12, 31))

    def test_leaves_out_of_a_day_what_starts_later(self, governed: Folder) -> None:
        assert governed.rulebook.schemes_of("board", dt.date(2019, 12, 31)) == ()
        assert [one.key for one in governed.rulebook.schemes_of("board", BEFORE)] == ["by_category"]
        assert governed.rulebook.schemes_of("panel", BEFORE) == ()


class TestAsFacts:
    def test_are_those_of_the_format(self, governed: Folder) -> None:
        facts = governed.rulebook.voting["by_category"].value_on(BEFORE).as_facts()

        assert json.loads(json.dumps(facts)) == {
            "choices": {"approve": "for", "reject": "against", "abstain": "abstain"},
            "method": "categories",
            "needs": {"more_than": "1/2"},
            "base": "cast",
            "quorum": {"at_least": "1/2", "fewest": 3},
            "vacancies": "out",
            "aside": "out",
            "chair": "casting",
            "tie": "casting",
            "changeable": True,
        }

    def test_are_read_by_the_counter_as_they_were_written(self, sec: Rulebook) -> None:
        every = [value.as_facts() for one in sec.voting.values() for value in one.values.values()]

        assert [Scheme.of_facts(facts).as_facts() for facts in every] == every


class TestTitle:
    def test_is_what_is_offered_or_made_of_the_choice(self, governed: Folder) -> None:
        value = governed.rulebook.voting["by_category"].value_on(BEFORE)

        assert [value.title(choice) for choice in value.choices] == ["Approve it", "Reject", "Abstain"]


class TestSchemeValue:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("more_than: 1/2", "more_than: 3/2", "9:13: a share is above 0 and at most 1."),
            ("more_than: 1/2", "more_than: 0/2", "9:13: a share is above 0 and at most 1."),
            ("more_than: 1/2", "more_than: 1/0", "9:13: '1/0' is no share."),
            ("more_than: 1/2", "more_than: 50%", "9:13: '50%' is no share."),
            ("more_than: 1/2", "more_than: 1/1", "9:13: nothing is more than the whole."),
            (
                "{more_than: 1/2}",
                "{more_than: 1/2, at_least: 1/2}",
                "9:5: a share is reached by at_least or by more_than, one of the two.",
            ),
            ("approve: for,", "approve: pro,", "7:15: 'pro' is not one of the words that fit here."),
            ("abstain: abstain}", "abstain: [abstain]}", "7:46: this is not one of the words that fit here."),
            ("{approve: for, ", "{", "7:5: no choice counts as for. Write for at one of them."),
            ("      approve: {title", "      aprove: {title", "23:7: no choice is called 'aprove'."),
            ("tie: casting", "tie: deferred", "15:5: the chair's casting vote decides nothing."),
            ("chair: casting", "chair: none", "15:5: a tie is left to a chair who has no vote."),
            ("{more_than: 1/2}", "{at_least: 2/3}", "15:5: only a majority of more than 1/2 can be tied."),
            ("method: categories", "method: member", "8:5: 'member' is not one of the words that fit here."),
            ("changeable: yes", "changeable: perhaps", "16:5: 'perhaps' does not fit. Write yes or no"),
            ("effect: decision", "effects: decision", "6:3: the key 'effect' is missing."),
        ],
    )  # fmt: skip
    def test_is_told_what_is_wrong_with_it(self, governed: Folder, old: str, new: str, told: str) -> None:
        text = governed.read(FILE)
        assert old in text
        governed.write(FILE, text.replace(old, new, 1))

        assert any(line.startswith(f"{FILE}:{told}") for line in governed.lines()), governed.lines()

    def test_decides_a_tie_only_among_votes_cast(self, governed: Folder) -> None:
        text = governed.read(FILE).replace("method: categories", "method: members")
        governed.write(FILE, text.replace("base: cast", "base: able", 1))

        assert governed.lines() == [
            (
                f"{FILE}:15:5: votes are level only where the base is the votes cast. "
                "Write base: cast, or tie: not_carried."
            )
        ]

    def test_keeps_the_secret_of_a_ballot(self, governed: Folder) -> None:
        shown = governed.read(FILE).replace("counts_while_open: no", "counts_while_open: yes", 1)
        governed.write(FILE, shown)

        [told] = governed.lines()

        assert "whoever watches the counts would see how each secret ballot was cast" in told

    def test_gives_no_seat_that_is_alone_a_secret_ballot(self, governed: Folder) -> None:
        governed.rewrite("bodies/board.yaml", "networks: 2, chair: 1", "networks: 1, chair: 1")

        [told] = governed.lines()

        assert "the one seat of 'networks' in 'board' has no secret" in told


class TestEdition:
    def test_changes_with_a_scheme_and_with_a_body(self, governed: Folder) -> None:
        before = governed.rulebook.edition
        governed.rewrite(FILE, "ballots: secret", "ballots: open")
        with_open_ballots = governed.rulebook.edition
        governed.rewrite("bodies/board.yaml", "suppliers: 3", "suppliers: 5")

        assert len({before, with_open_ballots, governed.rulebook.edition}) == 3


class TestCoverage:
    def test_counts_what_nobody_has_checked(self, governed: Folder) -> None:
        found = coverage(governed.rulebook)

        assert found.unverified[-2:] == (
            Unverified("bodies", ("board from 2021-07-01", "group"), 5),
            Unverified("voting", ("by_category from 2021-07-01",), 2),
        )

    def test_names_the_deciding_body_without_a_scheme(self, governed: Folder) -> None:
        assert coverage(governed.rulebook).unvoted == ("panel",)


class TestDiff:
    def told(self, governed: Folder, *changes: tuple[str, str, str]) -> list[Any]:
        before = governed.rulebook
        for file, old, new in changes:
            governed.write(file, governed.read(file).replace(old, new, 1))
        return [
            (one.folder, one.key, one.field, one.before, one.after, one.since)
            for one in diff(before, governed.rulebook)
        ]

    def test_says_from_when_a_scheme_and_the_seats_differ(self, governed: Folder) -> None:
        assert self.told(
            governed,
            (FILE, "needs: {at_least: 2/3}", "needs: {at_least: 3/4}"),
            ("bodies/board.yaml", "suppliers: 4", "suppliers: 5"),
        ) == [
            ("bodies", "board", "by.suppliers", "4", "5", AFTER),
            ("voting", "by_category", "needs.at_least", "2/3", "3/4", AFTER),
        ]

    def test_touches_no_measure(self, governed: Folder) -> None:
        before = governed.rulebook
        governed.rewrite("bodies/panel.yaml", "name: The Panel", "name: Panel")

        (change,) = diff(before, governed.rulebook)

        assert (change.field, change.measures, change.periods) == ("name", (), "all periods")


class TestSec:
    def test_has_verified_no_scheme(self, sec: Rulebook) -> None:
        assert {value.verified for one in sec.voting.values() for value in one.values.values()} == {False}

    def test_lets_the_change_board_decide_or_recommend_by_the_same_count(self, sec: Rulebook) -> None:
        decides, recommends = sec.schemes_of("change_board", dt.date(2021, 12, 17))
        day = dt.date(2021, 12, 17)

        assert (decides.value_on(day).effect, recommends.value_on(day).effect) == (
            "decision",
            "recommendation",
        )
        assert decides.value_on(day).as_facts() == recommends.value_on(day).as_facts()
