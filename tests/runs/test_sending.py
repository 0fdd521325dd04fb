from collections.abc import Callable
from pathlib import Path

import pytest

from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.rulebook.periods import Span
from tallystick.runs import installation, operations, sending, uploads
from tallystick.runs.models import HeldRow, Submission
from tests.runs.conftest import NOW

Send = Callable[..., Submission]
JULY = Span.parse("2021-07")
GOOD = "HUB-1,removed,2021-07-01T10:00:00Z,Alderbrook Energy,north,"
ALSO_GOOD = "HUB-2,removed,2021-07-02T10:00:00Z,Alderbrook Energy,north,"
WRONG = "HUB-3,removed,on a Friday,Alderbrook Energy,north,"
ANOTHERS = "HUB-4,removed,2021-07-03T10:00:00Z,Brightwater Power,north,"
HELD = "HUB-5,removed,2099-07-03T10:00:00Z,Alderbrook Energy,north,"

pytestmark = pytest.mark.django_db


class TestPreview:
    @pytest.mark.usefixtures("jo")
    def test_counts_what_would_be_taken_in_and_takes_nothing_in(self, send: Send) -> None:
        shown = send([GOOD, ALSO_GOOD, WRONG], period=JULY)

        assert (shown.rows, shown.accepted, shown.held, shown.refused) == (3, 2, 0, 1)
        assert shown.state == Submission.PREVIEWED
        assert shown.changes["added"] == 2
        assert [(one["row"], one["column"], one["state"]) for one in shown.problems] == [(4, "at", "refused")]
        assert installation.store().snapshot("sec").submissions() == ()
        assert Entry.objects.get().act == "runs.preview_submission"

    def test_refuses_rows_of_another_party_without_naming_it(
        self, send: Send, ada: Acting, alfa: Organisation
    ) -> None:
        shown = send([GOOD, ANOTHERS], by=ada, sender=alfa)

        assert shown.state == Submission.REFUSED
        assert "different party" in shown.reason
        assert "Brightwater" not in shown.reason
        assert not uploads.path_of(shown.handle).exists()

    def test_shows_a_delegate_what_they_sent_and_nobody_elses(
        self, send: Send, ada: Acting, jo: Acting, alfa: Organisation
    ) -> None:
        own = send([GOOD], by=ada, sender=alfa)
        other = send([ANOTHERS])

        assert list(Submission.objects.visible_to(ada)) == [own]
        assert set(Submission.objects.visible_to(jo)) == {own, other}


class TestCommit:
    @pytest.mark.usefixtures("apart")
    def test_takes_the_accepted_rows_in(self, send: Send, jo: Acting, home: Path) -> None:
        done = sending.commit(send([GOOD, WRONG], period=JULY), by=jo, at=NOW)

        kept = installation.store().snapshot("sec").submissions()
        assert [one.id for one in kept] == [done.evidence]
        assert (done.state, done.accepted, done.days, done.taken_in_at) == ("committed", 1, 31, NOW)
        assert Entry.objects.get(act="runs.commit_submission").handle == done.handle
        assert list((home / "uploads").iterdir()) == []

    def test_gives_the_refused_rows_back_to_be_corrected(self, send: Send, jo: Acting) -> None:
        done = sending.commit(send([GOOD, WRONG]), by=jo, at=NOW)

        path = sending.file_to_correct(done)

        assert path is not None
        assert "HUB-3" in path.read_text("utf-8")
        assert done.evidence in path.read_text("utf-8")

    def test_has_nothing_to_correct_where_nothing_was_refused(self, send: Send, jo: Acting) -> None:
        assert sending.file_to_correct(sending.commit(send([GOOD]), by=jo, at=NOW)) is None

    def test_says_so_where_nothing_is_new(self, send: Send, jo: Acting) -> None:
        sending.commit(send([GOOD], period=JULY), by=jo, at=NOW)

        again = sending.commit(send([GOOD], period=JULY), by=jo, at=NOW)

        assert (again.state, again.taken_in_at) == (Submission.NO_CHANGE, None)

    def test_takes_in_what_the_store_has_where_the_machine_stopped_between(
        self, send: Send, jo: Acting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = send([GOOD], period=JULY)
        with monkeypatch.context() as patch:
            patch.setattr(operations, "commit_submission", lambda **_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                sending.commit(shown, by=jo, at=NOW)

        done = sending.commit(shown, by=jo, at=NOW)

        assert done.state == Submission.COMMITTED

    def test_supersedes_the_file_of_the_same_period(self, send: Send, jo: Acting) -> None:
        first = sending.commit(send([GOOD], period=JULY), by=jo, at=NOW)

        second = sending.commit(send([GOOD, ALSO_GOOD], period=JULY), by=jo, at=NOW)

        first.refresh_from_db()
        assert (first.state, second.supersedes) == (Submission.SUPERSEDED, first)

    def test_holds_rows_in_doubt_until_a_later_file_answers(self, send: Send, jo: Acting) -> None:
        first = sending.commit(send([GOOD, HELD], period=JULY), by=jo, at=NOW)

        second = sending.commit(send([GOOD, ALSO_GOOD], period=JULY), by=jo, at=NOW)

        held = HeldRow.objects.get()
        assert (first.held, held.submission, held.row) == (1, first, 3)
        assert held.settled_by == second

    def test_does_not_take_a_file_in_twice(self, send: Send, jo: Acting) -> None:
        shown = send([GOOD])
        sending.commit(shown, by=jo, at=NOW)

        with pytest.raises(operations.UnableToCommitSubmission, match="not waiting"):
            sending.commit(Submission.objects.get(pk=shown.pk), by=jo, at=NOW)

    def test_takes_nothing_in_of_a_file_that_is_gone(self, send: Send, jo: Acting) -> None:
        shown = send([GOOD])
        uploads.remove(shown.handle)

        with pytest.raises(sending.UnableToTakeIn):
            sending.commit(shown, by=jo, at=NOW)


class TestDiscard:
    def test_forgets_the_file(self, send: Send, jo: Acting) -> None:
        shown = send([GOOD])

        done = sending.discard(shown, by=jo, at=NOW)

        assert done.state == Submission.DISCARDED
        assert not uploads.path_of(shown.handle).exists()

    def test_leaves_what_was_taken_in(self, send: Send, jo: Acting) -> None:
        done = sending.commit(send([GOOD]), by=jo, at=NOW)

        with pytest.raises(operations.UnableToDiscardSubmission):
            sending.discard(done, by=jo, at=NOW)
