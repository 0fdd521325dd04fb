"""The words of derogations and forbearance go where two persons order away those of the entry that names them."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, no_longer_kept, unsampled

BEFORE = (
    Keeping("derogations.Derogation", ("body_id", "publicity", "last_on", "ended_at")),
    Keeping("derogations.Term"),
    Keeping("derogations.Forbearance", ("publicity", "since_on", "review_on", "ended_on", "ended_at")),
)
WORDS = {
    "derogations.Derogation": ("scope", "conditions", "justification", "control"),
    "derogations.Term": ("conditions",),
    "derogations.Forbearance": ("why",),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("derogations", "0003_what_was_granted_stays"),
        ("journal", "0005_no_statistics_of_words"),
    ]
    operations: ClassVar = [
        no_longer_kept(*BEFORE),
        kept(*(one._replace(words=WORDS[one.model]) for one in BEFORE)),
        unsampled({model.lower().replace(".", "_"): columns for model, columns in WORDS.items()}),
    ]
