import datetime as dt

import pytest

from tallystick.month.assessment import Figure as Counted
from tallystick.parties.models import GroupMembership, Organisation, OrganisationGroup
from tallystick.rulebook.handling import UNWRITTEN_FEWEST, Fewest
from tallystick.runs.models import Figure, Run
from tallystick.runs.peers import Part
from tallystick.runs.wholes import Wholes, parts_of, with_roll_ups
from tests.runs.peer_cast import figure, keep, landed

NOW = dt.datetime(2021, 9, 28, 9, 0, tzinfo=dt.UTC)
NAMES = ("ALFA", "BRVO", "CHLY", "DLTA", "ECHO", "FXTR", "GOLF", "HOTL")
MISSED = (150, 10, 14, 17, 19, 22, 26, 31)
JULY = {name: (1000 - missed, 1000) for name, missed in zip(NAMES, MISSED, strict=True)}
WITHOUT_CHLY = {name: sides for name, sides in JULY.items() if name != "CHLY"}

Sides = dict[str, tuple[int, int]]


def counted(sides: Sides, measure: str = "AREA-B") -> list[Counted]:
    return [figure(measure, 1, 1), *(figure(measure, *both, party=name) for name, both in sides.items())]


def kept(sides: Sides, *, day: int = 0, whole: str = "white", period: str = "2021-07") -> Run:
    """Return a run that landed with figures by party, and its whole in a class; nobody entered those."""
    run = landed(NOW + dt.timedelta(days=day))
    run.period = period
    run.save()
    keep(run, "", None, whole, (1, 1))
    for name, both in sides.items():
        keep(run, name, None, "amber", both)
    for one in Figure.objects.filter(run=run):
        one.period = period
        one.save()
    return run


def wholes(run: Run, sides: Sides, alike: dict[str, set[str]] | None = None) -> Wholes:
    return Wholes.of(run, counted(sides), {"DCC"}, alike or {}, UNWRITTEN_FEWEST)


class TestPartsOf:
    def test_takes_figures_by_party_and_nothing_else(self) -> None:
        figures = [
            figure("D", 5, 9),
            figure("D", 3, 5, party="ALFA"),
            figure("D", 1, 2, party="BRVO"),
            figure("D", 2, 4, responsible="DCC"),
            figure("D", 1, 1, party="ALFA", region="north"),
        ]

        found = parts_of(figures, {"DCC"}, {"ALFA": "group 1", "BRVO": "group 1"})

        assert found == {"D": [Part("group 1", 4, 7)]}


class TestWithRollUps:
    def test_withholds_what_one_is_added_into(self) -> None:
        figures = [
            figure("A", 1, 2, into="B"),
            figure("B", 3, 4, into="C"),
            figure("C", 5, 6),
            figure("D", 1, 1),
        ]

        assert with_roll_ups(figures, {"A"}) == {"A", "B", "C"}


@pytest.mark.django_db
class TestWithheld:
    def test_is_nothing_where_enough_add_to_it(self) -> None:
        assert wholes(kept({}, whole="amber"), JULY).withheld == frozenset()

    def test_names_a_whole_of_few(self) -> None:
        assert wholes(kept({}, whole="amber"), dict(list(JULY.items())[:5])).withheld == {"AREA-B"}

    def test_is_by_how_few_the_rulebook_lets_be_told_of(self) -> None:
        run, four = kept({}, whole="amber"), dict(list(JULY.items())[:4])
        three = Fewest(owners=3, events=10, source="assumed", verified=False)

        found = Wholes.of(run, counted(four), {"DCC"}, {}, three)

        assert found.withheld == frozenset()

    def test_counts_owners(self) -> None:
        group = OrganisationGroup(name="Holding")
        group.save()
        for name in NAMES[:4]:
            one = Organisation(slug=name.lower(), name=name)
            one.save()
            GroupMembership(organisation=one, group=group, from_on=dt.date(2020, 1, 1)).save()

        assert wholes(kept({}, whole="amber"), JULY).withheld == {"AREA-B"}

    @pytest.mark.parametrize(("whole", "hidden"), [("white", {"AREA-B"}), ("amber", set())])
    def test_names_one_that_differs_from_what_was_published_by_one_party(
        self, whole: str, hidden: set[str]
    ) -> None:
        kept(WITHOUT_CHLY, whole=whole)

        assert wholes(kept({}, day=1, whole="amber"), JULY).withheld == hidden

    def test_compares_months_that_report_the_same_days(self) -> None:
        kept(WITHOUT_CHLY, period="2021-08")
        run = kept({}, day=1, whole="amber")

        told = [wholes(run, JULY, alike).withheld for alike in ({}, {"AREA-B": {"2021-07", "2021-08"}})]

        assert told == [frozenset(), {"AREA-B"}]

    def test_takes_from_a_providers_part_nothing(self) -> None:
        run = kept({}, whole="amber")

        figures = [*counted(JULY), figure("AREA-B", 5000, 5000, responsible="DCC")]

        found = Wholes.of(run, figures, {"DCC"}, {}, UNWRITTEN_FEWEST)

        assert found.withheld == frozenset()


@pytest.mark.django_db
class TestUnchanged:
    def test_is_a_measure_that_no_run_had_before(self) -> None:
        assert set(wholes(landed(NOW), JULY).unchanged) == {"AREA-B"}

    @pytest.mark.parametrize(("before", "is_same"), [(JULY, True), (WITHOUT_CHLY, False), ({}, False)])
    def test_is_one_of_which_every_run_before_had_the_same(self, before: Sides, is_same: bool) -> None:  # noqa: FBT001 - a case
        kept(before, whole="amber")

        assert ("AREA-B" in wholes(landed(NOW + dt.timedelta(days=1)), JULY).unchanged) is is_same
