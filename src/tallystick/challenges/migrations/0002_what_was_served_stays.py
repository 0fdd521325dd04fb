"""The database keeps what was served, received and disputed; what ended, and was corrected, is so once.

Challenges and disputes go under PostgreSQL's own policies: the second layer.
"""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept
from tallystick.parties.row_policies import secured

WHERE = ("body_id", "publicity")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("challenges", "0001_initial")]
    operations: ClassVar = [
        secured("challenges_challenge", "challenges_dispute"),
        kept(
            Keeping("challenges.Challenge", WHERE, once=("closed_at",)),
            Keeping("challenges.Dispute", WHERE, once=("closed_at", "corrected_by_id")),
        ),
    ]
