"""Cases and what is said on them, found through what somebody may see."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from tallystick.cases.facts import facts_of
from tallystick.cases.matter import Matter
from tallystick.cases.models import Attachment, Case, CaseFinding, LineAnswer, Message, SharedLines, Teller
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role
from tallystick.parties.policy.decision import role_of
from tallystick.parties.policy.guard import unscoped
from tallystick.processes.engine import Offer
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Place
from tallystick.processes.queries import offered, process_of
from tallystick.runs.models import Finding, FindingVersion

OF_ONE_SEEN = "Tells what belongs to a case that was found through what somebody may see."
OF_THE_REGISTER = (
    "Tells committees which matters are open, without names, and of closed ones whose they were."
)
CLOSED, PUBLISHED = "closed", "published"
# Who is told, without names, what is being looked into.
COMMITTEES = frozenset(
    {
        *(Role.COMMITTEE_MEMBER, Role.BOARD_MEMBER, Role.CHAIR),
        *(Role.SECRETARY, Role.ANALYST, Role.AUDITOR, Role.OBSERVER),
    }
)


@dataclass(frozen=True)
class Proposed:
    """Findings on one party in one area that have no case, and the case that another would repeat."""

    party: Organisation
    area: str
    obligation: str
    findings: tuple[Finding, ...]
    repeats: Case | None


@dataclass(frozen=True)
class Registered:
    """A case as a list for many has it: an open one names nobody and has no reference."""

    obligation: str
    area: str
    opened_in: str
    stage: str
    reference: str = ""
    party: str = ""
    closed_on: dt.date | None = None

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


def cases_of(acting: Acting) -> QuerySet[Case]:
    """Return the cases that somebody may see: open ones first, then the latest."""
    found: QuerySet[Case] = Case.objects.visible_to(acting).select_related(
        "party", "body", "course", "lead", "party_lead"
    )
    return found.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "-pk")


def case(acting: Acting, reference: str) -> Case | None:
    """Return a case by its reference, if somebody may see it; what they may not see is not there."""
    return cases_of(acting).filter(reference=reference).first()


def offers_for(
    acting: Acting, case: Case, facts: Mapping[str, Any] | None = None, matter: Matter | None = None
) -> tuple[list[Offer], list[Offer]]:
    """Return what somebody may do on a case now, and what once conditions hold that do not yet.

    A chair carries out what the own body decided, and no other's.

    :param facts: those of the case today, where they are known already
    :param matter: the rows of the case, where they are read already
    """
    rows = matter or Matter(case)
    known = facts_of(case, acting.day, rows) if facts is None else facts
    now, later = offered(case.course, known, PREDICATES, acting, rows.standing(acting.day))
    return [one for one in now if _is_own(one, acting)], [one for one in later if _is_own(one, acting)]


def same_area(acting: Acting, case: Case) -> list[Case]:
    """Return the other cases of the same area that somebody may see; without one, of the same obligation."""
    alike = {"area": case.area} if case.area else {"area": "", "obligation": case.obligation}
    return list(cases_of(acting).filter(**alike).exclude(pk=case.pk))


def repeated(acting: Acting, party: Organisation, obligation: str, area: str) -> Case | None:
    """Return the latest closed case of a party, obligation and area: another one would repeat it."""
    ended_so = Place.objects.filter(course=OuterRef("course"), stage=CLOSED, left_at=None)
    found = cases_of(acting).filter(Exists(ended_so), party=party, obligation=obligation, area=area)
    return found.order_by("-closed_at", "-pk").first()


def proposals(acting: Acting) -> list[Proposed]:
    """Return the findings that have no case, grouped as a case takes them: by party and area."""
    has_case = Exists(CaseFinding.objects.filter(finding=OuterRef("pk")))
    found = Finding.objects.visible_to(acting).filter(~has_case, party__isnull=False)
    groups: dict[tuple[Organisation, str, str], list[Finding]] = defaultdict(list)
    for one in found.exclude(state=Finding.WITHDRAWN).select_related("party").order_by("period", "reference"):
        if one.party is not None:
            groups[one.party, one.area, "" if one.area else one.obligation].append(one)
    return [_proposed(acting, party, several) for (party, *_), several in groups.items()]


def findings(acting: Acting, case: Case) -> list[Finding]:
    """Return the findings that a case rests on, as far as somebody may see them."""
    rests_on = CaseFinding.objects.filter(case=case).values("finding")
    found = Finding.objects.visible_to(acting).filter(pk__in=rests_on)
    return list(found.order_by("period", "reference"))


def versions_to_share(acting: Acting, case: Case) -> list[FindingVersion]:
    """Return what current runs say of a case's findings where that has lines of the party, not yet shared."""
    shared = SharedLines.objects.filter(version=OuterRef("pk"), case=case)
    found = FindingVersion.objects.visible_to(acting).filter(
        ~Exists(shared), finding__in=findings(acting, case), run__is_current=True, line_list__party=case.party
    )
    return list(found.select_related("finding").order_by("finding__period", "pk"))


def to_open(acting: Acting) -> QuerySet[Message]:
    """Return the messages that somebody has still to open: of the other side, and not their own."""
    found: QuerySet[Message] = Message.objects.visible_to(acting)
    is_party = acting.name == Role.PARTY_DELEGATE
    if acting.person is None or not (is_party or acting.name in Role.OFFICE):
        return found.none()
    return found.filter(read_at=None, from_party=not is_party).exclude(sent_by=acting.person)


def sealed_on(acting: Acting, handle: str) -> set[str]:
    """Return the handles of messages, with their files, that somebody has still to open on a matter."""
    of_matter = Q(case__handle=handle) | Q(case__remedies__handle=handle)
    rows = to_open(acting).filter(of_matter).values_list("handle", "attachments__handle")
    return {str(one) for one in chain.from_iterable(rows) if one}


def attached(acting: Acting, messages: Iterable[Any]) -> dict[int, list[Attachment]]:
    """Return the attachments of messages by their keys, without bytes; where none has any, asks nothing.

    :param messages: of a `Matter`, each of which tells whether it has attachments
    """
    having = [one.pk for one in messages if one.has_attachments]
    found: dict[int, list[Attachment]] = defaultdict(list)
    if having:
        rows = Attachment.objects.visible_to(acting).filter(message__in=having)
        for one in rows.order_by("number"):
            found[one.message_id].append(one)
    return found


def attachment(acting: Acting, case: Case, handle: str) -> Attachment | None:
    """Return an attachment of a case with its bytes, if somebody may read the message that it came with."""
    found = Attachment.objects.visible_to(acting).filter(message__case=case, handle=handle)
    one: Attachment | None = found.select_related("content", "message").first()
    return None if one is None or one.is_gone else one


def teller(acting: Acting, case: Case) -> Teller | None:
    """Return who told of it, for those whom that may be told."""
    found: Teller | None = Teller.objects.visible_to(acting).filter(case=case).first()
    return found


def shared(acting: Acting, case: Case) -> list[SharedLines]:
    """Return which lines were shared with the party, the oldest first."""
    found = SharedLines.objects.visible_to(acting).filter(case=case)
    return list(found.select_related("version__finding", "shared_by").order_by("shared_at", "pk"))


def answers(acting: Acting, case: Case) -> dict[str, LineAnswer]:
    """Return what the party says of each line that it answered, by the line's key: its latest answer."""
    found = LineAnswer.objects.visible_to(acting).filter(case=case).order_by("pk")
    return {one.line: one for one in found}


def closed_register(acting: Acting) -> list[Registered]:
    """Return the cases of a code for a list of many: closed ones with names, open ones without.

    The public, and parties of each other, are told of those alone that a body decided to publish. One that
    was withdrawn is on no list, nor one that its party was never told of.
    """
    with unscoped(OF_THE_REGISTER, of_everybody=True):
        known = Case.objects.filter(code=acting.code).exclude(publicity=Case.DRAFT)
        rows = list(known.select_related("party", "course").order_by("-opened_at", "-pk"))
        places = Place.objects.filter(course__in=[one.course_id for one in rows]).order_by("pk")
        been: dict[int, list[Place]] = defaultdict(list)
        for place in places:
            been[place.course_id].append(place)
    found = [(one, _registered(one, been[one.course_id])) for one in rows]
    is_told = role_of(acting) in COMMITTEES
    return [
        told
        for one, told in found
        if told is not None and (is_told or (told.is_closed and _was_published(been[one.course_id])))
    ]


def _registered(case: Case, places: Iterable[Place]) -> Registered | None:
    value = process_of(case.course)
    [stands] = [one.stage for one in places if one.track == value.main and one.left_at is None]
    opened_in = f"{timezone.localtime(case.opened_at):%Y-%m}"
    stage = value.stage(stands)
    if case.closed_at is None:
        return Registered(case.obligation, case.area, opened_in, stage.title)
    if stands != CLOSED:
        return None
    closed_on = timezone.localtime(case.closed_at).date()
    named = (case.reference, case.party.name, closed_on)
    return Registered(case.obligation, case.area, opened_in, stage.title, *named)


def _was_published(places: Iterable[Place]) -> bool:
    return any(one.stage == PUBLISHED for one in places)


def _proposed(acting: Acting, party: Organisation, several: list[Finding]) -> Proposed:
    first = several[0]
    earlier = repeated(acting, party, first.obligation, first.area)
    return Proposed(party, first.area, first.obligation, tuple(several), earlier)


def _is_own(offer: Offer, acting: Acting) -> bool:
    if offer.body is None or acting.name != Role.CHAIR:
        return True
    return acting.body is not None and acting.body.key.lower() == offer.body
