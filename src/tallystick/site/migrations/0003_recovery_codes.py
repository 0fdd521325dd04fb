"""Recovery codes that lay as one secret that all follow from are kept as slow hashes, each for itself."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import make_password
from django.db import migrations


def hash_codes(apps, schema_editor):
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type="recovery_codes"):
        if "codes" not in row.data:
            left = RecoveryCodes(row).get_unused_codes() if row.data else []
            row.data = {"codes": [{"name": "", "hash": make_password(code)} for code in left]}
            row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("site", "0002_visits"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(hash_codes, migrations.RunPython.noop)]
