from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.decisions.keeping import UnableToChangeARecord
from tallystick.parties.models import Organisation
from tests.assessments.market import DECIDED, Market, charges_of
from tests.assessments.models.test_publication import again

pytestmark = pytest.mark.django_db


class TestChargeLine:
    @pytest.mark.parametrize(
        "told", [{"payable": 999_99}, {"is_relieved": True}, {"cap": 1}, {"computed": 1}, {"received": -1}]
    )
    def test_is_held_to_by_the_database(self, market: Market, told: dict[str, Any]) -> None:
        line = charges_of(market.computed())["ALFA"]
        nobody = Organisation.objects.create(slug="nobody", name="Nobody")

        with transaction.atomic(), pytest.raises(IntegrityError, match=r"(?i)check"):
            again(line, party=nobody, **told).save(force_insert=True)

    def test_nets_what_it_gets_against_what_it_pays(self, market: Market) -> None:
        lines = charges_of(market.computed())

        assert lines["ALFA"].net == lines["ALFA"].received - 350_00
        assert not lines["ALFA"].is_cap_bound

    def test_is_frozen(self, market: Market) -> None:
        line = charges_of(market.computed())["ALFA"]

        with pytest.raises(UnableToChangeARecord):
            line.save()


class TestRelief:
    @pytest.mark.parametrize("told", [{"why": ""}, {"until_on": DECIDED}, {"kind": "deferred"}])
    def test_says_why_and_until_when(self, market: Market, told: dict[str, Any]) -> None:
        [relief] = market.relieved(market.shown())

        with transaction.atomic(), pytest.raises(IntegrityError):
            again(relief, key="k-other", **told).save(force_insert=True)
