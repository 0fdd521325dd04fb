from tallystick.assessments.models import Document
from tallystick.assessments.planning import seen as finding
from tallystick.parties.acting import Acting
from tests.assessments.plan_cast import Cast, latest

METHODOLOGY = Document.METHODOLOGY


def read(who: Acting, row: Document) -> Document:
    found = finding.document(who, row.reference)
    assert found is not None
    return found


class TestFinding:
    def test_goes_through_what_somebody_may_see(self, plans: Cast) -> None:
        plans.scored_year()
        plans.saved()
        row = plans.drafted(METHODOLOGY)
        period = latest()

        assert len(finding.drafts(plans.hal, period)) == 1
        assert finding.drafts(plans.ada, period) == []
        assert finding.documents(plans.ada, period) == []
        assert finding.document(plans.ada, row.reference) is None
        assert finding.document(plans.jo, row.reference) == row

    def test_has_what_was_frozen_and_said_by_key(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        before = finding.frozen(plans.jo, [read(plans.jo, row)])
        plans.put(row)
        comment = plans.commented(row)
        reply, other = plans.answered(comment), plans.commented(row)

        assert before == {}
        assert set(finding.frozen(plans.ben, [read(plans.ben, row)])) == {row.pk}
        said = finding.comments(plans.ben, row)
        assert said == [comment, other]
        assert finding.replies(plans.ben, said) == {comment.pk: reply}

    def test_tells_where_documents_stand(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)

        assert finding.stages([row]) == {row.pk: "drafted"}
