import datetime as dt

import pytest

from tallystick.cases.filings import Filed, Planned
from tallystick.cases.models import Case, Remedy
from tallystick.cases.operations.remedies import accept_remedy, file_remedy, return_remedy
from tallystick.cases.remedy_shown import latest, shown_of, versions
from tests.cases.cast import NOTICED, Cast, at, key, landed, on

pytestmark = pytest.mark.django_db
DUE = dt.date(2021, 10, 29)


def filed(cast: Cast, case: Case, due: dt.date = DUE, *, thread: int | None = None, hour: int = 13) -> Remedy:
    planned = Planned("A daily file", "O. Pike", due, "Feed log", thread)
    told = Filed("An old file", (planned,), key(), otherwise="All are visited")
    return file_remedy(case=case, filed=told, by=on(cast.ada, NOTICED), at=at(NOTICED, hour))


def returned(cast: Cast, remedy: Remedy) -> None:
    return_remedy(remedy=remedy, reasons="Too late.", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 14))


class TestLatest:
    def test_is_the_one_that_waits_before_the_one_carried_out(self, cast: Cast) -> None:
        case, jo = cast.asked(cast.opened(landed(cast.alfa))), on(cast.jo, NOTICED)
        assert latest(jo, case) is None

        first = filed(cast, case)
        waiting = latest(jo, case)
        accept_remedy(remedy=first, words="", key=key(), by=jo, at=at(NOTICED, 14))
        carried = latest(jo, case)
        filed(cast, case, thread=1, hour=15)
        second = latest(jo, case)

        assert waiting is not None
        assert (waiting.row.version, waiting.waits, waiting.is_carried) == (1, True, False)
        assert carried is not None
        assert (carried.row.version, carried.is_carried) == (1, True)
        assert carried.state == ("nrp", "help-hexagon", "Not known yet")
        assert second is not None
        assert (second.row.version, second.waits) == (2, True)

    def test_is_the_last_where_it_was_returned(self, cast: Cast) -> None:
        case = cast.asked(cast.opened(landed(cast.alfa)))
        returned(cast, filed(cast, case))

        shown = latest(on(cast.ada, NOTICED), case)

        assert shown is not None
        assert [(one.version, one.title) for one in shown.tabs] == [(1, "Returned")]


class TestShown:
    def test_tells_what_changed_since_the_version_before(self, cast: Cast) -> None:
        case, jo = cast.asked(cast.opened(landed(cast.alfa))), on(cast.jo, NOTICED)
        returned(cast, filed(cast, case))
        filed(cast, case, DUE + dt.timedelta(days=7), thread=1, hour=15)

        rows = versions(jo, case)
        first, second = (shown_of(jo, one, rows) for one in rows)

        assert first.changed is None
        assert second.changed is not None
        assert [one.title for one in second.tabs] == ["Returned", "Filed"]
        assert [(one.change, one.days) for one in second.changed.milestones] == [("moved", 7)]
        [dated] = second.milestones
        assert (dated.words, dated.standing.slip.first, second.last_due) == (
            "Open",
            DUE,
            DUE + dt.timedelta(days=7),
        )

    def test_is_of_versions_that_may_be_seen(self, cast: Cast) -> None:
        case = cast.asked(cast.opened(landed(cast.alfa)))
        filed(cast, case)

        assert versions(on(cast.ben, NOTICED), case) == []
