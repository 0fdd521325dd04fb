"""A case whose party is asked for a remedy, the months that its figures tell, and a remedy to file."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from tallystick.cases.filings import Filed, Planned
from tallystick.cases.models import Case, Remedy
from tallystick.cases.operations.remedies import accept_remedy, file_remedy
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role
from tallystick.processes.guards import PREDICATES
from tallystick.processes.operations.courses import Taken, begin_course, take_step
from tallystick.processes.queries import process_of
from tallystick.runs.models import Figure, Run
from tests.cases.cast import CODE, acting_as, at, key, on

OPENED = dt.date(2021, 9, 1)  # a Wednesday
FILED_ON = dt.date(2021, 9, 28)
MEASURE = "AREA-B"
_RUNS = count(1)


@dataclass(frozen=True)
class Asked:
    """A case and whoever acts on it: the analyst, the secretary, and the delegates of ALFA and of BRVO."""

    case: Case
    jo: Acting
    sam: Acting
    ada: Acting
    ben: Acting

    def move(self, *moves: str, by: Acting | None = None, day: dt.date = FILED_ON, **facts: Any) -> None:
        """Take steps of the case as if whatever they ask for were so."""
        known = {
            "today": day,
            "lines_shared_on": OPENED,
            "replied_on": OPENED,
            "milestones_missed": 1,
            "remedy_accepted": 0,
            "suspended_by": None,
            **facts,
        }
        acting = on(by or self.jo, day)
        value = {"why": "Because", "how": "A call"}
        for name in moves:
            rule = _rule(self.case, name)
            taken = Taken(name, key(), said={one: value[one] for one in rule.asks}, reason="As agreed")
            take_step(self.case.course, taken, known, PREDICATES, by=acting, at=at(day))

    def file(
        self, filed: Filed | None = None, *, by: Acting | None = None, day: dt.date = FILED_ON
    ) -> Remedy:
        """File a version, that of the party's delegate if nobody else is named."""
        return file_remedy(case=self.case, filed=filed or plan(), by=on(by or self.ada, day), at=at(day))

    def accept(
        self, remedy: Remedy, *, by: Acting | None = None, day: dt.date = FILED_ON, decision: str = ""
    ) -> Remedy:
        acting = on(by or self.jo, day)
        return accept_remedy(remedy=remedy, words="", key=key(), by=acting, at=at(day), decision=decision)


def asked() -> Asked:
    """Return a case in which a remedy was asked for."""
    alfa = Organisation.objects.create(slug="alfa", name="ALFA")
    brvo = Organisation.objects.create(slug="brvo", name="BRVO")
    office = [("Jo", Role.ANALYST, None), ("Sam", Role.SECRETARY, None)]
    delegates = [("Ada", Role.PARTY_DELEGATE, alfa), ("Ben", Role.PARTY_DELEGATE, brvo)]
    jo, sam, ada, ben = (on(acting_as(*one), FILED_ON) for one in (*office, *delegates))
    case = Case(
        code=CODE,
        classification=Case.AMBER,
        party=alfa,
        publicity=Case.ISSUED,
        reference="CASE-2021-7K3F",
        title="Hubs of the wrong variant",
        what="61 of 412 hubs were not of the variant their area needs.",
        obligation="OBL-AREA-B",
        area="b",
        source=Case.BY_HAND,
        severity="moderate",
        confidence="certain",
        lead=jo.person,
        opened_by=jo.person,
        opened_at=at(OPENED),
        key=key(),
    )
    case.course = begin_course(case, "case", on=OPENED, at=at(OPENED))
    case.save(force_insert=True)
    made = Asked(case, jo, sam, ada, ben)
    made.move("give_notice", "inform", "persuade", "ask_for_remedy", day=OPENED)
    _reply(made)
    made.move("go_on", day=OPENED)
    return made


def planned(what: str, due_on: dt.date, *, proof: str = "Log", thread: int | None = None) -> Planned:
    return Planned(what=what, owner="O. Pike", due_on=due_on, proof=proof, thread=thread)


def plan(**said: Any) -> Filed:
    """Return a remedy that promises two works, and then three months running at 97%."""
    given: dict[str, Any] = {
        "cause": "Job scheduling used a coverage file of January",
        "milestones": (
            planned("Daily coverage file", dt.date(2021, 10, 29)),
            planned("Both variants on every van", dt.date(2021, 11, 30)),
            planned("Three months at 97%", dt.date(2021, 12, 31), proof=MEASURE),
        ),
        "key": key(),
        "measure": MEASURE,
        "level": Decimal(97),
        "months": 3,
        **said,
    }
    return Filed(**given)


def by_hand(**said: Any) -> Filed:
    """Return a remedy of which no measure says when it has done."""
    given: dict[str, Any] = {
        "milestones": (planned("Daily coverage file", dt.date(2021, 10, 29)),),
        "measure": "",
        "level": None,
        "months": None,
        "otherwise": "The 61 sites were revisited",
        **said,
    }
    return plan(**given)


def computed(
    party: Organisation, period: str, numerator: int | None, denominator: int = 100, **more: Any
) -> Run:
    """Land a month of the party's figures, and make it the one that counts; none for no numerator."""
    for before in Run.objects.filter(code=CODE, period=period, is_current=True):
        before.is_current = False
        before.save()
    run = Run(
        code=CODE,
        classification=Run.WHITE,
        publicity=Run.ISSUED,
        reference=f"RUN-{next(_RUNS)}",
        period=period,
        known_on=dt.date(2022, 12, 31),
        asked_at=at(OPENED),
        state=Run.LANDED,
        is_current=True,
        edition="edition",
        snapshot="snapshot",
    )
    run.save()
    if numerator is not None:
        _figure(
            run, party, {"party": party.name}, {"numerator": numerator, "denominator": denominator, **more}
        )
        _figure(run, party, {"party": party.name, "region": "north"}, {"numerator": 0, "denominator": 1})
    return run


def _figure(run: Run, party: Organisation, group: dict[str, str], told: dict[str, Any]) -> None:
    Figure(
        code=CODE,
        classification=Figure.AMBER,
        publicity=Figure.ISSUED,
        party=party,
        run=run,
        place=run.figures.count(),
        period=run.period,
        measure=MEASURE,
        kind="matches",
        group=group,
        group_key=",".join(f"{name}={label}" for name, label in group.items()),
        told={},
        **{"state": "met", **told},
    ).save()


def _reply(made: Asked) -> None:
    taken = Taken("reply", key(), said={"stance": "accepted", "words": "We accept it."})
    acting = on(made.ada, OPENED)
    take_step(made.case.course, taken, {"today": OPENED}, PREDICATES, by=acting, at=at(OPENED))


def _rule(case: Case, name: str) -> Any:
    return process_of(case.course).moves[name]
