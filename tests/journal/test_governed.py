import re

import pytest
from django.db import IntegrityError, transaction

from tallystick.journal.governed import ALPHABET, HANDLE, UnableToActUnseen, new_handle
from tallystick.parties.models import Organisation


class TestNewHandle:
    def test_is_twenty_characters_that_nobody_confuses(self) -> None:
        assert re.fullmatch(f"[{ALPHABET}]{{{HANDLE}}}", new_handle())
        assert not set("ILOU") & set(ALPHABET)

    def test_is_another_each_time(self) -> None:
        assert len({new_handle() for _ in range(1000)}) == 1000


@pytest.mark.django_db
class TestGoverned:
    def test_has_a_handle_of_its_own(self) -> None:
        one = Organisation.objects.create(slug="alfa", name="ALFA")
        other = Organisation.objects.create(slug="brvo", name="BRVO")

        assert one.handle != other.handle

    def test_shares_its_handle_with_nobody(self) -> None:
        one = Organisation.objects.create(slug="alfa", name="ALFA")

        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.create(slug="brvo", name="BRVO", handle=one.handle)


@pytest.mark.django_db
class TestGovernedQuerySet:
    def test_refuses_to_change_many(self) -> None:
        with pytest.raises(
            UnableToActUnseen, match=r"Organisation\.objects\.update\(\) would leave no entry"
        ):
            Organisation.objects.filter(slug="alfa").update(name="BRVO")

    def test_refuses_to_remove_many(self) -> None:
        with pytest.raises(UnableToActUnseen, match="delete"):
            Organisation.objects.filter(slug="alfa").delete()

    def test_refuses_to_make_many(self) -> None:
        with pytest.raises(UnableToActUnseen, match="bulk_create"):
            Organisation.objects.bulk_create([Organisation(slug="alfa", name="ALFA")])
        with pytest.raises(UnableToActUnseen, match="bulk_update"):
            Organisation.objects.bulk_update([], ["name"])

    def test_refuses_by_way_of_another_row_as_well(self) -> None:
        organisation = Organisation.objects.create(slug="alfa", name="ALFA")

        with pytest.raises(UnableToActUnseen, match="update"):
            organisation.categories.update(category="small")
