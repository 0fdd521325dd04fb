import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.assessments.techniques.proposed import Proposed, proposed
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.techniques import Technique
from tests.assessments.cast import AUDIT, CHECK, CODE, GUIDANCE, Cast
from tests.assessments.market import JULY, JUNE, landed

pytestmark = pytest.mark.django_db
RULES = rulebook_of(CODE).techniques
AUDITED: Technique = RULES[AUDIT]


def told(cast: Cast, technique: Technique = AUDITED) -> Proposed:
    found = proposed(cast.jo, technique, cast.both)
    assert found is not None
    return found


class TestProposed:
    def test_are_none_of_a_technique_without_a_rule(self, cast: Cast) -> None:
        assert proposed(cast.jo, RULES[GUIDANCE], cast.both) is None

    # Worked example T26: strictly more, in the latest month that landed.
    @pytest.mark.parametrize(
        ("count", "reasons"), [(240, ()), (241, ("241 devices commissioned, more than 240",))]
    )
    def test_are_those_above_a_bound(self, cast: Cast, count: int, reasons: tuple[str, ...]) -> None:
        landed(cast.alfa, JULY, count, count, measure="AREA-D1")
        landed(cast.alfa, JUNE, 900, 900, measure="AREA-D1")

        found = told(cast)

        assert found.reasons.get("alfa", ()) == reasons
        assert (found.month, found.verified) == ("July 2021", False)

    def test_are_of_a_category_of_higher_risk(self, cast: Cast) -> None:
        assert told(cast).reasons == {"brvo": ("Electricity Network, a category of higher risk",)}

    def test_are_flagged_by_what_another_technique_found_last(self, cast: Cast) -> None:
        first = cast.started(CHECK)
        cast.conclude(cast.part(first), "does_not_conform", "Four of sixty.")

        before = told(cast).reasons
        cast.conclude(cast.part(cast.started(CHECK)), "conforms", "All of sixty.")

        reason = f"flagged by Desk check of inventory by sample (does not conform, {first.reference})"
        assert before["alfa"] == (reason,)
        assert "alfa" not in told(cast).reasons

    def test_ask_little_of_the_database(self, cast: Cast) -> None:
        landed(cast.alfa, JULY, 241, 241, measure="AREA-D1")

        with CaptureQueriesContext(connection) as taken:
            told(cast)

        assert len(taken) <= 5
