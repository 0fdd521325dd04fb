"""Who may read of a matter that is voted on: the policy's answer, and what members declared of themselves.

A member who declared a conflict in a matter reads no more of it that is confidential, whoever employs them.
One of whom nobody wrote down whom they work for reads of it once they declared that they have none.
"""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from tallystick.decisions.keeping import Kept
from tallystick.journal.governed import Governed
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified, VisibleQuerySet
from tallystick.parties.models import Person
from tallystick.parties.policy import kinds
from tallystick.parties.policy.decision import (
    POLICY,
    Facts,
    ask_of,
    interests,
    may_stand_with_any,
    own_body,
    role_of,
)
from tallystick.parties.policy.predicates import CLASSES, PREDICATES, STATES
from tallystick.parties.policy.scope import WITH_A_CLASS, scope

CONFIDENTIAL = sorted(map(str, PREDICATES["confidential"].values))
Row = TypeVar("Row", bound=Classified)


class Declaration(Kept, Governed):
    """What a person declared of themselves in the matter of a motion; none may turn into a conflict."""

    CHANGES: ClassVar[frozenset[str]] = frozenset({"has_conflict", "at"})

    motion = models.ForeignKey("decisions.Motion", models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations")
    has_conflict = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motion", "person"], name="a_person_declares_once_in_a_matter")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} declared {'a' if self.has_conflict else 'no'} conflict"


class Barred(Kept, Governed):
    """That somebody has no vote on a motion, as they decided before on what it is about; `words` say so.

    Said when the motion is put, and frozen with it.
    """

    motion = models.ForeignKey("decisions.Motion", models.PROTECT, related_name="barred")
    person = models.ForeignKey(Person, models.PROTECT, related_name="barred")
    words = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motion", "person"], name="a_person_is_barred_once"),
            models.CheckConstraint(condition=~Q(words=""), name="who_is_barred_is_told_why"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} barred from {self.motion_id}"


def has_no_conflict_besides(acting: Acting) -> bool:
    """Tell whether the capacity somebody acts in has nothing that a conflict would take away."""
    return acting.person is None or role_of(acting) in kinds.WITHOUT_CONFLICT


class MatterQuerySet(VisibleQuerySet[Row]):
    """Finds rows of motions; MATTER of the model is the path from a row to its motion."""

    def visible_to(self, acting: Acting) -> Self:
        """Return the rows that somebody may read, by the policy and by what they declared in the matter."""
        kind = self.model.TYPE
        readable = scope(acting, kind)
        if has_no_conflict_besides(acting):
            return self.filter(readable, code=acting.code)
        if may_stand_with_any(acting):
            of_others = ~Q(party__in=sorted(interests(acting)))
            readable |= self._declared(acting, of_one=False) & of_others & scope(acting, kind, cleared=True)
        of_conflict = self._declared(acting, of_one=True) & Q(classification__in=CONFIDENTIAL)
        return self.filter(readable, ~of_conflict, code=acting.code)

    def _declared(self, acting: Acting, *, of_one: bool) -> Q:
        """Return the condition that somebody declared a conflict in the matter, or that they have none."""
        found = Declaration.objects.filter(person=acting.person, has_conflict=of_one)
        return Q(**{f"{getattr(self.model, 'MATTER', 'pk')}__in": found.values("motion")})


class BallotQuerySet(MatterQuerySet[Row]):
    """Finds ballots: those that the policy opens, and one's own at any time."""

    def visible_to(self, acting: Acting) -> Self:
        """Return the ballots that somebody may read: of others once they are open, and their own before."""
        found = super().visible_to(acting)
        body = own_body(acting)
        if acting.person is None or body is None:
            return found
        own = Q(cast_by=acting.person, body=body) & _own_in_reach(acting, self.model.TYPE)
        return self.filter(Q(pk__in=found.values("pk")) | own, WITH_A_CLASS, code=acting.code)


def _own_in_reach(acting: Acting, kind: str) -> Q:
    """Return the condition that a row of one's own is of a class and state in which one may read it."""
    found = Q(pk__in=[])
    for cls in CLASSES:
        asked = [Facts(kind, classification=cls, rel="own", on_body=True, state=state) for state in STATES]
        states = [one.state for one in asked if POLICY.allows(ask_of(acting, "r", one, None))]
        if states:
            found |= Q(classification=cls, publicity__in=states)
    return found
