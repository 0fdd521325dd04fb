"""Who hears an appeal, as its page tells it."""

import pytest

from tallystick.challenges.facts import facts_of
from tallystick.challenges.hearing import hearing_of
from tallystick.challenges.matter import Matter
from tests.challenges.cast import NEXT, Chamber

pytestmark = pytest.mark.django_db


class TestHearing:
    def test_is_by_another_body_without_those_who_decided(self, cast: Chamber) -> None:
        row = cast.served()
        told = []

        for does in (False, True):
            matter = Matter(cast.appealed(row) if does else row)
            told.append(hearing_of(matter, facts_of(matter, NEXT), NEXT))

        assert [one.barred for one in told if one] == [[], []]
        assert [(one.body, one.by, one.decided, one.in_both, one.is_running) for one in told if one] == [
            ("SEC Panel", "The PAB", 2, 0, False),
            ("SEC Panel", "The PAB", 2, 0, True),
        ]

    def test_is_of_no_dispute(self, cast: Chamber) -> None:
        matter = Matter(cast.disputed())

        assert hearing_of(matter, facts_of(matter, NEXT), NEXT) is None
        assert hearing_of(Matter(cast.served()), {}, NEXT) is None
