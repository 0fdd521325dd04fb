"""Put the rows with a class under PostgreSQL's own policies; see `parties.row_policies`."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured

TABLES = (
    *("runs_submission", "runs_heldrow", "runs_run", "runs_figure", "runs_finding", "runs_findingversion"),
    *("runs_linelist", "runs_exclusion", "runs_question"),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("runs", "0001_initial")]
    operations: ClassVar = [secured(*TABLES)]
