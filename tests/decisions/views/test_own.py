import datetime as dt
from typing import Any

import pytest
from django.test import RequestFactory

from tallystick.decisions.frozen import Rule
from tallystick.decisions.views import own
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tests.decisions.chamber import Chamber, acting_as, acting_on, chamber, opened, person_of, put, term_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pab() -> Chamber:
    return chamber()


def asked_by(acting: Acting) -> Any:
    request: Any = RequestFactory().get("/")
    request.acting = acting
    return request


class TestRuleOf:
    def test_is_that_of_today_until_the_vote_opens_and_then_stays(self, pab: Chamber) -> None:
        draft, runs = put(pab), opened(pab)

        assert own.rule_of(asked_by(pab.chair), draft) == own.rule_of(asked_by(pab.chair), runs)
        draft.scheme = "gone"
        runs.scheme = "gone"
        assert own.rule_of(asked_by(pab.chair), draft) is None
        assert own.rule_of(asked_by(pab.chair), runs) is not None


class TestOffered:
    def test_says_of_approval_what_the_motion_says(self, pab: Chamber) -> None:
        one = opened(pab)

        told = {choice.name: choice.says for choice in own.offered(Rule.of_row(one.rule), one.does)}

        assert told["approve"] == one.does
        assert told["abstain"] == "Counts for quorum, not as a vote cast"


class TestOwnSeats:
    def test_are_none_of_who_acts_elsewhere(self, pab: Chamber) -> None:
        one = opened(pab)
        rule = Rule.of_row(one.rule)

        assert len(own.own_seats(asked_by(pab.members[0]), one, rule, own.NOTHING_SENT)) == 1
        assert own.own_seats(asked_by(pab.secretary), one, rule, own.NOTHING_SENT) == []
        elsewhere = chamber(1, key="OPSG").members[0]
        assert own.own_seats(asked_by(elsewhere), one, rule, own.NOTHING_SENT) == []

    def test_are_each_told_once(self, pab: Chamber) -> None:
        person, term = person_of(pab.members[1]), term_of(pab, 0)
        term.alternates.create(seat=term.seat, person=person, is_independent=True, from_on=term.from_on)
        one = opened(pab, scheme="loose")

        mine = own.own_seats(asked_by(pab.members[1]), one, Rule.of_row(one.rule), own.NOTHING_SENT)

        assert [part.right.right for part in mine] == ["holder", "alternate"]
        assert mine[0].passing is not None
        assert mine[1].passing is None


class TestOtherRoles:
    def test_are_those_in_which_one_has_a_seat_here(self, pab: Chamber) -> None:
        [elsewhere] = chamber(1, key="OPSG").members  # the same person
        one, draft = opened(pab), put(pab)

        assert own.other_roles(asked_by(elsewhere), one) == [pab.members[0].role]
        assert own.other_roles(asked_by(elsewhere), draft) == []
        assert own.other_roles(asked_by(pab.members[0]), one) == []
        assert own.other_roles(asked_by(pab.secretary), one) == []

    def test_are_none_of_who_has_no_seat(self, pab: Chamber) -> None:
        one, name = opened(pab), "Nell Ash"
        acting_on(pab.body, name)

        assert own.other_roles(asked_by(acting_as(name, Role.AUDITOR)), one) == []


class TestCastingOf:
    def test_is_the_chairs_where_the_scheme_has_one(self, pab: Chamber) -> None:
        with_one, without = opened(pab, scheme="casting"), opened(pab)

        def told(acting: Acting, one: Any) -> Any:
            return own.casting_of(asked_by(acting), one, Rule.of_row(one.rule), own.NOTHING_SENT)

        assert [choice.name for choice in told(pab.chair, with_one).choices] == ["approve", "reject"]
        assert told(pab.chair, without) is None
        assert told(pab.members[0], with_one) is None


class TestOpeningForm:
    def test_offers_a_fortnight_from_now_at_five(self, pab: Chamber) -> None:
        form = own.opening_form(asked_by(pab.secretary), put(pab))

        assert form.initial["closes_at"] == dt.datetime(2021, 9, 15, 17, 0)  # noqa: DTZ001 - as a form has it
        assert list(form.fields) == ["closes_at"]


class TestMembers:
    def test_are_the_others_by_name(self, pab: Chamber) -> None:
        found = own.members(opened(pab), pab.members[1].person)

        assert [one.name for one in found] == ["Ada Quill", "Cleo Ashby"]
