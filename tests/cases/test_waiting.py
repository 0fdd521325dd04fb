import datetime as dt
from typing import Any

import pytest

from tallystick.cases import waiting
from tallystick.cases.operations.talking import read_messages, send_message
from tallystick.parties.acting import Acting
from tests.cases.cast import NOTICED, OPENED, REPLY_DUE, Cast, at, key, landed, on
from tests.site.entering import now

pytestmark = pytest.mark.django_db


def told(acting: Acting) -> set[str]:
    return {one.title for one in waiting.waiting(on(acting, NOTICED))}


class TestWaiting:
    def test_is_the_reply_and_the_notice_to_open_on_the_party(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        found = {one.title: one for one in waiting.waiting(on(cast.ada, NOTICED))}

        reply = found["Reply to the notice"]
        assert (reply.due, reply.verb, reply.classification) == (REPLY_DUE, "Reply", "amber")
        assert reply.href == f"/sec/cases/{case.reference}/reply"
        assert reply.words.endswith(": 2 lines to answer")
        assert set(found) == {"Reply to the notice", "Open what the office wrote"}

    def test_is_nothing_on_others(self, cast: Cast) -> None:
        cast.told(cast.opened(landed(cast.alfa)))

        for who in (cast.ben, cast.bo, cast.aud, cast.obs, cast.jo, Acting("sec", OPENED)):
            assert told(who) == set()

    def test_ends_once_the_party_has_replied(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        cast.replied(case)
        read_messages(case=case, by=on(cast.ada, NOTICED), at=at(NOTICED, 12))

        assert told(cast.ada) == set()
        assert told(cast.jo) == {"Open what ALFA wrote"}

    def test_is_a_remedy_that_was_asked_for(self, cast: Cast) -> None:
        case = cast.asked(cast.opened(landed(cast.alfa)))
        read_messages(case=case, by=on(cast.ada, NOTICED), at=at(NOTICED, 12))

        assert told(cast.ada) == {"File a remedy"}

    def test_is_seen_as_it_is_written_where_nobody_knows_of_the_case(self, cast: Cast) -> None:
        cast.opened(landed(cast.alfa))

        assert told(cast.ada) == set()


class TestChanges:
    @pytest.fixture(autouse=True)
    def _on_the_day(self, settings: Any) -> None:
        settings.DEMO_DAY = NOTICED.isoformat()

    def test_tell_of_cases_and_of_words_of_others(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        send_message(case=case, text="Good day", key=key(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        since = now() - dt.timedelta(days=3)

        def news(acting: Acting) -> set[str]:
            return {one.words for one in waiting.changes(on(acting, NOTICED), since)}

        assert news(cast.jo) == {"ALFA wrote on “Hubs of the wrong variant”"}
        assert news(cast.ada) == {
            "A case on ALFA was opened: Hubs of the wrong variant",
            "The office wrote on “Hubs of the wrong variant”",
        }
        assert news(cast.ben) == news(Acting("sec", OPENED)) == set()

    def test_are_of_what_came_since(self, cast: Cast) -> None:
        cast.told(cast.opened(landed(cast.alfa)))

        assert waiting.changes(on(cast.ada, NOTICED), now() + dt.timedelta(days=1)) == []
