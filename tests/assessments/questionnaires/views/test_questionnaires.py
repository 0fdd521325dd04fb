"""The register and the page of a questionnaire, and the forms by which the office keeps it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.assessments.models import Questionnaire, QuestionSet, Reminder
from tests.assessments.doors import browser, key_of, text
from tests.assessments.field_cast import FieldCast

AT = "/sec/questionnaires"
MOST_SELECTS = 12
ASKED = {
    "intro": "How access ends.",
    "ask_1": "How do you learn of it?",
    "kind_1": "one",
    "needed_1": "on",
    "choices_1": "By letter\n By phone \n",
    "ask_2": "",
    "kind_2": "one",
    "ask_3": "How many?",
    "kind_3": "number",
    "low_3": "0",
    "high_3": "50",
}


def sends(field: FieldCast, address: str, by: Any = None, **told: Any) -> Any:
    """Fill in the form of a page as the office, and send it."""
    client = browser(by or field.jo)
    return client.post(address, {"key": key_of(client, address), **told})


class TestRegister:
    def test_offers_the_office_what_waits_for_questions(self, field: FieldCast) -> None:
        planned = field.begun("tenancy_questionnaire")

        assert f"{AT}/{planned.reference}/design" in text(browser(field.jo).get(AT))
        assert planned.reference not in text(browser(field.ada).get(AT))

    def test_tells_a_party_whether_it_is_asked(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row)

        assert "answered Mon 6 Sep 2021" in text(browser(field.ada).get(AT))
        assert f"{AT}/{row.application.reference}/answers/brvo" in text(browser(field.ben).get(AT))

    def test_keeps_drafts_in_the_office(self, field: FieldCast) -> None:
        row = field.designed()

        for by in (field.ada, field.bo, field.obs):
            assert row.application.reference not in text(browser(by).get(AT))


class TestPage:
    def test_shows_the_office_who_answered(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row)
        field.reminded(row)

        page = text(browser(field.jo).get(f"{AT}/{row.application.reference}"))

        assert "1 of 2 answered" in page
        assert "BRVO" in page
        assert "by somebody" in page

    def test_shows_a_party_its_own_answers_alone(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row)
        field.sent(row, given={"q1": ["1"], "q3": ["7"]}, reason="Counted again.")

        own = text(browser(field.ada).get(f"{AT}/{row.application.reference}"))
        other = text(browser(field.ben).get(f"{AT}/{row.application.reference}"))

        assert "Counted again." in own
        assert "Nobody tells us." in own
        assert "ALFA" not in other
        assert "Nobody tells us." not in other

    def test_is_not_there_for_others_before_the_issue(self, field: FieldCast) -> None:
        row = field.designed()

        for by in (field.ada, field.bo):
            assert browser(by).get(f"{AT}/{row.application.reference}").status_code == 404

    def test_asks_little_of_the_database(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row)
        client = browser(field.jo)
        client.get(f"{AT}/{row.application.reference}")

        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"{AT}/{row.application.reference}")

        selects = [
            one["sql"] for one in asked if one["sql"].startswith("SELECT") and "closedday" not in one["sql"]
        ]
        assert len(selects) <= MOST_SELECTS, "\n".join(selects)


class TestForms:
    def test_design_and_leave_out_what_is_empty(self, field: FieldCast) -> None:
        planned = field.begun("tenancy_questionnaire")

        answer = sends(field, f"{AT}/{planned.reference}/design", **ASKED)

        version = QuestionSet.objects.get()
        assert (answer.status_code, answer.url) == (302, AT)
        assert [one["kind"] for one in version.shape] == ["one", "number"]
        assert version.choices == {"q1-1": "By letter", "q1-2": "By phone"}
        assert [one["needed"] for one in version.shape] == [True, False]

    def test_reword_issue_and_remind(self, field: FieldCast) -> None:
        row = field.designed()
        at = f"{AT}/{row.application.reference}"

        page = text(browser(field.jo).get(f"{at}/questions"))
        reworded = sends(field, f"{at}/questions", **ASKED, why="It was unclear.")
        issued = sends(field, f"{at}/issue")
        reminded = sends(field, f"{at}/remind")

        assert "How do you learn of a change of tenancy?" in page
        assert {reworded.status_code, issued.status_code, reminded.status_code} == {302}
        assert Questionnaire.objects.get().issued_at is not None
        assert Reminder.objects.count() == 2

    def test_say_what_is_wrong(self, field: FieldCast) -> None:
        planned = field.begun("tenancy_questionnaire")
        at = f"{AT}/{planned.reference}/design"

        empty = sends(field, at, **{**ASKED, "intro": ""})
        strange = sends(field, at, **{**ASKED, "choices_1": "Only one"})

        assert empty.status_code == 422
        assert "2 to 12 choices" in text(strange, 409)

    @pytest.mark.parametrize("act", ["questions", "issue", "remind"])
    def test_are_the_offices(self, field: FieldCast, act: str) -> None:
        row = field.issued()

        for by in (field.ada, field.bo, field.obs):
            answer = browser(by).get(f"{AT}/{row.application.reference}/{act}")
            assert answer.status_code in (403, 404)
