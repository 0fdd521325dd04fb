"""Versions of a remedy beside each other."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from tallystick.cases.versions import Promise, Version, difference, slips, version_of

DUE = dt.date(2021, 10, 29)
FEED = Promise(1, 1, "Daily coverage file in scheduling", "O. Pike", DUE, "Feed log")
VANS = Promise(2, 2, "Both variants on every van", "L. Farrow", dt.date(2021, 11, 30), "Stock audit")
SITES = Promise(3, 3, "61 sites revisited", "O. Pike", dt.date(2022, 3, 31), "Device status")
FIRST = Version(1, "A coverage file of January", "AREA-B", Decimal(97), 3, promises=(FEED, VANS, SITES))

PROMISES = st.builds(
    Promise,
    thread=st.integers(1, 6),
    number=st.just(1),
    what=st.sampled_from(["Do it", "Do it well"]),
    owner=st.sampled_from(["O. Pike", "L. Farrow"]),
    due_on=st.dates(dt.date(2021, 9, 1), dt.date(2022, 9, 1)),
    proof=st.just("Log"),
)
VERSIONS = st.lists(PROMISES, max_size=5, unique_by=lambda one: one.thread).map(
    lambda found: replace(FIRST, promises=tuple(found))
)


class TestDifference:
    def test_names_what_was_added_dropped_moved_and_reworded(self) -> None:
        visits = replace(SITES, number=2, due_on=dt.date(2021, 12, 17))
        new = Promise(4, 3, "Three months at 97%", "N. Holt", dt.date(2022, 3, 31), "AREA-B")
        second = replace(FIRST, version=2, promises=(replace(FEED, owner="N. Holt"), visits, new))

        found = difference(FIRST, second)

        changes = [(one.thread, one.change, one.days) for one in found.milestones]
        assert changes == [(1, "reworded", 0), (3, "moved", -104), (4, "added", 0), (2, "dropped", 0)]
        assert found.milestones[0].words == (("owner", "O. Pike", "N. Holt"),)

    def test_names_what_the_version_says_otherwise(self) -> None:
        signed = replace(FIRST, version=2, level=Decimal(98), signed_by="Nadia Holt")

        found = difference(FIRST, signed)

        assert [one.name for one in found.of_version] == ["level", "signed_by"]
        assert found

    def test_is_none_where_nothing_changed(self) -> None:
        assert not difference(FIRST, replace(FIRST, version=2))

    @given(VERSIONS, VERSIONS)
    def test_leads_from_one_version_to_the_other(self, before: Version, after: Version) -> None:
        found = difference(before, after)

        kept = {one.thread: one.after for one in found.milestones if one.change != "dropped"}
        assert kept == after.by_thread()
        assert {one.thread for one in found.milestones} == {*before.by_thread(), *after.by_thread()}

    @given(VERSIONS, VERSIONS)
    def test_reads_the_same_backwards(self, before: Version, after: Version) -> None:
        back = {one.thread: one for one in difference(after, before).milestones}

        opposite = {"added": "dropped", "dropped": "added"}
        for one in difference(before, after).milestones:
            assert back[one.thread].days == -one.days
            assert back[one.thread].change == opposite.get(one.change, one.change)


class TestSlips:
    def test_stand_beside_the_first_promise(self) -> None:
        second = replace(FIRST, promises=(replace(FEED, due_on=DUE + dt.timedelta(days=14)), SITES))
        third = replace(FIRST, promises=(replace(FEED, due_on=DUE + dt.timedelta(days=21)),))

        found = slips([FIRST, second, third])

        assert (found[1].first, found[1].days) == (DUE, 21)
        assert (found[2].now, found[2].days) == (VANS.due_on, 0)

    def test_go_back_where_a_date_was_brought_forward(self) -> None:
        second = replace(FIRST, promises=(replace(SITES, due_on=dt.date(2021, 12, 17)),))

        assert slips([FIRST, second])[3].days == -104

    @given(st.lists(VERSIONS, min_size=1, max_size=5))
    def test_add_up_over_the_versions(self, versions: list[Version]) -> None:
        for thread, slip in slips(versions).items():
            days = [one.by_thread()[thread].due_on for one in versions if thread in one.by_thread()]
            moves = [(later - before).days for before, later in pairwise(days)]
            assert slip.days == sum(moves)


class TestVersion:
    def test_is_read_from_its_own_rows_in_their_order(self) -> None:
        said = {name: getattr(FIRST, name) for name in ("cause", "measure", "level", "months", "otherwise")}
        remedy = SimpleNamespace(pk=7, version=1, signed_by="", signed_as="", signed_on=None, **said)
        rows = [SimpleNamespace(remedy_id=7, **vars(one)) for one in (SITES, FEED, VANS)]
        other = SimpleNamespace(remedy_id=8, **vars(FEED))

        found = version_of(cast("Any", remedy), cast("Any", [*rows, other]))

        assert found == FIRST
