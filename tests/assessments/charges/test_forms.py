from types import SimpleNamespace
from typing import Any

from tallystick.assessments.charges.forms import ComputeForm, RecountForm, RelieveForm

PARTY: Any = SimpleNamespace(slug="alfa", name="ALFA")
LINES: Any = [SimpleNamespace(party=PARTY, numerator=1, denominator=2, payable=100)]
KEY = {"key": "k-1"}


class TestComputeForm:
    def test_says_which_month(self) -> None:
        form = ComputeForm(
            {**KEY, "scheme": "s", "period": "2021-07"}, schemes={"s": "S"}, months=["2021-07"]
        )

        assert form.is_valid()
        assert form.computed.period == "2021-07"


class TestRelieveForm:
    def test_is_for_everybody_where_none_is_chosen(self) -> None:
        told = {"party": "", "kind": "relieved", "cause": "market", "why": "So."}
        form = RelieveForm({**KEY, **told}, lines=LINES)

        assert form.is_valid()
        assert (form.relieved.party, form.relieved.until_on) == (None, None)


class TestRecountForm:
    def test_knows_the_party_by_its_line(self) -> None:
        form = RecountForm(
            {**KEY, "party": "alfa", "numerator": 2, "denominator": 2, "why": "So."}, lines=LINES
        )

        assert form.is_valid()
        assert (form.recounted.party, form.recounted.numerator) == (PARTY, 2)
        assert not RecountForm({**KEY, "party": "brvo"}, lines=LINES).is_valid()
