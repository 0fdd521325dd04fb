import pytest

from tallystick.decisions.models import Ballot, Motion, StoodAside
from tallystick.decisions.operations.closing import UnableToCloseVote, close_vote
from tallystick.decisions.operations.conflicts import declare_no_conflict, stand_aside
from tallystick.decisions.operations.voting import give_casting_vote
from tallystick.decisions.rolls import vote_of
from tallystick.journal.models import Payload
from tests.decisions.chamber import (
    CLOSES,
    LATER,
    Chamber,
    cast,
    chamber,
    opened,
    paper,
    put,
    recounted,
    told_of,
    unknown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def closed(of: Chamber, motion: Motion) -> Motion:
    return close_vote(motion=motion, by=of.chair, at=CLOSES)


class TestCloseVote:
    def test_counts_explains_and_freezes(self) -> None:
        pab = chamber()
        motion = opened(pab)
        for place, choice in enumerate(("approve", "approve", "reject")):
            cast(pab, motion, place, choice)

        ended = closed(pab, motion)

        assert (ended.state, ended.publicity, ended.outcome) == (Motion.CLOSED, "decided", "carried")
        assert told_of(motion)[-1] == (
            "decisions.close_vote",
            {"motion": motion.reference, "count": ended.count},
        )
        assert ended.count == recounted(motion)
        assert ended.told["headline"].startswith("The motion is approved")
        assert len(ended.told["steps"]) > 1
        assert {one.publicity for one in Ballot.objects.filter(motion=motion)} == {"decided"}
        assert all(one.entry < (ended.closed_entry or 0) for one in Ballot.objects.filter(motion=motion))

    def test_again_changes_nothing(self) -> None:
        pab = chamber()
        motion = opened(pab)
        first = closed(pab, motion)

        again = closed(pab, motion)

        assert again.closed_entry == first.closed_entry
        assert [act for act, _ in told_of(motion)].count("decisions.close_vote") == 1

    def test_is_of_an_open_vote(self) -> None:
        pab = chamber()

        with pytest.raises(UnableToCloseVote, match="is not open"):
            closed(pab, put(pab))

    def test_comes_early_where_everybody_has_voted(self) -> None:
        pab = chamber()
        motion = opened(pab)
        for place in range(3):
            with pytest.raises(UnableToCloseVote, match="runs on"):
                close_vote(motion=motion, by=pab.secretary, at=LATER)
            cast(pab, motion, place)

        ended = close_vote(motion=motion, by=pab.secretary, at=LATER)

        assert (ended.outcome, ended.closed_at, ended.because) == ("carried", LATER, "")

    def test_comes_early_by_the_chair_with_a_reason_where_the_scheme_has_it(self) -> None:
        pab = chamber()
        plain, early = opened(pab), opened(pab, scheme="early")

        for motion, by, why, because in (
            (plain, pab.chair, "We are done", "lets nobody close it"),
            (early, pab.secretary, "We are done", "Only the chair"),
            (early, pab.chair, " ", "Say why"),
        ):
            with pytest.raises(UnableToCloseVote, match=because):
                close_vote(motion=motion, by=by, at=LATER, because=why)
        ended = close_vote(motion=early, by=pab.chair, at=LATER, because="We are done")

        assert (ended.because, ended.outcome) == ("We are done", "no_quorum")
        assert set(told_of(early)[-1][1]) == {"motion", "count"}
        assert "before its time (We are done)" in Payload.objects.latest("entry__seq").text

    def test_leaves_secret_ballots_with_their_voters(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="secret")
        cast(pab, motion, 0)

        closed(pab, motion)

        assert Ballot.objects.get(motion=motion).publicity == "issued"

    def test_puts_aside_who_had_to_declare_and_did_not(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        unknown(pab, 1)
        motion = opened(pab, party=pab.parties["ALFA"])
        declare_no_conflict(motion=motion, by=pab.members[0], at=LATER)
        cast(pab, motion, 0)

        ended = closed(pab, motion)

        [one] = motion.stood_aside.all()
        assert (one.why, one.person) == (StoodAside.UNKNOWN, pab.members[1].person)
        assert (ended.count["aside"], ended.count["silent"], ended.count["able"]) == (1, 1, 2)
        assert ended.count == recounted(motion)

    def test_lets_the_casting_vote_decide_a_tie(self) -> None:
        pab = chamber(2)
        motion = opened(pab, scheme="casting")
        cast(pab, motion, 0)
        cast(pab, motion, 1, "reject")
        give_casting_vote(motion=motion, paper=paper(), by=pab.chair, at=LATER)

        ended = closed(pab, motion)

        assert (ended.outcome, ended.count["casting"]) == ("carried", "for")
        assert ended.count == recounted(motion)

    def test_counts_no_ballot_of_a_seat_that_stood_aside_later(self) -> None:
        pab = chamber()
        motion = opened(pab)
        for place in range(3):
            cast(pab, motion, place)
        stand_aside(motion=motion, words="I drafted it", by=pab.members[0], at=LATER)

        ended = closed(pab, motion)

        assert (ended.count["for"], ended.count["aside"]) == (2, 1)
        assert ended.count == recounted(motion)

    def test_weighs_votes(self) -> None:
        pab = chamber(2)
        weights = {pab.seats[0].handle: 5, pab.seats[1].handle: 2}
        motion = opened(pab, scheme="weighted", weights=weights)
        cast(pab, motion, 0, "reject")
        cast(pab, motion, 1)

        ended = closed(pab, motion)

        assert (ended.outcome, ended.count["for"], ended.count["against"]) == ("not_carried", 2, 5)
        assert ended.count == recounted(motion)

    @pytest.mark.parametrize("last", ["reject", "approve"])
    def test_waits_for_the_casting_vote_whatever_was_voted_for_while_counts_are_hidden(
        self, last: str
    ) -> None:
        pab = chamber(2)
        motion = opened(pab, scheme="casting")
        cast(pab, motion, 0)
        cast(pab, motion, 1, last)

        with pytest.raises(UnableToCloseVote, match="the casting vote can still be given"):
            close_vote(motion=motion, by=pab.secretary, at=LATER)
        give_casting_vote(motion=motion, paper=paper(), by=pab.chair, at=LATER)

        assert close_vote(motion=motion, by=pab.secretary, at=LATER).outcome == "carried"

    @pytest.mark.parametrize(("last", "ends"), [("reject", False), ("approve", True)])
    def test_waits_for_the_casting_vote_in_a_tie_alone_where_counts_are_shown(
        self, last: str, *, ends: bool
    ) -> None:
        pab = chamber(2)
        motion = opened(pab, scheme="shown")
        cast(pab, motion, 0)
        cast(pab, motion, 1, last)

        assert vote_of(motion).is_complete is ends

    def test_comes_early_by_no_chair_who_stood_aside(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="early")
        stand_aside(motion=motion, words="I drafted it", by=pab.chair, at=LATER)

        with pytest.raises(UnableToCloseVote, match="Who may not vote does not close"):
            close_vote(motion=motion, by=pab.chair, at=LATER, because="We are done")
