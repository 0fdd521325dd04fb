"""What a version of a remedy has to say."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tallystick.cases.filings import Before, Filed, UnableToFileRemedy, check
from tallystick.cases.versions import Promise
from tests.cases.promised import FILED_ON, by_hand, plan, planned

CASE = cast("Any", SimpleNamespace(code="sec", obligation="OBL-AREA-B", area="b"))
DUE = dt.date(2021, 10, 29)
MET = Promise(1, 1, "Daily coverage file", "O. Pike", dt.date(2021, 9, 20), "Log")
NOTHING = Before({}, ())


def refused(filed: Filed, before: Before = NOTHING) -> str:
    with pytest.raises(UnableToFileRemedy) as refusal:
        check(filed, CASE, before, FILED_ON)
    return str(refusal.value)


class TestARemedy:
    @pytest.mark.parametrize("filed", [plan(), by_hand()])
    def test_says_all_that_it_has_to(self, filed: Filed) -> None:
        check(filed, CASE, NOTHING, FILED_ON)

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({"key": ""}, "no key"),
            ({"key": "k" * 65}, "no key"),
            ({"cause": " "}, "cause"),
            ({"milestones": ()}, "1 to 40 milestones"),
            ({"milestones": plan().milestones * 14}, "1 to 40 milestones"),
        ],
    )
    def test_has_a_form_a_cause_and_milestones(self, said: Mapping[str, Any], why: str) -> None:
        assert why in refused(plan(**said))


class TestTheCriterion:
    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({"measure": ""}, "Say when it has done"),
            ({"measure": "", "level": None, "months": None}, "Say when it has done"),
            ({"otherwise": "Sites were revisited"}, "Leave out what else"),
            ({"measure": "AREA-Z"}, "no measure of the party in this matter. Use one of AREA-B"),
            ({"measure": "AREA-D1"}, "no measure of the party in this matter"),
            ({"measure": "CSPN-PM2"}, "no measure of the party in this matter"),
            ({"months": None}, "1 to 36 months"),
            ({"months": 0}, "1 to 36 months"),
            ({"months": 37}, "1 to 36 months"),
            ({"level": None}, "a percentage"),
            ({"level": Decimal(101)}, "a percentage"),
            ({"level": Decimal("NaN")}, "a percentage"),
            ({"level": Decimal("97.00001")}, "decimal places"),
        ],
    )
    def test_is_a_measure_of_the_matter_a_level_and_months(self, said: Mapping[str, Any], why: str) -> None:
        assert why in refused(plan(**said))

    def test_is_either_a_measure_or_something_else(self) -> None:
        assert "Say when it has done" in refused(by_hand(level=Decimal(97)))

    def test_is_something_else_where_no_measure_is_of_the_matter(self) -> None:
        other = cast("Any", SimpleNamespace(code="sec", obligation="RPT-PMR", area=""))

        with pytest.raises(UnableToFileRemedy, match="Say otherwise"):
            check(plan(), other, NOTHING, FILED_ON)


class TestTheSignature:
    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({"signed_by": "Nadia Holt"}, "Say all three"),
            ({"signed_by": "Nadia Holt", "signed_as": "Director"}, "Say all three"),
            (
                {
                    "signed_by": "Nadia Holt",
                    "signed_as": "Director",
                    "signed_on": FILED_ON + dt.timedelta(days=1),
                },
                "to come",
            ),
            ({"signed_by": "N" * 201, "signed_as": "Director", "signed_on": FILED_ON}, "200 characters"),
        ],
    )
    def test_says_who_as_what_and_when(self, said: Mapping[str, Any], why: str) -> None:
        assert why in refused(plan(**said))


class TestAMilestone:
    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({"what": " "}, "Say the what"),
            ({"owner": ""}, "Say the owner"),
            ({"proof": ""}, "Say the proof"),
            ({"owner": "O" * 201}, "200 characters"),
        ],
    )
    def test_says_what_whose_and_its_proof(self, said: Mapping[str, Any], why: str) -> None:
        assert why in refused(plan(milestones=(replace(planned("Do it", DUE), **said),)))

    def test_lies_ahead(self) -> None:
        assert "Promise a later day" in refused(plan(milestones=(planned("Do it", FILED_ON),)))

    def test_falls_where_days_are_counted(self) -> None:
        assert "as far as days are counted" in refused(plan(milestones=(planned("Do", dt.date(2099, 1, 4)),)))

    def test_is_one_of_those_before_or_new(self) -> None:
        before = Before({1: MET}, ())

        assert "stands once" in refused(plan(milestones=(planned("Do it", DUE, thread=2),)), before)
        twice = (planned("Do it", DUE, thread=1), planned("Do it again", DUE, thread=1))
        assert "stands once" in refused(plan(milestones=twice), before)

    def test_stays_as_it_was_once_it_is_met(self) -> None:
        before = Before({1: MET}, (1,))
        same = planned(MET.what, MET.due_on, thread=1)

        check(plan(milestones=(same,)), CASE, before, FILED_ON)

        assert "is met already" in refused(plan(milestones=(replace(same, due_on=DUE),)), before)
