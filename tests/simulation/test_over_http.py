"""No sequence of what anybody sends moves a case as the law does not allow, and a refusal changes nothing."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from time_machine import TimeMachineFixture

from tallystick.cases.models import Case
from tallystick.cases.operations.clocks import pass_due
from tallystick.challenges.operations.clocks import pass_due as heard
from tallystick.decisions.operations.records import Taken, record_decision
from tallystick.derogations.operations.clocks import pass_due as ended
from tallystick.journal.models import Payload
from tallystick.journal.queries import head
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person
from tallystick.processes.models import Course, Place, Step
from tallystick.processes.operations.holds import Placed, place_hold
from tests.cases.cast import OPENED, Cast, at, key, landed, made_cast, on
from tests.simulation.by_hand import held_by_hand
from tests.simulation.chance import dice_of
from tests.simulation.law import ONE
from tests.simulation.petitions import Petitioner
from tests.simulation.posting import Post, Sender
from tests.simulation.replay import replayed, told_of
from tests.site.entering import enter

pytestmark = pytest.mark.django_db
POSTS = int(os.environ.get("TALLY_POSTS", "30"))
A_WALK = 250
# How many of the forms are about leave, and about what was decided.
PETITIONS = 0.4
FRESH = dt.timedelta(minutes=8)
ROOMS = ("cases", "processes", "derogations", "challenges")
DONE, REFUSED = (302,), (200, 400, 403, 404, 405, 409, 422)
SIGN_IN = "/account/"
Note = Callable[[str, object], None]


class Walk:
    """One sequence of what people send to two cases and to those they open, day by day."""

    def __init__(self, cast: Cast, seed: int, clock: TimeMachineFixture) -> None:
        self.cast, self.dice, self.clock = cast, dice_of("posts", seed), clock
        self.day, self.sender, self.petitioner = OPENED, Sender(cast, self.dice), Petitioner(cast, self.dice)
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.clients: dict[str, Client] = {}
        self.stranger = Person.objects.create(email=f"stranger-{seed}@example.org", name="Stranger")
        cast.opened(landed(cast.alfa))
        cast.opened(source=Case.AUDIT)
        landed(cast.alfa, "2021-08")
        self._on(OPENED)
        self._look()
        self.rows = fingerprint()

    def go(self, posts: int) -> None:
        for _ in range(posts):
            self._time_goes_by()
            if self.dice.random() < PETITIONS:
                post = self.petitioner.next(self.ways, self._now())
                self.rows = fingerprint()
                self._send(post)
                continue
            case = self.dice.choice(
                list(Case.objects.filter(closed_at=None).order_by("pk")) or [self._fresh()]
            )
            if case.course_id not in self.ways:
                self._look()
                self.rows = fingerprint()
            self._send(self.sender.next(case, self.ways[case.course_id], self.day))

    def _send(self, post: Post) -> None:
        steps, rows, size = self._last_step(), self.rows, head().size
        answer = self._client(post.who).post(post.address, post.sent)
        done, written = answer.status_code in DONE, head().size - size
        named = f"{post.who} sent {post.sent} to {post.address}: {answer.status_code}"
        self._expect(done or answer.status_code in REFUSED, f"{named}, which is no answer")
        # A decision that is changed sets the case back, by an entry of its own.
        back = Step.objects.filter(pk__gt=steps, move="set_back_to_pab").count()
        allowed = (0, 1 + back) if done else (0,)
        self._expect(written in allowed, f"{named}, and {written} entries were written")
        self.rows = fingerprint()
        self._expect(written > 0 or self.rows == rows, f"{named}: refused, and rows changed")
        if written:
            self._lawful(post, steps, named)
        self.counts["done" if written else f"answered {answer.status_code}"] += 1

    def _lawful(self, post: Post, steps: int, named: str) -> None:
        """Look at each new step, whose it was, and at where everything stands by the law."""
        acting = self._acting(post.who)
        for step in Step.objects.filter(pk__gt=steps).select_related("course"):
            self.counts[f"{step.course.process} {step.move}"] += 1
            is_own = acting is not None and step.by == acting.person
            is_party = acting is not None and acting.organisation == step.course.party
            roles = {acting.name, "party"} if acting and is_party else {acting.name if acting else ""}
            self._expect(is_own and step.role in roles, f"{named}: a step of {step.by} as {step.role}")
        self._expect(not self._look(), f"{named}: not lawful")
        for pk, way in self.ways.items():
            stands = dict(Place.objects.filter(course=pk, left_at=None).values_list("track", "stage"))
            self._expect(told_of(way)[0] == stands, f"{named}: {stands}, and by the law {way.at}")

    def _time_goes_by(self) -> None:
        """Let some minutes pass, or days; a clock, a body's decision or a hold comes between."""
        self.clock.shift(dt.timedelta(seconds=15))
        if self._now() > self.entered + FRESH:
            self._enter_anew()
        luck = self.dice.random()
        if luck < 0.18:
            self._something_comes_between(luck)
            self._look()
            self.rows = fingerprint()

    def _something_comes_between(self, luck: float) -> None:
        if luck < 0.08:
            self._on(self.day + self.dice.randint(1, 9) * ONE)
            for errand in (pass_due, heard, ended):
                errand(self._now(), self.day)
        elif luck < 0.16:
            body = self.dice.choice((self.cast.pab, self.cast.panel))
            taken = Taken("APPROVED", "The case", "So decided.", body, self.day, key(), party=self.cast.alfa)
            record_decision(taken=taken, by=on(self.cast.sam, self.day), at=self._now())
        else:
            courses = list(Course.objects.filter(process="case", ended_on=None).order_by("pk"))
            courses = courses or [self._fresh().course]
            told: dict[str, Any] = {"key": key(), "from_on": self.day, "until_on": self.day + 2 * ONE}
            placed = Placed("The market stands still", course=self.dice.choice(courses), **told)
            place_hold(placed=placed, by=on(self.cast.sam, self.day), at=self._now())

    def _look(self) -> list[str]:
        """Let everything go its way again by the law, and return what was not lawful."""
        again = replayed(self._now(), judge=held_by_hand)
        self.ways = again.ways
        self.wrong += again.wrong
        return again.wrong

    def _on(self, day: dt.date) -> None:
        self.day = day
        self.clock.move_to(at(day, 13))
        self._enter_anew()

    def _enter_anew(self) -> None:
        """Let everybody sign in again: a second factor is fresh for some minutes only."""
        self.clients, self.entered = {}, self._now()

    def _now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - the clock that the doors read, which the test moves

    def _fresh(self) -> Case:
        return self.cast.opened(by=on(self.cast.jo, self.day))

    def _acting(self, who: str) -> Acting | None:
        return None if who == "nobody" else getattr(self.cast, who)

    def _client(self, who: str) -> Client:
        if who not in self.clients:
            client, acting = Client(raise_request_exception=False), self._acting(who)
            if acting is None and self.dice.random() < 0.5:
                enter(client, self.stranger)
            elif acting is not None:
                assert acting.person is not None
                enter(client, acting.person, acting.role)
            self.clients[who] = client
        return self.clients[who]

    def _last_step(self) -> int:
        return Step.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def _expect(self, holds: bool, what: str) -> None:  # noqa: FBT001 - what is expected
        if not holds:
            self.wrong.append(what)


def fingerprint() -> list[Any]:
    """Return every row of the rooms that a case has to do with, and what the journal holds."""
    models: list[Any] = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return [*(list(model.objects.order_by("pk").values_list()) for model in models), Payload.objects.count()]


class TestWhatAnybodySends:
    def test_moves_a_case_by_the_law_alone(
        self, time_machine: TimeMachineFixture, record_property: Note
    ) -> None:
        counts: Counter[str] = Counter()
        wrong: list[str] = []

        for seed, sent in enumerate(range(0, POSTS, A_WALK)):
            with transaction.atomic():
                walk = Walk(made_cast(), seed, time_machine)
                walk.go(min(A_WALK, POSTS - sent))
                transaction.set_rollback(True)
            counts, wrong = counts + walk.counts, wrong + walk.wrong

        done = ", ".join(f"{many:,} {what}" for what, many in sorted(counts.items()))
        record_property("counted", f"{POSTS:,} forms sent to addresses of cases: {done}")
        assert wrong == [], "\n".join(wrong[:10])
        assert counts["done"] >= POSTS // 10

    def test_is_told_where_a_refusal_changes_something(self, time_machine: TimeMachineFixture) -> None:
        walk = Walk(made_cast(), 0, time_machine)
        walk.rows = []

        walk._send(Post("ben", "close", "/sec/cases/CASE-2021-NONE/moves/close", {}))

        assert "404: refused, and rows changed" in walk.wrong[0]

    def test_is_told_where_it_moves_what_it_may_not(self, time_machine: TimeMachineFixture) -> None:
        walk = Walk(made_cast(), 0, time_machine)
        case = Case.objects.earliest("pk")
        before = walk._last_step()
        walk.cast.told(case)

        walk._lawful(Post("ben", "give_notice", "", {}), before, "ben gave notice")

        assert any("as analyst" in one for one in walk.wrong)
