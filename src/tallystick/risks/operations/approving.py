"""The register of a period is approved: its scores are the administrator's draft no longer.

A body approves a document, which an act of a room above lets take effect. It calls this and writes the entry.
"""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.risks.models import Approval, OperatingPeriod, Score
from tallystick.risks.operations.entries import class_for, locked_register


class UnableToApproveRegister(Exception):
    """The document is none of the code's, has no reference, or approved the register of another period."""


@unscoped(BY_AN_ACT)
def approve_register(
    period: OperatingPeriod,
    reference: str,
    *,
    on: dt.date,
    by: Acting,
    at: dt.datetime,
    stood_at: dt.datetime | None = None,
) -> Approval:
    """Approve the scores of a period within the act by which a document takes effect, once for a document.

    A score that another took the place of before anybody approved it stays a draft, and so does a later one.

    :param on: the day from which the document is in effect
    :param stood_at: when the document was laid down as the body approved it; later scores it did not see
    :raises UnableToApproveRegister: if it cannot be so
    """
    locked_register(by.code)
    there = _before(period, reference, by)
    if there is not None:
        return there
    made = Approval(
        code=period.code,
        classification=class_for(by),
        publicity=Approval.ISSUED,
        body_id=period.body_id,
        period=period,
        reference=reference,
        on=on,
        stood_at=stood_at or at,
        by=by.person,
        at=at,
    )
    made.save(force_insert=True)
    for score in _approved(period, made.stood_at):
        if score.publicity == Score.DRAFT:
            score.publicity = Score.ISSUED
            score.save(update_fields=["publicity"])
    return made


def _before(period: OperatingPeriod, reference: str, by: Acting) -> Approval | None:
    """Return what the document approved before.

    :raises UnableToApproveRegister: if that was something else, or it is no document of the code
    """
    if period.code != by.code or not reference.strip():
        raise UnableToApproveRegister("Name a document of the code that the register belongs to.")
    there: Approval | None = Approval.objects.filter(code=by.code, reference=reference).first()
    if there is not None and there.period_id != period.pk:
        raise UnableToApproveRegister(f"{reference} approved the register of another period.")
    return there


def _approved(period: OperatingPeriod, stood_at: dt.datetime) -> list[Score]:
    """Return the last score of each risk of the register by each method, by the time a document stood.

    With them go those of earlier periods that were scored again by the method of this one: the trend rests
    on them.
    """
    of_before = Q(period__from_on__lt=period.from_on, again=True, method=period.method)
    standing = Q(risk__ended_on=None) | Q(risk__ended_on__gt=timezone.localtime(stood_at).date())
    found = Score.objects.filter(standing, Q(period=period) | of_before, code=period.code, at__lte=stood_at)
    last: dict[tuple[int, int, str], Score] = {}
    for one in found.order_by("number"):
        last[one.risk_id, one.period_id, one.method] = one
    return list(last.values())
