from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.db import connection, transaction

from tallystick.decisions.operations.entries import enter, in_turn, locked
from tests.decisions.chamber import LATER, chamber, put, told_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestEnter:
    def test_names_the_row_by_its_handle_and_class(self) -> None:
        pab = chamber()
        motion = put(pab, party=pab.parties["ALFA"])

        with transaction.atomic():
            entry = enter("try", motion, pab.secretary, LATER, "tried", motion=motion.reference)

        assert (entry.act, entry.kind, entry.handle) == ("decisions.try", "motion", motion.handle)
        assert (entry.code, entry.classification) == ("sec", "amber")
        assert told_of(motion)[-1] == ("decisions.try", {"motion": motion.reference})


@pytest.mark.django_db(transaction=True)
class TestInTurn:
    def test_lets_one_act_after_the_other_on_sqlite(self) -> None:
        inside: list[int] = []
        most = 0

        def act() -> None:
            nonlocal most
            with in_turn():
                inside.append(1)
                most = max(most, len(inside))
                sleep(0.01)
                inside.pop()
            connection.close()

        with ThreadPoolExecutor(4) as pool:
            for _ in range(8):
                pool.submit(act)

        assert (most == 1) is (connection.vendor == "sqlite")

    def test_keeps_nobody_waiting_who_is_in_a_transaction(self) -> None:
        with in_turn(), transaction.atomic(), in_turn():
            assert connection.in_atomic_block


class TestLocked:
    def test_is_the_motion_as_it_stands(self) -> None:
        motion = put(chamber())
        motion.title = "Not saved"

        with transaction.atomic():
            assert locked(motion).title == "Approve the plan"
