"""The database keeps tags, results, certificates and samples as written, but for words ordered away."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept, unsampled

WORDS = {
    "assessments.Tag": ("why",),
    "assessments.Item": ("title",),
    "assessments.ItemResult": ("note",),
    "assessments.Sample": ("population", "listed", "drawn"),
    "assessments.Tally": ("note",),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0005_tests_row_security")]
    operations: ClassVar = [
        kept(
            Keeping("assessments.Tag", words=WORDS["assessments.Tag"]),
            Keeping("assessments.Item", ("publicity",), words=WORDS["assessments.Item"]),
            Keeping("assessments.ItemResult", words=WORDS["assessments.ItemResult"]),
            Keeping("assessments.Certificate"),
            Keeping("assessments.Sample", words=WORDS["assessments.Sample"]),
            Keeping("assessments.Tally", words=WORDS["assessments.Tally"]),
        ),
        unsampled({model.lower().replace(".", "_"): columns for model, columns in WORDS.items()}),
    ]
