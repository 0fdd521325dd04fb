"""Settings of the tests: a home that goes with the run, quick passwords, messages kept in memory."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("TALLY_HOME", tempfile.mkdtemp(prefix="tally-tests-"))
os.environ.setdefault("TALLY_SECRET", "of-the-tests-alone")
(Path(os.environ["TALLY_HOME"]) / "static").mkdir(parents=True, exist_ok=True)

from tallystick.parties.row_policies import DECLARED  # noqa: E402
from tallystick.site.settings import *  # noqa: E402, F403 - what is tested is what is run

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Found when asked for: every new browser of a test would look through all of them first.
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["localhost", "testserver"]
# A file, as where it runs: connections to one database in memory do not wait for each other.
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}  # noqa: F405
else:
    # Tests look at rows as the command line does; what they ask of a page is seen as whoever asks may see it.
    DATABASES["default"]["OPTIONS"] = {"options": DECLARED}  # noqa: F405
