import threading

import pytest

from tallystick.evidence.turns import SMALL, at_once


def where(n: int) -> tuple[int, str]:
    return n, threading.current_thread().name


class TestAtOnce:
    @pytest.mark.parametrize(
        ("sizes", "aside"), [([1, 1], False), ([SMALL, SMALL], True), ([SMALL, 10 * SMALL], False)]
    )
    def test_works_on_two_days_only_where_that_is_worth_it_and_fits(
        self, sizes: list[int], *, aside: bool
    ) -> None:
        found = at_once(where, [1, 2], sizes, largest=5 * SMALL)

        assert [n for n, _ in found] == [1, 2]
        assert all((name != threading.current_thread().name) == aside for _, name in found)

    def test_passes_on_what_went_wrong(self) -> None:
        def fail(n: int) -> int:
            raise OSError(n)

        with pytest.raises(OSError, match="1"):
            at_once(fail, [1, 2], [SMALL, SMALL], largest=SMALL)

    def test_does_nothing_for_nothing(self) -> None:
        assert at_once(where, [], [], largest=1) == []
