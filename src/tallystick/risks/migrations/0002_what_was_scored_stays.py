"""The database keeps words, scores, proposals and approvals as written, but for words ordered away.

All of them go under PostgreSQL's own policies.
"""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled
from tallystick.parties.row_policies import secured

NAMES = ("operatingperiod", "risk", "wording", "lineage", "score", "proposal", "answer", "approval")
WORDS = {
    "risks.Wording": ("title", "risk_that", "resulting_in", "factors", "elsewhere", "note", "why"),
    "risks.Lineage": ("why",),
    "risks.Score": ("control", "reason"),
    "risks.Answer": ("reason",),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("risks", "0001_initial"), ("journal", "0002_append_only")]
    operations: ClassVar = [
        secured(*(f"risks_{name}" for name in NAMES)),
        kept(
            Keeping("risks.OperatingPeriod"),
            Keeping("risks.Risk", ("ended_on",)),
            Keeping("risks.Wording", words=WORDS["risks.Wording"]),
            Keeping("risks.Lineage", words=WORDS["risks.Lineage"]),
            Keeping("risks.Score", ("publicity",), words=WORDS["risks.Score"]),
            Keeping("risks.Proposal"),
            Keeping("risks.Answer", words=WORDS["risks.Answer"]),
            Keeping("risks.Approval"),
        ),
        unsampled(WORDS),
    ]
