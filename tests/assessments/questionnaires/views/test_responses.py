"""A party answers on a page; what the answers say is shown to each as far as it may be told."""

import csv
import io
from typing import Any

from tallystick.assessments.models import DraftResponse, Response
from tallystick.assessments.questionnaires.operations.designing import issue_questionnaire
from tallystick.parties.models import Category, Organisation, Role
from tests.assessments.cast import CODE
from tests.assessments.doors import browser, key_of, text
from tests.assessments.field_cast import GIVEN, FieldCast
from tests.cases.cast import BEGAN, acting_as

AT = "/sec/questionnaires"


def answers(field: FieldCast, address: str, by: Any = None, **told: Any) -> Any:
    client = browser(by or field.ada)
    return client.post(address, {"key": key_of(client, address), **told})


class TestAnswer:
    def test_is_saved_and_then_sent(self, field: FieldCast) -> None:
        row = field.issued()
        at = f"{AT}/{row.application.reference}/answers/alfa"

        saved = answers(field, at, do="save", q1="1", q5="A thought.")
        again = text(browser(field.ada).get(at))
        sent = answers(field, at, do="send", **GIVEN)

        assert (saved.status_code, sent.status_code) == (302, 302)
        assert "A thought." in again
        assert Response.objects.get().picked["q2"] == ["1", "3"]
        assert DraftResponse.objects.get().words == {}

    def test_is_corrected_with_a_reason(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row)
        at = f"{AT}/{row.application.reference}/answers/alfa"

        bare = answers(field, at, do="send", **{**GIVEN, "q3": "7"})
        told = answers(field, at, do="send", **{**GIVEN, "q3": "7"}, reason="Counted again.")

        assert (bare.status_code, told.status_code) == (422, 302)
        assert Response.objects.latest("number").picked["q3"] == ["7"]

    def test_says_at_the_question_what_is_wrong(self, field: FieldCast) -> None:
        row = field.issued()
        at = f"{AT}/{row.application.reference}/answers/alfa"

        page = text(answers(field, at, do="send", q3="9000"), 422)

        assert "It is required." in page
        assert "From 0 to 5,000." in page

    def test_draft_is_shown_to_nobody_else(self, field: FieldCast) -> None:
        row = field.issued()
        field.saved(row, given={"q5": ["A thought."]})
        at = f"{AT}/{row.application.reference}"

        for address in (at, f"{at}/answers/alfa", f"{at}/analysis", f"{at}/analysis.csv"):
            assert "A thought." not in text(browser(field.jo).get(address)), address

    def test_is_not_there_for_others(self, field: FieldCast) -> None:
        row = field.issued()

        for by in (field.ben, field.obs, field.bo):
            answer = browser(by).get(f"{AT}/{row.application.reference}/answers/alfa")
            assert answer.status_code in (403, 404)


def asked_of_many(field: FieldCast, count: int) -> tuple[Any, list[Any]]:
    """Issue a questionnaire to so many parties, and return it with their delegates."""
    made = []
    for number in range(count):
        party = Organisation.objects.create(slug=f"party-{number}", name=f"Party {number}")
        Category(organisation=party, code=CODE, category="large_supplier", from_on=BEGAN).save()
        made.append(acting_as(f"Delegate{number}", Role.PARTY_DELEGATE, party))
    row = field.designed(
        field.begun("tenancy_questionnaire", parties=tuple(one.organisation for one in made))
    )
    issue_questionnaire(questionnaire=row, key="many", **field.doing(field.jo))
    return row, made


class TestAnalysis:
    def test_tells_the_office_all_and_others_of_no_few(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row)
        at = f"{AT}/{row.application.reference}/analysis"

        office, other = (text(browser(by).get(at)) for by in (field.jo, field.ben))

        assert "Nobody tells us." in office
        assert "1 of 2 answered" in office
        assert "Nobody tells us." not in other
        assert "ALFA" not in other
        assert "withheld" in other

    def test_tells_others_of_enough_together(self, field: FieldCast) -> None:
        row, delegates = asked_of_many(field, 10)
        for place, by in enumerate(delegates):
            given = {"q1": [str(place % 2 + 1)], "q3": [str(place)], "q5": [f"Because {place}"]}
            field.sent(row, by=by, party=by.organisation, given=given)

        page = text(browser(field.ben).get(f"{AT}/{row.application.reference}/analysis"))

        assert "<b>5</b> of 10" in page
        assert "Because" not in page
        assert "Party 3" not in page

    def test_is_given_as_a_file_that_no_spreadsheet_runs(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row, given={**GIVEN, "q5": ["=HYPERLINK(1)"]})
        at = f"{AT}/{row.application.reference}/analysis.csv"

        office, other = (text(browser(by).get(at)) for by in (field.jo, field.ben))

        cells = [cell for line in csv.reader(io.StringIO(office)) for cell in line]
        assert "'=HYPERLINK(1)" in cells
        assert not [cell for cell in cells if cell.startswith("=")]
        assert "ALFA" in cells
        assert "HYPERLINK" not in other
        assert "ALFA" not in other

    def test_is_not_there_before_the_issue(self, field: FieldCast) -> None:
        row = field.designed()

        assert browser(field.jo).get(f"{AT}/{row.application.reference}/analysis").status_code == 404
