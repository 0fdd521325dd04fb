"""Challenges and disputes go under PostgreSQL's own policies: the second layer."""

from typing import ClassVar

from django.db import migrations

from tallystick.parties.row_policies import secured


class Migration(migrations.Migration):
    dependencies: ClassVar = [("challenges", "0001_initial")]
    operations: ClassVar = [secured("challenges_challenge", "challenges_dispute")]
