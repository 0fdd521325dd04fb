"""What is remembered of cases."""

from tallystick.cases.models.attachment import AttachedBytes, Attachment
from tallystick.cases.models.case import Case, CaseFinding, LineAnswer, SharedLines, Teller
from tallystick.cases.models.gap import Gap, GapFinding
from tallystick.cases.models.remedy import Milestone, MilestoneMet, Remedy
from tallystick.cases.models.talk import Message, Note

__all__ = [
    "AttachedBytes",
    "Attachment",
    "Case",
    "CaseFinding",
    "Gap",
    "GapFinding",
    "LineAnswer",
    "Message",
    "Milestone",
    "MilestoneMet",
    "Note",
    "Remedy",
    "SharedLines",
    "Teller",
]
