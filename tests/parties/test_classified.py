import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, Q

from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Organisation, Role
from tallystick.runs.models import Submission
from tests.site import people

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)


def row(code: str = "sec", party: Organisation | None = None, **more: Any) -> Submission:
    made: Submission = Submission.objects.create(
        code=code, party=party, stream="hub_returns", filename="x.csv", received_at=NOW,
        state="previewed", **more,
    )  # fmt: skip
    return made


class TestClassified:
    def test_is_a_red_draft_until_somebody_says_otherwise(self) -> None:
        made = row()

        assert (made.classification, made.publicity) == (Classified.RED, Classified.DRAFT)


class TestClasses:
    @pytest.mark.parametrize(
        "odd", [{"classification": ""}, {"classification": "pink"}, {"publicity": ""}, {"publicity": "lost"}]
    )
    def test_that_nobody_knows_are_refused_by_the_database(self, odd: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            row(**odd)

    def test_are_held_by_every_table_of_rows_with_a_class(self) -> None:
        """Django exchanges the constraints of a parent for those of a child: each has to name them."""
        kept = [model for model in apps.get_models() if issubclass(model, Classified)]

        bare = [
            model.__name__
            for model in kept
            for field in ("classification__in", "publicity__in")
            if field not in {clause[0] for clause in clauses(model)}
        ]

        assert len(kept) >= 9
        assert bare == []


def clauses(model: type[Classified]) -> list[tuple[str, object]]:
    checks = [one for one in model._meta.constraints if isinstance(one, CheckConstraint)]
    conditions = [one.condition for one in checks if isinstance(one.condition, Q)]
    return [clause for one in conditions for clause in one.children if isinstance(clause, tuple)]


class TestVisibleTo:
    def test_is_what_the_class_the_party_and_the_code_allow(self) -> None:
        alfa, brvo = people.organisation("ALFA"), people.organisation("BRVO")
        issued = {"classification": "amber", "publicity": "issued"}
        own, other, red = row(party=alfa, **issued), row(party=brvo, **issued), row(publicity="issued")
        row("rec", alfa, **issued)
        jo, ada = people.person("Jo Tarn"), people.person("Ada Quill")
        analyst = Acting("sec", NOW.date(), jo, people.role(jo, Role.ANALYST), NOW)
        delegate = Acting("sec", NOW.date(), ada, people.role(ada, Role.PARTY_DELEGATE, alfa), NOW)

        seen = {who: set(Submission.objects.visible_to(who)) for who in (analyst, delegate)}

        assert seen == {analyst: {own, other}, delegate: {own}}
        assert red not in seen[analyst]

    def test_is_nothing_for_the_public(self) -> None:
        row(classification="white", publicity="issued")

        assert list(Submission.objects.visible_to(Acting("sec", NOW.date()))) == []
