from collections.abc import Callable
from decimal import Decimal

import pytest

from tallystick.assessments.models import Document, Draft, Frozen
from tallystick.assessments.planning.content import hash_of
from tallystick.assessments.planning.operations.documents import UnableToDraftDocument
from tallystick.decisions.keeping import UnableToChangeARecord
from tallystick.processes.models import CarriedOut
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.queries import process_of
from tallystick.processes.wishes import UnableToMove
from tallystick.risks.models import Approval, Score
from tests.assessments.plan_cast import (
    APRIL,
    BODIES,
    DAY,
    OVER,
    Cast,
    acts,
    fresh,
    key,
    last_said,
    stands,
)

METHODOLOGY, REGISTER, PLAN = Document.METHODOLOGY, Document.REGISTER, Document.PLAN
WAY = (
    "drafted",
    "consulting",
    "consulted",
    "recommended",
    "endorsed_by_parties",
    "endorsed",
    "in_force",
)


def lead(plans: Cast, row: Document, stage: str) -> None:
    """Lead a document to a stage of its way."""
    ways: dict[str, Callable[[], object]] = {
        "consulting": lambda: plans.put(row),
        "consulted": lambda: plans.consulted(row),
        "recommended": lambda: plans.step(row, "recommend", OVER),
        "endorsed_by_parties": lambda: plans.step(row, "parties_endorse", OVER),
        "endorsed": lambda: plans.step(row, "panel_endorse", OVER),
        "in_force": lambda: plans.implemented(row, OVER),
    }
    for one in WAY[1 : WAY.index(stage) + 1]:
        ways[one]()


class TestDraftDocument:
    def test_is_version_one_before_the_board(self, plans: Cast) -> None:
        plans.scored_year()

        row = plans.drafted()

        assert (row.version, row.revises, row.publicity, row.body) == (1, None, "draft", plans.pab)
        assert row.reference.startswith("DOC-2021-")
        assert stands(row) == "drafted"
        assert acts() == ["save_draft", "draft_document"]

    def test_drafts_one_however_often_it_is_sent(self, plans: Cast) -> None:
        plans.scored_year()
        form = key()

        rows = [plans.drafted(METHODOLOGY, key=form) for _ in range(2)]

        assert rows[0] == rows[1]
        with pytest.raises(UnableToDraftDocument, match="This form drafted"):
            plans.drafted(METHODOLOGY, key=form, why="Another reason.")

    @pytest.mark.parametrize(
        ("kind", "told", "why"),
        [
            (METHODOLOGY, {"why": " "}, "Say why"),
            ("minutes", {}, "has no document"),
            (PLAN, {"draft": None}, "A plan is put forward by its draft"),
        ],
    )
    def test_is_refused_where_something_is_not_said(
        self, plans: Cast, kind: str, told: dict[str, object], why: str
    ) -> None:
        plans.scored_year()

        with pytest.raises(UnableToDraftDocument, match=why):
            plans.drafted(kind, **told)

    def test_waits_until_another_of_its_kind_is_through(self, plans: Cast) -> None:
        plans.scored_year()
        first = plans.drafted(METHODOLOGY)

        with pytest.raises(UnableToDraftDocument, match="is on its way"):
            plans.drafted(METHODOLOGY)

        plans.step(first, "withdraw")
        assert plans.drafted(METHODOLOGY).version == 2

    def test_of_a_register_needs_a_score(self, plans: Cast) -> None:
        plans.opened()

        with pytest.raises(UnableToDraftDocument, match="No risk of the period has a score"):
            plans.drafted(REGISTER)


class TestPutForward:
    def test_freezes_what_it_says_and_shows_it(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(REGISTER)

        plans.put(row)

        frozen = Frozen.objects.get(document=row)
        [first, second] = frozen.content["risks"]
        assert (first["reference"], first["net"], second["net"]) == ("R-02", "16.00", "5.00")
        assert frozen.words["R-02 title"] == "Hub variant and region"
        assert frozen.sha256 == hash_of(frozen.content, frozen.words)
        assert (fresh(row).publicity, stands(row)) == ("issued", "consulting")
        assert last_said()[0].startswith(f"froze {row.reference} at {frozen.sha256[:12]}")

    def test_keeps_what_it_froze_whatever_is_scored_later(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(REGISTER)
        plans.put(row)
        before = Frozen.objects.get(document=row)

        plans.of.scored("R-02", (5, 5, 5, 5))
        plans.of.reworded("R-02")

        after = Frozen.objects.get(document=row)
        assert (after.content, after.words, after.sha256) == (before.content, before.words, before.sha256)
        with pytest.raises(UnableToChangeARecord):
            after.save(update_fields=["content"])

    def test_approves_the_scores_that_stood_in_it_once_it_takes_effect(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(REGISTER)
        plans.put(row, "bring_at_once")
        plans.of.scored("R-02", (5, 5, 5, 5), day=OVER)
        for move in BODIES:
            plans.step(row, move)
        assert not Score.objects.filter(publicity=Score.ISSUED).exists()

        plans.implemented(row, APRIL)

        approved = Score.objects.filter(publicity=Score.ISSUED, risk__reference="R-02")
        assert [(one.number, one.net) for one in approved] == [(1, Decimal(16))]
        assert [one.reference for one in Approval.objects.all()] == [row.reference]

    def test_shows_the_draft_of_a_plan(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted()

        plans.put(row)

        frozen = Frozen.objects.get(document=row)
        assert Draft.objects.get().publicity == "issued"
        assert frozen.content["result"] == Draft.objects.get().result

    def test_says_why_where_nobody_is_consulted(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)

        with pytest.raises(UnableToMove):
            plans.put(row, "bring_at_once", reason="")

        plans.put(row, "bring_at_once")
        assert stands(row) == "consulted"

    def test_is_done_once_by_one_form(self, plans: Cast) -> None:
        plans.scored_year()
        row, form = plans.drafted(METHODOLOGY), key()

        steps = [plans.put(row, key=form) for _ in range(2)]

        assert steps[0] == steps[1]
        assert acts().count("put_forward") == 1

    def test_takes_no_other_move(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)

        with pytest.raises(UnableToTakeStep, match="Only a draft is put forward"):
            plans.put(row, "withdraw")


class TestTakeDocumentStep:
    def test_leads_from_a_draft_into_force(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)

        seen = []
        lead(plans, row, "in_force")
        seen = [one.to_stage for one in row.course.steps.order_by("pk")]

        assert seen == list(WAY[1:])
        assert fresh(row).from_on == OVER
        assert CarriedOut.objects.filter(course=row.course).count() == len(BODIES)

    @pytest.mark.parametrize("stage", WAY)
    def test_takes_none_that_does_not_lead_on_from_there(self, plans: Cast, stage: str) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        lead(plans, row, stage)
        moves = process_of(row.course).moves

        for name, rule in moves.items():
            if stage not in rule.from_ or rule.who == ("clock",) or name == "supersede":
                with pytest.raises((UnableToMove, UnableToTakeStep)):
                    plans.step(row, name, OVER, decision="")
        assert stands(row, OVER) == stage

    def test_waits_for_the_decision_of_the_body(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        lead(plans, row, "consulted")
        early = plans.decided("panel", OVER)

        with pytest.raises(UnableToTakeStep, match="No decision"):
            plans.step(row, "recommend", OVER, decision=early)

    def test_needs_a_decision_of_the_panel_for_parties_and_one_of_its_own(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        lead(plans, row, "recommended")
        decision = plans.decided("panel", OVER)

        plans.step(row, "parties_endorse", OVER, decision=decision)

        with pytest.raises(UnableToTakeStep, match="No decision"):
            plans.step(row, "panel_endorse", OVER, decision=decision)

    def test_is_not_recommended_while_a_comment_is_unanswered(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row)
        comment = plans.commented(row)
        plans.consulted(row)

        with pytest.raises(UnableToMove, match="every comment is answered"):
            plans.step(row, "recommend", OVER)

        plans.answered(comment, day=OVER)
        plans.step(row, "recommend", OVER)
        assert stands(row, OVER) == "recommended"

    @pytest.mark.parametrize(
        ("stage", "move"), [("consulted", "do_not_recommend"), ("recommended", "do_not_endorse")]
    )
    def test_ends_where_a_body_does_not_let_it(self, plans: Cast, stage: str, move: str) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        lead(plans, row, stage)

        plans.step(row, move, OVER)

        assert (stands(row, OVER), fresh(row).publicity) == ("refused", "closed")

    def test_leaves_what_was_withdrawn_before_it_was_put_forward_with_the_office(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)

        plans.step(row, "withdraw")

        assert (fresh(row).publicity, fresh(row).ended_at is not None) == ("draft", True)

    def test_leaves_other_acts_their_moves(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)

        for move in ("consult", "take_effect"):
            with pytest.raises(UnableToTakeStep, match="Use the form"):
                plans.step(row, move)


class TestImplementDocument:
    def test_of_a_plan_waits_for_the_first_day_of_its_period(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted()
        plans.put(row, "bring_at_once")
        for move in BODIES:
            plans.step(row, move)

        with pytest.raises(UnableToMove, match="its first day has come"):
            plans.implemented(row)

        plans.implemented(row, APRIL)
        assert (fresh(row).from_on, stands(row, APRIL)) == (APRIL, "in_force")

    def test_gives_the_place_of_the_version_before_to_the_later(self, plans: Cast) -> None:
        plans.scored_year()
        first = plans.in_force()
        second = plans.drafted(METHODOLOGY, day=OVER)
        assert second.revises == first

        plans.put(second, "bring_at_once", OVER)
        for move in BODIES:
            plans.step(second, move, OVER)
        assert fresh(first).until_on is None  # the old one stays until the new one takes effect

        plans.implemented(second, OVER)

        old = fresh(first)
        assert (old.until_on, old.publicity, stands(first, OVER)) == (OVER, "closed", "superseded")
        assert last_said()[0].endswith(f"in the place of {first.reference}")
        assert acts().count("implement_document") == 2

    def test_is_done_once_by_one_form(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        lead(plans, row, "endorsed")
        form = key()

        steps = [plans.implemented(row, OVER, key=form) for _ in range(2)]

        assert steps[0] == steps[1]

    def test_is_not_for_everybody(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        lead(plans, row, "endorsed")

        with pytest.raises(UnableToMove, match="not for this role"):
            plans.implemented(row, OVER, by=plans.hal)


def test_the_days_of_the_story_are_working_days() -> None:
    assert DAY.weekday() < 5
    assert OVER.weekday() < 5
