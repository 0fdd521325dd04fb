import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tallystick.cases.models import Case
from tallystick.cases.queries import cases_of
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role
from tallystick.processes.models import Hold
from tallystick.processes.queries import standing_of
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.models import Finding
from tallystick.site import demo_cases, demo_people, demo_votes
from tallystick.site.demo_story import august
from tests.cases.cast import landed, withdrawn
from tests.site.landed import around_all

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE, TODAY = dt.date(2020, 9, 1), dt.date(2021, 8, 20)
FOUND = (
    *(("AREA-G", "Fellside Energy"), ("AREA-B", "Fellside Energy"), ("AREA-E2", "Alderbrook Energy")),
    *(("AREA-C", "Cairn Valley Energy"), ("AREA-H2", "Cairn Valley Energy"), ("AREA-D1", "Gorsebank Energy")),
)


@pytest.fixture(scope="module", autouse=True)
def _made(sec: Rulebook, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with around_all(django_db_blocker), override_settings(IS_DEMO=True):
        demo_people.make_people(sec, AT, SINCE)
        demo_votes.make_votes("sec", SINCE, AT)
        yield


def found(measure: str, party: str, sec: Rulebook) -> Finding:
    of = sec.measures[measure].obligation
    told = {"measure": measure, "obligation": of, "area": sec.obligations[of].area}
    return landed(Organisation.objects.get(name=party), **told)


def stages() -> dict[str, tuple[str, str, bool]]:
    """Return where each case stands on the story's last day, by its title and party."""
    told = {}
    for one in Case.objects.select_related("party", "course"):
        standing = standing_of(one.course, TODAY)
        told[f"{one.title}, {one.party}"] = (standing.at["case"], standing.at["ladder"], standing.on_hold)
    return told


class TestMakeCases:
    def test_leads_each_to_another_stage(self, sec: Rulebook) -> None:
        early = found("AREA-G", "Brightwater Power", sec)
        demo_cases.open_before_late_files("sec")
        withdrawn(early)
        for measure, party in FOUND:
            found(measure, party, sec)

        demo_cases.make_cases("sec")

        assert stages() == {
            "Hubs not returned in time, Brightwater Power": ("withdrawn", "uninformed", False),
            "Certificates not recycled in time, Alderbrook Energy": ("remedy", "escalated_to_pab", False),
            "An incident answered late, Cairn Valley Energy": ("closed", "uninformed", False),
            "Hubs not returned in time, Fellside Energy": ("on_track", "remedy_planned", False),
            "Mesh-variant hubs not installed where required, Fellside Energy": (
                "remedy",
                "remedy_requested",
                False,
            ),
            "Removed devices left in the inventory, Alderbrook Energy": ("notice", "informed", True),
            "Install messages missing, Cairn Valley Energy": ("notice", "informed", False),
            "Incidents answered late, Cairn Valley Energy": ("notice", "informed", False),
            "Certified devices reported late, Cairn Valley Energy": ("remedy", "published", False),
            "Certificates late after commissioning, Gorsebank Energy": ("finding", "uninformed", False),
        }
        assert Case.objects.get(title="Incidents answered late").repeats is not None
        missed = Case.objects.get(title="Hubs not returned in time", party__name="Fellside Energy")
        assert standing_of(missed.remedies.get().course, TODAY).at["remedy"] == "missed"

    def test_changes_nothing_the_second_time(self, sec: Rulebook) -> None:
        found("AREA-G", "Brightwater Power", sec)
        found(*FOUND[0], sec)
        counted = []

        for _ in range(2):
            demo_cases.open_before_late_files("sec")
            demo_cases.make_cases("sec")
            counted.append((Entry.objects.count(), Case.objects.count()))

        assert counted[0] == counted[1]

    def test_dates_every_case_within_the_story(self, sec: Rulebook) -> None:
        for measure, party in FOUND:
            found(measure, party, sec)
        demo_cases.make_cases("sec")

        opened = Case.objects.values_list("opened_at", flat=True)

        assert august(6) <= min(opened) <= max(opened) <= august(20, 9)
        assert Hold.objects.get().from_on == dt.date(2021, 8, 18)

    def test_makes_what_the_year_lets_it_make(self) -> None:
        demo_cases.make_cases("sec")

        assert len(stages()) == 4

    def test_keeps_each_from_all_other_parties(self, sec: Rulebook) -> None:
        for measure, party in FOUND:
            found(measure, party, sec)
        demo_cases.make_cases("sec")
        held = Role.objects.select_related("person", "organisation").get(person__name="Ada Quill")

        seen = cases_of(Acting("sec", TODAY, held.person, held, AT))

        assert {one.party.name for one in seen} == {"Fellside Energy"}
        assert len(seen) == 2
