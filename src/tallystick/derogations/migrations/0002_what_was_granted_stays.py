"""The database keeps what was asked for, granted and forborne as written, but for words ordered away.

Derogations, their terms and forbearance go under PostgreSQL's own policies: the second layer.
"""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled
from tallystick.parties.row_policies import secured

CHANGES = {
    "derogations.Derogation": ("body_id", "publicity", "last_on", "ended_at"),
    "derogations.Forbearance": ("publicity", "since_on", "review_on", "ended_on", "ended_at"),
}
WORDS = {
    "derogations.Derogation": ("scope", "conditions", "justification", "control"),
    "derogations.Term": ("conditions",),
    "derogations.Forbearance": ("why",),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("derogations", "0001_initial"), ("journal", "0002_append_only")]
    operations: ClassVar = [
        secured("derogations_derogation", "derogations_term", "derogations_forbearance"),
        kept(*(Keeping(model, CHANGES.get(model, ()), words=words) for model, words in WORDS.items())),
        unsampled(WORDS),
    ]
