"""Bodies and schemes that do not go together."""

import pytest

from tests.rulebook.conftest import Folder
from tests.rulebook.governed import govern

FILE = "voting/by_category.yaml"


@pytest.fixture
def governed(small: Folder) -> Folder:
    return govern(small)


class TestGovernedCode:
    def test_has_nothing_wrong_with_it(self, governed: Folder) -> None:
        assert governed.problems == ()


class TestBodiesExist:
    @pytest.mark.parametrize(
        ("file", "old", "new", "told"),
        [
            (FILE, "[board]", "[bord]", "4:10: no body is called 'bord'. Did you mean 'board'?"),
            (
                "bodies/board.yaml",
                "to: panel",
                "to: pannel",
                "5:1: no body is called 'pannel'. Did you mean 'panel'?",
            ),
            (
                "bodies/group.yaml",
                "proposed: yes",
                "role_of: bord\nproposed: yes",
                "4:1: no body is called 'bord'. Did you mean 'board'?",
            ),
            (
                "obligations/RPT-MONTH.yaml",
                "[panel]",
                "[pannel]",
                "6:6: no provider, role, category or body is called 'pannel'. Did you mean 'panel'?",
            ),
        ],
    )
    def test_wherever_one_is_named(self, governed: Folder, file: str, old: str, new: str, told: str) -> None:
        governed.rewrite(file, old, new)

        assert governed.lines()[0].startswith(f"{file}:{told}")
        assert len(governed.problems) == 1


class TestSchemesCiteListedClauses:
    def test_also_in_single_values(self, governed: Folder) -> None:
        governed.rewrite(FILE, "    source: recalled", "    clause: [C7.3]\n    source: recalled")

        assert governed.lines()[0].startswith(
            f"{FILE}:39:14: no clause is called 'C7.3'. Did you mean 'C7.2'?"
        )


class TestNobodyHearsAppealsAgainstItself:
    def test_in_its_own_name(self, governed: Folder) -> None:
        governed.rewrite("bodies/board.yaml", "appeals_to: panel", "appeals_to: board")

        assert governed.lines() == [
            (
                "bodies/board.yaml:5:1: 'board' would hear appeals against its own decisions. "
                "Name others, or authority."
            )
        ]

    def test_under_another_name(self, governed: Folder) -> None:
        governed.rewrite("bodies/board.yaml", "kind: deciding", "kind: deciding\nrole_of: panel")

        assert governed.lines()[0] == (
            "bodies/board.yaml:6:1: 'board' would hear appeals against its own decisions, being the same "
            "people as 'panel'. Name others, or authority."
        )

    def test_in_a_circle(self, governed: Folder) -> None:
        governed.rewrite("bodies/panel.yaml", "appeals_to: authority", "appeals_to: board")

        assert governed.lines() == [
            "bodies/board.yaml:5:1: the appeals go in a circle. End them with a body, or with authority.",
            "bodies/panel.yaml:5:1: the appeals go in a circle. End them with a body, or with authority.",
        ]

    def test_in_a_circle_through_an_additional_role(self, governed: Folder) -> None:
        governed.rewrite("bodies/panel.yaml", "appeals_to: authority", "appeals_to: group")
        governed.rewrite("bodies/group.yaml", "kind: advisory", "kind: deciding\nrole_of: board")

        lines = governed.lines()

        assert [line for line in lines if "the appeals go in a circle" in line] == lines
        assert len(lines) == 2

    def test_and_ends_with_one_that_names_nobody(self, governed: Folder) -> None:
        governed.rewrite("bodies/panel.yaml", "appeals_to: authority\n", "")

        assert governed.problems == ()


class TestRolesAreOfOthers:
    def test_not_of_themselves_and_in_no_circle(self, governed: Folder) -> None:
        governed.rewrite("bodies/group.yaml", "proposed: yes", "role_of: group\nproposed: yes")
        assert governed.lines()[0].startswith("bodies/group.yaml:4:1: the additional roles go in a circle.")

        governed.rewrite("bodies/group.yaml", "role_of: group", "role_of: panel")
        governed.rewrite("bodies/panel.yaml", "kind: deciding", "kind: deciding\nrole_of: group")
        assert [line.partition(": ")[0] for line in governed.lines()] == [
            "bodies/group.yaml:4:1",
            "bodies/panel.yaml:5:1",
        ]


class TestSchemesFitTheirBodies:
    def test_where_a_chair_who_casts_has_a_seat(self, governed: Folder) -> None:
        governed.rewrite(
            "bodies/board.yaml", "suppliers: 3, networks: 2, chair: 1", "suppliers: 3, networks: 2"
        )

        assert governed.lines() == [
            (
                f"{FILE}:14:5: the body 'board' has no seat of a chair. "
                "Write chair: none, or give the body the seat chair: 1."
            )
        ]

    def test_where_categories_are_several(self, governed: Folder) -> None:
        governed.rewrite("bodies/board.yaml", "suppliers: 3, networks: 2, chair: 1", "suppliers: 3, chair: 1")

        assert governed.lines() == [
            (
                f"{FILE}:8:5: the body 'board' has one constituency, and categories need several. "
                "Write method: members."
            )
        ]

    def test_also_where_the_seats_change_while_the_scheme_is_in_force(self, governed: Folder) -> None:
        governed.rewrite("bodies/board.yaml", "2021-07-01", "2021-06-01")
        governed.rewrite(
            "bodies/board.yaml", "suppliers: 4, networks: 2, chair: 1", "suppliers: 4, networks: 2"
        )

        assert [line.partition(". ")[0] for line in governed.lines()] == [
            f"{FILE}:14:5: the body 'board' has no seat of a chair"
        ]

    def test_where_who_only_advises_decides_nothing(self, governed: Folder) -> None:
        governed.rewrite("bodies/board.yaml", "kind: deciding", "kind: advisory")

        assert governed.lines()[0] == (
            f"{FILE}:17:5: the body 'board' only advises and takes no decision. Write effect: recommendation."
        )
