"""The site as a server calls it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tallystick.site.settings")
application = get_wsgi_application()

from tallystick.site import read_only  # noqa: E402 - needs Django started

read_only.look()
