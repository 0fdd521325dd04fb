import datetime as dt

import pytest

from tallystick.decisions.models import Ballot, Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.conflicts import stand_aside
from tallystick.decisions.operations.motions import withdraw_motion
from tallystick.decisions.operations.voting import (
    UnableToCastVote,
    UnableToPassVote,
    cast_vote,
    pass_vote,
    take_back_vote,
)
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import guarded
from tallystick.parties.row_security import seen_by
from tests.decisions.chamber import (
    CLOSES,
    DAY,
    LATER,
    Chamber,
    alternate,
    cast,
    chamber,
    opened,
    paper,
    person_of,
    put,
    recounted,
    seat_at,
    term_of,
    told_of,
    unknown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def casts(motion: Motion) -> int:
    return sum(act == "decisions.cast_vote" for act, _ in told_of(motion))


class TestCastVote:
    def test_writes_what_counts_and_nothing_besides(self) -> None:
        pab = chamber()
        motion = opened(pab)

        ballot = cast(pab, motion, 0, reason="It is sound.")

        assert told_of(motion)[-1] == (
            "decisions.cast_vote",
            {"motion": motion.reference, "seat": pab.seats[0].handle, "choice": "approve"},
        )
        assert (ballot.right, ballot.version, ballot.is_standing) == ("holder", 1, True)
        assert (ballot.reason, ballot.publicity) == ("It is sound.", "issued")
        assert ballot.entry == (motion.opened_entry or 0) + 1

    def test_is_done_once_by_one_form_and_by_one_choice(self) -> None:
        pab = chamber()
        motion = opened(pab)

        first = cast(pab, motion, 0, key="a form")

        assert cast(pab, motion, 0, key="a form") == first
        assert cast(pab, motion, 0, key="another tab") == first
        assert casts(motion) == 1

    def test_stays_unless_the_scheme_lets_it_change(self) -> None:
        pab = chamber()
        motion = opened(pab)
        cast(pab, motion, 0, key="a form")

        for key in ("another tab", "a form"):
            with pytest.raises(UnableToCastVote) as refused:
                cast(pab, motion, 0, "reject", key=key)
            assert refused.value.is_cast

        assert Ballot.objects.get(motion=motion).choice == "approve"

    def test_with_another_reason_is_another_vote(self) -> None:
        pab = chamber()
        fixed, loose = opened(pab), opened(pab, scheme="loose")
        for motion in (fixed, loose):
            cast(pab, motion, 0, key="a form", reason="It is sound.")

        with pytest.raises(UnableToCastVote, match="cast another vote before"):
            cast(pab, fixed, 0, key="a form", reason="It is cheap.")
        with pytest.raises(UnableToCastVote, match="stays as it is"):
            cast(pab, fixed, 0, reason="It is cheap.")
        changed = cast(pab, loose, 0, reason="It is cheap.")

        assert (changed.version, changed.reason) == (2, "It is cheap.")
        assert cast(pab, loose, 0) == changed

    def test_changes_where_the_scheme_lets_it(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")
        first = cast(pab, motion, 0, key="first")

        second = cast(pab, motion, 0, "reject", key="second")
        late_retry = cast(pab, motion, 0, key="first")

        assert (second.version, second.is_standing) == (2, True)
        assert late_retry == first
        assert Ballot.objects.get(pk=first.pk).is_standing is False
        assert casts(motion) == 2

    def test_is_refused_after_the_time_and_after_the_close_but_for_a_form_that_was_in_time(self) -> None:
        pab = chamber()
        motion = opened(pab)
        first = cast(pab, motion, 0, key="in time")

        with pytest.raises(UnableToCastVote, match="Yours was not counted") as refused:
            cast(pab, motion, 1, at=CLOSES)
        assert refused.value.is_late
        close_vote(motion=motion, by=pab.chair, at=CLOSES)
        with pytest.raises(UnableToCastVote, match="is closed"):
            cast(pab, motion, 1)

        assert cast(pab, motion, 0, key="in time", at=CLOSES + dt.timedelta(days=1)) == first

    def test_is_refused_before_the_opening_and_after_the_end(self) -> None:
        pab = chamber()
        draft, motion = put(pab), opened(pab)
        seat = seat_at(motion)
        withdraw_motion(motion=motion, because="Put anew", by=pab.secretary, at=LATER)

        with pytest.raises(UnableToCastVote, match="is not open"):
            cast_vote(motion=draft, seat=seat, paper=paper(), by=pab.members[0], at=LATER)
        with pytest.raises(UnableToCastVote, match="is withdrawn"):
            cast(pab, motion, 0)

    def test_is_refused_for_what_is_no_choice_without_a_key_and_without_a_word_on_conflicts(self) -> None:
        pab = chamber()
        motion = opened(pab)

        with pytest.raises(UnableToCastVote, match="no choice 'perhaps'"):
            cast(pab, motion, 0, "perhaps")
        with pytest.raises(UnableToCastVote, match="no key"):
            cast(pab, motion, 0, key="a" * 65)
        with pytest.raises(UnableToCastVote, match="Say first that you have no conflict"):
            cast(pab, motion, 0, has_no_conflict=False)

    def test_is_refused_for_anothers_seat_and_in_another_capacity(self) -> None:
        pab, opsg = chamber(), chamber(1, key="OPSG")
        motion = opened(pab)

        with pytest.raises(UnableToCastVote, match="You hold no seat of that name"):
            cast(pab, motion, 0, by=pab.members[1])
        with pytest.raises(UnableToCastVote, match="acting on it"):
            cast(pab, motion, 0, by=opsg.members[0])
        with pytest.raises(UnableToCastVote, match="by somebody"):
            cast(pab, motion, 0, by=Acting("sec", DAY))

    def test_is_refused_once_the_term_has_ended(self) -> None:
        pab = chamber()
        motion = opened(pab)
        term = term_of(pab, 0)
        term.until_on = DAY
        term.save()

        with pytest.raises(UnableToCastVote, match="has ended"):
            cast(pab, motion, 0)

    def test_is_refused_to_who_works_for_the_party_and_to_whom_stood_aside(self) -> None:
        pab = chamber()
        alfa = pab.parties["ALFA"]
        term = term_of(pab, 0)
        term.is_independent, term.employer = False, alfa
        term.save()
        motion = opened(pab, party=alfa)
        stand_aside(motion=motion, words="My sister works there", by=pab.members[1], at=LATER)

        with pytest.raises(UnableToCastVote, match="You work for the party"):
            cast(pab, motion, 0)
        with pytest.raises(UnableToCastVote, match="You declared a conflict"):
            cast(pab, motion, 1)

    def test_is_refused_until_one_declares_where_the_employer_is_not_known(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])

        with pytest.raises(UnableToCastVote, match="declare first that you have no conflict"):
            cast(pab, motion, 0)

    def test_keeps_the_declaration_of_who_votes_on_a_party(self) -> None:
        pab = chamber()
        about, of_nobody = opened(pab, party=pab.parties["ALFA"]), opened(pab)

        cast(pab, about, 0)
        cast(pab, of_nobody, 0)

        assert about.declarations.get().has_conflict is False
        assert not of_nobody.declarations.exists()


class TestUnderTheSecondLayer:
    def test_a_vote_goes_as_anywhere(self) -> None:
        """What the database itself holds back, and the net below the doors, let the acts of votes pass."""
        pab = chamber()
        with seen_by(pab.secretary), guarded():
            motion = opened(pab, scheme="loose", party=pab.parties["ALFA"])
        for place in range(3):
            with seen_by(pab.members[place]), guarded():
                cast(pab, motion, place)
        with seen_by(pab.members[2]), guarded():
            stand_aside(motion=motion, words="I advised them", by=pab.members[2], at=LATER)
        with seen_by(pab.chair), guarded():
            ended = close_vote(motion=motion, by=pab.chair, at=CLOSES)

        assert (ended.count["for"], ended.count["aside"]) == (2, 1)


class TestPassVote:
    def pass_on(self, of: Chamber, motion: Motion, place: int, to: int) -> object:
        receiver = person_of(of.members[to])
        seat, by = seat_at(motion, place), of.members[place]
        return pass_vote(motion=motion, seat=seat, to=receiver, by=by, at=LATER)

    def test_lets_another_member_vote_for_the_seat(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")

        self.pass_on(pab, motion, 0, 1)
        again = self.pass_on(pab, motion, 0, 1)
        ballot = cast(pab, motion, 0, by=pab.members[1])

        assert again == motion.votes_passed.get()
        assert (ballot.right, ballot.cast_by) == ("proxy", pab.members[1].person)
        with pytest.raises(UnableToCastVote, match="was passed to Ben Marlow"):
            cast(pab, motion, 0, "reject")

    def test_lets_one_member_cast_several_votes_each_as_they_choose(self) -> None:
        pab = chamber(4)
        motion = opened(pab, scheme="loose")
        for place in (0, 1):
            self.pass_on(pab, motion, place, 2)

        for place, choice in enumerate(("approve", "reject", "abstain")):
            cast(pab, motion, place, choice, by=pab.members[2])
        ended = close_vote(motion=motion, by=pab.chair, at=CLOSES)

        assert (ended.count["for"], ended.count["against"], ended.count["abstained"]) == (1, 1, 1)
        assert [one.right for one in motion.ballots.order_by("entry")] == ["proxy", "proxy", "holder"]
        assert ended.count == recounted(motion)

    def test_takes_the_vote_from_the_alternate_too(self) -> None:
        pab = chamber()
        ivy = alternate(pab, 0)
        motion = opened(pab, scheme="loose")
        self.pass_on(pab, motion, 0, 1)

        with pytest.raises(UnableToCastVote, match="was passed to Ben Marlow"):
            cast(pab, motion, 0, by=ivy)

    def test_is_no_more_than_the_scheme_allows(self) -> None:
        pab = chamber(5)
        motion, without = opened(pab, scheme="loose"), opened(pab)
        for place in (0, 1):
            self.pass_on(pab, motion, place, 4)

        with pytest.raises(UnableToPassVote, match="holds 2 votes of others"):
            self.pass_on(pab, motion, 2, 4)
        with pytest.raises(UnableToPassVote, match="has no proxies"):
            self.pass_on(pab, without, 0, 1)

    def test_goes_to_another_who_can_vote_and_no_further(self) -> None:
        pab = chamber(4)
        motion = opened(pab, scheme="loose")
        stranger = person_of(pab.member("Ivy Lorne"))
        stand_aside(motion=motion, words="I drafted it", by=pab.members[3], at=LATER)

        with pytest.raises(UnableToPassVote, match="is no other member"):
            self.pass_on(pab, motion, 0, 0)
        with pytest.raises(UnableToPassVote, match="is no other member"):
            pass_vote(motion=motion, seat=seat_at(motion), to=stranger, by=pab.members[0], at=LATER)
        with pytest.raises(UnableToPassVote, match="cannot vote"):
            self.pass_on(pab, motion, 0, 3)
        self.pass_on(pab, motion, 0, 1)
        with pytest.raises(UnableToPassVote, match="go no further"):
            self.pass_on(pab, motion, 1, 2)
        with pytest.raises(UnableToPassVote, match="cannot vote"):
            self.pass_on(pab, motion, 2, 0)

    def test_is_of_ones_own_seat_and_before_it_voted(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")
        cast(pab, motion, 0)
        ben, cleo = pab.members[1], person_of(pab.members[2])

        with pytest.raises(UnableToPassVote, match="is cast"):
            self.pass_on(pab, motion, 0, 1)
        with pytest.raises(UnableToPassVote, match="Only the holder"):
            pass_vote(motion=motion, seat=seat_at(motion, 0), to=cleo, by=ben, at=LATER)
        with pytest.raises(UnableToPassVote, match="is not open"):
            pass_vote(motion=motion, seat=seat_at(motion, 1), to=cleo, by=ben, at=CLOSES)

    def test_can_be_taken_back_until_it_is_cast(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")
        seat, ada = seat_at(motion), pab.members[0]
        self.pass_on(pab, motion, 0, 1)

        take_back_vote(motion=motion, seat=seat, by=ada, at=LATER)

        assert cast(pab, motion, 0).right == "holder"
        with pytest.raises(UnableToPassVote, match="is not passed"):
            take_back_vote(motion=motion, seat=seat, by=ada, at=LATER)
        self.pass_on(pab, motion, 1, 2)
        cast(pab, motion, 1, by=pab.members[2])
        with pytest.raises(UnableToPassVote, match="cast the vote of Seat 002 already"):
            take_back_vote(motion=motion, seat=seat_at(motion, 1), by=pab.members[1], at=LATER)
