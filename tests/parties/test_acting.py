import datetime as dt

from tallystick.journal.subjects import Actor
from tallystick.parties.acting import PUBLIC, Acting
from tallystick.parties.models import Body, Organisation, Person, Role

DAY = dt.date(2021, 9, 20)


def role(**more: object) -> Role:
    return Role(**{"code": "sec", "role": Role.ANALYST, "from_on": dt.date(2021, 1, 1), **more})


class TestActing:
    def test_is_the_public_without_a_role(self) -> None:
        nobody = Acting("sec", DAY)

        assert nobody.name == PUBLIC
        assert nobody.capacity == "Public"
        assert nobody.actor == Actor("", "Public")
        assert (nobody.organisation, nobody.body) == (None, None)

    def test_says_who_acts_where_nobody_signed_in_and_has_no_rights_by_that(self) -> None:
        operator = Acting("sec", DAY, stands_for="System administrator, command line")

        assert operator.actor == Actor("", "System administrator, command line")
        assert operator.name == PUBLIC

    def test_is_told_by_role_and_whom_it_is_for(self) -> None:
        alfa, board = Organisation(name="ALFA"), Body(name="Operations Group")
        delegate = Acting("sec", DAY, role=role(role=Role.PARTY_DELEGATE, organisation=alfa))
        member = Acting("sec", DAY, role=role(role=Role.COMMITTEE_MEMBER, body=board))

        assert (delegate.capacity, delegate.organisation) == ("Party delegate, ALFA", alfa)
        assert (member.capacity, member.body) == ("Committee member, Operations Group", board)

    def test_is_known_to_the_journal_by_a_handle(self) -> None:
        jo = Person(name="Jo Tarn", email="jo@example.org")

        assert Acting("sec", DAY, jo, role()).actor == Actor(jo.handle, "Analyst")
        assert len(jo.handle) == 20
