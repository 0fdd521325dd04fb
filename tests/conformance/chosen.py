"""Which of all probes are asked: each pair of their sides at least once, or many more."""

import random
from collections.abc import Iterable, Iterator
from itertools import combinations

from tests.conformance.probes import ANYTHING, Probe

SEED = 20211101


def sides(probe: Probe) -> tuple[str, ...]:
    """Return what a probe joins: an address, who asks, how the thing is marked and how it stands to them."""
    what = probe.place.what
    is_of_account = probe.place.ok == ANYTHING
    who = f"signed in: {probe.who.is_signed_in}" if is_of_account else probe.who.name
    return probe.place.name, who, f"{what.cls} {what.state} {what.body}", probe.relation


def is_asked_for(probe: Probe) -> bool:
    """Tell whether the address is asked in a way that it is for: read, sent to, or both."""
    sent = probe.method == "POST" and "POST" in probe.place.methods
    return sent or probe.method == probe.place.methods[0]


def pairwise(every: Iterable[Probe]) -> Iterator[Probe]:
    """Yield probes until every two values of two sides that occur together were asked together.

    Those that join most that was not joined yet go first: so fewer are asked for the same pairs.
    """
    ahead = [(probe, pairs(probe)) for probe in every]
    random.Random(SEED).shuffle(ahead)  # noqa: S311 - a sample, not a secret
    seen: set[object] = set()
    # Of those that join the same only the first adds anything.
    first: dict[frozenset[object], Probe] = {}
    for probe, joined in ahead:
        first.setdefault(joined, probe)
    ahead = [(probe, joined) for joined, probe in first.items()]
    for fewest in range(max(len(joined) for _, joined in ahead), 0, -1):
        left = []
        for probe, joined in ahead:
            if len(joined - seen) >= fewest:
                seen |= joined
                yield probe
            elif not joined <= seen:
                left.append((probe, joined))
        ahead = left


def pairs(probe: Probe) -> frozenset[object]:
    """Return which values of two sides a probe joins.

    Ways of asking that an address is not for are joined with the address and with the person alone.
    """
    named = tuple(enumerate(sides(probe)))
    if not is_asked_for(probe):
        return frozenset((probe.method, side) for side in named[:2])
    return frozenset(combinations(((0, f"{probe.place.name} {probe.method}"), *named[1:]), 2))


def many(every: Iterable[Probe]) -> Iterator[Probe]:
    """Yield each address as each person reads or sends it, and one in twenty of the other ways to ask."""
    dice = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    for probe in every:
        if is_asked_for(probe) or dice.random() < 0.05:
            yield probe
