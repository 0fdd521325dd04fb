import re

import pytest
from django.db import IntegrityError, transaction

from tallystick.journal.governed import UnableToActUnseen
from tallystick.parties.policy.kinds import TYPES
from tallystick.runs import models
from tests.runs.conftest import NOW, TODAY

CLASSIFIED = [
    models.Submission,
    models.HeldRow,
    models.Run,
    models.Figure,
    models.Finding,
    models.FindingVersion,
    models.LineList,
    models.Exclusion,
]


def run(**changes: object) -> models.Run:
    given = {"code": "sec", "reference": "RUN-1", "period": "2021-07", "known_on": TODAY, "asked_at": NOW}
    return models.Run(**{**given, **changes})


def submission(**changes: object) -> models.Submission:
    given = {"code": "sec", "stream": "alerts", "received_at": NOW, "state": "previewed"}
    return models.Submission(**{**given, **changes})


class TestRows:
    @pytest.mark.parametrize("model", CLASSIFIED)
    def test_are_of_a_type_that_the_policy_knows(self, model: type[models.Run]) -> None:
        assert model.TYPE in TYPES

    @pytest.mark.parametrize("model", CLASSIFIED)
    def test_are_the_most_restricted_until_somebody_says_otherwise(self, model: type[models.Run]) -> None:
        assert (model().classification, model().publicity) == ("red", "draft")

    def test_are_changed_one_by_one(self) -> None:
        with pytest.raises(UnableToActUnseen):
            models.Run.objects.update(state="landed")


@pytest.mark.django_db
class TestConstraints:
    @pytest.mark.parametrize(
        "row",
        [
            run(state="failed"),
            run(state="landed"),
            run(is_current=True),
            run(fraction=1.5),
            submission(rows=3, accepted=1, held=1, refused=0),
            submission(state="committed", taken_in_at=NOW),
            submission(state="committed", evidence="E-1"),
            submission(state="refused"),
        ],
    )
    def test_refuse_what_cannot_be(self, row: models.Run | models.Submission) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    def test_let_one_run_of_a_period_be_current(self) -> None:
        landed = {"state": "landed", "edition": "a", "snapshot": "b", "is_current": True}
        run(**landed).save()

        with pytest.raises(IntegrityError), transaction.atomic():
            run(**landed, reference="RUN-2").save()


class TestReferences:
    @pytest.mark.parametrize(
        ("made", "shape"),
        [
            (models.new_submission_reference, r"E-[0-9A-Z]{6}"),
            (models.new_held_reference, r"HLD-[0-9A-Z]{6}"),
            (models.new_exclusion_reference, r"EXC-[0-9A-Z]{6}"),
            (lambda: models.new_run_reference("2021-08-20"), r"RUN-2021-08-20-[0-9A-Z]{6}"),
        ],
    )
    def test_tell_nothing_of_how_many_there_are(self, made: object, shape: str) -> None:
        assert callable(made)
        references = {made() for _ in range(50)}

        assert len(references) == 50
        assert all(re.fullmatch(shape, one) for one in references)
