"""A sample of what a party has is drawn by a seed, once, and what was found in it is recorded."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from tallystick.assessments.models import Part, Sample, Tally
from tallystick.assessments.sampling.population import counted, listed
from tallystick.assessments.sampling.sampled import drawn_again, drawn_of, outcomes_of
from tallystick.assessments.techniques.operations.answering import UnableToConcludePart
from tallystick.assessments.techniques.operations.sampling import (
    Asked,
    Seen,
    UnableToDrawSample,
    UnableToTally,
    draw_sample,
    tally_sample,
)
from tests.assessments.cast import AUDIT, GUIDANCE, Cast, acts, key

HUBS = listed("\n".join(f"{'North' if one % 3 else 'South'},hub-{one:03}" for one in range(300)))


def draws(cast: Cast, part: Part, **told: Any) -> Sample:
    said = {
        "population": "Hubs of the register on 1 September.",
        "of": HUBS,
        "confidence": Decimal(95),
        "tolerable": Decimal(5),
        "seed": "PAB 12",
        "key": key(),
        **told,
    }
    return draw_sample(part=part, asked=Asked(**said), **cast.doing(told.pop("by", cast.jo)))


def sees(cast: Cast, part: Part, **told: Any) -> Tally:
    return tally_sample(part=part, seen=Seen(**{"key": key(), **told}), **cast.doing(cast.jo))


@pytest.fixture
def part(cast: Cast) -> Part:
    return cast.part(cast.started(AUDIT))


class TestDraw:
    def test_takes_as_many_as_confidence_asks_from_each_stratum(self, cast: Cast, part: Part) -> None:
        sample = draws(cast, part)

        assert sample.strata == {"South": 100, "North": 200}
        assert sum(sample.taken.values()) == 50
        assert Counter(stratum for stratum, _ in drawn_of(sample)) == sample.taken
        assert (sample.party, sample.classification) == (cast.alfa, "amber")
        assert acts()[2:] == ["draw_sample"]

    def test_can_be_drawn_again_by_anybody(self, cast: Cast, part: Part) -> None:
        sample = draws(cast, part)

        taken = sum(sample.taken.values())
        assert drawn_again(sample.seed, listed(sample.listed).strata, taken) == sample.drawn
        assert listed(sample.listed).digest == sample.digest

    def test_is_drawn_once(self, cast: Cast, part: Part) -> None:
        sample = draws(cast, part, key="one")

        assert draws(cast, part, key="one") == sample
        assert acts()[2:] == ["draw_sample"]
        with pytest.raises(UnableToDrawSample, match="stays"):
            draws(cast, part, seed="another")

    def test_may_state_counts_alone_and_draws_nothing_then(self, cast: Cast, part: Part) -> None:
        sample = draws(cast, part, of=counted("North, 120000"))

        assert (sample.taken, sample.drawn, sample.digest) == ({"North": 59}, "", "")

    @pytest.mark.parametrize(
        "told",
        [
            {"seed": " "},
            {"population": ""},
            {"confidence": Decimal(100)},
            {"tolerable": Decimal(0)},
            {"tolerable": Decimal("NaN")},
            {"accepted": -1},
            {"accepted": 301},
        ],
    )
    def test_refuses_what_cannot_be(self, cast: Cast, part: Part, told: dict[str, Any]) -> None:
        with pytest.raises(UnableToDrawSample):
            draws(cast, part, **told)

    def test_is_of_audits_and_inspections_under_way(self, cast: Cast) -> None:
        with pytest.raises(UnableToDrawSample, match="under way"):
            draws(cast, cast.part(cast.started(GUIDANCE)))
        with pytest.raises(UnableToDrawSample, match="under way"):
            draws(cast, cast.part(cast.begun(AUDIT)))


class TestTally:
    def test_keeps_how_each_was_found_and_lets_the_latest_count(self, cast: Cast, part: Part) -> None:
        (_, first), (_, second) = drawn_of(draws(cast, part))[:2]

        sees(cast, part, outcomes={first: "fails", second: "conforms"})
        tally = sees(cast, part, outcomes={first: "conforms"})

        assert outcomes_of(list(tally.sample.tallies.all())) == {1: "conforms", 2: "conforms"}
        assert acts()[3:] == ["tally_sample", "tally_sample"]

    def test_does_it_once(self, cast: Cast, part: Part) -> None:
        [(_, first), *_] = drawn_of(draws(cast, part))

        assert sees(cast, part, key="one", outcomes={first: "fails"}) == sees(
            cast, part, key="one", outcomes={first: "fails"}
        )
        with pytest.raises(UnableToTally, match="before"):
            sees(cast, part, key="one", outcomes={first: "conforms"})

    @pytest.mark.parametrize(
        "told",
        [
            {},
            {"outcomes": {"stranger": "fails"}},
            {"totals": {"West": {"looked": 1, "conform": 1, "fail": 0}}},
            {"totals": {"North": {"looked": 1}}},
            {"totals": {"North": {"looked": -1, "conform": 0, "fail": 0}}},
        ],
    )
    def test_refuses_what_was_not_sampled(self, cast: Cast, part: Part, told: dict[str, Any]) -> None:
        draws(cast, part)

        with pytest.raises(UnableToTally):
            sees(cast, part, **told)

    def test_needs_a_sample(self, cast: Cast, part: Part) -> None:
        with pytest.raises(UnableToTally, match="No sample"):
            sees(cast, part, outcomes={"x": "fails"})


class TestConclude:
    def test_waits_until_all_of_the_sample_was_looked_at(self, cast: Cast, part: Part) -> None:
        sample = draws(cast, part)

        with pytest.raises(UnableToConcludePart, match="wait to be looked at"):
            cast.conclude(part, "conforms")
        sees(cast, part, outcomes={one: "conforms" for _, one in drawn_of(sample)})

        assert cast.conclude(part, "conforms").outcome == "conforms"

    def test_refuses_totals_that_do_not_add_up(self, cast: Cast, part: Part) -> None:
        draws(cast, part, of=counted("Visits, 120000"), tolerable=Decimal("0.26"))
        sees(cast, part, totals={"Visits": {"looked": 1116, "conform": 244, "fail": 953}})

        with pytest.raises(UnableToConcludePart, match="do not add up"):
            cast.conclude(part, "does_not_conform")

        assert cast.conclude(part, "not_concluded", "953 and 244 are not 1,116.").outcome == "not_concluded"
