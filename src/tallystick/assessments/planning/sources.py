"""What a plan rests on, as somebody may see it: the standing scores of a period, the words of its risks."""

from dataclasses import dataclass

from tallystick.assessments.planning.asking import Exposed, Year
from tallystick.assessments.planning.terms import PENCE, Terms
from tallystick.parties.acting import Acting
from tallystick.risks import queries
from tallystick.risks.methods import value_of
from tallystick.risks.models import OperatingPeriod, Score, Wording
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.scoring import Grid


@dataclass(frozen=True)
class Stood:
    """A risk of a period that has a score, with the words that count."""

    exposed: Exposed
    words: Wording
    score: Score


def standing(acting: Acting, period: OperatingPeriod) -> list[Stood]:
    """Return the risks of a period with a score that somebody may see, by reference."""
    scores, words = _scores(acting, period)
    found = []
    for reference, score in scores.items():
        said = words[reference]
        exposed = Exposed(reference, said.area, tuple(said.caused_by), score.net)
        found.append(Stood(exposed, said, score))
    return found


def unit_of(period: OperatingPeriod) -> str:
    """Return what exposure is counted in, by the method that scores a period."""
    known = value_of(period.code, period.method, period.opened_on)
    return "exposure points" if known is not None and isinstance(known[1], Grid) else "pounds a year"


def year_of(period: OperatingPeriod) -> Year:
    return Year(period.from_on.month)


def first_terms(rulebook: Rulebook) -> Terms:
    """Return the terms of a plan of which nobody said any: the least that a budget provides."""
    amounts = [one.amount for one in rulebook.code.provisions]
    return Terms(int(min(amounts, default=0) * PENCE))


def most_of(rulebook: Rulebook, *budgets: int) -> int:
    """Return the budget up to which a plan is looked at, in pence: the most that is provided or asked for."""
    return max([*(int(one.amount * PENCE) for one in rulebook.code.provisions), *budgets, 1])


def _scores(acting: Acting, period: OperatingPeriod) -> tuple[dict[str, Score], dict[str, Wording]]:
    there = [one for one in queries.risks(acting) if one.ended_on is None or one.ended_on > period.until_on]
    scores = queries.scores_by_risk(acting, there)
    words = queries.words_by_risk(acting, there)
    stands = {one.reference: queries.standing(scores[one.pk], period) for one in there if words[one.pk]}
    counted = {reference: one for reference, one in stands.items() if one is not None}
    return counted, {one.reference: words[one.pk][0] for one in there if words[one.pk]}
