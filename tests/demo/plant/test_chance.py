import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tallystick.demo.plant.chance import chance, delays, flags, moments, share_of
from tallystick.demo.plant.clock import SECOND, civil_day

LIMIT = 30 * SECOND


class TestChance:
    def test_is_the_same_for_the_same_words(self) -> None:
        assert chance(1, "alerts").random() == chance(1, "alerts").random()
        assert chance(1, "alerts").random() != chance(2, "alerts").random()


class TestDelays:
    @given(st.integers(1, 60), st.integers(0, 60), st.integers())
    def test_are_late_exactly_as_often_as_asked(self, count: int, late: int, seed: int) -> None:
        taken = delays(chance(seed), count, late, LIMIT)

        failed = [took for took in taken if took is None or took > LIMIT]

        assert len(taken) == count
        assert len(failed) == min(late, count)
        if late < count:
            assert LIMIT in taken
        if late:
            assert LIMIT + SECOND in taken


class TestFlags:
    def test_raise_as_many_as_asked(self) -> None:
        assert sum(flags(chance(1), 10, 3)) == 3


class TestShareOf:
    @given(st.integers(0, 1000), st.floats(0, 1), st.integers())
    def test_is_the_whole_number_below_or_above(self, count: int, rate: float, seed: int) -> None:
        found = share_of(chance(seed), count, rate)

        assert 0 <= found <= count
        assert abs(found - count * rate) <= 1


class TestMoments:
    def test_lie_in_order_on_their_days(self) -> None:
        days = [dt.date(2020, 10, 25), dt.date(2021, 3, 28)]

        found = moments(chance(1), days, 50)

        assert found == sorted(found)
        assert [civil_day(at) for at in found] == [days[0]] * 50 + [days[1]] * 50
