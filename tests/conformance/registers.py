"""A register of risks of the world: of every class it has, approved and in draft; each text of it a secret.

It comes about by the acts themselves. Whose a text is follows from the row that it stands in.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.risks.models import Answer, Lineage, Proposal, Risk, Score, Wording
from tallystick.risks.operations.approving import approve_register
from tallystick.risks.operations.descent import Descent, split_risk
from tallystick.risks.operations.opening import Opened, open_register
from tallystick.risks.operations.proposing import Asked, answer_likelihood, propose_likelihood
from tallystick.risks.operations.scoring import Scored, score_risk
from tallystick.risks.operations.wording import Worded, add_risk
from tallystick.risks.words import Words
from tests.conformance.cases import said_in
from tests.conformance.cast import BEGAN, Crowd
from tests.conformance.judge import What

NOW = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
TODAY = NOW.date()
YEAR = "2021-22"
CLASSES = ("", "green", "amber")
STEPS = ("inherent_likelihood", "inherent_impact", "net_likelihood", "net_impact")
# In this order: of a text that stands in several, the first says whose it is.
MODELS: tuple[Any, ...] = (Wording, Lineage, Score, Proposal, Answer)


class Registers:
    """Opens a register, approves it with a score of each class, and scores and proposes once more."""

    def __init__(self, crowd: Crowd, mark: Callable[[], str]) -> None:
        self.crowd, self.mark, self.keys = crowd, mark, count(1)
        person = Person.objects.create(name="Register Keeper", email="register-keeper@example.org")
        role = Role.objects.create(person=person, code="sec", role=Role.ANALYST, from_on=BEGAN)
        self.by = Acting("sec", TODAY, person, role, NOW)
        days = dt.date(2021, 4, 1), dt.date(2022, 3, 31)
        opened = Opened(YEAR, *days, "five_by_five", "pab", self._key())
        self.period = open_register(opened=opened, by=self.by, at=NOW)
        risks = [self._added(cls) for cls in CLASSES]
        for risk in risks:
            self._scored(risk, "5444", NOW)
        approve_register(self.period, "REG-2021-1", on=TODAY, by=self.by, at=NOW)
        for risk in risks:
            self._scored(risk, "5434", LATER)
            self._proposed(risk)
        self._split(self._added("amber"))

    def rows(self) -> Iterator[tuple[Any, What]]:
        """Yield the risks that were made here, and whose they are."""
        for row in Risk.objects.filter(since=TODAY, reference__gt="R-08").order_by("reference"):
            yield row, self.what(row)

    def secrets(self) -> Iterator[tuple[str, What, str]]:
        """Yield each secret, whose it is, and the field that it stands in."""
        for model in MODELS:
            for row in model.objects.order_by("pk"):
                yield from said_in(row, self.what(row))

    def what(self, row: Any) -> What:
        body = next((key for key, one in self.crowd.bodies.items() if one.pk == row.body_id), "")
        return What(row.TYPE, row.classification, "", body, row.publicity)

    def _key(self) -> str:
        return f"of-registers-{next(self.keys)}"

    def _words(self) -> Words:
        return Words(
            self.mark(),
            self.mark(),
            self.mark(),
            indicators=("CPM1",),
            factors={"1": self.mark()},
            elsewhere={"1": self.mark()},
            note=self.mark(),
        )

    def _added(self, cls: str) -> Risk:
        worded = Worded(self._words(), self.mark(), self._key(), cls)
        return add_risk(worded=worded, by=self.by, at=NOW)

    def _scored(self, risk: Risk, steps: str, at: dt.datetime) -> Score:
        told = dict(zip(STEPS, steps, strict=True)), Decimal(9), Decimal(6), self.mark(), self.mark()
        scored = Scored("five_by_five", *told, self._key())
        return score_risk(risk=risk, period=self.period, scored=scored, by=self.by, at=at)

    def _proposed(self, risk: Risk) -> None:
        asked = Asked(Fraction(1, 2), Fraction(1, 2), self._key())
        made = propose_likelihood(risk=risk, period=self.period, asked=asked, by=self.by, at=LATER)
        said: dict[str, Any] = {"is_accepted": True, "reason": self.mark(), "key": self._key()}
        answer_likelihood(proposal=made, **said, by=self.by, at=LATER)

    def _split(self, risk: Risk) -> None:
        descent = Descent((self._words(), self._words()), self.mark(), self._key())
        split_risk(risk=risk, descent=descent, by=self.by, at=LATER)
