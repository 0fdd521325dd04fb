from typing import Any

import pytest

from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.runs import exclusions, installation, operations
from tallystick.runs.models import Exclusion
from tallystick.runs.second_checks import UnableToTakeBack, take_back_check
from tallystick.runs.taken import Excluded
from tests.runs.conftest import NOW, WORKER

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(jo: Acting, sam: Acting) -> list[Exclusion]:
    rows = [Excluded("service_requests", key) for key in ("SR-1", "SR-2")]
    entered = [
        operations.enter_exclusion(row=row, reason="Agreed outage", party=None, by=jo, at=NOW) for row in rows
    ]
    return [operations.check_exclusion(exclusion=one, agrees=True, by=sam, at=NOW) for one in entered]


class TestWriteOut:
    @pytest.mark.usefixtures("apart")
    def test_puts_every_confirmed_row_on_the_list_of_exceptions(self, confirmed: list[Exclusion]) -> None:
        written = exclusions.write_out("sec", by=WORKER, at=NOW)

        (sent,) = installation.store().snapshot("sec").submissions()
        listed = installation.known("sec", NOW.date()).exceptions()
        assert (written, sent.stream, sent.accepted) == (2, "exceptions", 2)
        assert [(one["row_key"], one["approved_by"]) for one in listed] == [
            (one.row_key, one.reference) for one in confirmed
        ]

    @pytest.mark.usefixtures("confirmed")
    def test_writes_one_entry_for_each(self) -> None:
        exclusions.write_out("sec", by=WORKER, at=NOW)

        assert Entry.objects.filter(act="runs.place_exclusion").count() == 2

    @pytest.mark.usefixtures("confirmed")
    def test_has_nothing_to_do_the_second_time(self) -> None:
        exclusions.write_out("sec", by=WORKER, at=NOW)

        assert exclusions.write_out("sec", by=WORKER, at=NOW) == 0

    @pytest.mark.usefixtures("confirmed")
    def test_goes_on_where_the_machine_stopped_after_the_store(self) -> None:
        exclusions.write_out("sec", by=WORKER, at=NOW)
        for one in Exclusion.objects.all():
            one.evidence = ""
            one.save()

        written = exclusions.write_out("sec", by=WORKER, at=NOW)

        assert written == 2
        assert len(installation.store().snapshot("sec").submissions()) == 1

    def test_lets_nobody_take_back_a_check_while_it_writes(
        self, confirmed: list[Exclusion], sam: Acting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def meddled(*told: Any) -> str:
            for one in confirmed:
                with pytest.raises(UnableToTakeBack, match="leaves out the row"):
                    take_back_check(exclusion=one, by=sam, at=NOW)
            raise OSError(*told[:1])

        monkeypatch.setattr(exclusions, "_received", meddled)
        with pytest.raises(OSError, match="sec"):
            exclusions.write_out("sec", by=WORKER, at=NOW)

        # The machine stopped half-way: what it had begun still stands, and the next run goes on with it.
        monkeypatch.undo()
        with pytest.raises(UnableToTakeBack):
            take_back_check(exclusion=confirmed[0], by=sam, at=NOW)
        assert exclusions.write_out("sec", by=WORKER, at=NOW) == len(confirmed)

    def test_leaves_out_what_was_taken_back_before(self, confirmed: list[Exclusion], sam: Acting) -> None:
        take_back_check(exclusion=confirmed[0], by=sam, at=NOW)

        assert exclusions.write_out("sec", by=WORKER, at=NOW) == 1
        assert Exclusion.objects.get(pk=confirmed[0].pk).evidence == ""

    def test_leaves_what_nobody_checked(self, jo: Acting) -> None:
        operations.enter_exclusion(
            row=Excluded("service_requests", "SR-1"), reason="x", party=None, by=jo, at=NOW
        )

        assert exclusions.write_out("sec", by=WORKER, at=NOW) == 0
