import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tallystick.decisions import errands, queries
from tallystick.decisions.models import Decision, Motion, Objection, StoodAside
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Membership, Role, Seat
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people, demo_votes
from tests.decisions.chamber import recounted
from tests.site.landed import around_all

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE, TODAY = dt.date(2020, 9, 1), dt.date(2021, 8, 20)


@pytest.fixture(scope="module", autouse=True)
def _made(sec: Rulebook, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with around_all(django_db_blocker), override_settings(IS_DEMO=True):
        demo_people.make_people(sec, AT, SINCE)
        demo_votes.make_votes("sec", SINCE, AT)
        yield


def acting(role: str) -> Acting:
    """Return one of the demonstration's people on the day that its story ends on."""
    email = f"{role.replace('_', '-')}@example.org"
    held = Role.objects.select_related("person", "body").get(person__email=email, role=role)
    return Acting("sec", TODAY, held.person, held, AT)


def motion(title: str) -> Motion:
    found: Motion = Motion.objects.get(title__startswith=title)
    return found


class TestMakeVotes:
    def test_seats_the_change_board_as_the_rulebook_has_it(self, sec: Rulebook) -> None:
        seats = Seat.objects.filter(body__key="CHANGE_BOARD")
        stated = sec.seats_on("change_board", TODAY)

        assert seats.count() == 23
        assert {name: seats.filter(constituency=name).count() for name in stated} == stated
        assert Membership.objects.filter(seat__in=seats).count() == 23

    def test_closes_one_vote_that_would_have_gone_otherwise_by_head(self) -> None:
        split, clear = motion("Report of firmware"), motion("One calendar")

        assert (split.outcome, clear.outcome) == ("not_carried", "carried")
        assert [one["differs"] for one in split.told["contrasts"]] == [True]
        assert [one["differs"] for one in clear.told["contrasts"]] == [False]
        assert (recounted(split), recounted(clear)) == (split.count, clear.count)

    def test_leaves_one_open_in_which_a_member_has_still_to_vote(self) -> None:
        running, cleo = motion("Mesh variant"), acting(Role.COMMITTEE_MEMBER)

        [(waiting, [seat])] = errands.to_vote(cleo)

        assert (waiting, seat.name) == (running, "Large Supplier 1")
        shown = queries.standing(running, cleo)
        assert shown.standing is not None
        assert "would be approved, 3 categories to 1" in shown.standing.explanation.headline

    def test_puts_aside_whoever_works_for_the_party_that_is_voted_on(self) -> None:
        about = motion("Plan of Alderbrook")

        assert about.classification == "amber"
        assert [one.person.name for one in StoodAside.objects.filter(motion=about)] == ["Dev Harrow"]
        assert queries.motion(acting(Role.BOARD_MEMBER), about.reference) is None
        assert about in errands.to_close(acting(Role.CHAIR), AT)

    def test_records_decisions_without_a_vote_and_an_objection(self) -> None:
        assert set(Decision.objects.values_list("verb", flat=True)) == {"NOTED", "REFERRED", "AGREED"}
        assert [one.person.name for one in Objection.objects.all()] == ["Lena Pryor"]

    def test_changes_nothing_the_second_time(self) -> None:
        before = Entry.objects.count()

        demo_votes.make_votes("sec", SINCE, AT)

        assert Entry.objects.count() == before
