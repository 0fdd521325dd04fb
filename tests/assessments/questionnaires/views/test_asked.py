"""How an act on a questionnaire names what it is about."""

from tallystick.assessments.questionnaires.views.asked import about
from tests.assessments.field_cast import FieldCast


class TestAbout:
    def test_leads_to_the_page_where_there_is_one(self, field: FieldCast) -> None:
        planned = field.begun("tenancy_questionnaire")
        before = about(planned)

        row = field.designed(planned)

        assert before.href == "/sec/questionnaires"
        assert about(planned, row).href == f"/sec/questionnaires/{planned.reference}"
