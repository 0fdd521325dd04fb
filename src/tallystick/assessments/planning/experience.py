"""What techniques that were applied before a period were found to take off risks, beside the rulebook's word.

The effect of a technique on a risk is proposed from measures that the catalogue names for the technique and
the register for the risk: by what share fewer failed after it was first applied than before. Where the
control chart shows no change for the better, none is proposed. Of several measures the least counts.
Nothing of it is counted with before a person has accepted it.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tallystick.assessments.models import EffectAnswer
from tallystick.assessments.reports.account import Account, Started, accounts, started
from tallystick.assessments.reports.days import Reach, Year
from tallystick.assessments.reports.effects import Effect, Side
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks import queries
from tallystick.risks.models import OperatingPeriod

PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Compared:
    """A measure before and after: counts of both sides, in how many months, and what its chart says.

    `taken` is the share of what failed that failed no more, of 1, as a decimal; empty where nobody can tell.
    """

    measure: str
    title: str
    since: str
    before: tuple[int, int, int]
    after: tuple[int, int, int]
    words: str
    taken: str


@dataclass(frozen=True)
class Experience:
    """A technique on a risk: what the rulebook states, by category, and what was found before the period.

    `applied` are the applications that were reported, `came_of` what came of their parts. `proposed` is None
    where no measure can tell. `rows` are the applications and parts that it was read from.
    """

    technique: str
    title: str
    risk: str
    stated: Mapping[str, str]
    applied: tuple[str, ...]
    came_of: Mapping[str, int]
    measures: tuple[Compared, ...]
    proposed: Decimal | None
    rows: tuple[Classified, ...] = field(default=(), compare=False, repr=False)

    @property
    def told(self) -> dict[str, Any]:
        """What it rests on, as JSON."""
        kept = {name: getattr(self, name) for name in ("technique", "title", "risk", "applied", "came_of")}
        told: dict[str, Any] = json.loads(json.dumps({**kept, "measures": [*map(asdict, self.measures)]}))
        return told

    @property
    def digest(self) -> str:
        """What tells it from another: the hash of all that it says."""
        said = json.dumps([self.told, dict(self.stated), str(self.proposed)], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def experiences(acting: Acting, period: OperatingPeriod, known: Started | None = None) -> list[Experience]:
    """Return what was found of techniques before a period, by technique and risk, as somebody may see it.

    :param known: what was applied, where that is read already
    """
    known = known or started(acting)
    last = min(period.from_on - dt.timedelta(days=1), acting.day)
    if known.first is None or known.first > last:
        return []
    before = Reach(Year("", known.first, last), 0, known.first, last)
    risks = queries.risks(acting)
    words = queries.words_by_risk(acting, risks)
    indicators = {one.reference: words[one.pk][0].indicators for one in risks if words[one.pk]}
    found = (_of(acting, account, indicators) for account in accounts(acting, before, known, tags={}))
    return [one for several in found for one in several]


def tried_before(acting: Acting, period: OperatingPeriod) -> dict[str, str]:
    """Return what says that a technique was tried before a period, in words by its key: what was reported."""
    told: dict[str, list[str]] = {}
    for one in started(acting).rows:
        if one.from_on < period.from_on and one.result:
            told.setdefault(one.technique, []).append(one.reference)
    return {key: f"reported before: {', '.join(references)}" for key, references in told.items()}


def answers(acting: Acting, period: OperatingPeriod) -> dict[tuple[str, str], EffectAnswer]:
    """Return the answers that count, by technique and risk, as far as somebody may see them."""
    found = EffectAnswer.objects.visible_to(acting).filter(period=period).select_related("by")
    return {(one.technique, one.risk): one for one in found.order_by("number")}


def accepted(found: Iterable[EffectAnswer]) -> dict[str, dict[str, str]]:
    """Return the shares that plans count with, as decimals by technique and risk."""
    told: dict[str, dict[str, str]] = {}
    for one in found:
        if one.is_accepted:
            told.setdefault(one.technique, {})[one.risk] = f"{one.proposed:f}"
    return told


def _of(acting: Acting, account: Account, indicators: Mapping[str, Iterable[str]]) -> Iterator[Experience]:
    rule = rulebook_of(acting.code).techniques.get(account.rule.key)
    reported = [one for one in account.applied if one.row.result]
    if rule is None or not reported:
        return
    came_of: dict[str, int] = {}
    for one in reported:
        for words, count in one.came_of.items():
            came_of[words] = came_of.get(words, 0) + count
    for risk, shares in sorted(rule.effects.items()):
        own = set(indicators.get(risk, ()))
        several = tuple(_compared(one) for one in account.effects if one.of.measure in own)
        told = [Decimal(one.taken) for one in several if one.taken]
        yield Experience(
            technique=rule.key,
            title=rule.title,
            risk=risk,
            stated={name: f"{share:f}" for name, share in shares.items()},
            applied=tuple(one.row.reference for one in reported),
            came_of=came_of,
            measures=several,
            proposed=min(told) if told and risk in indicators else None,
            rows=tuple(row for one in reported for row in (one.row, *one.parts)),
        )


def _compared(effect: Effect) -> Compared:
    return Compared(
        effect.of.measure,
        effect.of.title,
        effect.since.isoformat(),
        _counts(effect.before),
        _counts(effect.after),
        effect.words,
        _taken(effect),
    )


def _counts(side: Side) -> tuple[int, int, int]:
    return side.numerator, side.denominator, len(side.months)


def _taken(effect: Effect) -> str:
    """Return the share of what failed that failed no more; nothing where there are too few months."""
    before, after = (_failing(effect, side) for side in (effect.before, effect.after))
    if not effect.is_told or before is None or after is None:
        return ""
    if effect.verdict.variation != "improving" or not before:
        return "0.00"
    share = max(Fraction(0), 1 - after / before)
    return str((Decimal(share.numerator) / share.denominator).quantize(PLACES, ROUND_HALF_UP))


def _failing(effect: Effect, side: Side) -> Fraction | None:
    """Return the share of a side that failed: what is not good, or what is counted where less is better."""
    if side.share is None:
        return None
    return 1 - side.share if effect.of.direction == "up" else side.share
