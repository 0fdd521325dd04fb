import datetime as dt

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.test.utils import CaptureQueriesContext

from tallystick.parties.models import Body, Membership, Organisation, Person, Role, Seat
from tallystick.parties.together import together
from tests.parties.conftest import DAY

pytestmark = pytest.mark.django_db
SINCE = dt.date(2021, 1, 1)


@pytest.fixture
def term(ada: Person, alfa: Organisation, opsg: Body) -> Membership:
    Seat.objects.create(body=opsg, name="The other seat", from_on=SINCE)
    seat = Seat.objects.create(body=opsg, name="A seat", from_on=SINCE, until_on=DAY)
    return Membership.objects.create(seat=seat, person=ada, employer=alfa, from_on=SINCE)


class TestTogether:
    @pytest.mark.usefixtures("term")
    def test_gives_the_rows_that_each_query_would(self) -> None:
        with CaptureQueriesContext(connection) as taken:
            terms, people, seats = together(
                Membership.objects.all(), Person.objects.all(), Seat.objects.order_by("-name")
            )

        assert len(taken) == 1
        for found, model in ((terms, Membership), (people, Person), (seats, Seat)):
            alone = list(model.objects.order_by("pk"))
            assert [vars(one).keys() for one in found] == [vars(one).keys() for one in alone]
            assert found == alone
        assert [(one.name, one.until_on) for one in seats] == [("The other seat", None), ("A seat", DAY)]
        assert (terms[0].is_independent, terms[0].from_on) == (False, SINCE)

    def test_gives_what_a_query_adds_and_fetches(self, term: Membership, alfa: Organisation) -> None:
        held = Exists(Membership.objects.filter(seat=OuterRef("pk")))
        Role.objects.create(person=term.person, code="sec", role=Role.ANALYST, from_on=SINCE)

        seats, terms, roles = together(
            Seat.objects.annotate(is_held=held, of_body=F("body__key")),
            Membership.objects.select_related("employer", "person"),
            Role.objects.select_related("organisation"),
        )

        assert [(one.is_held, one.of_body) for one in seats] == [(False, "OPSG"), (True, "OPSG")]
        with CaptureQueriesContext(connection) as taken:
            assert (terms[0].employer, terms[0].person.name) == (alfa, "Ada Quill")
            assert roles[0].organisation is None
        assert len(taken) == 0

    def test_gives_nothing_for_a_query_that_can_find_nothing(self, term: Membership) -> None:
        nobody, terms = together(Person.objects.filter(pk__in=[]), Membership.objects.all())

        assert (nobody, terms) == ([], [term])
