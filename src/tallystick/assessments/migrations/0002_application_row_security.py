"""Applications and their parts go under PostgreSQL's own policies."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0001_application")]
    operations: ClassVar = [secured("assessments_application", "assessments_part")]
