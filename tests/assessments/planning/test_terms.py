import json
from decimal import Decimal

from tallystick.assessments.planning.terms import Terms, terms_of
from tallystick.parties.rulebooks import rulebook_of


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

    def test_leave_out_what_the_rulebook_no_longer_has(self) -> None:
        rules = rulebook_of("sec")
        terms = Terms(
            1,
            levels={"R-02": "basic", "R-06": "solemn"},
            not_before={"oath": 2, "charges": 3},
            tried=("oath",),
            fixed={"oath": True, "field_visits": False},
        )

        left = Terms(1, levels={"R-02": "basic"}, not_before={"charges": 3}, fixed={"field_visits": False})
        assert terms.known_to(rules) == left
