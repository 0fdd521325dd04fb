"""Every address, asked by everybody in every way: the answer is the policy's and holds no foreign secret."""

import os
from contextlib import nullcontext

import pytest

from tallystick.parties.policy.scope import WITH_A_CLASS
from tests.conformance import chosen
from tests.conformance.conftest import Note
from tests.conformance.judge import Judge
from tests.conformance.knocking import Knocking
from tests.conformance.probes import Probe, names, places, probes
from tests.conformance.world import World

pytestmark = pytest.mark.django_db
MANY = os.environ.get("TALLY_PROBES") == "many"
BAR = 10_000 if MANY else 1_000


class TestConformance:
    def test_reaches_every_address(self, world: World) -> None:
        assert {place.name for place in places(world)} == names()

    def test_has_no_mismatch_and_no_foreign_secret(
        self, world: World, judge: Judge, record_property: Note
    ) -> None:
        every = probes(world)
        asked = list(chosen.many(every) if MANY else chosen.pairwise(every))
        knocking = Knocking(world, judge)

        wrong = [line for probe in sorted(asked, key=by_person) for line in knocking.wrong(probe)]

        by_status = ", ".join(f"{status}: {many:,}" for status, many in sorted(knocking.statuses.items()))
        record_property(
            "counted",
            f"HTTP conformance: {len(asked):,} requests of {len(every):,} there are, {len(names())} "
            f"addresses, {len(world.secrets):,} secrets: {len(wrong)} wrong. By status: {by_status}",
        )
        assert wrong == [], "\n".join(wrong[:60])
        assert len(asked) >= BAR

    def test_sees_a_door_that_asks_nobody(
        self, world: World, judge: Judge, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tallystick.parties.classified.scope", lambda _acting, _kind: WITH_A_CLASS)
        # PostgreSQL would still give nothing: that is tried by itself, in test_row_security.
        monkeypatch.setattr("tallystick.site.acting.row_security.seen_by", lambda *_, **__: nullcontext())
        rivals = [
            probe
            for probe in probes(world)
            if (probe.who.name, probe.relation, probe.method) == ("party_delegate", "other", "GET")
            and probe.place.what.cls == "red"
        ]
        knocking = Knocking(world, judge)

        wrong = [probe for probe in rivals if list(knocking.wrong(probe))]

        assert {probe.place.name for probe in wrong} >= {"submission", "corrected", "finding", "history"}


def by_person(probe: Probe) -> str:
    """Keep what one person asks together: a session is fresh for ten minutes only."""
    return probe.who.name
