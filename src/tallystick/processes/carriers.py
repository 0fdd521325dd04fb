"""The rooms in whose matters decisions are carried out: each says how its matters are locked and set back.

They stand above this room and beside each other, so that the settings name them by process.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from tallystick.processes.models import Course, Step


@dataclass(frozen=True)
class Carrier:
    """What a room does with its matters: finds the one of a course, locks it, and sets a step of it back.

    `model` is that of a matter, with its `course` and its `reference`. `set_back` is told `step`,
    `changed_by`, `by` and `at`, and returns the step back, if one was taken.
    """

    model: type[Any]
    locked: Callable[[Any], Any]
    set_back: Callable[..., Step | None]

    def matter_of(self, course: Course) -> Any:
        """Return the matter whose course it is."""
        return self.model.objects.get(course=course)


def reference_of_matter() -> Coalesce:
    """Return, as a column of steps, the reference of the matter of each; empty for others."""
    own = [import_string(name).model.objects.filter(course=OuterRef("course")) for name in _named()]
    return Coalesce(*(Subquery(one.values("reference")[:1]) for one in own), Value(""))


def _named() -> list[str]:
    return sorted(settings.CARRIERS.values())


def carrier_of(course: Course) -> Carrier | None:
    """Return whose a course is; none where no decision on it is ever set back."""
    name = settings.CARRIERS.get(course.process)
    found: Carrier | None = import_string(name) if name else None
    return found
