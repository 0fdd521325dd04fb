"""Bodies, their seats from day to day, and who hears appeals."""

import datetime as dt

import pytest

from tallystick.rulebook.rulebook import Rulebook
from tests.rulebook.conftest import Folder
from tests.rulebook.governed import govern


@pytest.fixture
def governed(small: Folder) -> Folder:
    return govern(small)


class TestSeatsOn:
    def test_are_those_of_the_day(self, governed: Folder) -> None:
        board = governed.rulebook.bodies["board"]

        assert board.seats_on(dt.date(2021, 6, 30))["suppliers"] == 3
        assert board.seats_on(dt.date(2021, 7, 1))["suppliers"] == 4

    def test_are_none_before_any_are_stated(self, governed: Folder) -> None:
        assert governed.rulebook.bodies["board"].seats_on(dt.date(2019, 12, 31)) == {}

    def test_of_an_additional_role_are_those_of_the_body_whose_role_it_is(self, governed: Folder) -> None:
        governed.rewrite("bodies/group.yaml", "proposed: yes", "proposed: yes\nrole_of: board")

        assert governed.rulebook.seats_on("group", dt.date(2021, 7, 1)) == {
            "suppliers": 4,
            "networks": 2,
            "chair": 1,
        }


class TestBody:
    @pytest.mark.parametrize(
        ("file", "old", "new", "told"),
        [
            (
                "bodies/group.yaml",
                "proposed: yes\n",
                "",
                "bodies/group.yaml:1:1: a body stands under a clause unless it is only proposed. Write",
            ),
            (
                "bodies/board.yaml",
                "networks: 2, chair: 1}\n    source: S1",
                "network: 2, chair: 1}\n    source: S1",
                ("bodies/board.yaml:9:24: the constituency 'network' has no title. "
                "Name it under constituencies, with its title."),
            ),
            (
                "bodies/board.yaml",
                "chair: 1}\n    source: S1",
                "chair: 2}\n    source: S1",
                "bodies/board.yaml:9:37: a body has one chair. Write chair: 1.",
            ),
            ("bodies/board.yaml", "suppliers: 3", "suppliers: 0", "bodies/board.yaml:9:10: '0' does"),
            ("bodies/board.yaml", "kind: deciding", "kind: decides", "bodies/board.yaml:4:1: 'decides' is"),
            ("bodies/board.yaml", "[C7.2]", "[C7.3]", "bodies/board.yaml:3:10: no clause is called 'C7.3'."),
        ],
    )  # fmt: skip
    def test_is_told_what_is_wrong_with_it(
        self, governed: Folder, file: str, old: str, new: str, told: str
    ) -> None:
        governed.rewrite(file, old, new)

        assert any(line.startswith(told) for line in governed.lines()), governed.lines()

    def test_may_be_owed_a_report_though_the_code_lists_it_as_no_role(self, governed: Folder) -> None:
        governed.rewrite("obligations/RPT-MONTH.yaml", "to: [panel]", "to: [board]")

        assert governed.problems == ()


class TestSec:
    def test_has_the_change_board_of_december_2021(self, sec: Rulebook) -> None:
        seats = sec.seats_on("change_board", dt.date(2021, 12, 17))

        assert list(seats.values()) == [13, 3, 3, 3, 1]
        assert sec.seats_on("csc", dt.date(2021, 12, 17)) == seats

    def test_has_meetings_of_two_kinds_for_the_operations_group(self, sec: Rulebook) -> None:
        assert set(sec.bodies["opsg"].meetings) == {"main", "reporting"}

    def test_takes_appeals_against_the_proposed_board_to_the_panel(self, sec: Rulebook) -> None:
        pab = sec.bodies["pab"]

        assert (pab.proposed, pab.appeals_to, pab.seats) == (True, "panel", {})
