import datetime as dt
from typing import Any

import pytest

from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Organisation, Standing
from tallystick.parties.operations import organisations as acts
from tallystick.rulebook.rulebook import Rulebook
from tests.parties.conftest import AT, DAY, said

pytestmark = pytest.mark.django_db
LATER = DAY + dt.timedelta(days=30)


class TestAddOrganisation:
    def test_makes_one_with_an_address_of_its_own(self, administrator: Acting) -> None:
        made = acts.add_organisation(name=" Alderbrook  Energy ", by=administrator, at=AT)

        assert (made.name, made.slug) == ("Alderbrook Energy", "alderbrook-energy")
        assert said() == ["added Alderbrook Energy"]

    @pytest.mark.parametrize("name", ["", "  ", "ALFA", "alfa", "Alfa!"])
    @pytest.mark.usefixtures("alfa")
    def test_refuses_a_name_that_is_none_or_taken(self, administrator: Acting, name: str) -> None:
        with pytest.raises(acts.UnableToAddOrganisation):
            acts.add_organisation(name=name, by=administrator, at=AT)

        assert said() == []


class TestCategorise:
    def test_ends_the_category_before(self, administrator: Acting, alfa: Organisation, sec: Rulebook) -> None:
        for category, day in (("large_supplier", DAY), ("small_supplier", LATER)):
            acts.categorise(
                organisation=alfa, category=category, from_on=day, rulebook=sec, by=administrator, at=AT
            )

        spans = Category.objects.order_by("from_on").values_list("category", "from_on", "until_on")
        assert list(spans) == [("large_supplier", DAY, LATER), ("small_supplier", LATER, None)]
        assert said()[-1] == "put ALFA into the category Small Supplier from 1 October 2021"

    def test_knows_the_codes_categories(
        self, administrator: Acting, alfa: Organisation, sec: Rulebook
    ) -> None:
        with pytest.raises(acts.UnableToCategorise, match="no category"):
            acts.categorise(
                organisation=alfa, category="shipper", from_on=DAY, rulebook=sec, by=administrator, at=AT
            )

    def test_does_not_rewrite_what_came_later(
        self, administrator: Acting, alfa: Organisation, sec: Rulebook
    ) -> None:
        acts.categorise(
            organisation=alfa, category="large_supplier", from_on=LATER, rulebook=sec, by=administrator, at=AT
        )

        with pytest.raises(acts.UnableToCategorise, match="not earlier"):
            acts.categorise(
                organisation=alfa,
                category="small_supplier",
                from_on=DAY,
                rulebook=sec,
                by=administrator,
                at=AT,
            )


class TestSetStanding:
    def test_ends_the_standing_before(self, administrator: Acting, alfa: Organisation) -> None:
        for standing, day in (("live", DAY), ("solr", LATER)):
            acts.set_standing(organisation=alfa, standing=standing, from_on=day, by=administrator, at=AT)

        assert list(Standing.objects.order_by("from_on").values_list("standing", "until_on")) == [
            ("live", LATER),
            ("solr", None),
        ]

    def test_refuses_what_is_none_and_what_is_not_later(
        self, administrator: Acting, alfa: Organisation
    ) -> None:
        acts.set_standing(organisation=alfa, standing="live", from_on=DAY, by=administrator, at=AT)

        for standing in ("gone", "exiting"):
            with pytest.raises(acts.UnableToSetStanding):
                acts.set_standing(organisation=alfa, standing=standing, from_on=DAY, by=administrator, at=AT)


class TestIdentifiersGroupsAndSizes:
    def test_an_identifier_is_of_one(self, administrator: Acting, alfa: Organisation) -> None:
        other = Organisation.objects.create(slug="brvo", name="BRVO")
        stated: dict[str, Any] = {
            "scheme": "mpid",
            "value": "ALFA",
            "from_on": DAY,
            "by": administrator,
            "at": AT,
        }
        acts.add_identifier(organisation=alfa, **stated)

        with pytest.raises(acts.UnableToAddIdentifier, match="is of ALFA"):
            acts.add_identifier(organisation=other, **stated)

    def test_a_group_is_joined_once(self, administrator: Acting, alfa: Organisation) -> None:
        made = acts.join_group(
            organisation=alfa, group="Juniper Holdings", from_on=DAY, by=administrator, at=AT
        )

        assert made.group.name == "Juniper Holdings"
        with pytest.raises(acts.UnableToJoinGroup, match="Juniper Holdings"):
            acts.join_group(organisation=alfa, group="Another", from_on=LATER, by=administrator, at=AT)

    def test_a_size_is_stated_once_a_period(self, administrator: Acting, alfa: Organisation) -> None:
        stated: dict[str, Any] = {
            "organisation": alfa,
            "period": "2021-07",
            "unit": "metering_points",
            "by": administrator,
        }
        acts.record_size(number=812_000, at=AT, **stated)

        assert said() == ["stated the size of ALFA in 2021-07: 812,000 metering points"]
        for number in (1, -1):
            with pytest.raises(acts.UnableToRecordSize):
                acts.record_size(number=number, at=AT, **stated)
