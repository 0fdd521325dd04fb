import datetime as dt

from tallystick.site.models import Happening, Visit

AT = dt.datetime(2021, 9, 20, 8, 30, tzinfo=dt.UTC)


class TestVisit:
    def test_is_called_by_its_browser_and_when_it_began(self) -> None:
        assert str(Visit(browser="Firefox on Linux", began_at=AT)) == "Firefox on Linux from 2021-09-20 08:30"


class TestHappening:
    def test_is_called_by_what_it_says(self) -> None:
        assert str(Happening(said="A passkey was added.", at=AT)) == "A passkey was added."
