"""Rights that are taken away are gone at the next request, and two capacities never mix."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tallystick.parties.models import Membership, Person, Role
from tallystick.runs.models import Exclusion
from tests.conformance.answers import secrets_in
from tests.conformance.cast import ALFA, BEGAN, BRVO, BY_NAME, PAB
from tests.conformance.judge import Judge, What, Who
from tests.conformance.knocking import Knocking
from tests.conformance.world import JULY, Made, World
from tests.site.entering import enter, seconds, today

pytestmark = pytest.mark.django_db
PAGES = ("/sec/", "/sec/findings", "/sec/evidence", "/sec/exclusions", f"/sec/performance/{JULY}.json")


@pytest.fixture(autouse=True)
def _put_back(world: World) -> Iterator[None]:
    """Undo what a test took away."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def row(world: World, kind: str, cls: str, party: str, body: str = "") -> Made:
    """Return an issued row of a kind that is marked so."""
    wanted = What(kind, cls, party, body)
    return next(made for made in world.rows[kind] if made.what == wanted)


def signed_in(world: World, name: str) -> Client:
    return world.crowd.client(BY_NAME[name])


class TestARoleThatEnds:
    def test_between_looking_over_and_taking_in_takes_nothing_in(self, world: World) -> None:
        sent = next(
            made.row
            for made in world.rows["submission"]
            if (made.what.party, made.what.state, made.what.cls) == (ALFA, "draft", "amber")
        )
        client = signed_in(world, "party_delegate")
        assert client.get(f"/sec/evidence/{sent.reference}").status_code == 200
        role = world.crowd.roles["party_delegate"]
        role.until_on = today()
        role.save()

        answer = client.post(f"/sec/evidence/{sent.reference}/commit")

        assert answer.headers["Location"].startswith("/account/login/")
        sent.refresh_from_db()
        assert sent.state == "previewed"

    def test_ends_downloads_as_well(self, world: World) -> None:
        lines = f"/sec/findings/{row(world, 'finding', 'amber', ALFA).row.reference}/lines.csv"
        client = signed_in(world, "party_delegate")
        assert client.get(lines).status_code == 200
        role = world.crowd.roles["party_delegate"]
        role.until_on = today()
        role.save()

        answer = client.get(lines)

        assert answer.headers["Location"].startswith("/account/login/")
        assert answer.content == b""


class TestAConflictThatArises:
    def test_closes_the_matter_to_a_member_at_the_next_request(self, world: World) -> None:
        address = f"/sec/findings/{row(world, 'finding', 'amber', BRVO).row.reference}"
        client = signed_in(world, "board_member")
        assert client.get(address).status_code == 200
        holder = Membership.objects.get(person=world.crowd.people["holder"])
        Membership.objects.create(
            seat=holder.seat,
            person=world.crowd.people["board_member"],
            employer=world.crowd.parties[BRVO],
            alternate_for=holder,
            from_on=BEGAN,
        )

        assert client.get(address).status_code == 404
        assert client.get(f"{address}/lines.csv").status_code == 404


class TestAClassThatIsMadeStricter:
    def test_hides_the_row_at_the_next_request(self, world: World) -> None:
        made = row(world, "finding", "green", "")
        client = signed_in(world, "party_delegate")
        address = f"/sec/findings/{made.row.reference}"
        assert client.get(address).status_code == 200
        made.row.classification = "red"
        made.row.save()

        assert client.get(address).status_code == 404
        assert made.row.reference not in client.get("/sec/findings").content.decode()


class TestAFactorShownLongAgo:
    @pytest.mark.parametrize(("ago", "is_settled"), [(60, True), (11 * 60, False)])
    def test_does_not_carry_a_second_check(self, world: World, ago: int, *, is_settled: bool) -> None:
        exclusion: Exclusion = row(world, "exclusion", "amber", BRVO).row
        client = signed_in(world, "analyst")
        age(client, ago)

        answer = client.post(f"/sec/exclusions/{exclusion.reference}/check", {"answer": "confirm"})

        exclusion.refresh_from_db()
        assert answer.status_code == 302
        assert (exclusion.state == Exclusion.CONFIRMED) is is_settled

    def test_is_asked_for_on_the_page(self, world: World) -> None:
        reference = row(world, "exclusion", "amber", BRVO).row.reference
        client = signed_in(world, "analyst")
        age(client, 11 * 60)

        page = client.get(f"/sec/exclusions/{reference}").content.decode()

        assert f"/account/2fa/reauthenticate/?next=/sec/exclusions/{reference}" in page
        assert 'value="confirm"' not in page


def age(client: Client, ago: int) -> None:
    """Let everything that was shown in the session have been shown so many seconds ago."""
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": seconds() - ago} for record in session["account_authentication_methods"]
    ]
    session.save()


class TestTwoCapacities:
    @pytest.fixture
    def both(self, world: World) -> tuple[Person, Role, Role]:
        """Return a member of the board who is also a delegate of BRVO."""
        person = world.crowd.people["seconded"]
        delegate = Role.objects.create(
            person=person,
            code="sec",
            role=Role.PARTY_DELEGATE,
            organisation=world.crowd.parties[BRVO],
            from_on=BEGAN,
        )
        return person, world.crowd.roles["seconded"], delegate

    def test_show_each_its_own_and_nothing_of_the_other(
        self, world: World, judge: Judge, both: tuple[Person, Role, Role]
    ) -> None:
        person, board, delegate = both
        knows = Knocking(world, judge).known.texts
        as_board = Who("both", Role.BOARD_MEMBER, body=PAB, near=frozenset({BRVO}))
        as_delegate = Who("both", Role.PARTY_DELEGATE, party=BRVO)
        names = {one.name for one in world.crowd.people.values()}

        for role, who in ((board, as_board), (delegate, as_delegate)):
            client = Client()
            enter(client, person, role)
            for page in PAGES:
                assert secrets_in(client.get(page)) - names <= knows(who), (page, role)
        assert knows(as_board) - knows(as_delegate)
        assert knows(as_delegate) - knows(as_board)

    def test_are_one_at_a_time_in_every_tab(self, world: World, both: tuple[Person, Role, Role]) -> None:
        person, board, delegate = both
        own = f"/sec/evidence/{row(world, 'submission', 'amber', BRVO).row.reference}"
        rivals = f"/sec/findings/{row(world, 'finding', 'amber', ALFA).row.reference}"
        client = Client()
        enter(client, person, board)
        key = client.cookies["tally"].value
        assert (client.get(own).status_code, client.get(rivals).status_code) == (404, 200)

        switched = client.post(f"/account/role/{delegate.handle}/")

        assert switched.headers["Location"] == "/sec/"
        assert (client.get(own).status_code, client.get(rivals).status_code) == (200, 404)
        client.cookies["tally"] = key
        assert client.get(rivals).status_code == 404

    def test_leave_nothing_for_the_back_button(self, both: tuple[Person, Role, Role]) -> None:
        person, board, _ = both
        client = Client()
        enter(client, person, board)

        for page in PAGES:
            assert "no-store" in client.get(page).headers["Cache-Control"], page


class TestARoleOfTheFuture:
    def test_opens_nothing_before_its_day(self, world: World) -> None:
        stranger = world.crowd.people["newcomer"]
        role = Role.objects.create(
            person=stranger, code="sec", role=Role.ANALYST, from_on=today() + dt.timedelta(days=1)
        )
        client = Client()
        enter(client, stranger, role)

        assert client.get("/sec/evidence").headers["Location"].startswith("/account/login/")
