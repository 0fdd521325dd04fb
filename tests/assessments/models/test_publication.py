from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.assessments.models import ComparedLine, PrintedLine, Publication
from tallystick.decisions.keeping import UnableToChangeARecord
from tests.assessments.market import Market, fresh, lines_of, printed

pytestmark = pytest.mark.django_db


def again(row: Any, **told: Any) -> Any:
    names = [one.name for one in type(row)._meta.concrete_fields if one.name not in ("id", "handle")]
    return type(row)(**{**{name: getattr(row, name) for name in names}, **told})


class TestPublication:
    @pytest.mark.parametrize(
        "told", [{"why": ""}, {"last": "2021-01"}, {"classification": "white", "names": True}, {"seal": ""}]
    )
    def test_is_held_to_by_the_database(self, market: Market, told: dict[str, Any]) -> None:
        row, other = market.drafted(), market.drafted()
        copy = again(row, reference="PUB-2021-OTHR", key="k-other", course=other.course, **told)

        with transaction.atomic(), pytest.raises(IntegrityError):
            copy.save(force_insert=True)

    def test_stays_as_it_was_drafted(self, market: Market) -> None:
        row = market.drafted()
        row.names = True

        with pytest.raises(UnableToChangeARecord):
            row.save()
        assert not Publication.objects.get(pk=row.pk).names


class TestComparedLine:
    def test_is_frozen(self, market: Market) -> None:
        line = lines_of(market.drafted())["ALFA"]
        line.numerator = 1

        with pytest.raises(UnableToChangeARecord):
            line.save(update_fields=["numerator"])
        with transaction.atomic(), pytest.raises(IntegrityError):
            again(line, alias="Other", numerator=300).save(force_insert=True)
        assert ComparedLine.objects.get(pk=line.pk).numerator == 180


class TestPrintedLine:
    @pytest.mark.parametrize("told", [{"numerator": 1, "denominator": 5}, {"share": "20.0%"}, {"rank": 3}])
    def test_never_has_a_figure_that_is_withheld(self, market: Market, told: dict[str, Any]) -> None:
        row = market.published()
        hidden = next(one for one in printed(row) if one.state == "withheld")

        with transaction.atomic(), pytest.raises(IntegrityError):
            again(hidden, place=99, **told).save(force_insert=True)
        assert PrintedLine.objects.filter(publication=fresh(row)).count() == 14


class TestPublicationQuery:
    def test_is_answered_as_a_whole(self, market: Market) -> None:
        query = market.queried(market.opened())
        query.answer = "So."

        with transaction.atomic(), pytest.raises(IntegrityError):
            query.save(update_fields=["answer"])
