"""How much the pages of a case ask of the database, in one that has all there can be."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.cases.attached import Handed
from tallystick.cases.models import Case
from tallystick.cases.operations.remedies import file_remedy, return_remedy
from tallystick.cases.operations.talking import Sending, send_message, write_note
from tallystick.parties.acting import Acting
from tests.cases.cast import NOTICED, Cast, at, key, landed, on
from tests.cases.files import PDF
from tests.cases.promised import computed, plan
from tests.cases.views.conftest import browser, text

pytestmark = pytest.mark.django_db
SIGNED = {"signed_by": "R. Vane", "signed_as": "Director", "signed_on": NOTICED}
NAMES = ("jo", "ada", "bo")


def full(cast: Cast) -> Case:
    """Return a case before the PAB: two findings, all that can be said, and a second version that waits."""
    cast.opened(landed(cast.alfa))
    case = cast.opened(landed(cast.alfa), landed(cast.alfa, "2021-06"))
    cast.escalated(case)
    first = file_remedy(case=case, filed=plan(**SIGNED), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
    return_remedy(remedy=first, reasons="Say more.", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 14))
    file_remedy(case=case, filed=plan(**SIGNED), by=on(cast.ada, NOTICED), at=at(NOTICED, 15))
    for period in ("2021-06", "2021-07"):
        computed(cast.alfa, period, 97)
    send_message(case=case, text="We wait.", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 16))
    write_note(case=case, text="Ask again.", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 16))
    case.refresh_from_db()
    return case


def asks(who: Acting, address: str) -> int:
    client = browser(who)
    client.get("/sec/waiting")
    with CaptureQueriesContext(connection) as taken:
        text(client.get(address))
    return sum(one["sql"].startswith("SELECT") and "closedday" not in one["sql"] for one in taken)


class TestPages:
    """Four of them find out who is acting and what they may see, whatever the page."""

    def test_ask_so_much_of_a_case_that_has_everything(self, cast: Cast) -> None:
        case = full(cast)
        root = f"/sec/cases/{case.reference}"

        of_case, of_remedy = (
            {name: asks(getattr(cast, name), address) for name in NAMES}
            for address in (root, f"{root}/remedy/2")
        )

        assert of_case["jo"] <= 16
        assert max(of_case["ada"], of_case["bo"]) <= 15
        assert max(of_remedy.values()) <= 7

    def test_ask_so_much_for_a_step(self, cast: Cast) -> None:
        case = full(cast)
        steps = f"/sec/cases/{case.reference}/moves"

        assert asks(cast.jo, f"{steps}/withdraw") <= 12
        assert asks(cast.hal, f"{steps}/escalate_to_panel") <= 14

    def test_ask_no_more_of_the_database_the_more_was_said_and_filed(self, cast: Cast) -> None:
        case = full(cast)
        address = f"/sec/cases/{case.reference}"
        before = asks(cast.jo, address)

        for number in range(3):
            send_message(
                case=case, text=f"Word {number}", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 17)
            )
            write_note(
                case=case, text=f"Note {number}", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 17)
            )

        assert asks(cast.jo, address) == before

    def test_ask_once_for_all_files_of_all_messages_and_never_for_bytes(self, cast: Cast) -> None:
        case = full(cast)
        address, client = f"/sec/cases/{case.reference}", browser(cast.jo)
        before = asks(cast.jo, address)
        told = {"case": case, "text": "See.", "by": on(cast.jo, NOTICED), "at": at(NOTICED, 17)}

        for _ in range(3):
            sending = Sending(files=[Handed("a.pdf", PDF)] * 3)
            send_message(key=key(), sending=sending, **told)  # type: ignore[arg-type]  # of the line above
        with CaptureQueriesContext(connection) as taken:
            assert text(client.get(address)).count("#i-paperclip") == 9

        assert asks(cast.jo, address) == before + 1
        assert not any("attachedbytes" in one["sql"] for one in taken)
