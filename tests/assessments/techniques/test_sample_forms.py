"""What people fill in on a sample."""

from decimal import Decimal
from typing import Any

import pytest

from tallystick.assessments.models import Sample
from tallystick.assessments.techniques.sample_forms import FoundForm, SampleForm, TotalsForm

SAID = {
    "key": "one",
    "population": "Hubs",
    "way": "listed",
    "lines": "hub-1",
    "confidence": "95",
    "tolerable": "5",
    "accepted": "0",
    "seed": "PAB",
}


class TestSampleForm:
    def test_reads_a_list_or_counts(self) -> None:
        listed = SampleForm(SAID)
        counted = SampleForm({**SAID, "way": "counted", "lines": "North, 7"})

        assert listed.is_valid()
        assert counted.is_valid()
        assert (listed.asked.of.size, counted.asked.of.sizes) == (1, {"North": 7})
        assert listed.asked.confidence == Decimal(95)

    @pytest.mark.parametrize(
        "told",
        [{"confidence": "100"}, {"tolerable": "0"}, {"accepted": "-1"}, {"seed": ""}, {"lines": "a b"}],
    )
    def test_refuses_what_cannot_be(self, told: dict[str, Any]) -> None:
        assert not SampleForm({**SAID, **told}).is_valid()


class TestFoundForm:
    def test_tells_those_alone_that_were_said_something_of(self) -> None:
        told = {"key": "one", "found_hub-1": "fails", "found_hub-2": "", "note": ""}

        form = FoundForm(told, names=["hub-1", "hub-2"], found={})

        assert form.is_valid()
        assert form.seen.outcomes == {"hub-1": "fails"}


class TestTotalsForm:
    def test_tells_three_counts_of_each_stratum(self) -> None:
        told = {"key": "one", "looked_0": "3", "conform_0": "2", "fail_0": "1", "note": ""}

        form = TotalsForm(told, sample=Sample(strata={"North": 10}))

        assert form.is_valid()
        assert form.seen.totals == {"North": {"looked": 3, "conform": 2, "fail": 1}}
