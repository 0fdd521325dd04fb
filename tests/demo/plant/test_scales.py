import datetime as dt

import pytest

from tallystick.demo.plant.clock import civil_day
from tallystick.demo.plant.scales import EARLIER, FOCUS, KNOWN_ON, LAST_SENT, MONTHS, SCALES


class TestScale:
    @pytest.mark.parametrize("name", SCALES)
    def test_cuts_the_year_without_a_gap(self, name: str) -> None:
        cuts = SCALES[name].cuts

        assert tuple(month for cut in cuts for month in cut.months) == MONTHS
        assert cuts[-1].name == FOCUS

    @pytest.mark.parametrize("name", SCALES)
    def test_sends_each_cut_once_it_is_over(self, name: str) -> None:
        for cut in SCALES[name].cuts:
            assert civil_day(cut.received_at) == cut.last + dt.timedelta(days=12)

    def test_ends_in_the_month_that_it_begins_with(self) -> None:
        assert (MONTHS[0], MONTHS[-1], len(MONTHS)) == ("2020-07", FOCUS, 13)

    def test_fills_every_day_of_july(self) -> None:
        for scale in SCALES.values():
            assert len(scale.days(FOCUS)) == 31

    def test_vouches_for_the_periods_of_a_register_in_every_file_or_in_none(self) -> None:
        assert {SCALES["small"].register_period(cut) for cut in SCALES["small"].cuts} == {None}
        assert [SCALES["medium"].register_period(cut) for cut in SCALES["medium"].cuts] == list(MONTHS)


class TestDays:
    def test_follow_each_other(self) -> None:
        assert civil_day(SCALES["small"].cuts[-1].received_at) < EARLIER < civil_day(LAST_SENT) < KNOWN_ON
