"""Risks, methods and techniques that do not go together with the rest."""

import pytest

from tests.rulebook.assured import assure
from tests.rulebook.conftest import Folder

RISK, GRID = "risks/R-01.yaml", "scoring/grid.yaml"
WATCHING, VISITS = "techniques/watching.yaml", "techniques/visits.yaml"


@pytest.fixture
def assured(small: Folder) -> Folder:
    return assure(small)


class TestAssuredCode:
    def test_has_nothing_wrong_with_it(self, assured: Folder) -> None:
        assert assured.problems == ()


class TestRisks:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("[C7.2]", "[C7.3]", "no clause is called 'C7.3'. Did you mean 'C7.2'?"),
            ("area: replies", "area: reply", "no area is called 'reply'. Did you mean 'replies'?"),
            ("obligations: [OBL-REPLY]", "obligations: [OBL-RPLY]", "no obligation is called 'OBL-RPLY'."),
            ("[supplier]", "[suplier]", "no provider, role, category or body is called 'suplier'."),
            ("[DSP]", "[DSQ]", "no provider, role, category or body is called 'DSQ'."),
            ("indicators: [REPLY]", "indicators: [RPLY]", "no measure is called 'RPLY'."),
            ("[growth]", "[grwth]", "no driver is called 'grwth'. Did you mean 'growth'?"),
            ("[disputes]", "[dispute]", "no mechanism is called 'dispute'. Did you mean 'disputes'?"),
            ("owner: board", "owner: bord", "no body is called 'bord'. Did you mean 'board'?"),
            ("watched, obligation: OBL", "watched, obligation: OB", "no obligation is called 'OB-REPLY'."),
        ],
    )
    def test_name_what_there_is(self, assured: Folder, old: str, new: str, told: str) -> None:
        assured.rewrite(RISK, old, new)

        (line,) = assured.lines()
        assert line.startswith(f"{RISK}:")
        assert told in line


class TestTechniques:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("corrective]", "correctiv]", "no class of techniques is called 'correctiv'."),
            ("needs: [watching]", "needs: [watch]", "no technique is called 'watch'."),
            ("after: [watching]", "after: [watchin]", "no technique is called 'watchin'."),
            ("  R-01:", "  R-02:", "no risk is called 'R-02'. Did you mean 'R-01'?"),
            ("{supplier:", "{suppliers:", "no category is called 'suppliers'. Did you mean 'supplier'?"),
        ],
    )
    def test_name_what_there_is(self, assured: Folder, old: str, new: str, told: str) -> None:
        assured.rewrite(VISITS, old, new)

        assert told in assured.lines()[0]

    @pytest.mark.parametrize(
        ("rule", "told"),
        [
            ("more_than: [{measure: RPLY, than: 5, of: replies}]", "no measure of parties is called 'RPLY'."),
            ("categories: [suplier]", "no category is called 'suplier'. Did you mean 'supplier'?"),
            ("flagged_by: [watch]", "no technique is called 'watch'."),
        ],
    )
    def test_select_by_what_there_is(self, assured: Folder, rule: str, told: str) -> None:
        whole = f"selects: {{source: assumed, {rule}}}"
        assured.rewrite(VISITS, "needs: [watching]", f"needs: [watching]\n{whole}")

        [line] = assured.lines()
        assert told in line

    @pytest.mark.parametrize("word", ["needs", "after"])
    def test_wait_for_others_and_not_for_themselves(self, assured: Folder, word: str) -> None:
        assured.rewrite(WATCHING, "standard: yes", f"standard: yes\n{word}: [visits]")

        assert [line.partition(": ")[2] for line in assured.lines()] == [
            "'visits' waits for itself. Break the circle here.",
            "'watching' waits for itself. Break the circle here.",
        ]

    def test_tell_of_measures_that_there_are(self, assured: Folder) -> None:
        assured.rewrite(WATCHING, "[REPLY]", "[RPLY]")

        assert "no measure is called 'RPLY'. Did you mean 'REPLY'?" in assured.lines()[0]


class TestMethods:
    def test_cite_listed_clauses(self, assured: Folder) -> None:
        assured.rewrite(GRID, "[C7.2]", "[C7.3]")

        assert assured.lines()[0].startswith(f"{GRID}:7:14: no clause is called 'C7.3'.")
