"""A simulated year ends as it has to, and what is wrong at the end of one is found."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from tallystick.challenges.models import Challenge
from tallystick.decisions.matters import Barred
from tallystick.decisions.models import Ballot, Motion
from tallystick.derogations.models import Derogation, Term
from tallystick.journal.models import Payload
from tallystick.parties.policy.scope import WITH_A_CLASS
from tallystick.processes.models import CarriedOut, Place, Step, Timer
from tests.decisions import kept
from tests.decisions.guards import unguarded
from tests.journal.guards import rows, tamper
from tests.simulation import aftermath, ends
from tests.simulation.lives import lived, told
from tests.simulation.year import FULL, SMALL, Year

pytestmark = pytest.mark.django_db
YEARS = int(os.environ.get("TALLY_YEARS", "0"))
Note = Callable[[str, object], None]
Check = Callable[[Year], Iterable[str]]
# What has to have happened for a year to say anything.
HAPPENED = (
    *("broken off", "sent twice", "cases opened", "clocks", "messages", "notices", "months landed"),
    *("replies", "lines shared", "remedies filed", "remedies accepted"),
    *("votes cast", "votes closed", "motions carried", "holds placed", "holds lifted", "roles ended"),
    *("exclusions checked", "files taken in", "terms ended", "steps escalate_to_pab"),
    *("derogations: submit", "derogations: grant", "forbearance: decide", "decisions served"),
    "challenges: query",
)
IN_FULL = (
    *(
        "remedies returned",
        "milestones met",
        "cases verified",
        "cases closed",
        "steps escalate_to_panel",
    ),
    *("conflicts declared", "casting votes", "files refused", "files left", "files again", "findings added"),
    *("remedies accepted by a body", "steps publish", "steps reopen_remedy", "auditors satisfied"),
    *("parties solr", "parties exiting", "risks seen", "risks gone", "steps accept_reply"),
    *("derogations: refuse", "derogations: close", "clocks of leave"),
    *("challenges: reject_query", "challenges: allow_query", "challenges: appeal", "clocks of challenges"),
    "steps that a challenge suspends",
)
# What is too rare to be asked of fewer years than so many.
MANY = 10
IN_MANY = (
    *("derogations: extend", "derogations: vary", "derogations: revoke"),
    *("forbearance: go_on", "forbearance: end", "cases withdrawn"),
    *("challenges: dismiss_appeal", "challenges: allow_appeal", "challenges: lift_at_panel"),
)


@pytest.fixture(scope="module")
def year(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Year]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield lived(1, SMALL, tmp_path_factory.mktemp("years"))
        transaction.set_rollback(True)


class TestAYear:
    def test_ends_as_it_has_to(self, year: Year, tmp_path: Path, record_property: Note) -> None:
        wrong = ends.wrong_at_the_end(year, tmp_path / "bundle")

        record_property("counted", told(year))
        assert wrong == [], "\n".join(wrong[:30])
        assert [what for what in HAPPENED if not year.desk.counts[what]] == []


class TestFullYears:
    @pytest.mark.skipif(not YEARS, reason="at full counts only: make assurance")
    def test_end_so_too(self, tmp_path: Path, record_property: Note) -> None:
        counts: Counter[str] = Counter()
        wrong: list[str] = []

        for seed in range(2, YEARS + 2):
            with transaction.atomic():
                year = lived(seed, FULL, tmp_path)
                wrong += ends.wrong_at_the_end(year, tmp_path / f"bundle-{seed}")
                record_property("counted", told(year))
                transaction.set_rollback(True)
            counts += year.desk.counts

        wanted = (*HAPPENED, *IN_FULL, *(IN_MANY if YEARS >= MANY else ()))
        assert wrong == [], "\n".join(wrong[:30])
        assert [what for what in wanted if not counts[what]] == []


def altered(model: type[Model], which: dict[str, Any], **to: Any) -> None:
    """Change what was written, as whoever owns the database could."""
    with kept.unguarded():
        rows(model, **which).update(**to)


def elsewhere(_: Year) -> None:
    """Let a case stand where nobody moved it."""
    place = Place.objects.filter(track="ladder", left_at=None).latest("pk")
    altered(Place, {"pk": place.pk}, stage="referred")


def unlawful(_: Year) -> None:
    """Let a step have been taken that the rule does not know from there."""
    step = Step.objects.filter(move="go_on").latest("pk")
    altered(Step, {"pk": step.pk}, move="close", from_stage="verified", to_stage="closed")


def by_another(_: Year) -> None:
    altered(Step, {"pk": Step.objects.filter(move="give_notice").latest("pk").pk}, role="observer")


def open_clock(_: Year) -> None:
    timer = Timer.objects.exclude(ended_on=None).latest("pk")
    altered(Timer, {"pk": timer.pk}, ended_on=None, how="")


def other_words(_: Year) -> None:
    tamper(Payload, {"entry": 9}, text="{}")


def counted_otherwise(_: Year) -> None:
    motion = Motion.objects.filter(state=Motion.CLOSED).latest("pk")
    with unguarded():
        rows(Motion, pk=motion.pk).update(count={**motion.count, "for": 99})


def stands_no_more(_: Year) -> None:
    with unguarded():
        rows(Ballot, pk=Ballot.objects.filter(is_standing=True).latest("pk").pk).update(is_standing=False)


def closed_by_nothing(year: Year) -> None:
    step = Step.objects.filter(course=year.docket.files[0].case.course_id).latest("pk")
    altered(Step, {"pk": step.pk}, move="close")


def not_told(year: Year) -> None:
    rows(type(year.docket.files[0].case), pk=year.docket.files[0].case.pk).update(publicity="draft")


def lost(year: Year) -> None:
    year.feeds.stands = {**year.feeds.stands, next(iter(year.feeds.stands)): frozenset({"hub"})}


def beyond_its_end(_: Year) -> None:
    """Let a derogation stand that had ended."""
    row = Derogation.objects.exclude(last_on=None).earliest("pk")
    altered(Derogation, {"pk": row.pk}, last_on=None)
    altered(Term, {"derogation": row.pk}, until_on=dt.date(2022, 12, 31))


def by_another_body(_: Year) -> None:
    """Let the grant of a derogation have carried out what the Panel decided."""
    done = CarriedOut.objects.filter(step__move="grant").earliest("pk")
    altered(CarriedOut, {"pk": done.pk}, motion_id=Motion.objects.filter(body__key="PANEL").earliest("pk").pk)


def queried_before(_: Year) -> None:
    """Let a decision have been queried before it was carried out."""
    step = Step.objects.filter(move="query").earliest("pk")
    row = Challenge.objects.get(course=step.course_id)
    done = CarriedOut.objects.filter(motion=row.motion).earliest("pk")
    altered(Step, {"pk": step.pk}, at=done.step.at - dt.timedelta(minutes=1))


def voted_all_the_same(_: Year) -> None:
    """Let somebody have been barred who voted."""
    one = Ballot.objects.earliest("pk")
    with unguarded():
        Barred(motion=one.motion, person=one.cast_by, words="took part").save(force_insert=True)


def one_entry_more(year: Year) -> None:
    year.desk.entries += 1


def of_leave(year: Year) -> Iterable[str]:
    return aftermath.in_force_by_hand(ends.last_of(year))


WRONG: tuple[tuple[Callable[[Year], None], Check, str], ...] = (
    (elsewhere, ends.ways, "and by the law in"),
    (unlawful, ends.ways, "close: elsewhere"),
    (unlawful, ends.told_by_the_journal, "and its next step is ['close']"),
    (by_another, ends.ways, "give_notice: not theirs"),
    (open_clock, ends.ways, "has the clocks"),
    (counted_otherwise, ends.ballots, "was counted"),
    (stands_no_more, ends.ballots, "has 0 ballots that stand"),
    (closed_by_nothing, ends.closed, "by hand its criterion did not hold"),
    (not_told, ends.parties_are_told, "is draft"),
    (lost, ends.evidence, "hub is lost"),
    (one_entry_more, ends.entries, "entries were written"),
    (beyond_its_end, of_leave, "and by hand"),
    (by_another_body, lambda _: aftermath.renewed(), "was granted by nobody"),
    (queried_before, lambda _: aftermath.suspended(), "was carried out by"),
    (voted_all_the_same, lambda _: aftermath.barred(), "and was barred"),
)


class TestWhatIsWrong:
    @pytest.mark.parametrize(("mutant", "check", "words"), WRONG)
    def test_is_found(self, year: Year, mutant: Callable[[Year], None], check: Check, words: str) -> None:
        stands, entries = year.feeds.stands, year.desk.entries
        before = list(check(year))

        with transaction.atomic():
            mutant(year)
            wrong = list(check(year))
            transaction.set_rollback(True)
        year.feeds.stands, year.desk.entries = stands, entries

        assert before == []
        assert any(words in one for one in wrong), wrong

    def test_is_found_in_the_journal(self, year: Year, tmp_path: Path) -> None:
        with transaction.atomic():
            other_words(year)
            wrong = list(ends.journal(year, tmp_path / "bundle"))
            transaction.set_rollback(True)

        assert any("checker: " in one for one in wrong)

    def test_is_found_where_a_rival_may_read(self, year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tallystick.parties.classified.scope", lambda _acting, _kind: WITH_A_CLASS)

        assert any("may read" in one for one in ends.rivals(year))
