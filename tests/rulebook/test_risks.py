import pytest

from tests.rulebook.assured import assure
from tests.rulebook.conftest import Folder

FILE = "risks/R-01.yaml"


@pytest.fixture
def assured(small: Folder) -> Folder:
    return assure(small)


class TestRiskText:
    def test_is_read_with_all_that_it_names(self, assured: Folder) -> None:
        risk = assured.rulebook.risks["R-01"]

        assert (risk.risk_that, risk.resulting_in) == ("replies come late", "nobody knows the outcome")
        assert [one.obligation for one in risk.factors] == ["OBL-REPLY"]
        assert [(one.code, one.reference) for one in risk.elsewhere] == [("Another code", "Risk 4")]

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("key: R-01", "key: R1", "a reference of two or three digits, such as R-02"),
            ("risk_that: replies come late\n", "", "risk_that"),
            ("clause: [C7.2]", "clause: []", "a list of clauses"),
        ],
    )
    def test_that_lacks_something_is_told_what(self, assured: Folder, old: str, new: str, told: str) -> None:
        assured.rewrite(FILE, old, new)

        assert any(told in line for line in assured.lines())

    def test_belongs_to_the_edition(self, assured: Folder) -> None:
        before = assured.rulebook.edition

        assured.rewrite(FILE, "replies come late", "replies come too late")

        assert assured.rulebook.edition != before
