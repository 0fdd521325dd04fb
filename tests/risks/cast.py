"""The office and the PAB with the register of a year, in which a few risks are scored."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.risks.models import Answer, Approval, OperatingPeriod, Proposal, Risk, Score, Wording
from tallystick.risks.operations.approving import approve_register
from tallystick.risks.operations.descent import Descent, merge_risks, split_risk
from tallystick.risks.operations.opening import Opened, open_register
from tallystick.risks.operations.proposing import Asked, answer_likelihood, propose_likelihood
from tallystick.risks.operations.scoring import Scored, score_again, score_risk
from tallystick.risks.operations.wording import Worded, add_risk, reword_risk
from tallystick.risks.words import Words
from tests.cases import cast as of_cases
from tests.cases.cast import CODE, OPENED, at, key, last_said, on

__all__ = ["CODE", "at", "key", "last_said", "on"]

DAY = OPENED
YEAR, BEFORE = "2022-23", "2021-22"
MONEY = {"events": "4", "low": "1000", "central": "5000", "high": "20000"}


@dataclass(frozen=True)
class Cast:
    """The people of cases, and what the office does with the register."""

    of: of_cases.Cast

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    def opened(self, name: str = YEAR, **told: Any) -> OperatingPeriod:
        year = int(name[:4])
        by = told.pop("by", self.of.jo)
        said: dict[str, Any] = {
            "name": name,
            "from_on": dt.date(year, 4, 1),
            "until_on": dt.date(year + 1, 3, 31),
            "method": "five_by_five",
            "body": "pab",
            "key": key(),
            **told,
        }
        return open_register(opened=Opened(**said), **self.doing(by))

    def scored(
        self,
        risk: Risk | str,
        steps: tuple[int, int, int, int] = (5, 4, 4, 4),
        period: OperatingPeriod | None = None,
        **told: Any,
    ) -> Score:
        """Score a risk by its steps: inherent likelihood and impact, then net."""
        names = ("inherent_likelihood", "inherent_impact", "net_likelihood", "net_impact")
        inputs = dict(zip(names, map(str, steps), strict=True))
        when = self.doing(told.pop("by", self.of.jo), told.pop("day", DAY))
        scored = scoring(**{"inputs": inputs, **told})
        return score_risk(risk=of(risk), period=period or latest(), scored=scored, **when)

    def again(self, risk: Risk | str, period: OperatingPeriod | None = None, **told: Any) -> Score:
        inputs = {f"{side}_{name}": value for side in ("inherent", "net") for name, value in MONEY.items()}
        scored = scoring(**{"method": "money", "inputs": inputs, "appetite": Decimal(100000), **told})
        return score_again(risk=of(risk), period=period or latest(), scored=scored, **self.doing(self.of.jo))

    def added(self, words: Words | None = None, **told: Any) -> Risk:
        said = {"words": words or words_of("A new one"), "why": "Seen in July.", "key": key(), **told}
        by = said.pop("by", self.of.jo)
        return add_risk(worded=Worded(**said), **self.doing(by))

    def reworded(self, risk: Risk | str, words: Words | None = None, **told: Any) -> Wording:
        said = {"words": words or words_of("Said better"), "why": "It was unclear.", "key": key(), **told}
        return reword_risk(risk=of(risk), worded=Worded(**said), **self.doing(self.of.jo))

    def split(self, risk: Risk | str, *titles: str, **told: Any) -> list[Risk]:
        descent = descending(*titles, **told)
        return split_risk(risk=of(risk), descent=descent, **self.doing(self.of.jo))

    def merged(self, *risks: Risk | str, **told: Any) -> Risk:
        descent = descending("Both together", **told)
        return merge_risks(risks=[of(one) for one in risks], descent=descent, **self.doing(self.of.jo))

    def proposed(self, risk: Risk | str, **told: Any) -> Proposal:
        said = {"found": Fraction(1, 2), "clear": Fraction(1, 2), "key": key(), **told}
        return propose_likelihood(
            risk=of(risk), period=latest(), asked=Asked(**said), **self.doing(self.of.jo)
        )

    def answered(self, proposal: Proposal, *, is_accepted: bool = True, **told: Any) -> Answer:
        said = {"reason": "It agrees with what we hear.", "key": key(), **told}
        by = said.pop("by", self.of.jo)
        return answer_likelihood(proposal=proposal, is_accepted=is_accepted, **said, **self.doing(by))

    def approved(
        self, reference: str = "REG-2022-1", period: OperatingPeriod | None = None, **told: Any
    ) -> Approval:
        """Approve the register of a period, as the act of a document does that takes effect."""
        said = {"on": dt.date(2022, 4, 1), **self.doing(told.pop("by", self.of.sam)), **told}
        return approve_register(period or latest(), reference, **said)

    def doing(self, by: Acting, day: dt.date = DAY) -> dict[str, Any]:
        return {"by": on(by, day), "at": at(day)}


def made_cast() -> Cast:
    return Cast(of_cases.made_cast())


def scoring(**told: Any) -> Scored:
    said: dict[str, Any] = {
        "method": "five_by_five",
        "appetite": Decimal(9),
        "target": Decimal(6),
        "control": "Monthly monitoring.",
        "reason": "Findings at one party in four months.",
        "key": key(),
        **told,
    }
    return Scored(**said)


def descending(*titles: str, **told: Any) -> Descent:
    said = {"words": tuple(map(words_of, titles)), "why": "They are two matters.", "key": key(), **told}
    return Descent(**said)


def words_of(title: str, **told: Any) -> Words:
    said: dict[str, Any] = {
        "risk_that": f"{title.lower()} happens",
        "resulting_in": "Users wait",
        "clauses": ("Section F",),
        "obligations": ("OBL-AREA-B",),
        "indicators": ("AREA-B",),
        "drivers": ("growth",),
        "owner": "pab",
        **told,
    }
    return Words(title, **said)


def of(risk: Risk | str) -> Risk:
    found: Risk = Risk.objects.get(code=CODE, reference=risk) if isinstance(risk, str) else risk
    return found


def latest() -> OperatingPeriod:
    found: OperatingPeriod = OperatingPeriod.objects.order_by("-from_on")[0]
    return found


def acts() -> list[str]:
    """Return what the journal holds of this room, in order."""
    found = Entry.objects.filter(act__startswith="risks.").order_by("seq").values_list("act", flat=True)
    return [one.removeprefix("risks.") for one in found]


def without_factor(acting: Acting) -> Acting:
    return replace(acting, second_factor_at=None)
