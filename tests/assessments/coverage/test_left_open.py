import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tallystick.assessments.coverage.left_open import Known, Named, Open, coverage
from tallystick.rulebook.rulebook import Rulebook
from tests.rulebook.assured import assure
from tests.rulebook.conftest import Folder, small

__all__ = ["small"]

DAY = dt.date(2021, 9, 6)
REPLIES = Named("R-01", "Late replies", ("C7.2",), ("OBL-REPLY", "RPT-MONTH"), ("REPLY",))


@pytest.fixture
def rulebook(small: Folder) -> Rulebook:
    return assure(small).rulebook


def left(
    rulebook: Rulebook, *risks: Named, aimed: tuple[str, ...] = (), day: dt.date = DAY
) -> dict[str, Any]:
    return {one.key: one.rows for one in coverage(Known(rulebook, risks, frozenset(aimed), day))}


class TestCoverage:
    def test_finds_nothing_open_where_all_is_covered(self, rulebook: Rulebook) -> None:
        found = left(rulebook, REPLIES)

        assert {key for key, rows in found.items() if rows and key != "untold"} == set()

    def test_tells_what_is_left_of_every_kind_of_thing(self, rulebook: Rulebook) -> None:
        found = left(rulebook)

        assert [one.key for one in found["unrisked"]] == sorted(rulebook.obligations)
        assert [one.key for one in found["unused"]] == sorted(rulebook.measures)

    def test_names_clauses_whose_risk_no_technique_takes_off(self, rulebook: Rulebook) -> None:
        split = replace(REPLIES, reference="R-09")

        assert [(one.key, one.risks) for one in left(rulebook, split)["untreated"]] == [("C7.2", ("R-09",))]
        assert left(rulebook, split, aimed=("R-09",))["untreated"] == ()

    def test_names_clauses_that_nobody_owes(self, rulebook: Rulebook) -> None:
        risk = replace(REPLIES, clauses=("C7.2", "Z1"))

        says = "not in the rulebook's list of clauses"
        assert left(rulebook, risk)["unowed"] == (Open("clause", "Z1", says, "has a risk", ("R-01",)),)

    def test_counts_an_obligation_until_its_last_day(self, rulebook: Rulebook) -> None:
        owed = {key: one.model_copy(update={"until": DAY}) for key, one in rulebook.obligations.items()}
        ending = replace(rulebook, obligations=owed)

        on_the_day, after = left(ending, REPLIES), left(ending, REPLIES, day=DAY + dt.timedelta(days=1))

        assert (on_the_day["ended"], on_the_day["unowed"]) == ((), ())
        assert [one.key for one in after["ended"]] == ["OBL-REPLY", "RPT-MONTH"]
        assert [one.key for one in after["unowed"]] == ["C7.2"]
        assert after["unrisked"] == ()

    def test_names_what_nothing_measures(self, rulebook: Rulebook) -> None:
        unseen = replace(REPLIES, indicators=())
        blunt = {key: one.model_copy(update={"measures": ()}) for key, one in rulebook.techniques.items()}

        found = left(replace(rulebook, techniques=blunt), unseen)

        assert [(one.of, one.key) for one in found["unseen"]] == [("risk", "R-01")]
        assert [one.key for one in found["untold"]] == sorted(rulebook.techniques)
        assert [one.key for one in found["unused"]] == ["REPLY", "REPLY-1", "REPLY-2"]
