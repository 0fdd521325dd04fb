from typing import Any

import pytest
from django.http import QueryDict

from tallystick.derogations.drafts import may_be_derogated
from tallystick.derogations.forms import DraftForm, MoveForm, ProposeForm
from tallystick.processes.engine import Offer
from tallystick.processes.queries import process_of
from tallystick.rulebook.rulebook import Rulebook
from tests.derogations.cast import Cast

pytestmark = pytest.mark.django_db


def draft_form(cast: Cast, sec: Rulebook, *parties: Any, **sent: str) -> DraftForm:
    data = QueryDict(mutable=True)
    data.update(sent)
    return DraftForm(
        data if sent else None,
        parties=parties or [cast.alfa],
        obligations=may_be_derogated(sec),
        rulebook=sec,
        cases=[],
        remedies={},
    )


class TestDraftForm:
    def test_asks_for_the_party_where_there_are_several(self, cast: Cast, sec: Rulebook) -> None:
        assert "party" not in draft_form(cast, sec).fields
        assert "party" in draft_form(cast, sec, cast.alfa, cast.brvo).fields

    def test_offers_measures_of_what_can_be_let(self, cast: Cast, sec: Rulebook) -> None:
        offered = dict(draft_form(cast, sec).fields["measure"].choices)  # type: ignore[attr-defined]

        assert {"", "AREA-B"} <= set(offered)

    def test_gives_what_is_to_be_drafted(self, cast: Cast, sec: Rulebook) -> None:
        said = {
            "key": "k",
            "obligation": "OBL-AREA-B",
            "scope": "Some",
            "from_on": "2021-09-01",
            "until_on": "2021-12-31",
            "justification": "Because",
            "control": "Visits",
        }

        form = draft_form(cast, sec, **said)

        assert form.is_valid(), form.errors
        assert (form.drafted.party, form.drafted.measure, form.drafted.level) == (cast.alfa, "", None)


class TestMoveForm:
    def test_asks_for_a_level_where_one_is_granted_of_a_measure(self, cast: Cast) -> None:
        row, words = cast.assessed(), cast.assessed(measure="", level=None)
        rule = process_of(row.course).moves["grant"]
        offer = Offer("grant", "Grant", rule.asks, states=("term",), body="pab")

        form = MoveForm(offer=offer, decided=[("DEC-1", "DEC-1")], about=row)

        assert form.fields["stated_term"].label == "Its last day"
        assert form.initial["stated_term"] == row.until_on
        assert "level" in form.fields
        assert "level" not in MoveForm(offer=offer, about=words).fields
        assert "level" not in MoveForm(offer=Offer("revoke", "Revoke", body="pab"), about=row).fields


class TestProposeForm:
    def test_offers_every_obligation(self, sec: Rulebook) -> None:
        data = QueryDict(mutable=True)
        data.update({"key": "k", "obligation": "OPR-1", "why": "Because"})

        form = ProposeForm(data, obligations=sec.obligations)

        assert form.is_valid()
        assert form.proposal.obligation == "OPR-1"
