"""Derogations, their terms and forbearance go under PostgreSQL's own policies: the second layer."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured

TABLES = ("derogations_derogation", "derogations_term", "derogations_forbearance")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("derogations", "0001_initial")]
    operations: ClassVar = [secured(*TABLES)]
