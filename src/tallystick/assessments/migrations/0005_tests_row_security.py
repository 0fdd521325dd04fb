"""Tags, test items, certificates and samples go under PostgreSQL's own policies."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured

NAMES = ("tag", "item", "itemresult", "certificate", "sample", "tally")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0004_catalogue_tests_and_samples")]
    operations: ClassVar = [secured(*(f"assessments_{name}" for name in NAMES))]
