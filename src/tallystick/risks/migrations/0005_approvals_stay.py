"""Approvals of registers go under PostgreSQL's own policies, and the database keeps them as they were written."""

from typing import ClassVar

from django.db import migrations

from tallystick.decisions.kept_tables import Keeping, kept
from tallystick.parties.row_policies import secured


class Migration(migrations.Migration):
    dependencies: ClassVar = [("risks", "0004_approval")]
    operations: ClassVar = [secured("risks_approval"), kept(Keeping("risks.Approval"))]
