import pytest

from tallystick.runs import tasks
from tallystick.site import daily, home
from tests.site.conftest import Tally


class TestWork:
    def test_works_in_the_home_until_its_parent_ends(
        self, run: Tally, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entered: list[object] = []
        worked: list[int] = []
        monkeypatch.setattr(home, "enter", entered.append)
        told: list[object] = []

        def work(*, parent: int, daily: object) -> None:
            worked.append(parent)
            told.append(daily)

        monkeypatch.setattr(tasks, "work", work)

        result = run("work", "--home", "somewhere", "--parent", "7")

        assert result.exit_code == 0
        assert ([str(one) for one in entered], worked) == (["somewhere"], [7])
        assert told == [daily.CHORES]
