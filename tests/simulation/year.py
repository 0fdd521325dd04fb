"""A year of forty parties on a clock of its own, by the real acts: the same seed lives the same year.

It breaks acts off and asks for them again, sends forms twice, and lets people try what is not theirs.
"""

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.test import override_settings

from tallystick.cases.models import Case
from tallystick.cases.operations.clocks import pass_due
from tallystick.cases.operations.opening import UnableToAddFinding, add_finding
from tallystick.challenges.operations.clocks import pass_due as heard
from tallystick.derogations.operations.clocks import pass_due as ended
from tallystick.journal import keys
from tallystick.journal.queries import head
from tallystick.journal.signing import sign_checkpoint
from tallystick.parties.models import Organisation, Standing
from tallystick.processes.models import Hold
from tallystick.processes.operations.holds import Placed, UnableToHold, UnableToLift, lift_hold, place_hold
from tallystick.rulebook.periods import Span
from tallystick.runs.models import Finding
from tallystick.runs.operations import check_exclusion, enter_exclusion
from tallystick.runs.taken import Excluded
from tests.simulation.boards import Boards
from tests.simulation.chance import dice_of, drawn_from
from tests.simulation.desk import Desk
from tests.simulation.docket import Docket
from tests.simulation.feeds import Feeds, read_here
from tests.simulation.hands import File, Hands
from tests.simulation.hearings import Hearings
from tests.simulation.law import ONE, is_working
from tests.simulation.months import Months
from tests.simulation.pleas import Pleas
from tests.simulation.remedying import Remedies
from tests.simulation.replay import clocks_left_open
from tests.simulation.town import BEGINS, Town

SOURCES = (Case.AUDIT, Case.SELF_REPORT, Case.THIRD_PARTY, Case.BY_HAND)
LANDS_ON, RESTATED_ON, LOOKS_EVERY = 8, 20, 10
MARKET_IN, MARKET_FROM = 10, 11
ORIGIN = "tallystick.example/journal"


class Size(NamedTuple):
    """How many parties, and for how many days."""

    parties: int
    days: int


SMALL, FULL = Size(10, 70), Size(40, 365)


class Year:
    """Everything there is in one simulated year. What was not as it has to be stands in `desk.wrong`."""

    def __init__(self, seed: object, size: Size, home: Path, *, crashes: bool = True) -> None:
        self.seed, self.size, self.home = seed, size, home
        self.desk = Desk(seed, crashes=crashes)
        self.restated: set[str] = set()
        self.exiting: set[str] = set()
        self.held: list[Hold] = []
        self.market = False
        keys.make(home, ORIGIN)

    def live(self) -> "Year":
        folders = override_settings(HOME=self.home, STORE=self.home / "store")
        with drawn_from(self.desk.source), folders, read_here():
            self.town = Town(self.desk, self.size.parties)
            self.months = Months(self.desk, self.town)
            self.boards, self.feeds = Boards(self.desk, self.town), Feeds(self.desk, self.town)
            self.hands = Hands(self.desk, self.town)
            self.docket = Docket(self.hands, Remedies(self.hands, self.months), self.boards)
            self.pleas = Pleas(self.hands, self.docket, self.boards)
            self.hearings = Hearings(self.hands, self.docket, self.boards)
            for number in range(self.size.days):
                self._day(BEGINS + number * ONE)
        return self

    @property
    def root(self) -> str:
        return head().root

    def _day(self, day: dt.date) -> None:
        self.desk.on(day)
        self.hands.day = day
        self._morning(day)
        if is_working(day):
            dice = dice_of(self.seed, "day", day)
            self._month(day)
            self._people(day)
            self._holds(day)
            self._exclusions(day)
            self.feeds.send(day)
            if dice.random() < 0.08 * self.size.parties / 12:
                self.docket.open(dice.choice(self.town.here()), (), dice.choice(SOURCES))
            self.boards.sit(day)
            self.docket.work(day)
            self.hearings.work(day)
            self.pleas.work(day)
        if day.weekday() == 0:
            sign_checkpoint(self.home, self.desk.now + dt.timedelta(hours=10), whole=False)

    def _morning(self, day: dt.date) -> None:
        """Let the clocks pass that are over; on some days, look at each that is open after that."""
        for what, errand in (("", pass_due), (" of challenges", heard), (" of leave", ended)):
            name, act = f"clocks passed{what}", partial(errand, on=day)
            self.desk.counts[f"clocks{what}"] += self.desk.do(name, act, entries=int, again=False)
        if day.day % LOOKS_EVERY == 0:
            self.desk.wrong += [f"{day}: {one}" for one in clocks_left_open(day)]

    def _month(self, day: dt.date) -> None:
        """Land the month before, or land it again some weeks later; open cases on what it finds."""
        before = Span.month_of(day.replace(day=1) - ONE)
        period, dice = str(before), dice_of(self.seed, "month", str(before))
        if period < f"{BEGINS - ONE:%Y-%m}":
            return
        by = self.hands.by(self.town.jo)
        if day.day >= LANDS_ON and period not in self.months.told:
            self.months.land(period, by)
            self._take_up(period)
        elif day.day >= RESTATED_ON and period not in self.restated and dice.random() < 0.5:
            self.months.land(period, by, mended=True)
        self.restated |= {period} if day.day >= RESTATED_ON else set()

    def _take_up(self, period: str) -> None:
        """Open a case on a finding, or let one that is open rest on it as well."""
        found = Finding.objects.filter(period=period, party__isnull=False).exclude(state=Finding.WITHDRAWN)
        going: dict[int | None, File] = {one.party.pk: one for one in self.docket.files if not one.is_over}
        for finding in found.select_related("party").order_by("reference"):
            file = going.get(finding.party_id)
            by = self.hands.by(self.town.jo)
            if file is None:
                self.docket.open(_of(finding), (finding,), Case.MONITORING)
            else:
                told: dict[str, Any] = {"case": file.case, "finding": finding, "by": by}
                self.desk.do(
                    "findings added",
                    partial(add_finding, **told),
                    refusals=(UnableToAddFinding,),
                )

    def _people(self, day: dt.date) -> None:
        """Let people resign and others come, and parties leave."""
        dice = dice_of(self.seed, "people", day)
        if dice.random() < 0.06:
            self.town.resign(dice.choice(self.town.here()), day)
        if dice.random() < 0.04:
            key = dice.choice(("PAB", "PANEL"))
            self.town.reseat(key, dice.randrange(len(self.town.terms[key])), day)
        left = len(self.town.gone) + len(self.exiting)
        if dice.random() < 0.03 and left < self.size.parties // 4:
            party = dice.choice(self.town.here())
            standing = Standing.EXITING if dice.random() < 0.5 else Standing.SOLR
            if party.slug not in self.exiting:
                self.town.leave(party, day, standing)
                self.exiting.add(party.slug)

    def _holds(self, day: dt.date) -> None:
        """Put a case on hold, or for two weeks in autumn the whole market; lift what is on hold."""
        dice, by = dice_of(self.seed, "holds", day), self.hands.by(self.town.sam)
        going = [one for one in self.docket.files if not one.is_over]
        placed = Placed(why="The market stands still", key=self.desk.key(), from_on=day)
        if not self.market and day.month == MARKET_IN and day.day >= MARKET_FROM:
            self.market = True
            self._place(replace(placed, processes=("case", "remedy"), until_on=day + 9 * ONE))
        elif going and dice.random() < 0.1:
            ends = day + dice.randint(3, 20) * ONE if dice.random() < 0.5 else None
            self._place(replace(placed, course=dice.choice(going).case.course, until_on=ends))
        for hold in [one for one in self.held if dice.random() < 0.1]:
            self.held.remove(hold)
            told: dict[str, Any] = {"hold": hold, "because": "It is over", "by": by}
            self.desk.do(
                "holds lifted",
                partial(lift_hold, **told),
                refusals=(UnableToLift,),
                again=False,
            )

    def _place(self, placed: Placed) -> None:
        by = self.hands.by(self.town.sam)
        made = self.desk.do(
            "holds placed", lambda at: place_hold(placed=placed, by=by, at=at), refusals=(UnableToHold,)
        )
        if made is not None and made.course_id is not None:
            self.held.append(made)

    def _exclusions(self, day: dt.date) -> None:
        """Let the analyst take a row out of the figures, and the secretary confirm it or not."""
        dice = dice_of(self.seed, "exclusions", day)
        if dice.random() > 0.06:
            return
        party = dice.choice(self.town.here())
        row = Excluded("hub_returns", f"{party.name}|H-{day:%m%d}|removed|{day}T10:00:00+00:00")
        told: dict[str, Any] = {
            "row": row,
            "reason": "A storm",
            "party": party,
            "by": self.hands.by(self.town.jo),
        }
        made = self.desk.do("exclusions", lambda at: enter_exclusion(**told, at=at), again=False)
        checking: dict[str, Any] = {
            "exclusion": made,
            "agrees": dice.random() < 0.7,
            "by": self.hands.by(self.town.sam),
        }
        self.desk.do("exclusions checked", lambda at: check_exclusion(**checking, at=at), again=False)


def _of(finding: Finding) -> Organisation:
    assert finding.party is not None
    return finding.party
