"""A case is opened, rests on findings of one party and area, and has somebody who leads it on each side."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from tallystick.cases.models import Case, CaseFinding, Teller
from tallystick.cases.models.case import KEY
from tallystick.cases.operations.entries import counted, enter, locked_case
from tallystick.decisions.marks import class_of
from tallystick.decisions.models import new_reference
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Person, Role, in_force
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.operations.courses import begin_course
from tallystick.runs.models import Finding

LONGEST_TITLE = 200
MOST = 2**53
UNITS = ("devices", "consumers", "energy_kwh", "pounds")
OF_A_FORM = (
    *("party_id", "title", "what", "obligation", "source", "severity", "confidence", "repeats_id"),
    *(*UNITS, "estimated_how"),
)


class UnableToOpenCase(Exception):
    """Something is not said or cannot be, a finding is another's or has a case, or the form was used."""


class UnableToAddFinding(Exception):
    """The case has ended, or the finding is of another party or area, holds no more, or has a case."""


class UnableToNameLeads(Exception):
    """The lead is nobody of the office, the party's nobody of the party, or the case has ended."""


@dataclass(frozen=True)
class Size:
    """How much it is about, each in its own unit; `how` says how it was estimated."""

    devices: int | None = None
    consumers: int | None = None
    energy_kwh: int | None = None
    pounds: int | None = None
    how: str = ""


@dataclass(frozen=True)
class Opened:
    """A case as the form has it; `key` is that of the form.

    `teller` is who told of it, in words that never leave the office. `repeats` is an earlier case of the same
    party. Without `lead`, whoever opens it leads it. `cause` is a kind of cause of the code's list of the
    day.
    """

    party: Organisation
    title: str
    what: str
    obligation: str
    severity: str
    confidence: str
    key: str
    source: str = Case.MONITORING
    findings: tuple[Finding, ...] = ()
    size: Size = field(default_factory=Size)
    teller: str = ""
    repeats: Case | None = None
    lead: Person | None = None
    cause: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT)
def open_case(*, opened: Opened, by: Acting, at: dt.datetime) -> Case:
    """Open a case, which the party does not see before it is told. The same form again gives the same case.

    :raises UnableToOpenCase: if something is not said or cannot be, or a finding is another's or has a case
    """
    if by.person is None:
        raise UnableToOpenCase("A case is opened by somebody. Sign in.")
    there = _opened_before(opened, by)
    if there is not None:
        return there
    _check(opened, by)
    findings = _locked_findings(opened.findings)
    refused = _refused(findings, _drafted(opened, by, at))
    if refused:
        raise UnableToOpenCase(refused)
    case = _written(opened, by, at)
    if case is None:
        return Case.objects.get(opened_by=by.person, key=opened.key)
    for one in findings:
        CaseFinding(case=case, finding=one).save(force_insert=True)
    places = worded(case, "title", "what", "estimated_how")
    if opened.teller.strip():
        teller = _teller(case, opened.teller.strip(), by, at)
        teller.save(force_insert=True)
        places += worded(teller, "words")
    rests = f", resting on {counted(len(findings), 'finding')}" if findings else ""
    said = f"opened {case.reference} about {case.party.name}: {case.title}{rests}"
    told = {name: getattr(case, name) for name in ("obligation", "area", "source", "severity", "confidence")}
    told["findings"] = [one.reference for one in findings]
    told["cause"] = case.cause
    told["repeats"] = case.repeats.reference if case.repeats else ""
    enter("open_case", case, by, at, said, {**told, **named(*places)})
    return case


@transaction.atomic
@unscoped(BY_AN_ACT)
def add_finding(*, case: Case, finding: Finding, by: Acting, at: dt.datetime) -> CaseFinding:
    """Let a case rest on another finding of the same party and area. One that it rests on stays as it is.

    :raises UnableToAddFinding: if the case has ended, or the finding is another's, or has another case
    """
    held = locked_case(case)
    [found] = _locked_findings([finding])
    there: CaseFinding | None = CaseFinding.objects.filter(case=held, finding=found).first()
    if there is not None:
        return there
    if held.closed_at is not None:
        raise UnableToAddFinding(f"{held.reference} has ended. Open another case.")
    refused = _refused([found], held)
    if refused:
        raise UnableToAddFinding(refused)
    made = CaseFinding(case=held, finding=found)
    made.save(force_insert=True)
    said = f"added {found.reference} to {held.reference}"
    enter("add_finding", held, by, at, said, {"finding": found.reference})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def name_leads(
    *, case: Case, lead: Person, party_lead: Person | None = None, by: Acting, at: dt.datetime
) -> Case:
    """Say who leads a case in the office, and who answers for it at the party.

    :raises UnableToNameLeads: if one of them does not act there, or the case has ended
    """
    held = locked_case(case)
    if (held.lead_id, held.party_lead_id) == (lead.pk, party_lead.pk if party_lead else None):
        return held
    if held.closed_at is not None:
        raise UnableToNameLeads(f"{held.reference} has ended.")
    acting = Role.objects.filter(in_force(by.day), code=held.code)
    if not acting.filter(person=lead, role__in=Role.OFFICE).exists():
        raise UnableToNameLeads(f"{lead.name} is no analyst or secretary of this code today.")
    delegates = acting.filter(role=Role.PARTY_DELEGATE, organisation=held.party)
    if party_lead is not None and not delegates.filter(person=party_lead).exists():
        raise UnableToNameLeads(f"{party_lead.name} is no delegate of {held.party.name} today.")
    held.lead, held.party_lead = lead, party_lead
    held.save(update_fields=["lead", "party_lead"])
    other = f", and {party_lead.name} for {held.party.name}" if party_lead else ""
    said = f"named {lead.name} as lead of {held.reference}{other}"
    leads = {"lead": lead.handle, "party_lead": party_lead.handle if party_lead else ""}
    enter("name_leads", held, by, at, said, leads)
    return held


def _written(opened: Opened, by: Acting, at: dt.datetime) -> Case | None:
    """Write a case with its course; neither where the same form, sent twice at once, was quicker."""
    before = transaction.savepoint()
    course = begin_course(_drafted(opened, by, at), "case", on=by.day, at=at)
    case, is_new = written_once(lambda: _case(opened, by, at, course.pk), lambda: _opened_before(opened, by))
    if not is_new:
        transaction.savepoint_rollback(before)
    return case if is_new else None


def _opened_before(opened: Opened, by: Acting) -> Case | None:
    """Return the case that the form opened before.

    :raises UnableToOpenCase: if the form said something else then
    """
    there: Case | None = Case.objects.filter(opened_by=by.person, key=opened.key).first()
    if there is None:
        return None
    again = _drafted(opened, by, there.opened_at)
    rests_on = set(there.case_findings.values_list("finding", flat=True))
    is_same = all(getattr(again, name) == getattr(there, name) for name in OF_A_FORM)
    if not is_same or rests_on != {one.pk for one in opened.findings}:
        raise UnableToOpenCase(
            f"This form opened {there.reference} before, which stays as it is. Open the page again."
        )
    return there


def _drafted(opened: Opened, by: Acting, at: dt.datetime) -> Case:
    rulebook = rulebook_of(by.code)
    obligation = rulebook.obligations.get(opened.obligation)
    return Case(
        code=by.code,
        classification=class_of(rulebook, "case", by.day, opened.party),
        party=opened.party,
        title=opened.title.strip(),
        what=opened.what.strip(),
        obligation=opened.obligation,
        area=(obligation.area or "") if obligation else "",
        source=opened.source,
        severity=opened.severity,
        confidence=opened.confidence,
        **{unit: getattr(opened.size, unit) for unit in UNITS},
        estimated_how=opened.size.how.strip(),
        repeats=opened.repeats,
        lead=opened.lead or by.person,
        cause=opened.cause,
        cause_on=by.day if opened.cause else None,
        opened_by=by.person,
        opened_at=at,
        key=opened.key,
    )


def _case(opened: Opened, by: Acting, at: dt.datetime, course: int) -> Case:
    case = _drafted(opened, by, at)
    case.course_id, case.reference = course, new_reference("CASE", by.day.year)
    return case


def _teller(case: Case, words: str, by: Acting, at: dt.datetime) -> Teller:
    return Teller(
        code=case.code,
        classification=Teller.RED,
        case=case,
        words=words,
        entered_by=by.person,
        entered_at=at,
    )


def _check(opened: Opened, by: Acting) -> None:
    _check_words(opened)
    if opened.obligation not in rulebook_of(by.code).obligations:
        raise UnableToOpenCase(f"The code has no obligation {opened.obligation[:60]!r}.")
    _check_source(opened)
    _check_size(opened.size)
    earlier = opened.repeats
    if earlier is not None and (earlier.party_id != opened.party.pk or earlier.code != by.code):
        raise UnableToOpenCase("A case repeats an earlier one of the same party.")
    if opened.cause and opened.cause not in rulebook_of(by.code).causes_on(by.day):
        raise UnableToOpenCase(f"{opened.cause[:60]!r} is no kind of cause that the code lists today.")
    if opened.lead is not None and not _is_of_office(opened.lead, by):
        raise UnableToOpenCase(f"{opened.lead.name} is no analyst or secretary of this code today.")


def _check_words(opened: Opened) -> None:
    for what, said in (("title", opened.title), ("matter", opened.what)):
        if not said.strip():
            raise UnableToOpenCase(f"Say the {what}.")
    if len(opened.title.strip()) > LONGEST_TITLE:
        raise UnableToOpenCase(f"A title has {LONGEST_TITLE} characters at most.")
    if not 0 < len(opened.key) <= KEY:
        raise UnableToOpenCase("The form has no key, so that it could open two. Open the page again.")
    for what, said, known in (
        ("source", opened.source, Case.SOURCES),
        ("severity", opened.severity, Case.SEVERITIES),
        ("confidence", opened.confidence, Case.CONFIDENCES),
    ):
        if said not in dict(known):
            raise UnableToOpenCase(f"{said[:20]!r} is no {what}. Choose one of {', '.join(dict(known))}.")


def _check_source(opened: Opened) -> None:
    if opened.source == Case.MONITORING and not opened.findings:
        raise UnableToOpenCase("What monitoring shows rests on a finding. Choose one, or another source.")
    if bool(opened.teller.strip()) != (opened.source == Case.THIRD_PARTY):
        raise UnableToOpenCase("Say who told of it where somebody else did, and only there.")


def _check_size(size: Size) -> None:
    told = [getattr(size, unit) for unit in UNITS]
    numbers = [one for one in told if one is not None]
    if any(not 0 <= one <= MOST for one in numbers):
        raise UnableToOpenCase("How much it is about is counted in whole numbers, and none is negative.")
    if bool(numbers) != bool(size.how.strip()):
        raise UnableToOpenCase("Say how much it is about together with how that was estimated, or neither.")


def _is_of_office(person: Person, by: Acting) -> bool:
    held = Role.objects.filter(in_force(by.day), code=by.code, person=person, role__in=Role.OFFICE)
    return bool(held.exists())


def _locked_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as they stand, one locked after another, so that each comes into one case."""
    keys = [one.pk for one in findings]
    return list(Finding.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _refused(findings: Iterable[Finding], case: Case) -> str:
    """Return why a case cannot rest on the findings, or nothing.

    They are of its party and area; where its obligation belongs to none, of that obligation.
    """
    for one in findings:
        if one.code != case.code or one.party_id != case.party_id:
            return f"{one.reference} is no finding on {case.party.name}."
        if one.area != case.area or not (case.area or one.obligation == case.obligation):
            return f"{one.reference} is of another area of the code. Open a case for it."
        if one.is_withdrawn:
            return f"{one.reference} is withdrawn, and holds no more."
        if CaseFinding.objects.filter(finding=one).exists():
            return f"{one.reference} has a case already."
    return ""
