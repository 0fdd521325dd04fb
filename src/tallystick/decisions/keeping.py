"""Rows that are kept as they were written: what was cast, declared or decided does not change."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from tallystick.parties.classified import Classified
from tallystick.parties.models import Body


class UnableToChangeARecord(Exception):
    """A motion that ended, or what belongs to a vote or a decision, was to be changed or removed."""


class Kept(models.Model):
    """A row that is written once, but for the columns in CHANGES; the database holds to it as well.

    WORDS are columns with words of an act, which change once: where two persons order these away.
    """

    CHANGES: ClassVar[frozenset[str]] = frozenset()
    WORDS: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            changed = options.get("update_fields")
            if changed is None or not set(changed) <= self.CHANGES | self.WORDS:
                raise UnableToChangeARecord(f"{type(self).__name__} rows are kept as they were written.")
        super().save(**options)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise UnableToChangeARecord(f"{type(self).__name__} rows are never removed.")


class BeforeABody(Classified):
    """A row with a class that is before a body, always."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="%(app_label)s_%(class)s_rows")

    class Meta:
        abstract = True
