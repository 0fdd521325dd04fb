"""People, three parties and findings on them: small enough to know by heart."""

import datetime as dt
import json
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from tallystick.cases.models import Case
from tallystick.cases.operations.ladder import take_ladder_step
from tallystick.cases.operations.opening import Opened, open_case
from tallystick.cases.operations.sharing import share_lines
from tallystick.cases.operations.talking import Reply, give_notice, reply
from tallystick.decisions.models import Decision
from tallystick.decisions.operations import records
from tallystick.journal.models import Entry, Payload
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Person, Role, Seat
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import standing_of
from tallystick.runs.models import Finding, FindingVersion, LineList, Run

CODE = "sec"
BEGAN = dt.date(2020, 1, 1)
OPENED = dt.date(2021, 9, 6)  # a Monday
NOTICED = dt.date(2021, 9, 7)
REPLY_DUE = dt.date(2021, 9, 21)  # ten working days after the notice
SHOWN = dt.datetime(2021, 9, 6, 8, 0, tzinfo=dt.UTC)
_KEYS = count(1)


def key() -> str:
    return f"form-of-cast-{next(_KEYS)}"


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def on(acting: Acting, day: dt.date) -> Acting:
    """Return somebody on another day."""
    return replace(acting, day=day)


def person_of(acting: Acting) -> Person:
    assert acting.person is not None
    return acting.person


def acting_as(name: str, role: str, of: Body | Organisation | None = None) -> Acting:
    person, _ = Person.objects.get_or_create(email=f"{name.lower()}@example.org", defaults={"name": name})
    held = Role(person=person, code=CODE, role=role, from_on=BEGAN)
    held.body = of if isinstance(of, Body) else None
    held.organisation = of if isinstance(of, Organisation) else None
    held.save()
    if isinstance(of, Body):
        seat = Seat.objects.create(body=of, name=f"Seat of {name}", from_on=BEGAN)
        Membership.objects.create(seat=seat, person=person, is_independent=True, from_on=BEGAN)
    return Acting(CODE, OPENED, person, held, SHOWN)


@dataclass(frozen=True)
class Cast:
    """Parties and bodies, the office and who looks at it, the delegates of ALFA and BRVO, and the boards."""

    alfa: Organisation
    brvo: Organisation
    pab: Body
    panel: Body
    jo: Acting  # the analyst
    sam: Acting  # the secretary
    aud: Acting  # the auditor
    obs: Acting  # the observer
    ada: Acting  # the delegate of ALFA
    ben: Acting  # the delegate of BRVO
    bo: Acting  # a member of the PAB
    hal: Acting  # its chair
    pat: Acting  # the chair of the Panel

    def opened(self, *findings: Finding, **told: Any) -> Case:
        """Open a case on ALFA, from findings or by hand."""
        said: dict[str, Any] = {
            "party": self.alfa,
            "title": "Hubs of the wrong variant",
            "what": "61 of 412 hubs were not of the variant that their area needs.",
            "obligation": "OBL-AREA-B",
            "severity": "moderate",
            "confidence": "certain",
            "key": key(),
            "source": Case.MONITORING if findings else Case.BY_HAND,
            "findings": findings,
            **told,
        }
        by = said.pop("by", self.jo)
        return open_case(opened=Opened(**said), by=by, at=at(by.day))

    def told(self, case: Case, day: dt.date = NOTICED) -> Case:
        """Share the lines of a case, if it has any, and give notice."""
        versions = list(FindingVersion.objects.filter(finding__in=case.case_findings.values("finding")))
        if versions:
            share_lines(case=case, versions=versions, key=key(), by=on(self.jo, day), at=at(day))
        give_notice(case=case, text="Please reply.", key=key(), by=on(self.jo, day), at=at(day, 10))
        case.refresh_from_db()
        return case

    def replied(self, case: Case, day: dt.date = NOTICED) -> Case:
        """Let ALFA accept what was found."""
        said = Reply("accepted", "We accept it.", key())
        reply(case=case, said=said, by=on(self.ada, day), at=at(day, 11))
        case.refresh_from_db()
        return case

    def step(
        self, case: Case, move: str, *, by: Acting | None = None, day: dt.date = NOTICED, **more: Any
    ) -> Case:
        """Take a step of a case, the analyst unless somebody else is named."""
        decision = more.pop("decision", "")
        taken = Taken(move, more.pop("key", None) or key(), **more)
        take_ladder_step(case=case, taken=taken, by=on(by or self.jo, day), at=at(day, 12), decision=decision)
        case.refresh_from_db()
        return case

    def asked(self, case: Case, day: dt.date = NOTICED) -> Case:
        """Let a case go all the way to where a remedy is asked for."""
        self.replied(self.told(case, day), day)
        self.step(case, "go_on", day=day)
        if standing_of(case.course, day).at["ladder"] == "uninformed":
            self.step(case, "inform", day=day)
        self.step(case, "persuade", said={"how": "A call"}, day=day)
        return self.step(case, "ask_for_remedy", day=day)

    def escalated(self, case: Case, day: dt.date = NOTICED) -> Case:
        """Let a case be before the PAB, its remedy asked for and not filed."""
        return self.step(self.asked(case, day), "escalate_to_pab", said={"why": "No remedy came."}, day=day)

    def decided(
        self,
        body: Body,
        day: dt.date = NOTICED,
        *,
        verb: str = "APPROVED",
        party: Organisation | None = None,
        when: dt.datetime | None = None,
    ) -> Decision:
        """Let a body decide at noon of a day, or `when` the site has it, whatever hour that is."""
        taken = records.Taken(verb, "The case", "So decided.", body, day, key(), party=party or self.alfa)
        return records.record_decision(taken=taken, by=on(self.sam, day), at=when or at(day, 12))


def made_cast() -> Cast:
    alfa, brvo = (Organisation.objects.create(slug=one.lower(), name=one) for one in ("ALFA", "BRVO"))
    pab, panel = (
        Body.objects.get_or_create(code=CODE, key=one, defaults={"name": f"The {one}", "from_on": BEGAN})[0]
        for one in ("PAB", "PANEL")
    )
    return Cast(
        alfa,
        brvo,
        pab,
        panel,
        jo=acting_as("Jo", Role.ANALYST),
        sam=acting_as("Sam", Role.SECRETARY),
        aud=acting_as("Aud", Role.AUDITOR),
        obs=acting_as("Obs", Role.OBSERVER),
        ada=acting_as("Ada", Role.PARTY_DELEGATE, alfa),
        ben=acting_as("Ben", Role.PARTY_DELEGATE, brvo),
        bo=acting_as("Bo", Role.BOARD_MEMBER, pab),
        hal=acting_as("Hal", Role.CHAIR, pab),
        pat=acting_as("Pat", Role.CHAIR, panel),
    )


def landed(party: Organisation, period: str = "2021-07", **told: Any) -> Finding:
    """Land a finding on a party, with so many lines of its own."""
    lines, owner = told.pop("lines", 2), told.pop("owner", party)
    number = next(_KEYS)
    said = {
        "obligation": "OBL-AREA-B",
        "area": "b",
        "measure": "AREA-B",
        "subject": party.name,
        "first_seen": period,
        "state": "below_minimum",
        "why": "351 of 412 followed the code",
        "raised_at": at(OPENED),
        **told,
    }
    finding = Finding(**common(party), reference=f"FND-{number:06}", period=period, **said)
    finding.save()
    version = FindingVersion(
        **common(party),
        finding=finding,
        run=run_of(period),
        place=number,
        number=1,
        state=finding.state,
        why=finding.why,
        exceptions=lines,
        at=at(OPENED),
    )
    version.save()
    listed = [
        {"measure": "AREA-B", "key": f"hub-{number}-{one}", "subject": party.name, "day": "2021-07-02"}
        for one in range(lines)
    ]
    if listed:
        whole = [{**one, "why": "variant"} for one in listed]
        LineList(**common(owner), version=version, shown=whole[:1], lines=whole).save()
    return finding


def run_of(period: str) -> Run:
    """Return the current run of a month."""
    known: Run | None = Run.objects.filter(code=CODE, period=period).first()
    if known is not None:
        return known
    run = Run(
        code=CODE,
        classification=Run.WHITE,
        publicity=Run.ISSUED,
        reference=f"RUN-{period}",
        period=period,
        known_on=OPENED,
        asked_at=at(OPENED),
        state=Run.LANDED,
        is_current=True,
        edition="edition",
        snapshot="snapshot",
    )
    run.save()
    return run


def common(party: Organisation | None) -> dict[str, Any]:
    return {"code": CODE, "classification": "amber", "publicity": "issued", "party": party}


def version_of(finding: Finding) -> FindingVersion:
    found: FindingVersion = finding.versions.get()
    return found


def lines_of(finding: Finding) -> list[str]:
    return [one["key"] for one in version_of(finding).line_list.lines]


def withdrawn(finding: Finding) -> None:
    finding.state = Finding.WITHDRAWN
    finding.save()


def stands(case: Case, day: dt.date = NOTICED) -> tuple[str, str]:
    """Return the stage of the case and its rung of the ladder."""
    where = standing_of(case.course, day).at
    return where["case"], where["ladder"]


def acts() -> list[str]:
    """Return what the journal holds of this room, in order."""
    found = Entry.objects.filter(act__startswith="cases.").order_by("seq").values_list("act", flat=True)
    return [one.removeprefix("cases.") for one in found]


def last_said() -> tuple[str, dict[str, Any]]:
    """Return what the journal's last entry says, and its facts."""
    told = json.loads(Payload.objects.order_by("-entry__seq")[0].text)
    return told["said"], told["facts"]
