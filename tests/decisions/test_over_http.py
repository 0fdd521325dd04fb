"""Many browsers send the same votes again and again, and a close comes between: all of it by HTTP."""

import http.client
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as told
from django.db import connection
from django.test import Client

from tallystick.decisions.models import Ballot, Motion
from tallystick.parties.acting import Acting
from tests.decisions.chamber import DAY, Chamber, chamber, opened, recounted, seat_at, told_of
from tests.decisions.test_races import Note
from tests.site.entering import enter

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
    pytest.mark.usefixtures("rules"),
]
VOTERS = int(os.environ.get("TALLY_VOTERS", "20"))
CLOSES_TRIED = int(os.environ.get("TALLY_CLOSES", "2"))
BROWSERS, RETRIES, AT_ONCE = (10, 3, 16) if VOTERS >= 200 else (3, 2, 8)
AT_A_CLOSE = 8
A_FEW = 3  # at once, so that some votes are in before the close and some meet it
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Browser:
    """A window in which somebody has signed in: where the site is, and what it sends with every form."""

    host: str
    port: int
    cookies: str
    mark: str

    def send(self, address: str, **filled: str) -> int:
        """Send a form, and return what the site answered."""
        asked = http.client.HTTPConnection(self.host, self.port, timeout=120)
        try:
            body = urlencode({"csrfmiddlewaretoken": self.mark, **filled})
            asked.request("POST", address, body, {"Content-Type": FORM, "Cookie": self.cookies})
            answer = asked.getresponse()
            answer.read()
            return answer.status
        finally:
            asked.close()


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    settings.DEMO_DAY = DAY.isoformat()


@pytest.fixture
def site(live_server: Any) -> Iterator[Any]:
    yield live_server.thread
    connection.close()


def browser(site: Any, acting: Acting) -> Browser:
    assert acting.person is not None
    client, mark = Client(), secrets.token_hex(16)
    enter(client, acting.person, acting.role)
    kept = {**{name: one.value for name, one in client.cookies.items()}, told.CSRF_COOKIE_NAME: mark}
    return Browser(site.host, site.port, "; ".join(f"{name}={value}" for name, value in kept.items()), mark)


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - dice, no secrets


def sent(tasks: list[Any], workers: int = AT_ONCE) -> list[int]:
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda task: task(), tasks))


def voting(site: Any, of: Chamber, motion: Motion, place: int, number: int) -> Any:
    """Return what sends the vote of a seat from one browser, whose form has a key of its own."""
    window = browser(site, of.members[place])
    choice = "reject" if number == BROWSERS - 1 else "approve"
    address = f"/sec/decisions/{motion.reference}/seats/{seat_at(motion, place).seat.handle}/vote"
    key = f"form {place} {number}"
    return lambda: window.send(address, key=key, conflict="none", choice=choice, reason="")


class TestAVote:
    def test_is_cast_once_however_many_browsers_send_it(self, site: Any, record_property: Note) -> None:
        pab = chamber(VOTERS)
        motion = opened(pab)
        sends = [voting(site, pab, motion, place, one) for place in range(VOTERS) for one in range(BROWSERS)]
        tasks = sends * RETRIES
        dice(3).shuffle(tasks)

        statuses = Counter(sent(tasks))

        assert set(statuses) <= {302, 409}
        assert Ballot.objects.filter(motion=motion).count() == VOTERS
        casts = [facts["seat"] for act, facts in told_of(motion) if act == "decisions.cast_vote"]
        assert len(casts) == len(set(casts)) == VOTERS
        line = f"{len(tasks):,} votes over HTTP by {VOTERS} voters from {BROWSERS} browsers each"
        record_property("counted", f"{line} on {connection.vendor}: {len(casts)} ballots, {dict(statuses)}")


class TestAClose:
    def test_counts_every_vote_that_was_taken_and_tells_the_others(
        self, site: Any, record_property: Note
    ) -> None:
        pab, drawn, late = chamber(AT_A_CLOSE), dice(17), 0
        chair = browser(site, pab.chair)
        for _ in range(CLOSES_TRIED):
            motion = opened(pab, scheme="early")
            tasks = [voting(site, pab, motion, place, 0) for place in range(AT_A_CLOSE)]
            close = f"/sec/decisions/{motion.reference}/close"
            tasks.insert(
                drawn.randrange(len(tasks)),
                lambda at=close: 10 * chair.send(at, because="The plan is sent anew"),
            )

            statuses = sent(tasks, A_FEW)

            ended = Motion.objects.get(pk=motion.pk)
            assert statuses.count(3020) == 1
            assert set(statuses) <= {302, 409, 3020}
            entries = list(motion.ballots.values_list("entry", flat=True))
            assert len(entries) == statuses.count(302) == ended.count["present"]
            assert all(entry < (ended.closed_entry or 0) for entry in entries)
            assert ended.count == recounted(ended)
            late += statuses.count(409)
        line = f"{CLOSES_TRIED} closes over HTTP against {AT_A_CLOSE} votes each on {connection.vendor}"
        record_property("counted", f"{line}: {late} came late and were told so")
