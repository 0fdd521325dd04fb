"""Pages on PostgreSQL where nothing is declared, as where pages are answered: each tells who asks."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tallystick.parties.row_security import seen_by
from tallystick.runs.models import Submission
from tests.site.landed import Landed, invited, sent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second layer"),
]


def say(reach: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tally.reach', %s, false)", [reach])


def told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('tally.reach')")
        return str(cursor.fetchone()[0])


@pytest.fixture
def world() -> Iterator[Landed]:
    """Return parties, people and what they sent; then let the connection be one that answers pages."""
    made = Landed()
    invited(made)
    sent(made)
    say("")
    yield made
    say("everything")


class TestPages:
    def test_show_what_one_may_see_and_leave_the_connection_knowing_nobody(self, world: Landed) -> None:
        ada, ben = world.client("ada"), world.client("ben")
        address = f"/sec/evidence/{world.sent['alfa'].reference}"

        answers = [client.get(address).status_code for client in (ada, ben, ada)]

        assert answers == [200, 404, 200]
        assert told() == ""
        assert Submission.objects.count() == 0

    def test_let_one_act_on_ones_own(self, world: Landed) -> None:
        waiting = world.sent["waiting"]
        address = f"/sec/evidence/{waiting.reference}/discard"

        for name, status in (("ben", 404), ("ada", 302)):
            assert world.client(name).post(address).status_code == status
        with seen_by(world.acting("ada")):
            waiting.refresh_from_db()

        assert waiting.state == Submission.DISCARDED


class TestTelling:
    def test_of_a_page_that_only_reads_is_done_once(self, world: Landed) -> None:
        with seen_by(world.acting("ada"), in_one=True):
            first = Submission.objects.count()
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('tally.reach')")
                within = cursor.fetchone()[0]

        assert (first, within, told()) == (2, "party", "")

    def test_ends_with_each_transaction(self, world: Landed) -> None:
        own = [world.sent[name].pk for name in ("alfa", "waiting")]

        with seen_by(world.acting("ada")):
            alone = sorted(row.pk for row in Submission.objects.all())
            between = told()
            with transaction.atomic():
                before = told()
                found = Submission.objects.count()
                within = told()
            one_by_one = sorted(row.pk for row in Submission.objects.all().iterator())

        assert alone == one_by_one == sorted(own)
        assert (between, before, within, found) == ("", "", "party", 2)

    def test_is_done_anew_after_what_was_undone(self, world: Landed) -> None:
        with seen_by(world.acting("ada")):
            with transaction.atomic():
                Submission.objects.count()
                transaction.set_rollback(True)
            found = Submission.objects.count()

        assert (found, told()) == (2, "")
