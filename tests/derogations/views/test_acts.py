from decimal import Decimal
from typing import Any

import pytest

from tallystick.decisions.views.asked import moment
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.parties.models import Category
from tests.cases.cast import BEGAN
from tests.cases.promised import asked as a_case
from tests.derogations.cast import FORECASTS, REVIEW, Cast, fresh, stands
from tests.derogations.views.conftest import browser, key_of, text
from tests.derogations.worked import granted_until_done

pytestmark = pytest.mark.django_db
NEW, PROPOSE = "/sec/derogations/new", "/sec/forbearance/new"
DRAFTED: dict[str, Any] = {
    "obligation": "OBL-AREA-B",
    "scope": "Hubs of the north",
    "measure": "AREA-B",
    "level": "70",
    "from_on": "2021-09-01",
    "until_on": "2022-03-31",
    "justification": "No hubs are delivered.",
    "control": "Each home is visited.",
}


def moves(row: Any, move: str) -> str:
    kind = "derogations" if isinstance(row, Derogation) else "forbearance"
    return f"/sec/{kind}/{row.reference}/moves/{move}"


class TestDraft:
    def test_is_a_partys_for_itself(self, cast: Cast) -> None:
        client = browser(cast.ada)
        key = key_of(client, NEW)

        answers = [client.post(NEW, {**DRAFTED, "key": key}) for _ in range(2)]

        row = Derogation.objects.get()
        assert [one.status_code for one in answers] == [302, 302]
        assert (row.party, row.level, row.by_office) == (cast.alfa, Decimal(70), False)
        assert answers[0].headers["Location"] == f"/sec/derogations/{row.reference}"

    def test_is_the_offices_for_one_that_asked_on_paper(self, cast: Cast) -> None:
        Category.objects.create(organisation=cast.brvo, code="sec", category="large_supplier", from_on=BEGAN)
        client = browser(cast.jo)

        client.post(NEW, {**DRAFTED, "key": key_of(client, NEW), "party": "brvo"})

        assert (Derogation.objects.get().party, Derogation.objects.get().by_office) == (cast.brvo, True)

    def test_of_what_a_licence_asks_is_not_offered(self, cast: Cast) -> None:
        client = browser(cast.ada)

        page = text(client.get(NEW))
        refused = client.post(NEW, {**DRAFTED, "key": "k", "obligation": "OPR-1"})

        assert "OBL-AREA-B" in page
        assert "OPR-1" not in page
        assert refused.status_code == 422

    def test_that_is_refused_is_told_with_what_was_written(self, cast: Cast) -> None:
        client = browser(cast.ada)

        page = text(client.post(NEW, {**DRAFTED, "key": "k", "level": "99"}), 409)

        assert "Ask for a lower level" in page
        assert "Hubs of the north" in page

    def test_until_work_is_done_names_the_case_whose_it_is(self, cast: Cast) -> None:
        client = browser(cast.ada)

        page = text(client.post(NEW, {**DRAFTED, "key": "k", "until_done": "on"}), 422)

        assert "Choose a case that has a remedy." in page

    def test_is_nobody_elses(self, cast: Cast) -> None:
        assert [browser(one).get(NEW).status_code for one in (cast.hal, cast.bo, cast.aud, cast.obs)] == [
            404
        ] * 4


class TestStep:
    def test_leads_one_from_draft_to_grant(self, cast: Cast) -> None:
        row = cast.drafted()
        ada, jo, sam = (browser(one) for one in (cast.ada, cast.jo, cast.sam))

        ada.post(moves(row, "submit"), {"key": key_of(ada, moves(row, "submit"))})
        jo.post(moves(row, "assess"), {"key": key_of(jo, moves(row, "assess")), "said_impact": "412 homes"})
        early = text(sam.get(moves(row, "grant")))
        decision = cast.decided(when=moment())
        page = text(sam.get(moves(row, "grant")))
        sent = {
            "said_conditions": "Report.",
            "stated_term": "2022-02-28",
            "decision": decision,
            "level": "75",
        }
        sam.post(moves(row, "grant"), {**sent, "key": key_of(sam, moves(row, "grant"))})

        term = fresh(row).terms.get()
        assert "It opens once the body has decided so" in early
        assert decision in page
        assert 'value="2022-03-31"' in page
        assert stands(row) == "active"
        assert (term.level, str(term.until_on)) == (Decimal(75), "2022-02-28")

    def test_that_is_not_lawful_is_refused_on_its_page(self, cast: Cast) -> None:
        row = cast.drafted()

        page = text(browser(cast.jo).post(moves(row, "assess"), {"key": "k", "said_impact": "None"}), 409)

        assert "was not done" in page

    def test_of_another_name_or_for_another_is_not_there(self, cast: Cast) -> None:
        row = cast.assessed()

        assert browser(cast.sam).get(moves(row, "nothing")).status_code == 404
        assert browser(cast.ada).get(moves(row, "grant")).status_code == 404
        assert browser(cast.ben).get(moves(row, "withdraw")).status_code == 404
        assert browser(cast.ben).post(moves(row, "withdraw"), {"key": "k"}).status_code == 404
        assert browser(cast.pat).get(moves(row, "grant")).status_code == 404


class TestPropose:
    def test_is_the_offices(self, cast: Cast) -> None:
        client = browser(cast.jo)

        answer = client.post(
            PROPOSE, {"key": key_of(client, PROPOSE), "obligation": FORECASTS, "why": "Far off"}
        )

        assert answer.headers["Location"] == f"/sec/forbearance/{Forbearance.objects.get().reference}"
        assert browser(cast.pat).get(PROPOSE).status_code == 404
        assert browser(cast.ada).get(PROPOSE).status_code == 404

    def test_of_what_is_proposed_already_is_refused(self, cast: Cast) -> None:
        cast.proposed()

        page = text(browser(cast.jo).post(PROPOSE, {"key": "k", "obligation": FORECASTS, "why": "Far"}), 409)

        assert "is about FCT-SR already" in page


class TestForbearanceStep:
    def test_states_the_day_of_its_review(self, cast: Cast) -> None:
        row, client = cast.proposed(), browser(cast.sam)
        address = moves(row, "decide")
        from_panel = cast.of.decided(cast.panel).reference
        page = text(client.get(address))

        sent = {"said_reasons": "Agreed.", "stated_review": REVIEW.isoformat(), "decision": from_panel}
        refused = client.post(address, {**sent, "key": key_of(client, address)})

        assert "The day on which it is looked at again" in page
        assert from_panel not in page  # it is about a party
        assert refused.status_code == 422


class TestUntilDone:
    def test_is_told_on_the_page_of_the_derogation(self, settings: Any) -> None:
        made = a_case()
        row = granted_until_done(made)
        settings.DEMO_DAY = "2021-09-29"

        page = text(browser(made.ada).get(f"/sec/derogations/{row.reference}"))

        assert "the work of its remedy" in page
        assert made.case.reference in page
