"""A world in which every text of every row is a secret: seen anywhere, it tells whose row was shown.

Each kind of row stands there in every class, of one's own party, of another and of nobody, as a draft and
issued, and before a body.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import count, product
from pathlib import Path
from typing import Any

from django.db.models import Model

from tallystick.journal.models import Checkpoint
from tallystick.journal.operations import record
from tallystick.journal.redacting import Asked, ask_redaction
from tallystick.journal.subjects import Actor, Subject
from tallystick.month import retold
from tallystick.month.assessment import Figure as Counted
from tallystick.month.assessment import Finding as Found
from tallystick.month.assessment import Missing, Received
from tallystick.runs import instead, shapes
from tallystick.runs.landing import group_key
from tallystick.runs.models import (
    Exclusion,
    Figure,
    Finding,
    FindingVersion,
    HeldRow,
    LineList,
    Run,
    Submission,
)
from tests.conformance.assurances import Assurances
from tests.conformance.cases import Cases
from tests.conformance.cast import ALFA, BRVO, PAB, PARTIES, Crowd
from tests.conformance.judge import What
from tests.conformance.registers import Registers
from tests.conformance.votes import KINDS, Votes
from tests.month.july import MONTH

NOW = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
JULY = "2021-07"
CLASSES = ("white", "green", "amber", "red")
MARKS = (
    *(What("", *mark) for mark in product(CLASSES, (ALFA, BRVO, ""), ("",), ("draft", "issued"))),
    *(What("", cls, BRVO, PAB) for cls in CLASSES),
)
OPEN = What("run")
CPM1 = next(one for one in MONTH.figures if one.measure == "CPM1")
BY_PARTY = next(one for one in MONTH.figures if "party" in one.group)


@dataclass(frozen=True)
class Secret:
    """Where a secret stands: in what, and in which field of it."""

    what: What
    field: str


@dataclass(frozen=True)
class Made:
    """A row, and what the policy has to know of it."""

    row: Any
    what: What


@dataclass
class World:
    """All rows by their kind, and all secrets by themselves."""

    store: Path
    crowd: Crowd = field(init=False)
    secrets: dict[str, Secret] = field(default_factory=dict)
    rows: dict[str, list[Made]] = field(default_factory=lambda: defaultdict(list))
    # Of what an act told to more readers than the row it stands in: whose it is besides.
    also: dict[str, list[What]] = field(default_factory=lambda: defaultdict(list))
    numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.crowd = Crowd(self.mark)
        for mark in MARKS:
            self._sent(mark)
            self._run(mark)
            self._excluded(mark)
        self.july = self._july()
        for place, mark in enumerate(MARKS):
            self._found(place, mark)
            self._figures(place, mark)
        self._party_figures()
        Votes(self.crowd, self.secret, self._keep)
        for kind in ("submission", "held_row", "run", "finding", "exclusion", *KINDS):
            for made in self.rows[kind]:
                self._act_on(made)
        self._cases()
        self._registers()
        self._assurances()
        self._journal()

    def mark(self) -> str:
        """Return a secret that stands nowhere yet."""
        return f"CNRY{next(self.numbers):010d}"

    def secret(self, what: What, name: str) -> str:
        said = self.mark()
        self.secrets[said] = Secret(what, name)
        return said

    def _keep(self, row: Model, what: What) -> Made:
        row.save()
        made = Made(row, what)
        self.rows[what.type].append(made)
        return made

    def _common(self, what: What) -> dict[str, Any]:
        return {
            "code": "sec",
            "handle": f"{self.secret(what, 'handle')}HANDLE",
            "classification": what.cls,
            "publicity": what.state,
            "party": self.crowd.parties.get(what.party),
            "body": self.crowd.bodies.get(what.body),
        }

    def _sent(self, mark: What) -> None:
        """Enter a submission, its file of refused rows, and a row of it that is held."""
        what = mark.of("submission")

        def said(name: str) -> str:
            return self.secret(what, name)

        made = self._keep(
            Submission(
                **self._common(what),
                reference=f"E-{said('reference')}",
                stream="hub_returns",
                period=JULY,
                filename=f"{said('filename')}.csv",
                format="csv",
                sha256=said("sha256"),
                received_at=NOW,
                taken_in_at=NOW,
                person=self.crowd.people["sender"],
                state=Submission.COMMITTED if what.state == "issued" else Submission.PREVIEWED,
                rows=3,
                accepted=2,
                held=1,
                problems=[{"row": 2, "sheet": said("sheet"), "what": said("what"), "remedy": said("remedy")}],
                notes=[said("note")],
                changes={"note": said("change")},
                reason=said("reason"),
                evidence=f"S-{said('evidence')}",
                has_file_to_correct=True,
            ),
            what,
        )
        folder = self.store / "submissions" / made.row.evidence
        folder.mkdir(parents=True)
        (folder / "refused.csv").write_text(f"hub_id,problem\n1,{said('refused')}\n")
        self._held(made.row, mark.of("held_row"))

    def _held(self, submission: Submission, held: What) -> None:
        self._keep(
            HeldRow(
                **self._common(held),
                reference=f"HLD-{self.secret(held, 'reference')}",
                submission=submission,
                row=2,
                column=self.secret(held, "column"),
                what=self.secret(held, "what"),
                remedy=self.secret(held, "remedy"),
            ),
            held,
        )

    def _run(self, mark: What) -> None:
        """Enter a run of a month of its own, with one figure where it has landed."""
        what, number = mark.of("run"), len(self.rows["run"])
        has_landed = what.state == "issued"
        row = self._new_run(what, f"{2010 + number // 4}-{number % 4 * 3 + 1:02d}")
        if not has_landed:
            row.state, row.is_current = (Run.WAITING, False) if what.party else (Run.FAILED, False)
        self._keep(row, what)
        if has_landed:
            self._figure(mark.of("measure"), row, "CPM1", {})

    def _new_run(self, what: What, period: str) -> Run:
        return Run(
            **self._common(what),
            reference=f"RUN-{period}-{self.secret(what, 'reference')}",
            period=period,
            known_on=TODAY,
            asked_by=self.crowd.people["asker"],
            asked_at=NOW,
            ended_at=NOW,
            state=Run.LANDED,
            is_current=True,
            edition="a" * 64,
            snapshot="b" * 64,
            progress=self.secret(what, "progress"),
            reason=self.secret(what, "reason"),
            engine=self.secret(what, "engine"),
            code_title=self.secret(what, "code_title"),
            sentence=self.secret(what, "sentence"),
            notes=[self.secret(what, "note")],
        )

    def _july(self) -> Run:
        """Enter the month that everybody may see, with rows of it that not everybody may."""
        run = self._new_run(OPEN, JULY)
        run.received = shapes.told_received(self._received(made) for made in self.rows["submission"])
        owed = Missing("RPT-PMR", self.secret(OPEN, "report"), ("H13.4",), JULY, "2021-09-06", "missing")
        run.reports = run.missing = shapes.told_missing([owed])
        run.save()
        self._figure(What("measure"), run, "CPM1", {})
        self._figure(What("measure"), run, "AREA-A", {})
        return run

    def _received(self, made: Made) -> Received:
        sender, stream = self.secret(made.what, "sender"), self.secret(made.what, "stream")
        return Received(made.row.evidence, stream, sender, NOW.isoformat(), 3, 2, 1, 0, 31, "c" * 64)

    def _figures(self, place: int, mark: What) -> None:
        what = mark.of("measure")
        whole = self._figure(what, self.july, f"ZZ-{place:02d}", {})
        self.rows["measure"].append(Made(whole, what))
        self._figure(what, self.july, "AREA-A", {"region": self.secret(what, "group")})
        self._instead(place, what)

    def _instead(self, place: int, what: What) -> None:
        """Enter what is told of a whole that is withheld."""
        row = self._figure(what, self.july, f"WW-{place:02d}", {"instead": ""})
        row.told = shapes.told_figure(instead.keyed(retold.withheld(shapes.figure_of(row.told), "97")))
        row.save()

    def _party_figures(self) -> None:
        for slug, name in PARTIES.items():
            self._figure(What("measure", "amber", slug), self.july, "AREA-A", {"party": name})

    def _figure(self, what: What, run: Run, measure: str, group: dict[str, str]) -> Figure:
        like: Counted = BY_PARTY if group else CPM1
        told = replace(
            like,
            measure=measure,
            kind="share_within",
            group=group,
            period=run.period,
            title=self.secret(what, "title"),
            commentary=self.secret(what, "commentary"),
        )
        row = Figure(
            **self._common(what),
            run=run,
            place=Figure.objects.count(),
            period=run.period,
            measure=measure,
            kind=told.kind,
            group=group,
            group_key=group_key(group),
            state=told.state,
            told=shapes.told_figure(told),
            history=shapes.told_points(MONTH.history["CPM1"]),
        )
        row.save()
        return row

    def _found(self, place: int, mark: What) -> None:
        """Enter a finding with one version and the rows behind it; those of nobody's findings are Amber."""
        what = mark.of("finding")
        row = Finding(
            **self._common(what),
            reference=f"FND-{self.secret(what, 'reference')}",
            period=JULY,
            obligation="OBL-SERVICE-LEVELS",
            measure="CPM1",
            subject=self.secret(what, "subject"),
            first_seen=JULY,
            state="below_target",
            why=self.secret(what, "why"),
            raised_at=NOW,
        )
        made = self._keep(row, what)
        version = FindingVersion(
            **self._common(what),
            finding=row,
            run=self.july,
            place=place,
            number=1,
            state=row.state,
            why=self.secret(what, "why of the version"),
            exceptions=1,
            told=shapes.told_finding(self._told(made)),
            at=NOW,
        )
        version.save()
        self._lines(version, mark.of("line_list") if mark.party else What("line_list", "amber"))

    def _told(self, made: Made) -> Found:
        return Found(
            id=made.row.reference,
            obligation=made.row.obligation,
            area=None,
            clause=("H13.1",),
            measure=made.row.measure,
            subject=made.row.subject,
            group={"region": self.secret(made.what, "group")},
            period=JULY,
            numerator=1,
            denominator=2,
            state="below_target",
            why=self.secret(made.what, "why told"),
            first_seen=JULY,
            exceptions=1,
            evidence=tuple(one.row.evidence for one in self.rows["submission"]),
        )

    def _lines(self, version: FindingVersion, what: What) -> None:
        def line() -> dict[str, str]:
            said = {name: self.secret(what, name) for name in ("key", "why", "subject")}
            return {"measure": "CPM1", "day": "2021-07-03", **said}

        row = LineList(**self._common(what), version=version, shown=[line()], lines=[line(), line()])
        self._keep(row, what)

    def _excluded(self, mark: What) -> None:
        what = mark.of("exclusion")
        row = Exclusion(
            **self._common(what),
            reference=f"EXC-{self.secret(what, 'reference')}",
            stream="service_requests",
            row_key=self.secret(what, "row_key"),
            measure="CPM1",
            period=JULY,
            reason=self.secret(what, "reason"),
            entered_by=self.crowd.people["enterer"],
            entered_at=NOW,
        )
        self._keep(row, what)

    def _act_on(self, made: Made) -> None:
        """Let the journal say that something was done to the row."""
        what = made.what
        record(
            act="runs.note",
            subject=Subject("sec", what.type, made.row.handle, what.cls),
            by=Actor(self.crowd.people["doer"].handle, "Analyst"),
            at=NOW,
            said=self.secret(what, "said"),
            facts={"note": self.secret(what, "fact")},
        )

    def _cases(self) -> None:
        """Enter cases. What is said of a case in the journal is the case's own words."""
        cases = Cases(self.crowd, self.mark)
        for row, of_row in cases.rows():
            self.rows[of_row.type].append(Made(row, of_row))
        for said, what, name in cases.secrets():
            self.secrets.setdefault(said, Secret(what, name))

    def _registers(self) -> None:
        """Enter a register of risks. What is said of it in the journal is its own words."""
        registers = Registers(self.crowd, self.mark)
        for row, of_row in registers.rows():
            self.rows["risk"].append(Made(row, of_row))
        for said, what, name in registers.secrets():
            self.secrets.setdefault(said, Secret(what, name))

    def _assurances(self) -> None:
        """Enter what assures the code. Its rows are kept by what they are, as several are of one type."""
        assurances = Assurances(self.crowd, self.mark)
        for row, of_row in assurances.rows():
            self.rows[row._meta.model_name].append(Made(row, of_row))  # noqa: SLF001 - how Django tells it
        for said, what, name in assurances.secrets():
            self.secrets.setdefault(said, Secret(what, name))
        for said, what in assurances.told():
            self.also[said].append(what)

    def _journal(self) -> None:
        """Enter a checkpoint, and a request that the words of an entry be removed."""
        self.signed = 5
        Checkpoint(size=self.signed, root=bytes(32), text="5\n", signed_at=NOW).save()
        what = What("redaction", "amber")
        asked = Asked("sec", 0, "secret", self.secret(what, "authority"))
        by = Actor(self.crowd.people["doer"].handle, "Secretary")
        self.redaction = ask_redaction(asked=asked, by=by, at=NOW)
