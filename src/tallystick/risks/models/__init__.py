"""What is remembered of risks: their words and where they came from, their scores, and what was proposed."""

from tallystick.risks.models.approval import Approval
from tallystick.risks.models.period import OperatingPeriod
from tallystick.risks.models.risk import Lineage, Risk, Wording
from tallystick.risks.models.score import Answer, Proposal, Score

__all__ = ["Answer", "Approval", "Lineage", "OperatingPeriod", "Proposal", "Risk", "Score", "Wording"]
