"""What is kept of the security of parties, as far as somebody may see it: all of it is Red."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tallystick.assessments.models import Assurance, Letter, SecurityStatus, Verification
from tallystick.assessments.security.operations import BODY
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role


@dataclass(frozen=True)
class Secured:
    """A party's security: its record, its statuses, assessments and letters, the latest first."""

    head: Assurance
    statuses: tuple[SecurityStatus, ...]
    verifications: tuple[Verification, ...]
    letters: tuple[Letter, ...]

    @property
    def status(self) -> SecurityStatus | None:
        return self.statuses[0] if self.statuses else None


def secured(acting: Acting, slug: str = "") -> list[Secured]:
    """Return the security of parties that somebody may see, by name; of one party where a slug is told."""
    found = Assurance.objects.visible_to(acting).select_related("party", "body")
    heads = list((found.filter(party__slug=slug) if slug else found).order_by("party__name"))
    if not heads:
        return []
    of = {"assurance__in": heads}
    statuses = SecurityStatus.objects.visible_to(acting).filter(**of).order_by("-number")
    verifications = Verification.objects.visible_to(acting).filter(**of).order_by("-held_on", "-pk")
    letters = Letter.objects.visible_to(acting).filter(**of).order_by("-received_on", "-pk")
    by_head = [_by_head(rows) for rows in (statuses, verifications, letters)]
    return [Secured(one, *(tuple(rows.get(one.pk, ())) for rows in by_head)) for one in heads]


def may_record(acting: Acting) -> bool:
    """Tell whether somebody is the secretary of the body that assures security."""
    return acting.name == Role.SECRETARY and acting.body is not None and acting.body.key == BODY


def is_concerned(acting: Acting) -> bool:
    """Tell whether somebody acts for a party, sits on that body or is its secretary."""
    is_of_body = acting.body is not None and acting.body.key == BODY
    return is_of_body or acting.name == Role.PARTY_DELEGATE


def parties(acting: Acting) -> list[Organisation]:
    """Return the parties whose security the secretary of that body may record."""
    if not may_record(acting):
        return []
    found = Organisation.objects.filter(categories__code=acting.code, categories__until_on=None)
    return list(found.order_by("name").distinct())


def _by_head(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one in rows:
        found.setdefault(one.assurance_id, []).append(one)
    return found
