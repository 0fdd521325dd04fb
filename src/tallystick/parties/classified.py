"""Rows that carry a class: who may see one follows from facts that stand on the row itself."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from tallystick.journal.governed import Governed, GovernedQuerySet
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation
from tallystick.parties.policy.scope import scope

Row = TypeVar("Row", bound="Classified")


def classed(name: str) -> list[models.BaseConstraint]:
    """Return the constraints that rows have a class and a state that the policy knows.

    A class with constraints of its own puts these before them: what Django inherits, it replaces.
    """
    classes = [cls for cls, _ in Classified.CLASSES]
    states = [state for state, _ in Classified.STATES]
    return [
        models.CheckConstraint(condition=Q(classification__in=classes), name=f"{name}_has_a_class"),
        models.CheckConstraint(condition=Q(publicity__in=states), name=f"{name}_is_a_draft_or_issued"),
    ]


class VisibleQuerySet(GovernedQuerySet[Row]):
    """Finds rows through what somebody may see."""

    def visible_to(self, acting: Acting) -> Self:
        """Return the rows that somebody may read in the capacity they act in."""
        return self.filter(scope(acting, self.model.TYPE), code=acting.code)


class Classified(Governed):
    """A row with a class, and with what decides who may see it.

    `party` is the organisation that the row is about or belongs to, `body` the one it is before. A draft is
    seen by the office alone; from issue on, by whom its class allows. A row that was given no class is Red.
    """

    RED, AMBER, GREEN, WHITE = "red", "amber", "green", "white"
    CLASSES = [(RED, "Red"), (AMBER, "Amber"), (GREEN, "Green"), (WHITE, "White")]
    DRAFT, ISSUED, DECIDED, CLOSED = "draft", "issued", "decided", "closed"
    STATES = [(DRAFT, "Draft"), (ISSUED, "Issued"), (DECIDED, "Decided"), (CLOSED, "Closed")]
    TYPE: ClassVar[str] = ""

    code = models.SlugField(max_length=40)
    classification = models.CharField(max_length=5, choices=CLASSES, default=RED)
    party = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="%(app_label)s_%(class)s_rows"
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="%(app_label)s_%(class)s_rows"
    )
    publicity = models.CharField(max_length=7, choices=STATES, default=DRAFT)

    objects: ClassVar[Any] = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True
