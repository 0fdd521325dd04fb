"""The database keeps drafts, documents and what was said of them, but for words ordered away."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled

WORDS = {
    "assessments.Draft": ("says", "whys"),
    "assessments.Document": ("why",),
    "assessments.Frozen": ("words",),
    "assessments.Comment": ("words",),
    "assessments.Reply": ("words",),
}
CHANGES = {
    "assessments.Draft": ("publicity",),
    "assessments.Document": ("publicity", "from_on", "until_on", "ended_at"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("assessments", "0014_plan_row_security"),
        ("journal", "0005_no_statistics_of_words"),
    ]
    operations: ClassVar = [
        kept(*(Keeping(model, CHANGES.get(model, ()), words=words) for model, words in WORDS.items())),
        unsampled({model.lower().replace(".", "_"): columns for model, columns in WORDS.items()}),
    ]
