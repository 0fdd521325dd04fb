"""What people fill in on techniques and applications."""

from decimal import Decimal

import pytest

from tallystick.assessments.techniques.forms import ItemsForm, MoveForm, OutcomeForm


class TestForms:
    def test_ask_of_a_move_what_its_act_is_told(self) -> None:
        form = MoveForm({"key": "one", "words": "So.", "spent": "12.50"}, move="report", planned=Decimal(20))

        assert form.is_valid()
        assert form.said == {"key": "one", "result": "So.", "spent": Decimal("12.50")}

    def test_ask_for_no_words_where_none_are_needed(self) -> None:
        form = MoveForm({"key": "one"}, move="start", planned=Decimal(20))

        assert form.is_valid()
        assert form.said == {"key": "one"}

    @pytest.mark.parametrize("spent", ["-1", "NaN", "1e99", ""])
    def test_refuse_what_is_no_amount(self, spent: str) -> None:
        told = {"key": "one", "words": "So.", "spent": spent}

        assert not MoveForm(told, move="report", planned=Decimal(20)).is_valid()

    def test_read_items_a_line_each(self) -> None:
        form = ItemsForm({"key": "one", "items": " Installs \n\n(if it can) Reads"})

        assert form.is_valid()
        assert form.listed == {"Installs": True, "Reads": False}

    def test_offer_the_outcomes_of_the_form_alone(self) -> None:
        told = {"key": "one", "outcome": "passed", "result": ""}

        assert not OutcomeForm(told, outcomes={"conforms": "Conforms"}).is_valid()
