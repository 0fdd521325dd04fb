"""The database keeps words, scores and proposals as they were written, but for words ordered away."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled

WORDS = {
    "risks.Wording": ("title", "risk_that", "resulting_in", "factors", "elsewhere", "note", "why"),
    "risks.Lineage": ("why",),
    "risks.Score": ("control", "reason"),
    "risks.Answer": ("reason",),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("risks", "0002_row_security"),
        ("journal", "0005_no_statistics_of_words"),
    ]
    operations: ClassVar = [
        kept(
            Keeping("risks.OperatingPeriod"),
            Keeping("risks.Risk", ("ended_on",)),
            Keeping("risks.Wording", words=WORDS["risks.Wording"]),
            Keeping("risks.Lineage", words=WORDS["risks.Lineage"]),
            Keeping("risks.Score", ("publicity",), words=WORDS["risks.Score"]),
            Keeping("risks.Proposal"),
            Keeping("risks.Answer", words=WORDS["risks.Answer"]),
        ),
        unsampled({model.lower().replace(".", "_"): columns for model, columns in WORDS.items()}),
    ]
