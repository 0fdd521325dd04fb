import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.decisions.keeping import UnableToChangeARecord
from tallystick.decisions.models import Barred, Motion, StoodAside
from tallystick.decisions.operations import motions
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.motions import (
    Bar,
    Put,
    UnableToOpenMotion,
    UnableToPutMotion,
    UnableToWithdrawMotion,
    open_motion,
    put_motion,
    withdraw_motion,
)
from tallystick.decisions.operations.voting import UnableToCastVote
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tests.decisions.chamber import (
    AT,
    BEGAN,
    CLOSES,
    DAY,
    LATER,
    alternate,
    cast,
    chamber,
    new_key,
    opened,
    person_of,
    put,
    recounted,
    seat_at,
    term_of,
    told_of,
    unknown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestPutMotion:
    def test_drafts_a_question_to_a_body(self) -> None:
        pab = chamber()

        made = put(pab)

        assert made.state == Motion.DRAFT
        assert made.reference.startswith("MOT-2021-")
        assert (made.classification, made.publicity) == ("white", "draft")
        assert told_of(made) == [
            (
                "decisions.put_motion",
                {
                    "motion": made.reference,
                    "scheme": "pab",
                    "does": "The plan comes into force.",
                    "worded": [f"{made.handle}.{one}" for one in ("title", "question", "does")],
                },
            )
        ]

    def test_is_done_once_by_one_form(self) -> None:
        pab, key = chamber(), new_key()

        first, second = put(pab, key=key), put(pab, key=key)

        assert first == second
        assert len(told_of(first)) == 1

    @pytest.mark.parametrize(
        "other", [{"title": "Something else"}, {"does": "Nothing."}, {"classification": "red"}]
    )
    def test_is_refused_to_a_form_that_put_another(self, other: dict[str, Any]) -> None:
        pab, key = chamber(), new_key()
        first = put(pab, key=key)

        with pytest.raises(UnableToPutMotion, match=f"put {first.reference} before"):
            put(pab, key=key, **other)

    def test_draws_another_reference_where_one_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pab, drawn = chamber(), iter(["MOT-2021-AAAA", "MOT-2021-AAAA", "MOT-2021-BBBB"])
        monkeypatch.setattr(motions, "new_reference", lambda _kind, _year: next(drawn))

        assert [put(pab).reference, put(pab).reference] == ["MOT-2021-AAAA", "MOT-2021-BBBB"]

    def test_keeps_what_is_about_a_party_to_those_concerned(self) -> None:
        pab = chamber()

        assert put(pab, party=pab.parties["ALFA"]).classification == "amber"
        assert put(pab, party=pab.parties["ALFA"], classification="red").classification == "red"
        assert put(pab, classification="green").classification == "green"

    @pytest.mark.parametrize(
        ("said", "because"),
        [
            ({"title": "  "}, "Say the title"),
            ({"question": ""}, "Say the question"),
            ({"does": ""}, "Say the effect of approval"),
            ({"title": "a" * 201}, "200 characters"),
            ({"key": ""}, "The form has no key"),
            ({"scheme": "panel"}, "does not vote by 'panel'"),
            ({"scheme": "no such"}, "It votes by pab"),
        ],
    )
    def test_is_refused(self, said: dict[str, Any], because: str) -> None:
        pab = chamber()

        with pytest.raises(UnableToPutMotion, match=because):
            put(pab, **said)

    def test_is_refused_to_the_public_and_to_a_body_that_is_gone(self) -> None:
        pab = chamber()
        told = Put("A", "B?", "C", pab.body, "pab", new_key())

        with pytest.raises(UnableToPutMotion, match="by somebody"):
            put_motion(put=told, by=Acting("sec", DAY), at=AT)
        pab.body.until_on = DAY
        pab.body.save()
        with pytest.raises(UnableToPutMotion, match="no body of this code today"):
            put_motion(put=told, by=pab.secretary, at=AT)


class TestOpenMotion:
    def test_freezes_who_votes_and_how(self) -> None:
        pab = chamber(2, vacant=1)
        stand_in = pab.member("Ivy Lorne", seat=pab.seats[0], alternate_for=term_of(pab, 0))

        motion = opened(pab)

        assert (motion.state, motion.publicity, motion.edition != "") == (Motion.OPEN, "issued", True)
        [(_, _), (act, facts)] = told_of(motion)
        assert act == "decisions.open_motion"
        assert set(facts) == {"motion", "scheme", "seats"}
        assert facts["scheme"] == motion.rule["counts"]
        assert facts["seats"] == [
            {"seat": seat.handle, "constituency": "member", "weight": 1, "state": state}
            for seat, state in zip(pab.seats, ("filled", "filled", "vacant"), strict=True)
        ]
        assert seat_at(motion).alternates.get().person == stand_in.person
        assert motion.opened_entry == 1

    def test_counts_the_terms_that_are_in_force_on_the_day(self) -> None:
        pab = chamber(3)
        ended = term_of(pab, 0)
        ended.until_on = DAY
        ended.save()

        motion = opened(pab)

        assert [one.state for one in motion.seats.order_by("place")] == ["vacant", "filled", "filled"]

    def test_puts_aside_who_works_for_the_party_or_stands_for_it(self) -> None:
        pab = chamber(3)
        alfa = pab.parties["ALFA"]
        employed = term_of(pab, 0)
        employed.is_independent, employed.employer = False, alfa
        employed.save()
        Role.objects.create(
            person=person_of(pab.members[1]),
            code="sec",
            role="party_delegate",
            organisation=alfa,
            from_on=BEGAN,
        )

        motion = opened(pab, party=alfa)

        assert [one.state for one in motion.seats.order_by("place")] == ["aside", "aside", "filled"]
        acts = [act for act, _ in told_of(motion)]
        assert acts[2:] == ["decisions.stand_aside"] * 2
        assert {one.why for one in motion.stood_aside.all()} == {StoodAside.EMPLOYER}
        assert all(one.entry > (motion.opened_entry or 0) for one in motion.stood_aside.all())

    def test_puts_aside_who_decided_before_on_what_it_is_about(self) -> None:
        pab = chamber(3)
        unknown(pab, 0)
        stand_in = alternate(pab, 1)
        persons = [person_of(pab.members[0]), person_of(stand_in)]
        bars = tuple(Bar(one, "took part in DEC-2021-7K3F") for one in persons)

        motion = opened(pab, party=pab.parties["ALFA"], bars=bars)

        [aside] = motion.stood_aside.all()
        assert (aside.why, aside.words) == (StoodAside.BARRED, "took part in DEC-2021-7K3F")
        assert [one.state for one in motion.seats.order_by("place")] == ["aside", "filled", "filled"]
        assert not motion.seats.filter(must_declare=True).exists()
        assert told_of(motion)[0][1]["barred"] == [one.handle for one in persons]
        with pytest.raises(UnableToCastVote, match="You have no vote on it: took part"):
            cast(pab, motion, 1, by=stand_in)
        for place in (1, 2):
            cast(pab, motion, place)
        close_vote(motion=motion, by=pab.secretary, at=CLOSES)
        assert recounted(motion)["present"] == 2

    def test_keeps_who_is_barred_from_the_opening_on(self) -> None:
        pab = chamber(3)
        motion = opened(pab, bars=(Bar(person_of(pab.members[0]), "decided before"),))
        row = Barred.objects.get()

        with pytest.raises(DatabaseError, match="what was voted on stays"), transaction.atomic():
            Barred(motion=motion, person=person_of(pab.members[1]), words="late").save()
        with pytest.raises(UnableToChangeARecord):
            row.save()
        with pytest.raises(DatabaseError, match="what was voted on stays"):
            Barred.objects.filter(pk=row.pk)._raw_delete(connection.alias)

    def test_lets_whom_nobody_knows_the_employer_of_declare_first(self) -> None:
        pab = chamber(3)
        unknown = term_of(pab, 2)
        unknown.is_independent = False
        unknown.save()

        about, of_nobody = opened(pab, party=pab.parties["ALFA"]), opened(pab)

        assert [one.must_declare for one in about.seats.order_by("place")] == [False, False, True]
        assert not any(one.must_declare for one in of_nobody.seats.all())

    def test_again_until_the_same_moment_changes_nothing(self) -> None:
        pab = chamber()
        motion = opened(pab)

        again = open_motion(motion=motion, closes_at=CLOSES, by=pab.secretary, at=LATER)

        assert again.opened_at == AT
        assert len(told_of(motion)) == 2
        with pytest.raises(UnableToOpenMotion, match="is open, and no draft"):
            open_motion(motion=motion, closes_at=CLOSES + dt.timedelta(days=1), by=pab.secretary, at=AT)

    def test_is_refused_where_it_would_close_before_it_opens(self) -> None:
        pab = chamber()

        with pytest.raises(UnableToOpenMotion, match="close before it opens"):
            open_motion(motion=put(pab), closes_at=AT, by=pab.secretary, at=AT)

    def test_is_refused_where_the_body_is_gone(self) -> None:
        pab = chamber()
        motion = put(pab)
        pab.body.until_on = DAY
        pab.body.save()

        with pytest.raises(UnableToOpenMotion, match="no body of this code today"):
            open_motion(motion=motion, closes_at=CLOSES, by=pab.secretary, at=AT)

    def test_again_with_other_weights_is_refused(self) -> None:
        pab = chamber(2)
        weights = {pab.seats[0].handle: 5, pab.seats[1].handle: 2}
        motion = opened(pab, scheme="weighted", weights=weights)

        def again(told: dict[str, int]) -> Motion:
            return open_motion(motion=motion, closes_at=CLOSES, weights=told, by=pab.secretary, at=AT)

        assert again(weights) == motion
        with pytest.raises(UnableToOpenMotion, match="no draft"):
            again({**weights, pab.seats[0].handle: 6})

    def test_is_refused_where_nobody_could_vote(self) -> None:
        with pytest.raises(UnableToOpenMotion, match="No seat of The PAB could vote"):
            opened(chamber(0, vacant=2))

    def test_is_refused_without_seats_or_with_others_than_the_rulebook_says(self) -> None:
        with pytest.raises(UnableToOpenMotion, match="has no seats entered"):
            opened(chamber(0))
        with pytest.raises(UnableToOpenMotion, match="13 seats for 'large_supplier', and 2 are entered"):
            opened(chamber(2, key="CHANGE_BOARD", constituencies=["large_supplier"]), scheme="change_board")

    def test_takes_weights_where_votes_are_weighed_and_nowhere_else(self) -> None:
        pab = chamber(2)
        weights = {pab.seats[0].handle: 5, pab.seats[1].handle: 2}

        weighed = opened(pab, scheme="weighted", weights=weights)

        assert [one.weight for one in weighed.seats.order_by("place")] == [5, 2]
        with pytest.raises(UnableToOpenMotion, match="say the weight of Seat 001, Seat 002"):
            opened(pab, scheme="weighted")
        with pytest.raises(UnableToOpenMotion, match="not negative"):
            opened(pab, scheme="weighted", weights={**weights, pab.seats[0].handle: -1})
        with pytest.raises(UnableToOpenMotion, match="weighs no votes"):
            opened(pab, weights=weights)


class TestWithdrawMotion:
    def test_ends_it_without_a_count(self) -> None:
        pab = chamber()
        motion = opened(pab)

        ended = withdraw_motion(motion=motion, because="Put anew", by=pab.secretary, at=LATER)
        again = withdraw_motion(motion=motion, because="Put anew", by=pab.secretary, at=LATER)

        assert (ended.state, ended.publicity, ended.because) == (Motion.WITHDRAWN, "closed", "Put anew")
        assert again == ended
        assert [act for act, _ in told_of(motion)][2:] == ["decisions.withdraw_motion"]

    def test_leaves_a_draft_with_the_office(self) -> None:
        pab = chamber()

        ended = withdraw_motion(motion=put(pab), because="No need", by=pab.secretary, at=LATER)

        assert ended.publicity == "draft"

    def test_says_why(self) -> None:
        pab = chamber()

        with pytest.raises(UnableToWithdrawMotion, match="Say why"):
            withdraw_motion(motion=put(pab), because=" ", by=pab.secretary, at=LATER)
