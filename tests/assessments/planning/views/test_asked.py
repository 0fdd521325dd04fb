from tallystick.assessments.models import Document
from tallystick.assessments.planning.views.asked import DocumentConverter, about, decided_for, offers_for
from tallystick.processes.queries import rows_of
from tests.assessments.plan_cast import Cast, fresh


class TestConverters:
    def test_keep_what_is_written(self) -> None:
        one = DocumentConverter()

        assert one.to_url(one.to_python("DOC-2021-7K3F")) == "DOC-2021-7K3F"


class TestOffersFor:
    def test_open_with_the_decision_of_the_body(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(Document.METHODOLOGY)
        plans.put(row, "bring_at_once")
        row = fresh(row)

        def now() -> tuple[set[str], set[str]]:
            found = offers_for(plans.hal, row, rows_of([row.course])[row.course_id])
            return {one.move for one in found[0]}, {one.move for one in found[1]}

        before = now()
        reference = plans.decided("pab")

        assert before == (set(), {"recommend", "do_not_recommend"})
        assert now() == ({"recommend"}, {"do_not_recommend"})
        rows = rows_of([row.course])[row.course_id]
        [offer] = offers_for(plans.hal, row, rows)[0]
        assert decided_for(plans.hal, row, offer, rows) == [(reference, f"{reference}: The document")]

    def test_leave_the_chair_of_another_body_out(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(Document.METHODOLOGY)
        plans.put(row, "bring_at_once")
        row = fresh(row)

        assert offers_for(plans.pat, row, rows_of([row.course])[row.course_id]) == ([], [])


class TestAbout:
    def test_leads_to_the_page_and_the_list(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(Document.METHODOLOGY)

        told = about(row)

        assert told.href == f"/sec/documents/{row.reference}"
        assert told.register[1] == "/sec/plan/2022-23/documents"
