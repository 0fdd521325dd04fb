"""What the database holds to of cases."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.cases.models import Case, CaseFinding, LineAnswer, SharedLines, Teller
from tallystick.decisions.keeping import UnableToChangeARecord
from tests.cases.cast import NOTICED, OPENED, Cast, at, landed
from tests.decisions.kept import another

pytestmark = pytest.mark.django_db


def is_refused(row: Any, match: str) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        another(row).save()


class TestCase:
    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"classification": "green"}, "a_case_is_confidential"),
            ({"what": ""}, "a_case_says_what_it_is_about"),
            ({"devices": 3}, "an_estimate_says_how"),
            ({"publicity": "secret"}, "case_is_a_draft_or_issued"),
        ],
    )
    def test_holds_to_what_a_case_is(self, cast: Cast, told: dict[str, Any], match: str) -> None:
        case = cast.opened()
        for name, value in told.items():
            setattr(case, name, value)

        is_refused(case, match)

    def test_is_called_by_its_reference(self, cast: Cast) -> None:
        case = cast.opened()

        assert str(case) == case.reference


class TestFinding:
    def test_comes_into_one_case(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        first, other = cast.opened(finding), cast.opened()

        is_refused(CaseFinding(case=other, finding=finding), "finding_id")

        assert str(first.case_findings.get()) == f"{finding.pk} of {first.pk}"


class TestTeller:
    def test_is_red_and_nobodys_own(self, cast: Cast) -> None:
        case = cast.opened()
        told = {"code": "sec", "case": case, "words": "Mira", "entered_by": cast.jo.person}

        row = Teller(**told, classification="amber", entered_at=at(OPENED))

        is_refused(row, "a_source_is_protected")
        is_refused(
            Teller(**told, classification="red", party=cast.alfa, entered_at=at(OPENED)),
            "a_source_is_protected",
        )
        assert str(row) == f"source of {case.pk}"


class TestLines:
    def test_shared_once_stay_as_they_are(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        [row] = SharedLines.objects.filter(case=case)

        row.lines = 9

        with pytest.raises(UnableToChangeARecord):
            row.save()
        assert str(row) == f"9 lines of {case.pk}"

    def test_disputed_say_why(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        row = LineAnswer(
            code="sec",
            classification=Case.AMBER,
            case=case,
            line="hub",
            answer="disputed",
            by=cast.ada.person,
            at=at(NOTICED),
        )

        is_refused(row, "a_dispute_of_a_line_says_why")
        assert str(row) == "hub: disputed"
