"""What is left of each risk under the plan of a period, for the register of risks to show."""

from decimal import ROUND_HALF_UP, Decimal

from tallystick.assessments.models import Document, Draft
from tallystick.assessments.planning import seen as finding
from tallystick.assessments.planning.drawn import drawn_of
from tallystick.parties.acting import Acting
from tallystick.risks.models import OperatingPeriod

PENNY = Decimal("0.01")


def planned_scores(acting: Acting, period: OperatingPeriod) -> dict[str, Decimal]:
    """Return by reference the net score that is left of each risk, as far as somebody may see the plan.

    It is that of the plan in force, or else of the latest draft; empty where there is neither.
    """
    draft = _in_force(acting, period) or next(iter(finding.drafts(acting, period)), None)
    if draft is None:
        return {}
    left = drawn_of(draft.result).by_risk
    return {risk: Decimal(net).quantize(PENNY, ROUND_HALF_UP) for risk, net in left}


def _in_force(acting: Acting, period: OperatingPeriod) -> Draft | None:
    plans = (one for one in finding.documents(acting, period) if one.kind == Document.PLAN)
    return next((one.draft for one in plans if one.from_on and one.until_on is None), None)
