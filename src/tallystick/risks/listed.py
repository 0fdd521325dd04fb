"""Risks as the register lists them for a period: words, score, trend, where each stands, its indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tallystick.parties.acting import Acting
from tallystick.risks import queries
from tallystick.risks.drafts import WAITING, Draft, draft_of
from tallystick.risks.methods import TITLES, Method, amount, method_of, position_of
from tallystick.risks.models import OperatingPeriod, Risk, Score, Wording
from tallystick.risks.queries import Indicator
from tallystick.risks.scoring.grid import Stands

ORDER = ("above", "watch", "within", None)
PILLS: dict[Stands | None, str] = {
    "above": "below_minimum",
    "watch": "below_target",
    "within": "met",
    None: "no_level",
}


@dataclass(frozen=True)
class Listed:
    """A risk in a period; `before` is its score of the period before, by the same value of the same method.

    `approved` is what was approved last, where the score itself is a draft of a revision.
    """

    risk: Risk
    words: Wording
    score: Score | None
    before: Score | None
    position: Stands | None
    indicators: tuple[Indicator, ...]
    method: Method | None = None
    draft: Draft = "approved"
    approved: Score | None = None

    @property
    def title(self) -> str:
        """Where it stands, in a word or two."""
        return TITLES[self.position] if self.position else "No score"

    @property
    def pill(self) -> str:
        """The state whose colours and shape show where it stands."""
        return PILLS[self.position]

    @property
    def is_draft(self) -> bool:
        """Whether its score waits for its body still."""
        return self.score is not None and self.draft in WAITING

    def told(self, score: Decimal) -> str:
        """Return a score of its method as people write it."""
        return amount(self.method, score)

    @property
    def trend(self) -> str:
        """Whether the net score rose, fell or stayed against the period before; empty if not known."""
        if self.score is None or self.before is None:
            return ""
        if self.score.net == self.before.net:
            return "steady"
        return "rose" if self.score.net > self.before.net else "fell"


def register(acting: Acting, period: OperatingPeriod, earlier: OperatingPeriod | None) -> tuple[Listed, ...]:
    """Return the risks of a period as somebody may see them, what stands worst first."""
    found = [one for one in queries.risks(acting) if _is_of(one, period)]
    words, scores = queries.words_by_risk(acting, found), queries.scores_by_risk(acting, found)
    worded = [one for one in found if words[one.pk]]
    wanted = {measure for one in worded for measure in words[one.pk][0].indicators}
    figures = queries.indicators(acting, wanted)
    rows = [_listed(one, words[one.pk][0], scores[one.pk], (period, earlier), figures) for one in worded]
    return tuple(sorted(rows, key=_place))


def before_of(score: Score | None, scores: Sequence[Score], earlier: OperatingPeriod | None) -> Score | None:
    """Return the latest score of the period before by the same method, whether scored again or not."""
    if score is None or earlier is None:
        return None
    alike = (score.method, score.method_on)
    of_earlier = (one for one in scores if one.period_id == earlier.pk)
    return next((one for one in of_earlier if (one.method, one.method_on) == alike), None)


def _is_of(risk: Risk, period: OperatingPeriod) -> bool:
    """Tell whether a risk stood in the register of a period when that ended, or when it was opened later."""
    began = risk.since <= max(period.until_on, period.opened_on)
    return began and (risk.ended_on is None or risk.ended_on > period.until_on)


def _listed(
    risk: Risk,
    words: Wording,
    scores: Sequence[Score],
    of: tuple[OperatingPeriod, OperatingPeriod | None],
    figures: Mapping[str, Indicator],
) -> Listed:
    period, earlier = of
    score = queries.standing(scores, period)
    draft = draft_of(score, scores) if score is not None else "approved"
    issued = [one for one in scores if one.publicity != Score.DRAFT]
    return Listed(
        risk=risk,
        words=words,
        score=score,
        before=before_of(score, scores, earlier),
        position=position_of(score) if score is not None else None,
        indicators=tuple(figures[one] for one in words.indicators if one in figures),
        method=method_of(score) if score is not None else None,
        draft=draft,
        approved=queries.standing(issued, period) if draft == "revision" else None,
    )


def _place(one: Listed) -> tuple[int, Decimal, str]:
    net = one.score.net if one.score is not None else Decimal(0)
    return ORDER.index(one.position), -net, one.risk.reference
