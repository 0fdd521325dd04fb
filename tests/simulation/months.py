"""What evidence says in a simulated year: shares of each party by month, planted, landed, some landed again.

The world of a party is a share that it reaches, by month; what lands is what is known of it by then.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

from tallystick.findings.lines import Line
from tallystick.journal.subjects import Actor
from tallystick.month.assessment import Assessment, Figure, Finding
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.periods import Span
from tallystick.runs.claims import claim
from tallystick.runs.computing import Computed
from tallystick.runs.models import Run
from tallystick.runs.operations import land_run, start_run
from tests.month.july import MONTH
from tests.simulation.chance import dice_of
from tests.simulation.desk import Desk
from tests.simulation.town import CODE, Town

MEASURE, OBLIGATION, AREA = "AREA-B", "OBL-AREA-B", "b"
LEVEL, OF = 95, 100
WORKER = Actor("", "Worker")
LIKE = next(one for one in MONTH.figures if "party" in one.group)
Told = tuple[int, int]


class Months:
    """The months that have landed: of each what it says of each party, `numerator` of `denominator`."""

    def __init__(self, desk: Desk, town: Town) -> None:
        self.desk, self.town = desk, town
        self.told: dict[str, dict[str, Told]] = {}
        self.poor = {one.slug: dice_of(desk.seed, "poor", one.slug).random() < 0.45 for one in town.parties}
        self.mending: dict[str, dt.date] = {}

    def share(self, party: Organisation, period: str) -> Told | None:
        """Return what a party's month was: of one party in twenty, nothing was sent."""
        dice = dice_of(self.desk.seed, "share", party.slug, period)
        if party.slug in self.town.gone or dice.random() < 0.05:
            return None
        since = self.mending.get(party.slug)
        is_poor = self.poor[party.slug] and not (since and period >= f"{since:%Y-%m}")
        if dice.random() < 0.04:
            return 0, 0
        return (dice.randint(70, 94) if is_poor else dice.randint(94, 100)), OF

    def land(self, period: str, by: Acting, *, mended: bool = False) -> Run | None:
        """Compute a month as it is known now; `mended` where some findings turn out to be none."""
        shares = {one.slug: self.share(one, period) for one in self.town.here()}
        if mended:
            shares |= {
                slug: told
                for slug, told in self.told[period].items()
                if dice_of(self.desk.seed, "mended", slug, period).random() < 0.6
            }
            shares |= {
                slug: (99, OF)
                for slug, told in self.told[period].items()
                if dice_of(self.desk.seed, "withdrawn", slug, period).random() < 0.45
            }
        known = {slug: told for slug, told in shares.items() if told is not None}
        telling: dict[str, Any] = {"period": Span.parse(period), "known_on": by.day}
        run = self.desk.do("months asked for", lambda at: start_run(**telling, by=by, at=at), again=False)
        turn = claim("worker", self.desk.now)
        assert turn is not None
        assert turn.run == run
        computed = Computed(self._assessed(period, known, by.day), rulebook_of(CODE), (), {})
        landed: Run = self.desk.do(
            "months landed", lambda at: land_run(run=turn.run, computed=computed, by=WORKER, at=at)
        )
        self.told[period] = known
        return landed

    def held_since(self, slug: str, since: str, months: int, level: int) -> bool:
        """Count by hand whether the level was reached in so many months running, from a month on."""
        row = 0
        for period in sorted(self.told):
            if period < since:
                continue
            told = self.told[period].get(slug)
            if told == (0, 0):
                continue
            row = row + 1 if told is not None and told[0] >= level * told[1] / OF else 0
            if row == months:
                return True
        return False

    def _assessed(self, period: str, known: dict[str, Told], day: dt.date) -> Assessment:
        named = {one.slug: one.name for one in self.town.parties}
        figures = tuple(self._figure(period, named[slug], told) for slug, told in sorted(known.items()))
        findings = [self._finding(one) for one in figures if one.denominator and one.state == "below_minimum"]
        return replace(
            MONTH,
            code=CODE,
            period=period,
            known_on=str(day),
            figures=figures,
            findings=tuple(findings),
            history={},
            received=(),
            reports=(),
            missing=(),
            lines=(),
        )

    def _figure(self, period: str, party: str, told: Told) -> Figure:
        numerator, denominator = told
        said: dict[str, Any] = {"state": "met" if numerator >= LEVEL else "below_minimum"}
        if not denominator:
            said["state"] = "no_events"
        return replace(
            LIKE,
            measure=MEASURE,
            obligation=OBLIGATION,
            kind="matches",
            group={"party": party},
            period=period,
            numerator=numerator,
            denominator=denominator,
            share=None,
            run=None,
            above_minimum=None,
            spc=None,
            change=None,
            **said,
        )

    def _finding(self, figure: Figure) -> Finding:
        subject, period = figure.group["party"], figure.period
        missed = OF - (figure.numerator or 0)
        lines = tuple(
            Line(MEASURE, f"{subject}|{period}|{one}", subject, f"{period}-{one + 1:02}", "The other variant")
            for one in range(min(missed, 3))
        )
        return Finding(
            id=f"FND-{[one.name for one in self.town.parties].index(subject):03}-{period}",
            obligation=OBLIGATION,
            area=AREA,
            clause=("F",),
            measure=MEASURE,
            subject=subject,
            group=figure.group,
            period=period,
            numerator=figure.numerator,
            denominator=figure.denominator,
            state="below_minimum",
            why=f"{figure.numerator} of {OF} were of the variant",
            first_seen=period,
            exceptions=len(lines),
            lines=lines,
        )
