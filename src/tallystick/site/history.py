"""The doors of history: what was done to a record, told from the journal, and the receipt to check it by.

The journal has no doors of its own and knows nobody's rights: leave is asked of the record's own room. What
may not be seen answers as what is not there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.models import (
    Application,
    Assurance,
    ChargeRun,
    Document,
    Draft,
    Part,
    Publication,
    Tag,
)
from tallystick.cases.models import Case, Gap, Note, Remedy
from tallystick.cases.queries import sealed_on
from tallystick.challenges.models import Challenge, Dispute
from tallystick.decisions.models import Ballot, Decision, Motion
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.journal import queries
from tallystick.journal.models import Redaction
from tallystick.journal.operations import record_reading
from tallystick.journal.queries import Told
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Body, Organisation, Person
from tallystick.parties.policy.decision import Facts, facts, facts_of, is_granted, masked, may
from tallystick.processes.models import Hold
from tallystick.risks.models import Risk
from tallystick.runs.models import Exclusion, Finding, HeldRow, Run, Submission
from tallystick.site import proofs


@dataclass(frozen=True)
class Record:
    """A record that somebody may read: its name, what the journal knows it by, and how they stand to it.

    `page` is the address of the record's own page, empty where it has none.
    """

    name: str
    subject: Subject
    facts: Facts
    page: str = ""


Find = Callable[[Acting, str], Record | None]

# What the policy may hide of a kind, where naming the people who acted would tell it.
HIDDEN: Mapping[str, tuple[str, ...]] = {
    "submission": ("submitter",),
    "exclusion": ("entered_by",),
    "finding": ("party_name",),
}


def row(model: type[Classified], *, has_page: bool = True) -> Find:
    """Return what finds a row with a class among those that somebody may see."""

    def find(acting: Acting, handle: str) -> Record | None:
        found = model.objects.visible_to(acting).filter(handle=handle).first()
        if found is None:
            return None
        subject = Subject(found.code, model.TYPE, found.handle, found.classification)
        page = reverse(model.TYPE, args=[found.code, str(found)]) if has_page else ""
        return Record(str(found), subject, facts_of(acting, found), page)

    return find


def ballot(acting: Acting, handle: str) -> Record | None:
    found = Ballot.objects.visible_to(acting).filter(handle=handle).select_related("motion").first()
    if found is None:
        return None
    subject = Subject(found.code, Ballot.TYPE, found.handle, found.classification)
    page = reverse("motion", args=[found.code, found.motion.reference])
    return Record(f"Ballot on {found.motion.reference}", subject, facts_of(acting, found), page)


def remedy(acting: Acting, handle: str) -> Record | None:
    found = Remedy.objects.visible_to(acting).filter(handle=handle).select_related("case").first()
    if found is None:
        return None
    subject = Subject(found.code, Remedy.TYPE, found.handle, found.classification)
    page = reverse("remedy", args=[found.code, found.case.reference, found.version])
    return Record(
        f"Remedy of {found.case.reference}, version {found.version}", subject, facts_of(acting, found), page
    )


def part(acting: Acting, handle: str) -> Record | None:
    there = Part.objects.visible_to(acting).filter(handle=handle)
    found = there.select_related("application", "party").first()
    if found is None:
        return None
    subject = Subject(found.code, Part.TYPE, found.handle, found.classification)
    of = found.application.reference
    page = reverse("part", args=[found.code, of, found.party.slug])
    return Record(f"{found.party.name} in {of}", subject, facts_of(acting, found), page)


def plan(acting: Acting, handle: str) -> Record | None:
    """Find a document of a year, or a draft of its plan."""
    found: Document | Draft | None = Document.objects.visible_to(acting).filter(handle=handle).first()
    if found is not None:
        subject = Subject(found.code, Document.TYPE, found.handle, found.classification)
        page = reverse("plan_document", args=[found.code, str(found)])
        return Record(str(found), subject, facts_of(acting, found), page)
    found = Draft.objects.visible_to(acting).filter(handle=handle).select_related("period").first()
    if found is None:
        return None
    subject = Subject(found.code, Draft.TYPE, found.handle, found.classification)
    page = f"{reverse('plan_of', args=[found.code, found.period.name])}?draft={found.number}"
    return Record(f"Draft {found.number} of {found.period.name}", subject, facts_of(acting, found), page)


def organisation(acting: Acting, handle: str) -> Record | None:
    found = Organisation.objects.filter(handle=handle).first()
    if found is None:
        return None
    subject = Subject("", "party", handle, "white")
    return _if_may_read(acting, Record(found.name, subject, facts(acting, "party", classification="white")))


def body(acting: Acting, handle: str) -> Record | None:
    found = Body.objects.filter(handle=handle, code=acting.code).first()
    if found is None:
        return None
    subject = Subject(found.code, "body", handle, "white")
    return _if_may_read(acting, Record(found.name, subject, facts(acting, "body", classification="white")))


def person(acting: Acting, handle: str) -> Record | None:
    found = Person.objects.filter(handle=handle, roles__code=acting.code).first()
    if found is None:
        return None
    subject = Subject("", "person", handle, "amber")
    return _if_may_read(acting, Record(found.name, subject, facts(acting, "person", classification="amber")))


def _if_may_read(acting: Acting, record: Record) -> Record | None:
    return record if may(acting, "r", record.facts) else None


RECORDS: Mapping[str, Find] = {
    "submission": row(Submission),
    "held_row": row(HeldRow, has_page=False),
    "run": row(Run),
    "finding": row(Finding),
    "exclusion": row(Exclusion),
    "motion": row(Motion),
    "ballot": ballot,
    "decision": row(Decision),
    "case": row(Case),
    "challenge": row(Challenge),
    "dispute": row(Dispute),
    "case_note": row(Note, has_page=False),
    "remedy": remedy,
    "gap": row(Gap),
    "derogation": row(Derogation),
    "forbearance": row(Forbearance),
    "hold": row(Hold, has_page=False),
    "plan": plan,
    "risk": row(Risk),
    "application": row(Application),
    "part": part,
    "technique": row(Tag, has_page=False),
    "security_status": row(Assurance),
    "publication": row(Publication),
    "charge": row(ChargeRun),
    "party": organisation,
    "body": body,
    "person": person,
}


@require_safe
def history(request: HttpRequest, code: str, kind: str, handle: str) -> HttpResponse:
    """Tell what was done to a record: in a drawer, or on a page of its own."""
    acting, record = _record(request, code, kind, handle)
    told = _told(acting, record)
    drawer = getattr(request, "htmx", False)
    return render(
        request,
        "site/_history.html" if drawer else "site/history.html",
        {
            "code": code,
            "receipt": reverse("history_receipt", args=[code, kind, handle]),
            "page": reverse("history", args=[code, kind, handle]),
            "record": record,
            "lines": _lines(acting, record, told),
            "head": queries.head(),
            "held": proofs.held_in([one.seq for one in told]),
            "ask_removal": "" if drawer else _ask_removal(acting),
            "short": proofs.short,
        },
    )


@require_safe
def history_receipt(request: HttpRequest, code: str, kind: str, handle: str) -> HttpResponse:
    """Answer with all that is needed to check the entries of a record away from here."""
    acting, record = _record(request, code, kind, handle)
    receipt = queries.receipts([one.seq for one in _told(acting, record)], proofs.stated_keys())
    sealed = sealed_on(acting, handle) if kind in (Case.TYPE, Remedy.TYPE) else set()
    is_masked = _is_masked(acting, record)
    receipt["entries"] = [
        {**entry, "salt": None, "payload": None} if is_masked or _names(entry["payload"], sealed) else entry
        for entry in receipt["entries"]
    ]
    answer = JsonResponse(receipt)
    answer["Content-Disposition"] = f'attachment; filename="receipt-{kind}-{handle}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


def _record(request: HttpRequest, code: str, kind: str, handle: str) -> tuple[Acting, Record]:
    """Return who asks and the record, and note that an Amber or Red one was read."""
    acting: Acting = request.acting  # type: ignore[attr-defined]  # set for every request
    find = RECORDS.get(kind)
    record = find(acting, handle) if find and acting.code == code else None
    if record is None:
        raise Http404
    record_reading(subject=record.subject, by=acting.actor, at=timezone.now(), address=request.path)
    return acting, record


def _told(acting: Acting, record: Record) -> list[Told]:
    """Return the entries that somebody may read, by the class that the record had when they were written.

    That a thing is one's own opens nothing that was done while it was kept in a stricter class than now.
    """
    code, kind, handle, now = record.subject
    others = replace(record.facts, rel="other" if record.facts.rel == "own" else record.facts.rel)
    return [
        one
        for one in queries.history(code, kind, handle)
        if one.classification == now or may(acting, "r", replace(others, classification=one.classification))
    ]


def _lines(acting: Acting, record: Record, told: list[Told]) -> list[dict[str, Any]]:
    """Return the entries as they are shown, the latest first; by roles where people may not be named."""
    handles = {one.actor for one in told if one.actor}
    own = acting.person.handle if acting.person else None
    named = handles & {own} if masked(acting, "history", "actor", record.facts) else handles
    names = dict(Person.objects.filter(handle__in=named).values_list("handle", "name"))
    is_masked = _is_masked(acting, record)
    removed = queries.removed([one.seq for one in told if one.said is None])
    return [
        {
            "at": one.at,
            "when": timezone.localtime(one.at),
            "seq": one.seq,
            "hash": one.hash,
            "is_gone": one.said is None,
            "said": one.said or _removed(removed.get(one.seq)),
            **_who(one, names, is_hidden=is_masked and one.actor != own),
        }
        for one in reversed(told)
    ]


def _ask_removal(acting: Acting) -> str:
    return reverse("redactions", args=[acting.code]) if is_granted(acting, "redaction", "c") else ""


def _removed(redaction: Redaction | None) -> str:
    if redaction is None:
        return "did what was since removed from the journal"
    return f"did what was since redacted by order of {redaction.authority} (entry #{redaction.order_id:,})"


def _who(one: Told, names: Mapping[str, str], *, is_hidden: bool) -> dict[str, str]:
    if is_hidden:
        return {"who": "Somebody", "capacity": ""}
    capacity = one.capacity or ""
    role = capacity or ("Somebody" if one.actor else "Tallystick")
    return {"who": names.get(one.actor, role), "capacity": capacity}


def _names(payload: str | None, handles: set[str]) -> bool:
    """Tell whether the words of an entry name one of these: what is still to be opened, no receipt tells."""
    return payload is not None and any(one in payload for one in handles)


def _is_masked(acting: Acting, record: Record) -> bool:
    kind = record.subject.kind
    return any(masked(acting, kind, field, record.facts) for field in HIDDEN.get(kind, ()))
