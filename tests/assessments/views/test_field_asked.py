"""How an address of this room names what it is about."""

from tallystick.assessments.views.field_asked import AppliedConverter, about
from tests.assessments.field_cast import FieldCast


class TestAbout:
    def test_leads_to_the_page_where_there_is_one(self, field: FieldCast) -> None:
        planned = field.begun("tenancy_questionnaire")
        before = about("questionnaire", planned)

        row = field.designed(planned)

        assert before.href == "/sec/questionnaires"
        assert about("questionnaire", planned, row).href == f"/sec/questionnaires/{planned.reference}"


class TestConverter:
    def test_keeps_a_reference_as_it_is_written(self) -> None:
        converter = AppliedConverter()

        assert converter.to_url(converter.to_python("TEC-2021-1")) == "TEC-2021-1"
