"""Every kind of matter that there is, each saying one word where it can."""

import datetime as dt
from decimal import Decimal
from typing import Any

from tallystick.assessments.models import Document
from tallystick.assessments.planning.experience import experiences
from tallystick.assessments.planning.operations.documents import take_document_step
from tallystick.assessments.planning.operations.effects import Answering, answer_effect
from tallystick.assessments.planning.terms import Terms
from tallystick.assessments.questionnaires.questions import ONE, WORDS, Question
from tallystick.assessments.sampling.population import listed
from tallystick.assessments.techniques.operations.correcting import Corrected, correct_outcome
from tallystick.assessments.techniques.operations.sampling import Asked, Seen, draw_sample, tally_sample
from tallystick.assessments.techniques.operations.tagging import Tagged, tag_technique
from tallystick.assessments.techniques.operations.testing import (
    Certified,
    list_items,
    record_certificate,
    record_items,
)
from tallystick.cases.models import Case
from tallystick.cases.operations.closing import close_case, verify_case
from tallystick.cases.operations.gaps import Recorded, close_gap, record_gap
from tallystick.cases.operations.milestones import meet_milestone, recover, warn
from tallystick.cases.operations.opening import Size
from tallystick.cases.operations.remedies import accept_remedy, file_remedy, return_remedy
from tallystick.cases.operations.talking import Reply, give_notice, reply, send_message, write_note
from tallystick.challenges.operations.disputing import Raised, raise_dispute
from tallystick.derogations.operations.moving import take_derogation_step
from tallystick.parties.acting import Acting
from tallystick.processes.operations.courses import Taken
from tallystick.processes.operations.holds import Placed, lift_hold, place_hold
from tests.assessments import cast as of_assessments
from tests.assessments import plan_cast as of_plans
from tests.assessments.field_cast import PLAYED, FieldCast
from tests.assessments.market import Market, made_market
from tests.assessments.planning.found import applied
from tests.cases.cast import NOTICED, Cast, at, key, landed, on
from tests.cases.promised import by_hand, planned
from tests.challenges.cast import Chamber, made_chamber
from tests.derogations import cast as of_derogations
from tests.risks import cast as of_risks

CANARY = "Quillbrook-7713"
NEXT = NOTICED + dt.timedelta(days=1)


def doing(by: Acting, day: dt.date = NOTICED, hour: int = 15) -> dict[str, Any]:
    return {"by": on(by, day), "at": at(day, hour)}


def live(cast: Cast) -> None:
    """Do all that is said something in."""
    _cases(cast)
    _gaps(cast)
    _relief(cast)
    _challenges(made_chamber(cast))
    _register(of_risks.Cast(cast))
    _applied(of_assessments.among(cast))
    _field(FieldCast(of_assessments.among(cast)))
    _money(made_market(cast))
    _documents(of_plans.Cast(of_risks.Cast(cast)))


def _cases(cast: Cast) -> None:
    size, told = Size(devices=3, how=CANARY), {"source": Case.THIRD_PARTY, "teller": CANARY}
    case = cast.opened(title=CANARY, what=CANARY, size=size, **told)
    give_notice(case=case, text=CANARY, key=key(), **doing(cast.jo))
    reply(case=case, said=Reply("accepted", CANARY, key()), **doing(cast.ada))
    send_message(case=case, text=CANARY, key=key(), **doing(cast.ada))
    write_note(case=case, text=CANARY, key=key(), **doing(cast.jo))
    for move, asks in (("go_on", {}), ("inform", {}), ("persuade", {"how": CANARY}), ("ask_for_remedy", {})):
        cast.step(case, move, said=asks)
    held = place_hold(placed=Placed(CANARY, key(), NOTICED, course=case.course), **doing(cast.sam))
    lift_hold(hold=held, because=CANARY, **doing(cast.sam))
    _remedied(cast, case)
    verify_case(case=case, key=key(), **doing(cast.jo, NEXT))
    close_case(case=case, effect=CANARY, key=key(), **doing(cast.jo, NEXT))


def _remedied(cast: Cast, case: Case) -> None:
    signed = {"signed_by": CANARY, "signed_as": CANARY, "signed_on": NOTICED}
    works = (planned(CANARY, dt.date(2021, 10, 29), proof=CANARY),)
    for _ in range(2):
        filed = by_hand(cause=CANARY, otherwise=CANARY, milestones=works, instead_because=CANARY, **signed)
        remedy = file_remedy(case=case, filed=filed, **doing(cast.ada))
    return_remedy(remedy=remedy, reasons=CANARY, key=key(), **doing(cast.jo))
    remedy = file_remedy(case=case, filed=by_hand(), **doing(cast.ada))
    accept_remedy(remedy=remedy, words=CANARY, key=key(), **doing(cast.jo))
    warn(remedy=remedy, why=CANARY, key=key(), **doing(cast.ada))
    recover(remedy=remedy, why=CANARY, key=key(), **doing(cast.jo))
    one = remedy.milestones.get()
    meet_milestone(milestone=one, on=NOTICED, by_what=CANARY, key=key(), **doing(cast.jo))


def _gaps(cast: Cast) -> None:
    recorded = Recorded("G3", CANARY, CANARY, CANARY, CANARY, key())
    gap = record_gap(recorded=recorded, **doing(cast.jo))
    close_gap(gap=gap, reason=CANARY, **doing(cast.jo))


def _relief(cast: Cast) -> None:
    relief = of_derogations.Cast(cast)
    words = dict.fromkeys(("scope", "conditions", "justification", "control"), CANARY)
    row = relief.submitted(NOTICED, **words)
    taken = Taken("assess", key(), said={"impact": CANARY})
    take_derogation_step(derogation=row, taken=taken, **doing(cast.jo, hour=11))
    relief.grant(row, NOTICED, words=CANARY)
    relief.vary(row, NEXT, words=CANARY)
    relief.forborne(NOTICED, why=CANARY)


def _challenges(chamber: Chamber) -> None:
    row = chamber.served(chamber.opened(landed(chamber.alfa)))
    chamber.does(row, "query", said={"grounds": CANARY}, hour=10)
    raised = Raised(CANARY, key(), landed(chamber.alfa, "2021-06"))
    dispute = raise_dispute(raised=raised, **doing(chamber.ada))
    chamber.moves(dispute, "reject", day=NEXT, said={"reasons": CANARY})


def _register(office: of_risks.Cast) -> None:
    said = dict.fromkeys(("risk_that", "resulting_in", "note"), CANARY)
    words = of_risks.words_of(CANARY, factors={"1": CANARY}, elsewhere={"1": CANARY}, **said)
    office.opened()
    risk = office.added(words, why=CANARY)
    office.scored(risk, control=CANARY, reason=CANARY)
    office.answered(office.proposed(risk), reason=CANARY)
    office.approved()
    office.reworded(risk, of_risks.words_of(f"{CANARY} again"), why=CANARY)
    office.split(risk, CANARY, CANARY, why=CANARY)


def _applied(office: of_assessments.Cast) -> None:
    tag_technique(tagged=Tagged("charges", ("corrective",), CANARY, key()), **doing(office.jo))
    said = {"title": CANARY, "why": CANARY}
    office.cancel(office.begun(**said), reasons=CANARY)
    audit, test = office.started(of_assessments.AUDIT, **said), office.begun(of_assessments.TESTING, **said)
    list_items(application=test, items={CANARY: False}, key=key(), **office.doing(office.jo))
    office.start(test)
    went = {"outcomes": {1: "passed"}, "note": CANARY}
    record_items(part=office.part(test), **went, key=key(), **office.doing(office.jo))  # type: ignore[arg-type]  # of several kinds
    part = office.part(audit)
    office.answer(part, CANARY)
    asked = Asked(CANARY, listed(CANARY), Decimal(95), Decimal(5), "seed", key())
    draw_sample(part=part, asked=asked, **office.doing(office.jo))
    seen = Seen(key(), {CANARY: "conforms"}, note=CANARY)
    tally_sample(part=part, seen=seen, **office.doing(office.jo))
    for party in office.both:
        office.conclude(office.part(audit, party), "conforms", CANARY)
    otherwise = Corrected("not_concluded", CANARY, key(), CANARY)
    correct_outcome(part=part, corrected=otherwise, **office.doing(office.jo))
    office.report(audit, result=CANARY)
    office.close(audit, effect=CANARY)
    review = office.part(office.started("conformity_review", **said))
    dates = NOTICED, NOTICED + dt.timedelta(days=365)
    certified = Certified("CH-12", "CPL-0417", *dates, key())
    record_certificate(part=review, certified=certified, **office.doing(office.jo))


def _field(field: FieldCast) -> None:
    """Ask, answer and correct; play and learn; set, assess and receive what is Red."""
    asks = (
        Question("q1", ONE, CANARY, CANARY, choices=(CANARY, "B")),
        Question("q2", WORDS, f"{CANARY} again", needed=False),
    )
    row = field.designed(questions=asks, intro=CANARY)
    field.reworded(row, questions=asks, intro=CANARY, why=CANARY)
    field.issued(row)
    field.reminded(row)
    field.saved(row, given={"q2": [CANARY]})
    field.sent(row, given={"q1": ["1"], "q2": [CANARY]})
    field.sent(row, given={"q1": ["2"], "q2": [CANARY]}, reason=CANARY)
    played = field.announced(field.prepared(scenario=CANARY, roles=(CANARY,), objectives=(CANARY,)))
    field.turned(played, words=CANARY)
    field.observed(played, words=CANARY)
    lesson = field.learnt(played, words=CANARY)
    field.debriefed(played, result=CANARY)
    field.settled(lesson, words=CANARY, day=PLAYED)
    field.set_status(grounds=CANARY)
    field.verified(assessor=CANARY, found=CANARY)
    field.lettered(signed_by=CANARY, signed_as=CANARY, says=CANARY)


def _money(market: Market) -> None:
    row = market.opened(why=CANARY)
    market.answered(market.queried(row, CANARY), CANARY)
    market.corrected(row, why=CANARY)
    market.moves(row, "withdraw", said={"why": CANARY})
    market.published()
    charges = market.shown()
    market.answered_charge(market.queried_charge(charges, CANARY), CANARY)
    market.corrected_charge(charges, why=CANARY)
    market.relieved(charges, why=CANARY)


def _documents(office: of_plans.Cast) -> None:
    office.scored("R-02", control=CANARY, reason=CANARY)
    terms = Terms(0, fixed={"comparison": False})
    office.saved(terms=terms, says=CANARY, whys={"comparison": CANARY})
    for kind in (Document.PLAN, Document.REGISTER):
        row = office.drafted(kind, why=CANARY)
        office.put(row)
        office.answered(office.commented(row, CANARY), CANARY)
        withdrawn = Taken("withdraw", key(), {"reasons": CANARY})
        take_document_step(document=row, taken=withdrawn, **doing(office.sam))
    applied(office)
    [one] = [told for told in experiences(office.jo, of_plans.latest()) if told.risk == "R-02"][:1]
    said = Answering(one.technique, one.risk, one.digest, is_accepted=False, reason=CANARY, key=key())
    answer_effect(period=of_plans.latest(), answering=said, **doing(office.jo))
