from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.assessments.charges.operations.charging import (
    Recounted,
    UnableToComputeCharges,
    UnableToCorrectCharge,
    correct_charge,
)
from tallystick.assessments.charges.operations.relieving import UnableToRelieve
from tallystick.assessments.models import ChargeLine, ChargeRun
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.wishes import UnableToMove
from tests.assessments.market import (
    CLOSED,
    CODE,
    DECIDED,
    DID,
    DRAFTED,
    JULY,
    JUNE,
    Market,
    acts,
    at,
    charges_of,
    fresh,
    key,
    on,
    stands,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the scheme of the rulebook be in force, which it is not."""
    scheme = rulebook_of(CODE).charges["hub_variant"]
    values = {day: one.model_copy(update={"status": "in_force"}) for day, one in scheme.values.items()}
    monkeypatch.setitem(
        rulebook_of(CODE).charges, "hub_variant", scheme.model_copy(update={"values": values})
    )


class TestComputeCharges:
    def test_freezes_a_line_of_each_from_landed_figures(self, market: Market) -> None:
        row = market.computed()

        lines = charges_of(row)
        assert set(lines) == set(DID)
        # 90 % of 200 events against 97 %: 7 points at 2.50 for each ten events
        assert (lines["ALFA"].computed, lines["ALFA"].payable) == (350_00, 350_00)
        assert lines["BRVO"].computed == 0
        assert lines["Supplier N"].computed == 0
        assert (row.status, row.publicity, row.run.period) == ("proposed", "draft", JULY)
        assert acts() == ["compute_charges"]

    def test_gives_back_what_is_payable_to_the_penny(self, market: Market) -> None:
        lines = charges_of(market.computed()).values()

        assert sum(one.received for one in lines) == sum(one.payable for one in lines) > 0
        assert sum(one.net for one in lines) == 0

    def test_computes_once_however_often_its_form_is_sent(self, market: Market) -> None:
        again = key()

        rows = {market.computed(key=again).pk for _ in range(2)}

        assert len(rows) == 1
        with pytest.raises(UnableToComputeCharges, match="computed CHG-2021"):
            market.computed(key=again, period=JUNE)

    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"scheme": "none"}, "no charges 'none'"),
            ({"period": "2020-01"}, "says nothing of"),
            ({"period": "July"}, "says nothing of"),
            ({"period": "2021-03"}, "has not landed"),
            ({"key": ""}, "no key"),
        ],
    )
    def test_refuses_what_cannot_be_computed(self, market: Market, told: dict[str, Any], match: str) -> None:
        with pytest.raises(UnableToComputeCharges, match=match):
            market.computed(**told)

    def test_computes_a_month_by_one_run_at_a_time(self, market: Market) -> None:
        row = market.computed()

        with pytest.raises(UnableToComputeCharges, match=row.reference):
            market.computed()
        market.charges(row, "close", said={"why": "Only to look."})
        market.computed()

        assert ChargeRun.objects.count() == 2

    def test_is_the_offices(self, market: Market) -> None:
        with pytest.raises(UnableToComputeCharges, match="The office computes"):
            market.computed(by=market.ada)


class TestTakeChargeStep:
    def test_charges_nobody_under_a_proposed_scheme(self, market: Market) -> None:
        row = market.shown()
        market.passes(row)
        reference = market.decided_on_nobody(market.pab, CLOSED)

        with pytest.raises(UnableToMove, match="scheme of charges is in force"):
            market.charges(row, "approve", CLOSED, said={"reasons": "So."}, decision=reference)
        assert stands(row, CLOSED) == "checked"
        row.invoiced_on = CLOSED
        with transaction.atomic(), pytest.raises(IntegrityError):
            row.save(update_fields=["invoiced_on"])

    @pytest.mark.usefixtures("in_force")
    def test_goes_on_to_what_is_given_back(self, market: Market) -> None:
        row = market.shown()
        market.passes(row)
        reference = market.decided_on_nobody(market.pab, CLOSED)
        market.charges(row, "approve", CLOSED, said={"reasons": "So."}, decision=reference)

        market.charges(row, "invoice", DECIDED, said={"invoices": "INV-1 to INV-9"})
        market.charges(row, "redistribute", DECIDED, said={"payments": "By transfer."})

        row = fresh(row)
        assert (row.invoiced_on, row.redistributed_on, row.publicity) == (DECIDED, DECIDED, "closed")
        assert acts()[-1] == "take_charge_step"

    @pytest.mark.usefixtures("in_force")
    def test_relieves_nobody_of_what_a_body_approved(self, market: Market) -> None:
        row = market.shown()
        market.passes(row)
        reference = market.decided_on_nobody(market.pab, CLOSED)
        market.charges(row, "approve", CLOSED, said={"reasons": "So."}, decision=reference)

        with pytest.raises(UnableToRelieve, match="before they are approved"):
            market.relieved(row, day=CLOSED)
        [late] = market.relieved(row, kind="deferred", until_on=DECIDED, day=CLOSED)

        assert late.until_on == DECIDED

    @pytest.mark.usefixtures("in_force")
    def test_gives_nothing_back_while_something_is_put_off(self, market: Market) -> None:
        row = market.shown()
        market.relieved(row, kind="deferred", until_on=DECIDED)
        market.passes(row)
        reference = market.decided_on_nobody(market.pab, CLOSED)
        market.charges(row, "approve", CLOSED, said={"reasons": "So."}, decision=reference)
        market.charges(row, "invoice", CLOSED, said={"invoices": "INV-1"})

        with pytest.raises(UnableToMove, match="no charge is put off"):
            market.charges(row, "redistribute", CLOSED, said={"payments": "By transfer."})
        market.charges(row, "redistribute", DECIDED, said={"payments": "By transfer."})

        assert stands(row, DECIDED) == "redistributed"

    @pytest.mark.parametrize("move", ["approve", "invoice", "redistribute", "close_window", "refuse"])
    def test_makes_no_move_that_the_rule_has_not(self, market: Market, move: str) -> None:
        row = market.computed()

        with pytest.raises(Exception, match=r".") as refusal:
            market.charges(row, move, said={"reasons": "So."}, decision="DEC-2021-ABCDEF")
        assert type(refusal.value).__name__ in ("UnableToMove", "UnableToTakeStep")
        assert stands(row) == "computed"


class TestCorrectCharge:
    def test_freezes_what_everybody_pays_and_gets_then(self, market: Market) -> None:
        row = market.shown()
        before = charges_of(row)

        sheet = correct_charge(charge_run=row, recounted=_recounted(market), **_doing(market))

        after = charges_of(row)
        assert sheet.number == 2
        assert after["ALFA"].computed < before["ALFA"].computed
        assert after["BRVO"].received < before["BRVO"].received
        assert sum(one.net for one in after.values()) == 0
        assert ChargeLine.objects.filter(charge_run=row).count() == 2 * len(DID)
        assert correct_charge(charge_run=row, recounted=_recounted(market), **_doing(market)) == sheet
        assert acts().count("correct_charge") == 1

    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"numerator": 180}, "Nothing differs"),
            ({"numerator": 300}, "no more can be good"),
            ({"why": ""}, "Say what was wrong"),
        ],
    )
    def test_refuses_what_corrects_nothing(self, market: Market, told: dict[str, Any], match: str) -> None:
        row = market.computed()

        with pytest.raises(UnableToCorrectCharge, match=match):
            correct_charge(charge_run=row, recounted=replace(_recounted(market), **told), **_doing(market))


def _recounted(market: Market) -> Recounted:
    return Recounted(market.alfa, 190, 200, "Ten were right.", key())


def _doing(market: Market) -> dict[str, Any]:
    return {"by": on(market.jo, DRAFTED), "at": at(DRAFTED, 16)}
