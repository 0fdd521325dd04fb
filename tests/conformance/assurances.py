"""What assures the code in the world: techniques applied to two parties, documents, comparisons and charges.

It comes about by the acts themselves, each text of it a secret. Whose a text is follows from the row that it
stands in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from tallystick.assessments.matters.counts import Window
from tallystick.assessments.models import (
    Application,
    Assurance,
    ChargeQuery,
    ChargeRun,
    ChargeSheet,
    Comment,
    Correction,
    Document,
    Draft,
    DraftResponse,
    Exercise,
    Frozen,
    Item,
    ItemResult,
    Lesson,
    Letter,
    Observation,
    Part,
    Publication,
    PublicationQuery,
    Questionnaire,
    QuestionSet,
    Relief,
    Reply,
    Response,
    Sample,
    SecurityStatus,
    Sheet,
    Tally,
    Turn,
    Verification,
)
from tallystick.assessments.planning.terms import Terms
from tallystick.assessments.questionnaires.questions import ONE, WORDS, Question
from tallystick.assessments.sampling.population import listed
from tallystick.assessments.techniques.operations.correcting import Corrected, correct_outcome
from tallystick.assessments.techniques.operations.sampling import Asked, Seen, draw_sample, tally_sample
from tallystick.assessments.techniques.operations.testing import list_items, record_items
from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Organisation, Person, Role
from tests.assessments import cast as of_assessments
from tests.assessments import market as of_market
from tests.assessments import plan_cast as of_plans
from tests.assessments.cast import AUDIT, TESTING, key
from tests.assessments.field_cast import PLAYED, TENANCY, FieldCast
from tests.conformance.cases import said_in
from tests.conformance.cast import ALFA, BEGAN, CHLY, PAB, Crowd
from tests.conformance.judge import What
from tests.risks import cast as of_risks

DAY = of_assessments.DAY
# In this order: of a text that stands in several, the first says whose it is.
MODELS: tuple[Any, ...] = (
    *(
        Application,
        Item,
        Part,
        Correction,
        ItemResult,
        Sample,
        Tally,
        Questionnaire,
        QuestionSet,
        DraftResponse,
        Response,
    ),
    *(Exercise, Turn, Observation, Lesson, SecurityStatus, Verification, Letter, Draft, Document, Comment),
    *(Reply, Publication, Sheet, PublicationQuery, ChargeRun, ChargeSheet, Relief, ChargeQuery),
)
# What has addresses of its own.
ADDRESSED: tuple[Any, ...] = (
    *(Application, Part, Questionnaire, Exercise, Lesson, Assurance, Draft, Document, Comment),
    *(Publication, PublicationQuery, ChargeRun, ChargeQuery),
)
# What has a history of its own.
HISTORIES = ("application", "part", "assurance", "draft", "document")


@dataclass
class Assurances:
    """Applies techniques, plans, compares and charges, and tells where each secret of it stands."""

    crowd: Crowd
    mark: Callable[[], str]

    def __post_init__(self) -> None:
        self.people = self._people()
        self.office = of_assessments.Cast(self.people)
        self._applied()
        self._tested()
        self._audited()
        self._asked()
        self._played()
        self._secured()
        self._planned()
        self._compared()

    def rows(self) -> Iterator[tuple[Any, What]]:
        """Yield the rows that have addresses of their own, and whose they are."""
        for model in ADDRESSED:
            yield from ((row, self.what(row)) for row in model.objects.order_by("pk"))

    def secrets(self) -> Iterator[tuple[str, What, str]]:
        """Yield each secret, whose it is, and the field that it stands in."""
        for model in MODELS:
            for row in model.objects.order_by("pk"):
                yield from said_in(row, self.what(row))

    def told(self) -> Iterator[tuple[str, What]]:
        """Yield each secret that a document tells to its own readers as well, and whose it then is."""
        for row in Frozen.objects.order_by("pk"):
            yield from ((said, of_row) for said, of_row, _ in said_in(row, self.what(row)))

    def what(self, row: Any) -> What:
        party = next((slug for slug, one in self.crowd.parties.items() if one.pk == row.party_id), "")
        body = next((key for key, one in self.crowd.bodies.items() if one.pk == row.body_id), "")
        return What(row.TYPE, row.classification, party, body, row.publicity)

    def _people(self) -> Any:
        """Return those who act, by the names that the casts of the tests know them by."""
        alfa, brvo = self.crowd.parties[ALFA], self.crowd.parties[CHLY]
        return SimpleNamespace(
            alfa=alfa,
            brvo=brvo,
            pab=self.crowd.bodies[PAB],
            jo=self._acting("Assurance Analyst", Role.ANALYST),
            sam=self._acting("Assurance Secretary", Role.SECRETARY),
            ada=self._acting("Assurance Delegate", Role.PARTY_DELEGATE, organisation=alfa),
            ben=self._acting("Another Delegate", Role.PARTY_DELEGATE, organisation=brvo),
        )

    def _acting(self, name: str, role: str, **of: Any) -> Acting:
        person = Person.objects.create(name=name, email=f"{name.lower().replace(' ', '-')}@example.org")
        held = Role.objects.create(person=person, code="sec", role=role, from_on=BEGAN, **of)
        return Acting("sec", DAY, person, held, of_assessments.at(DAY, 8))

    def _said(self) -> dict[str, Any]:
        return {"title": self.mark(), "why": self.mark()}

    def _both(self, row: Application) -> Iterator[tuple[Part, Acting]]:
        for party, by in ((self.people.alfa, self.people.ada), (self.people.brvo, self.people.ben)):
            yield self.office.part(row, party), by

    def _applied(self) -> None:
        """Enter guidance that is planned, that is under way, and that was reported."""
        self.office.begun(**self._said())
        for _ in range(2):
            row = self.office.started(**self._said())
            for part, by in self._both(row):
                self.office.answer(part, self.mark(), by=by)
        self.office.report(row, result=self.mark())

    def _tested(self) -> None:
        row = self.office.begun(TESTING, **self._said())
        list_items(
            application=row, items={self.mark(): False}, key=key(), **self.office.doing(self.people.jo)
        )
        self.office.start(row)
        for part, _ in self._both(row):
            went = {"outcomes": {1: "passed"}, "note": self.mark()}
            record_items(part=part, **went, key=key(), **self.office.doing(self.people.jo))  # type: ignore[arg-type]  # of several kinds

    def _audited(self) -> None:
        row = self.office.started(AUDIT, **self._said())
        for part, _ in self._both(row):
            name = self.mark()
            asked = Asked(self.mark(), listed(name), Decimal(95), Decimal(5), "seed", key())
            draw_sample(part=part, asked=asked, **self.office.doing(self.people.jo))
            seen = Seen(key(), {name: "conforms"}, note=self.mark())
            tally_sample(part=part, seen=seen, **self.office.doing(self.people.jo))
            self.office.conclude(part, "conforms", self.mark())
            said = Corrected("not_concluded", self.mark(), key(), self.mark())
            correct_outcome(part=part, corrected=said, **self.office.doing(self.people.jo))

    def _questions(self) -> tuple[Question, ...]:
        choices = (self.mark(), self.mark())
        return (
            Question("q1", ONE, self.mark(), self.mark(), choices=choices),
            Question("q2", WORDS, self.mark(), needed=False),
        )

    def _asked(self) -> None:
        """Enter a questionnaire that is designed, and one that both parties answer, in drafts and sent."""
        field = FieldCast(self.office)
        told = [self.office.begun(TENANCY, **self._said()) for _ in range(2)]
        rows = [field.designed(one, questions=self._questions(), intro=self.mark()) for one in told]
        field.issued(rows[1])
        for part, by in self._both(told[1]):
            field.sent(rows[1], by=by, party=part.party, given={"q1": ["1"], "q2": [self.mark()]})
            told_again = {"given": {"q1": ["2"], "q2": [self.mark()]}, "reason": self.mark()}
            field.sent(rows[1], by=by, party=part.party, **told_again)
        more = self.office.begun(TENANCY, **self._said())
        row = field.designed(more, questions=self._questions(), intro=self.mark())
        field.issued(row)
        for part, by in self._both(more):
            field.saved(row, by=by, party=part.party, given={"q2": [self.mark()]})

    def _played(self) -> None:
        """Enter an exercise that is prepared, one that is observed, and one that is debriefed."""
        field = FieldCast(self.office)
        rows = [self._prepared(field) for _ in range(3)]
        for row in rows[1:]:
            field.announced(row)
            for part, by in self._both(row.application):
                field.turned(row, by=by, words=self.mark())
                field.learnt(row, party=part.party, words=self.mark())
            field.observed(row, words=self.mark())
        field.debriefed(rows[2], result=self.mark())
        for lesson in Lesson.objects.filter(exercise=rows[2]).order_by("pk"):
            by = self.people.ada if lesson.party == self.people.alfa else self.people.ben
            field.settled(lesson, by=by, words=self.mark(), day=PLAYED)

    def _prepared(self, field: FieldCast) -> Exercise:
        row = self.office.begun("recovery_exercise", **self._said())
        words = {"scenario": self.mark(), "roles": (self.mark(),), "objectives": (self.mark(),)}
        return field.prepared(row, **words)

    def _secured(self) -> None:
        field = FieldCast(self.office)
        for party in (self.people.alfa, self.people.brvo):
            field.set_status(party, grounds=self.mark())
            field.verified(party, assessor=self.mark(), found=self.mark())
            field.lettered(party, signed_by=self.mark(), signed_as=self.mark(), says=self.mark())

    def _planned(self) -> None:
        """Enter drafts of the plan, a document that is drafted, and those on which parties are consulted."""
        office = of_plans.Cast(of_risks.Cast(self.people))
        terms = Terms(of_plans.BUDGET, fixed={"comparison": False})
        for _ in range(2):
            office.saved(terms=terms, says=self.mark(), whys={"comparison": self.mark()})
        office.drafted(Document.METHODOLOGY, why=self.mark())
        for kind in (Document.PLAN, Document.REGISTER):
            row = office.drafted(kind, why=self.mark())
            office.put(row)
            for by in (self.people.ada, self.people.ben):
                office.answered(office.commented(row, self.mark(), by=by), self.mark())

    def _compared(self) -> None:
        """Enter a comparison and charges that are drafted, and those that both parties may query."""
        market = of_market.Market(self.people)
        for name, did in of_market.DID.items():
            supplier = self._supplier(name)
            for month in (of_market.MAY, of_market.JUNE):
                of_market.landed(supplier, month, *did)
        window = Window(of_market.JUNE, of_market.JUNE)
        market.drafted(why=self.mark(), window=window)
        row = market.opened(why=self.mark(), window=window)
        market.computed(period=of_market.MAY)
        charges = market.shown(period=of_market.JUNE)
        for by in (self.people.ada, self.people.ben):
            market.answered(market.queried(row, self.mark(), by=by), self.mark())
        market.answered_charge(market.queried_charge(charges, self.mark()), self.mark())
        for party in (self.people.alfa, self.people.brvo):
            market.relieved(charges, party=party, why=self.mark())

    def _supplier(self, name: str) -> Organisation:
        """Return a supplier of the market: two that pay are parties of the world."""
        there = {"ALFA": self.people.alfa, "Supplier C": self.people.brvo}.get(name)
        if there is not None:
            return there
        made = Organisation.objects.create(slug=name.lower().replace(" ", "-"), name=name)
        Category.objects.create(organisation=made, code="sec", category=of_market.CATEGORY, from_on=BEGAN)
        return made
