"""Coverage as somebody sees it: from the rulebook, the risks that they may read, and what is applied."""

from collections.abc import Sequence

from tallystick.assessments.coverage.left_open import Known, Named, Question, coverage
from tallystick.assessments.models import Application
from tallystick.parties.acting import Acting
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks import queries
from tallystick.risks.models import Risk, Wording
from tallystick.rulebook.rulebook import Rulebook


def covered(acting: Acting) -> tuple[tuple[Question, ...], list[Risk]]:
    """Return what is left open on the day, and the risks that it was told from.

    Where no register is open, those of the rulebook count, and no row was read.
    """
    rulebook = rulebook_of(acting.code)
    rows = [one for one in queries.risks(acting) if one.ended_on is None]
    words = queries.words_by_risk(acting, rows)
    worded = [one for one in rows if words[one.pk]]
    named = [_named(one, words[one.pk]) for one in worded] or _of_rulebook(rulebook)
    return coverage(Known(rulebook, tuple(named), _aimed(acting), acting.day)), worded


def _named(risk: Risk, words: Sequence[Wording]) -> Named:
    now = words[0]
    owed = (*now.obligations, *now.factor_owed.values())
    return Named(risk.reference, now.title, tuple(now.clauses), owed, tuple(now.indicators))


def _of_rulebook(rulebook: Rulebook) -> list[Named]:
    return [
        Named(
            key,
            one.title,
            one.clause,
            (*one.obligations, *(step.obligation for step in one.factors if step.obligation)),
            one.indicators,
        )
        for key, one in rulebook.risks.items()
    ]


def _aimed(acting: Acting) -> frozenset[str]:
    """Return the risks that a technique is or was applied to; what is planned, or cancelled, is none."""
    started = Application.objects.visible_to(acting).exclude(publicity=Application.DRAFT)
    lasting = started.exclude(ended_at__isnull=False, result="")
    return frozenset(risk for told in lasting.values_list("risks", flat=True) for risk in told)
