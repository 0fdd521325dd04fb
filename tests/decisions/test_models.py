import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from tallystick.decisions.keeping import UnableToChangeARecord
from tallystick.decisions.models import (
    Ballot,
    Decision,
    Declaration,
    Motion,
    Objection,
    SeatAtMotion,
    StoodAside,
    VotePassed,
    new_reference,
)
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.conflicts import stand_aside
from tallystick.decisions.operations.motions import withdraw_motion
from tallystick.decisions.operations.records import object_to
from tallystick.decisions.operations.voting import pass_vote
from tests.decisions.chamber import AT, CLOSES, LATER, Chamber, cast, chamber, opened, person_of, put, seat_at
from tests.decisions.operations.test_records import taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def past_the_model(model: type[models.Model], **which: Any) -> models.QuerySet[Any]:
    """Return rows to change in one statement, past what the model itself refuses."""
    return models.QuerySet(model).filter(**which)


def is_refused(statement: Any, match: str = "what was voted on stays") -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        statement()


def closed(of: Chamber) -> Motion:
    motion = opened(of)
    cast(of, motion, 0)
    return close_vote(motion=motion, by=of.chair, at=CLOSES)


class TestReferences:
    def test_tell_nothing_of_others(self) -> None:
        made = {new_reference("MOT", 2021) for _ in range(200)}

        assert len(made) > 190
        assert all(len(one) == len("MOT-2021-7K3F") for one in made)


class TestMotion:
    def test_does_not_change_once_it_has_ended(self) -> None:
        pab = chamber()
        motion, gone = closed(pab), opened(pab)
        withdraw_motion(motion=gone, because="Put anew", by=pab.secretary, at=LATER)

        for one in (motion, Motion.objects.get(pk=motion.pk), Motion.objects.get(pk=gone.pk)):
            one.title = "Something else"
            with pytest.raises(UnableToChangeARecord, match="has ended"):
                one.save()
        with pytest.raises(UnableToChangeARecord, match="never removed"):
            motion.delete()

    def test_is_kept_by_the_database_whoever_asks(self) -> None:
        pab = chamber()
        motion, runs = closed(pab), opened(pab)

        is_refused(lambda: past_the_model(Motion, pk=motion.pk).update(outcome="not_carried"))
        is_refused(lambda: past_the_model(Motion, pk=motion.pk).update(state="open"))
        is_refused(lambda: past_the_model(Motion, pk=motion.pk)._raw_delete(connection.alias))
        is_refused(lambda: past_the_model(Motion, pk=runs.pk).update(rule={}))
        is_refused(lambda: past_the_model(Motion, pk=runs.pk).update(closes_at=CLOSES + dt.timedelta(days=1)))

    def test_has_its_outcome_when_closed_and_no_sooner(self) -> None:
        runs = opened(chamber())

        for changed in ({"outcome": "carried"}, {"state": "closed"}, {"publicity": "decided"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                past_the_model(Motion, pk=runs.pk).update(**changed)

    def test_about_a_party_is_never_open_to_all(self) -> None:
        pab = chamber()
        motion = put(pab)

        with pytest.raises(IntegrityError), transaction.atomic():
            past_the_model(Motion, pk=motion.pk).update(party=pab.parties["ALFA"])


class TestBallot:
    def test_is_kept_as_it_was_cast(self) -> None:
        pab = chamber()
        ballot = cast(pab, opened(pab), 0)
        ballot.choice = "reject"

        with pytest.raises(UnableToChangeARecord):
            ballot.save()
        with pytest.raises(UnableToChangeARecord):
            ballot.save(update_fields=["choice"])
        with pytest.raises(UnableToChangeARecord):
            ballot.delete()
        is_refused(lambda: past_the_model(Ballot, pk=ballot.pk).update(choice="reject"))
        is_refused(lambda: past_the_model(Ballot, pk=ballot.pk).update(entry=10_000))
        is_refused(lambda: past_the_model(Ballot, pk=ballot.pk)._raw_delete(connection.alias))

    def test_comes_to_no_vote_that_is_not_open_and_leaves_none(self) -> None:
        pab = chamber()
        motion = closed(pab)
        ballot = Ballot.objects.get(motion=motion)
        late = copied(ballot, seat=seat_at(motion, 1), key="late", entry=10_000)

        is_refused(lambda: past_the_model(Ballot, pk=ballot.pk).update(is_standing=False))
        is_refused(late.save)

    def test_stands_once_for_a_seat(self) -> None:
        pab = chamber()
        ballot = cast(pab, opened(pab), 0)

        for changed in (
            {"key": "another", "version": 2},
            {"key": "another", "is_standing": False},
            {"seat": seat_at(ballot.motion, 1)},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                copied(ballot, entry=10_000, **changed).save()


def copied(ballot: Ballot, **changed: Any) -> Ballot:
    """Return another ballot like one, but for what is changed."""
    names = [field.attname for field in Ballot._meta.concrete_fields if field.name not in ("id", "handle")]
    told = {name: getattr(ballot, name) for name in names}
    made = Ballot(**told)
    for name, value in changed.items():
        setattr(made, name, value)
    return made


class TestWhatBelongsToAVote:
    def test_is_kept_as_it_was_written(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")
        ben = person_of(pab.members[1])
        stand_aside(motion=motion, words="I drafted it", by=pab.members[2], at=LATER)
        pass_vote(motion=motion, seat=seat_at(motion), to=ben, by=pab.members[0], at=LATER)

        is_refused(lambda: past_the_model(SeatAtMotion, motion=motion, place=0).update(weight=9))
        is_refused(lambda: past_the_model(StoodAside, motion=motion).update(words="Nothing"))
        is_refused(lambda: past_the_model(VotePassed, motion=motion).update(at=AT))
        for model in (SeatAtMotion, StoodAside, VotePassed, Declaration):
            is_refused(lambda model=model: past_the_model(model, motion=motion)._raw_delete("default"))

    def test_does_not_change_after_the_close(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")
        stand_aside(motion=motion, words="I drafted it", by=pab.members[2], at=LATER)
        close_vote(motion=motion, by=pab.chair, at=CLOSES)
        seat = seat_at(motion)
        another = person_of(pab.members[0])

        is_refused(lambda: past_the_model(Declaration, motion=motion).update(has_conflict=False))
        is_refused(Declaration(motion=motion, person=another, has_conflict=False, at=AT).save)
        passed = VotePassed(
            motion=motion,
            seat=seat,
            to=another,
            passed_by=person_of(pab.members[1]),
            at=AT,
        )
        is_refused(passed.save)


class TestDecision:
    def test_stays_as_it_was_recorded(self) -> None:
        pab = chamber()
        made = taken(pab)
        object_to(decision=made, words="Not so", by=pab.members[0], at=LATER)
        made.text = "Something else"

        with pytest.raises(UnableToChangeARecord):
            made.save()
        is_refused(lambda: past_the_model(Decision, pk=made.pk).update(text="Something else"))
        is_refused(lambda: past_the_model(Objection, decision=made).update(words="Nothing"))
        is_refused(lambda: past_the_model(Objection, decision=made)._raw_delete("default"))
