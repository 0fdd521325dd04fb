import pytest

from tallystick.decisions.electorate import (
    UnableToCallTheSeats,
    called_on,
    conflict_of,
    sitting_body,
)
from tallystick.parties.models import Body
from tallystick.rulebook.rulebook import Rulebook
from tests.decisions.chamber import BEGAN, DAY, alternate, chamber, term_of, unknown

pytestmark = pytest.mark.django_db
SEATS = [*["large_supplier"] * 13, *["small_supplier"] * 3, *["network"] * 3, *["other_sec_party"] * 3]


class TestCalledOn:
    def test_is_in_the_rulebooks_order_and_by_name(self, sec: Rulebook) -> None:
        board = chamber(23, key="CHANGE_BOARD", constituencies=["consumer", *SEATS])

        called = called_on(board.body, sec, DAY)

        assert [one.constituency for one in called] == [*SEATS, "consumer"]
        assert [one.seat.name for one in called[:2]] == ["Seat 002", "Seat 003"]

    def test_has_holders_alternates_and_vacant_seats(self, sec: Rulebook) -> None:
        pab = chamber(1, vacant=1)
        ivy = alternate(pab, 0)

        first, second = called_on(pab.body, sec, DAY)

        assert first.holder is not None
        assert first.holder.person == pab.members[0].person
        assert [one.person for one in first.alternates] == [ivy.person]
        assert (second.holder, second.alternates, second.constituency) == (None, (), "member")

    def test_is_refused_where_the_rulebook_has_other_seats(self, sec: Rulebook) -> None:
        board = chamber(22, key="CHANGE_BOARD", constituencies=SEATS)

        with pytest.raises(UnableToCallTheSeats, match="1 seats for 'consumer', and 0 are entered"):
            called_on(board.body, sec, DAY)

    def test_is_refused_for_seats_of_no_constituency_that_it_knows(self, sec: Rulebook) -> None:
        board = chamber(24, key="CHANGE_BOARD", constituencies=["consumer", *SEATS, ""])

        with pytest.raises(UnableToCallTheSeats, match="0 seats of no constituency, and 1 are entered"):
            called_on(board.body, sec, DAY)

    def test_is_refused_for_a_body_that_the_rulebook_does_not_know(self, sec: Rulebook) -> None:
        with pytest.raises(UnableToCallTheSeats, match="no body 'club'"):
            called_on(chamber(1, key="CLUB").body, sec, DAY)


class TestSittingBody:
    def test_is_that_of_an_additional_role(self, sec: Rulebook) -> None:
        board = chamber(1, key="CHANGE_BOARD", constituencies=["consumer"])
        role = Body.objects.create(code="sec", key="CSC", name="Change Sub-Committee", from_on=BEGAN)

        assert sitting_body(role, sec) == board.body
        assert sitting_body(board.body, sec) == board.body

    def test_has_to_be_entered(self, sec: Rulebook) -> None:
        role = Body.objects.create(code="sec", key="CSC", name="Change Sub-Committee", from_on=BEGAN)

        with pytest.raises(UnableToCallTheSeats, match="a role of 'change_board'"):
            called_on(role, sec, DAY)


class TestConflictOf:
    def test_is_told_from_the_term(self) -> None:
        pab = chamber()
        alfa, brvo = pab.parties["ALFA"], pab.parties["BRVO"]
        term = term_of(pab, 0)
        term.is_independent, term.employer = False, alfa
        term.save()
        unknown(pab, 1)
        people = [one.person for one in pab.members if one.person]

        assert [conflict_of(one, alfa, DAY) for one in people] == ["employer", "unknown", ""]
        assert [conflict_of(one, brvo, DAY) for one in people] == ["", "unknown", ""]
        assert [conflict_of(one, None, DAY) for one in people] == ["", "", ""]
