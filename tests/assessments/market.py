"""Fourteen suppliers under one measure, and what the office, boards and parties do with their figures."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tallystick.assessments.charges.operations.charging import (
    Computed,
    Recounted,
    compute_charges,
    correct_charge,
    take_charge_step,
)
from tallystick.assessments.charges.operations.relieving import Relieved, relieve_charges
from tallystick.assessments.comparisons.operations.correcting import Corrected, correct_publication
from tallystick.assessments.comparisons.operations.publishing import (
    Drafted,
    draft_publication,
    take_publication_step,
)
from tallystick.assessments.matters.counts import Window
from tallystick.assessments.matters.operations.querying import (
    Answered,
    answer_charge_query,
    answer_publication_query,
    query_charge,
    query_publication,
)
from tallystick.assessments.matters.operations.windows import pass_clock_of_matter
from tallystick.assessments.models import (
    ChargeLine,
    ChargeQuery,
    ChargeRun,
    ChargeSheet,
    ComparedLine,
    PrintedLine,
    Publication,
    PublicationQuery,
    Relief,
    Sheet,
)
from tallystick.decisions.operations import records
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Category, Organisation
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import standing_of
from tallystick.runs.models import Figure
from tests.cases import cast as of_cases
from tests.cases.cast import BEGAN, CODE, OPENED, at, key, on, run_of

__all__ = ["CODE", "at", "key", "on"]

DRAFTED = OPENED  # a Monday
CLOSED = dt.date(2021, 9, 14)  # the day after five working days
DECIDED = dt.date(2021, 9, 15)
MEASURE, CATEGORY = "AREA-B", "large_supplier"
MAY, JUNE, JULY = "2021-05", "2021-06", "2021-07"
# What each did in July, the good ones first: three have fewer than ten events.
DID = {
    "ALFA": (180, 200),
    "BRVO": (199, 200),
    **{f"Supplier {letter}": (90 + at, 100) for at, letter in enumerate("CDEFGHIJK")},
    "Supplier L": (8, 9),
    "Supplier M": (3, 3),
    "Supplier N": (1, 5),
}


@dataclass(frozen=True)
class Market:
    """The people of cases, and a market of suppliers."""

    of: of_cases.Cast

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    def drafted(self, day: dt.date = DRAFTED, **told: Any) -> Publication:
        by = told.pop("by", self.of.jo)
        return draft_publication(drafted=drafting(**told), by=on(by, day), at=at(day))

    def opened(self, **told: Any) -> Publication:
        """Draft a comparison and open its query window."""
        row = self.drafted(**told)
        self.moves(row, "open_window")
        return fresh(row)

    def checked(self, **told: Any) -> Publication:
        row = self.opened(**told)
        self.passes(row)
        return fresh(row)

    def recommended(self, **told: Any) -> Publication:
        row = self.checked(**told)
        self.decides(row, "recommend", self.of.pab)
        return fresh(row)

    def published(self, **told: Any) -> Publication:
        row = self.recommended(**told)
        self.decides(row, "publish", self.of.panel, DECIDED)
        return fresh(row)

    def moves(
        self, row: Publication, move: str, day: dt.date = DRAFTED, by: Acting | None = None, **told: Any
    ) -> Step:
        decision = told.pop("decision", "")
        taken = Taken(move, told.pop("key", None) or key(), **told)
        acting = on(by or self.of.sam, day)
        return take_publication_step(
            publication=row, taken=taken, by=acting, at=at(day, 14), decision=decision
        )

    def decides(
        self, row: Publication, move: str, body: Body, day: dt.date = CLOSED, verb: str = "AGREED"
    ) -> Step:
        reference = self.decided_on_nobody(body, day, verb)
        return self.moves(row, move, day, said={"reasons": "So agreed."}, decision=reference)

    def decided_on_nobody(self, body: Body, day: dt.date, verb: str = "AGREED") -> str:
        taken = records.Taken(verb, "A comparison", "So decided.", body, day, key())
        reference: str = records.record_decision(
            taken=taken, by=on(self.of.sam, day), at=at(day, 12)
        ).reference
        return reference

    def passes(self, row: Publication | ChargeRun, day: dt.date = CLOSED) -> bool:
        """Let the query window pass by itself."""
        by = Acting(CODE, day, stands_for="Worker")
        return pass_clock_of_matter(matter=row, clock="window", by=by, at=at(day))

    def queried(self, row: Publication, words: str = "Three hubs were another's.", **told: Any) -> Any:
        by = told.pop("by", self.of.ada)
        made: PublicationQuery = query_publication(
            publication=row, words=words, key=told.pop("key", None) or key(), by=by, at=at(DRAFTED, 15)
        )
        return made

    def answered(self, query: PublicationQuery, words: str = "They were.", **told: Any) -> PublicationQuery:
        answered = Answered(words, told.pop("is_upheld", True), key())
        return answer_publication_query(query=query, answered=answered, by=self.of.jo, at=at(DRAFTED, 16))

    def corrected(self, row: Publication, day: dt.date = DRAFTED, **told: Any) -> Sheet:
        said = {"party": self.of.alfa, "numerator": 183, "denominator": 200, "why": "Three were right."}
        corrected = Corrected(**{**said, "key": key(), **told})
        return correct_publication(
            publication=row, corrected=corrected, by=on(self.of.jo, day), at=at(day, 16)
        )

    def computed(self, day: dt.date = DRAFTED, **told: Any) -> ChargeRun:
        by = told.pop("by", self.of.jo)
        said = {"scheme": "hub_variant", "period": JULY, "key": key(), **told}
        return compute_charges(computed=Computed(**said), by=on(by, day), at=at(day))

    def shown(self, **told: Any) -> ChargeRun:
        row = self.computed(**told)
        self.charges(row, "show")
        return fresh(row)

    def charges(
        self, row: ChargeRun, move: str, day: dt.date = DRAFTED, by: Acting | None = None, **told: Any
    ) -> Step:
        decision = told.pop("decision", "")
        taken = Taken(move, told.pop("key", None) or key(), **told)
        acting = on(by or self.of.sam, day)
        return take_charge_step(charge_run=row, taken=taken, by=acting, at=at(day, 14), decision=decision)

    def answered_charge(self, query: ChargeQuery, words: str) -> ChargeQuery:
        answered = Answered(words, is_upheld=True, key=key())
        return answer_charge_query(query=query, answered=answered, by=self.of.jo, at=at(DRAFTED, 16))

    def corrected_charge(self, row: ChargeRun, **told: Any) -> ChargeSheet:
        said = {"party": self.of.alfa, "numerator": 190, "denominator": 200, "why": "Ten were right."}
        recounted = Recounted(**{**said, "key": key(), **told})
        return correct_charge(charge_run=row, recounted=recounted, by=self.of.jo, at=at(DRAFTED, 16))

    def relieved(self, row: ChargeRun, day: dt.date = DRAFTED, **told: Any) -> list[Relief]:
        said = {"party": self.of.alfa, "kind": "relieved", "cause": "force_majeure", "why": "A flood."}
        relieved = Relieved(**{**said, "key": key(), **told})
        return relieve_charges(charge_run=row, relieved=relieved, by=on(self.of.jo, day), at=at(day, 16))

    def queried_charge(self, row: ChargeRun, words: str = "Two hubs were another's.") -> ChargeQuery:
        return query_charge(charge_run=row, words=words, key=key(), by=self.of.ada, at=at(DRAFTED, 15))


def made_market(cast: of_cases.Cast | None = None) -> Market:
    cast = cast or of_cases.made_cast()
    for name, did in DID.items():
        slug = name.lower().replace(" ", "-")
        party, _ = Organisation.objects.get_or_create(slug=slug, defaults={"name": name})
        if not Category.objects.filter(organisation=party, code=CODE).exists():
            Category.objects.create(organisation=party, code=CODE, category=CATEGORY, from_on=BEGAN)
        landed(party, JULY, *did)
        landed(party, JUNE, did[0], did[1])
    return Market(cast)


def landed(
    party: Organisation, period: str, numerator: int, denominator: int, measure: str = MEASURE
) -> Figure:
    figure = Figure(
        **of_cases.common(party),
        run=run_of(period),
        place=Figure.objects.count(),
        period=period,
        measure=measure,
        kind="matches",
        group={"party": party.name},
        group_key=f"party={party.name}",
        numerator=numerator,
        denominator=denominator,
        state="met",
        told={},
    )
    figure.save()
    return figure


def drafting(**told: Any) -> Drafted:
    said = {
        "measure": MEASURE,
        "category": CATEGORY,
        "window": Window(JULY, JULY),
        "why": "So that each sees where it stands.",
        "key": key(),
        **told,
    }
    return Drafted(**said)


def fresh(row: Any) -> Any:
    return type(row).objects.select_related("course", "body").get(pk=row.pk)


def lines_of(row: Publication) -> dict[str, ComparedLine]:
    """Return the lines of the sheet that counts, by the name of their party."""
    row = fresh(row)
    found = ComparedLine.objects.filter(publication=row, version=row.version).select_related("party")
    return {one.party.name: one for one in found}


def printed(row: Publication) -> list[PrintedLine]:
    row = fresh(row)
    return list(PrintedLine.objects.filter(publication=row, version=row.version).order_by("place"))


def charges_of(row: ChargeRun) -> dict[str, ChargeLine]:
    row = fresh(row)
    found = ChargeLine.objects.filter(charge_run=row, version=row.version).select_related("party")
    return {one.party.name: one for one in found}


def stands(row: Any, day: dt.date = DRAFTED) -> str:
    [stage] = standing_of(fresh(row).course, day).at.values()
    return stage


def acts() -> list[str]:
    """Return what the journal holds of this room, in order."""
    found = Entry.objects.filter(act__startswith="assessments.").order_by("seq").values_list("act", flat=True)
    return [one.removeprefix("assessments.") for one in found]
