from tallystick.assessments.models import Document
from tallystick.assessments.planning import finding
from tests.assessments.plan_cast import Cast, latest

METHODOLOGY = Document.METHODOLOGY


class TestFinding:
    def test_goes_through_what_somebody_may_see(self, cast: Cast) -> None:
        cast.scored_year()
        cast.saved()
        row = cast.drafted(METHODOLOGY)
        period = latest()

        assert len(finding.drafts(cast.hal, period)) == 1
        assert finding.drafts(cast.ada, period) == []
        assert finding.documents(cast.ada, period) == []
        assert finding.document(cast.ada, row.reference) is None
        assert finding.document(cast.jo, row.reference) == row

    def test_has_what_was_frozen_and_said_by_key(self, cast: Cast) -> None:
        cast.scored_year()
        row = cast.drafted(METHODOLOGY)
        before = finding.frozen(cast.jo, [row])
        cast.put(row)
        comment = cast.commented(row)
        reply = cast.answered(comment)

        assert before == {}
        assert set(finding.frozen(cast.ben, [row])) == {row.pk}
        assert finding.comments(cast.ben, row) == [comment]
        assert finding.replies(cast.ben, row) == {comment.pk: reply}

    def test_tells_where_documents_stand(self, cast: Cast) -> None:
        cast.scored_year()
        row = cast.drafted(METHODOLOGY)

        assert finding.stages([row]) == {row.pk: "drafted"}
