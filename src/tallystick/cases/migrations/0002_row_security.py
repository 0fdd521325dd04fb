"""Cases and all that is said of them go under PostgreSQL's own policies: the second layer."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured

TABLES = (
    *("cases_case", "cases_teller", "cases_sharedlines", "cases_lineanswer", "cases_message", "cases_note"),
    *("cases_remedy", "cases_milestone", "cases_milestonemet"),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [secured(*TABLES)]
