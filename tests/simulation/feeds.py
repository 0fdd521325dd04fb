"""Evidence as parties send it in a simulated year: in time, late, twice, corrected and corrupt."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import NamedTuple

import pyarrow.parquet as pq
import pytest

from tallystick.evidence.here import run_here
from tallystick.evidence.reading import read_with
from tallystick.parties.models import Organisation
from tallystick.runs import installation, sending, uploads
from tallystick.runs.models import Submission
from tests.simulation.chance import dice_of
from tests.simulation.desk import Desk
from tests.simulation.law import ONE
from tests.simulation.town import Town

STREAM, HEADER = "hub_returns", "hub_id,activity,at,party,region,fault"
SENDERS, ROWS = 3, 4
TAKEN = (Submission.COMMITTED, Submission.NO_CHANGE)


class File(NamedTuple):
    """What somebody sent: rows of some days, by their hubs; none of them where it cannot be read."""

    party: Organisation
    lines: tuple[str, ...]
    rows: dict[dt.date, frozenset[str]]


@contextmanager
def read_here() -> Iterator[None]:
    """Let files be read in this process, which is quicker by a second each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "read_file", partial(read_with, run_here))
        yield


class Feeds:
    """What was sent; `stands` is what the evidence has to hold, by hand: of each party and day its hubs."""

    def __init__(self, desk: Desk, town: Town) -> None:
        self.desk, self.town = desk, town
        self.stands: dict[tuple[str, dt.date], frozenset[str]] = {}
        self.sent: list[File] = []

    def send(self, day: dt.date) -> None:
        """Let somebody send a file, once in a while."""
        dice = dice_of(self.desk.seed, "feeds", day)
        if dice.random() > 0.15:
            return
        party = dice.choice(self.town.parties[:SENDERS])
        kinds: list[Callable[[Organisation, dt.date, Random], File]] = [
            *(self._in_time, self._in_time, self._late, self._again, self._corrected),
            *(self._broken, self._odd_row),
        ]
        kind = dice.choice(kinds)
        file = kind(party, day, dice)
        self.desk.counts[f"files{kind.__name__.replace('_', ' ')}"] += 1
        self._taken(file, day, dice)

    def _taken(self, file: File, day: dt.date, dice: Random) -> None:
        """Look a file over and take it in, or leave it: what cannot be read is refused at once."""
        by = self.town.acting(self.town.jo, day)
        text = "\n".join([*file.lines, ""]).encode()
        told = sending.Told(STREAM, file.party)

        left: list[uploads.Upload] = []

        def looked_over(at: dt.datetime) -> Submission:
            # The file of one that was broken off waits to be swept, and handles are drawn alike here.
            for one in left:
                uploads.remove(one.handle)
            left.append(uploads.keep([text], filename="rows.csv", person=by.person))
            return sending.preview(left[-1], told, by=by, at=at)

        shown: Submission = self.desk.do("files looked over", looked_over, again=False)
        if shown.state != Submission.PREVIEWED:
            self.desk.counts["files refused"] += 1
            return
        if dice.random() < 0.1:
            self.desk.do("files left", lambda at: sending.discard(shown, by=by, at=at), again=False)
            return
        done = self.desk.do("files taken in", lambda at: sending.commit(shown, by=by, at=at), again=False)
        self.desk.expect(done.state in TAKEN, f"a file stands as {done.state}")
        self.stands |= {(file.party.slug, one): hubs for one, hubs in file.rows.items()}
        self.sent.append(file)

    def _file(self, party: Organisation, days: list[dt.date], mark: str) -> File:
        rows = {day: [f"{party.slug}-{day:%y%m%d}-{mark}{one}" for one in range(ROWS)] for day in days}
        lines = [
            f"{hub},removed,{day}T{10 + one}:00:00Z,{party.name},north,"
            for day, hubs in rows.items()
            for one, hub in enumerate(hubs)
        ]
        return File(party, (HEADER, *lines), {day: frozenset(hubs) for day, hubs in rows.items()})

    def _in_time(self, party: Organisation, day: dt.date, _: Random) -> File:
        return self._file(party, [day - one * ONE for one in (1, 2)], "a")

    def _late(self, party: Organisation, day: dt.date, dice: Random) -> File:
        return self._file(party, [day - dice.randint(20, 40) * ONE], "l")

    def _again(self, party: Organisation, day: dt.date, dice: Random) -> File:
        own = [one for one in self.sent if one.party == party]
        return own[-1] if own else self._in_time(party, day, dice)

    def _corrected(self, party: Organisation, day: dt.date, dice: Random) -> File:
        own = [one for slug, one in self.stands if slug == party.slug]
        return self._file(party, [dice.choice(own)], f"c{day:%m%d}-") if own else self._late(party, day, dice)

    def _broken(self, party: Organisation, day: dt.date, _: Random) -> File:
        whole = self._file(party, [day - ONE], "b")
        return File(party, (HEADER.replace("hub_id", "hub"), *whole.lines[1:]), {})

    def _odd_row(self, party: Organisation, day: dt.date, _: Random) -> File:
        """Return a file of which one row has no such region: that one is refused, and the rest taken."""
        whole = self._file(party, [day - 3 * ONE], "o")
        [(one, hubs)] = whole.rows.items()
        odd = whole.lines[-1].replace("north", "nowhere")
        return File(party, (*whole.lines[:-1], odd), {one: hubs - {odd.partition(",")[0]}})


def lost_or_doubled(feeds: Feeds) -> Iterator[str]:
    """Compare the rows in the files of the latest snapshot with those that have to stand."""
    if not feeds.stands:
        return
    days = installation.store().snapshot("sec").days(STREAM)
    kept = Counter(hub for one in days.values() for hub in pq.read_table(one.ids)["hub_id"].to_pylist())
    wanted = Counter(hub for hubs in feeds.stands.values() for hub in hubs)
    yield from (f"{hub} stands {many} times in the evidence" for hub, many in (kept - wanted).items())
    yield from (f"{hub} is lost" for hub in wanted - kept)
