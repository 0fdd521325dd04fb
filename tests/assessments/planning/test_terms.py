import json
from decimal import Decimal

from tallystick.assessments.planning.terms import Terms, terms_of


class TestTerms:
    def test_come_back_from_json_as_they_were(self) -> None:
        terms = Terms(
            67_500_00,
            levels={"R-02": "basic"},
            hours={"small_supplier": Decimal("40.5")},
            not_before={"charges": 3},
            mature={"R-06": 2},
            tried=("remedies",),
            fixed={"field_visits": False},
        )

        assert terms_of(json.loads(json.dumps(terms.told))) == terms

    def test_change_their_budget_alone(self) -> None:
        terms = Terms(1, fixed={"remedies": True})

        assert terms.within(2) == Terms(2, fixed={"remedies": True})
