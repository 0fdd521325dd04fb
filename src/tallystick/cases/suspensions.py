"""What rooms above say of a case that this room cannot know: whether a challenge suspends a step of it.

They are named in the settings, so that nothing here imports them.
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from tallystick.cases.models import Case

# Returns the reference of what suspends a step of the case, or none.
Suspending = Callable[[Case], str | None]


def suspended_by(case: Case) -> str | None:
    """Return the reference of the challenge that suspends a step which a case stands on, if one does."""
    asked: list[Suspending] = [import_string(name) for name in settings.STEPS_SUSPENDED_BY]
    return next((found for one in asked if (found := one(case)) is not None), None)
