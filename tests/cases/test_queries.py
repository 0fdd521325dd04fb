"""Cases and what is said on them, as far as somebody may see."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from tallystick.cases import queries
from tallystick.cases.matter import Matter, seen
from tallystick.cases.models import Case
from tallystick.cases.operations.closing import close_case, verify_case, withdraw_case
from tallystick.cases.operations.milestones import meet_milestone
from tallystick.cases.operations.remedies import accept_remedy, file_remedy
from tallystick.cases.operations.sharing import share_lines
from tallystick.cases.operations.talking import Reply, Said, Sending, reply, send_message, write_note
from tallystick.parties.acting import Acting
from tallystick.parties.models import Membership, Role
from tallystick.parties.policy.guard import guarded
from tests.cases.cast import (
    CODE,
    NOTICED,
    OPENED,
    Cast,
    acting_as,
    at,
    key,
    landed,
    lines_of,
    on,
    person_of,
    version_of,
    withdrawn,
)
from tests.cases.promised import by_hand

pytestmark = pytest.mark.django_db
NEXT = NOTICED + dt.timedelta(days=1)


def closed(cast: Cast, **told: Any) -> Case:
    return cast.step(cast.replied(cast.told(cast.opened(**told))), "accept_reply", reason="It was met.")


def published(cast: Cast) -> Case:
    case = cast.escalated(cast.opened())
    cast.step(case, "escalate_to_panel", by=cast.hal, decision=cast.decided(cast.pab).reference)
    send_message(
        case=case,
        text="The draft",
        sending=Sending("publish"),
        key=key(),
        by=on(cast.jo, NOTICED),
        at=at(NOTICED, 13),
    )
    return cast.step(case, "publish", by=cast.pat, decision=cast.decided(cast.panel).reference)


def remedied(cast: Cast, case: Case) -> None:
    """Let a case before the Panel be remedied and closed."""
    signed = by_hand(signed_by="Nadia Holt", signed_as="Director", signed_on=NOTICED)
    remedy = file_remedy(case=case, filed=signed, by=on(cast.ada, NOTICED), at=at(NOTICED, 14))
    decision = cast.decided(cast.panel).reference
    as_chair: dict[str, Any] = {"by": on(cast.pat, NOTICED), "at": at(NOTICED, 15)}
    accept_remedy(remedy=remedy, words="", key=key(), decision=decision, **as_chair)
    office: dict[str, Any] = {"by": on(cast.jo, NEXT), "at": at(NEXT)}
    [milestone] = remedy.milestones.all()
    meet_milestone(milestone=milestone, on=NEXT, by_what="The log", key=key(), **office)
    verify_case(case=case, key=key(), **office)
    close_case(case=case, effect="It fell.", key=key(), **office)


def before(cast: Cast, case: Case) -> Case:
    """Let a case be before the board that Bo and Hal sit on."""
    case.body = cast.bo.body
    case.save(update_fields=["body"])
    return case


class TestCases:
    def test_are_seen_by_whom_they_concern(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        names = ("jo", "sam", "aud", "obs", "ada", "ben", "bo", "hal")
        people = {name: getattr(cast, name) for name in names}
        proposer = acting_as("Pru", Role.PROPOSER, cast.alfa)
        others = {
            "public": Acting(CODE, OPENED),
            "proposer": proposer,
            "change": acting_as("Cy", Role.CHANGE_TEAM),
            "admin": acting_as("Al", Role.ADMINISTRATOR),
            "no factor": replace(cast.jo, second_factor_at=None),
        }

        with guarded():
            seen = {name for name, one in (people | others).items() if queries.case(one, case.reference)}

        assert seen == {"jo", "sam", "aud", "obs", "ada"}
        assert queries.case(cast.ben, case.reference) is queries.case(cast.ben, "CASE-2021-NONE") is None

    def test_are_read_by_the_body_they_are_before_alone(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        assert queries.case(cast.bo, case.reference) is None

        before(cast, case)

        assert queries.case(cast.bo, case.reference) == queries.case(cast.hal, case.reference) == case

    def test_are_kept_from_a_member_whose_employer_they_are_about(self, cast: Cast) -> None:
        case = before(cast, cast.told(cast.opened()))
        term = Membership.objects.get(person=person_of(cast.bo))
        term.is_independent, term.employer = False, cast.alfa
        term.save()

        assert queries.case(replace(cast.bo), case.reference) is None
        assert queries.case(cast.hal, case.reference) == case

    def test_come_open_ones_first(self, cast: Cast) -> None:
        first, second = closed(cast), cast.opened()

        assert list(queries.cases_of(cast.jo)) == [second, first]

    def test_of_the_same_area_stand_beside_each_other(self, cast: Cast) -> None:
        one, other = cast.told(cast.opened()), cast.told(cast.opened(party=cast.brvo), NOTICED)
        cast.opened(obligation="OBL-AREA-D")
        without_area = cast.opened(obligation="RPT-CSR")

        assert queries.same_area(cast.jo, one) == [other]
        assert queries.same_area(cast.ada, one) == []
        assert queries.same_area(cast.jo, without_area) == []


class TestOffers:
    def test_are_for_who_is_acting(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        of_party, _ = queries.offers_for(on(cast.ada, NOTICED), case)
        of_board, later = queries.offers_for(on(cast.bo, NOTICED), case)

        assert [one.move for one in of_party] == ["reply"]
        assert of_board == later == []

    def test_of_a_body_are_for_its_own_chair(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        before = queries.offers_for(on(cast.hal, NOTICED), case)
        cast.decided(cast.pab)

        now, _ = queries.offers_for(on(cast.hal, NOTICED), case)
        of_another, later = queries.offers_for(on(cast.pat, NOTICED), case)

        assert before[0] == []
        assert {"escalate_to_panel", "ask_again_at_pab"} <= {one.move for one in before[1]}
        assert [one.move for one in now] == ["ask_again_at_pab", "escalate_to_panel"]
        assert of_another == later == []


class TestProposals:
    def test_group_what_has_no_case_by_party_and_area(self, cast: Cast) -> None:
        july, august = landed(cast.alfa), landed(cast.alfa, "2021-08")
        of_brvo, elsewhere = landed(cast.brvo), landed(cast.alfa, area="d", obligation="OBL-AREA-D")
        withdrawn(landed(cast.alfa))
        cast.opened(landed(cast.alfa))

        found = {(one.party, one.area): one.findings for one in queries.proposals(cast.jo)}

        assert found == {
            (cast.alfa, "b"): (july, august),
            (cast.brvo, "b"): (of_brvo,),
            (cast.alfa, "d"): (elsewhere,),
        }

    def test_name_the_closed_case_that_another_would_repeat(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        gone = cast.opened(finding)
        withdrawn(finding)
        withdraw_case(case=gone, key=key(), by=cast.jo, at=at(OPENED))
        landed(cast.alfa, "2021-08")
        before = queries.proposals(cast.jo)[0].repeats

        earlier = closed(cast)

        assert before is None
        assert queries.proposals(cast.jo)[0].repeats == earlier
        assert queries.repeated(cast.jo, cast.brvo, "OBL-AREA-B", "b") is None


class TestWhatIsSaid:
    def test_reaches_both_sides_but_for_notes_and_the_source(self, cast: Cast) -> None:
        case = cast.told(cast.opened(source=Case.THIRD_PARTY, teller="Mira Holt"))
        write_note(case=case, text="They were late before.", key=key(), by=cast.jo, at=at(NOTICED))

        told = Matter(case, cast.ada)
        of_party = told.notes, queries.teller(cast.ada, case)
        [note], teller = Matter(case, cast.jo).notes, queries.teller(cast.jo, case)

        assert [one.kind for one in seen(told.messages)] == ["notice"]
        assert of_party == ([], None)
        assert note.text == "They were late before."
        assert teller is not None
        assert teller.words == "Mira Holt"

    def test_tells_findings_their_lines_and_the_answers(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.opened(finding)
        to_share = queries.versions_to_share(cast.jo, case)
        share_lines(case=case, versions=to_share, key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED))
        cast.told(case)
        line = lines_of(finding)[0]
        said = Reply("disputed", "No", key(), {line: Said("disputed", "It was replaced")})
        reply(case=case, said=said, by=on(cast.ada, NOTICED), at=at(NOTICED, 12))

        assert to_share == [version_of(finding)]
        assert queries.versions_to_share(cast.jo, case) == []
        assert queries.findings(cast.ada, case) == [finding]
        assert [one.lines for one in queries.shared(cast.ada, case)] == [2]
        assert queries.answers(cast.sam, case)[line].reason == "It was replaced"
        assert not queries.findings(cast.ben, case)
        assert not queries.shared(cast.ben, case)


class TestRegister:
    def test_names_closed_cases_and_no_open_ones(self, cast: Cast) -> None:
        ended, _ = closed(cast), cast.told(cast.opened())
        cast.opened()
        committee = acting_as("Cem", Role.COMMITTEE_MEMBER, cast.panel)

        of_open, of_closed = queries.closed_register(committee)

        assert (of_open.party, of_open.reference, of_open.is_closed) == ("", "", False)
        assert (of_open.stage, of_open.opened_in, of_open.area) == ("Notice", "2021-09", "b")
        assert (of_closed.party, of_closed.reference) == ("ALFA", ended.reference)
        assert of_closed.closed_on == timezone.localtime(ended.closed_at).date()

    def test_tells_the_public_of_what_was_published_alone(self, cast: Cast) -> None:
        closed(cast)
        case, public = published(cast), Acting(CODE, NEXT)
        while_open = queries.closed_register(public)

        remedied(cast, case)

        assert while_open == []
        for one in (public, cast.ben, cast.ada):
            assert [told.reference for told in queries.closed_register(one)] == [case.reference]
        assert len(queries.closed_register(cast.obs)) == 2

    def test_leaves_out_what_was_withdrawn(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.told(cast.opened(finding))
        withdrawn(finding)
        withdraw_case(case=case, key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 15))

        assert queries.closed_register(cast.jo) == []
