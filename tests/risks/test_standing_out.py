from tallystick.risks.listed import register
from tallystick.risks.standing_out import sentences, verdict
from tests.risks.cast import BEFORE, Cast
from tests.risks.test_seen import figure


class TestVerdict:
    def test_counts_those_above_appetite(self, cast: Cast) -> None:
        period = cast.opened()
        none = verdict(register(cast.jo, period, None))
        cast.scored("R-02")
        one = verdict(register(cast.jo, period, None))
        cast.scored("R-01", (4, 5, 3, 5))

        words, above = verdict(register(cast.jo, period, None))

        assert none == ("No risk stands above appetite.", [])
        assert one[0] == "One risk stands above appetite:"
        assert words == "Two risks stand above appetite:"
        assert [one.risk.reference for one in above] == ["R-02", "R-01"]


class TestSentences:
    def test_follow_from_the_rows(self, cast: Cast) -> None:
        earlier = cast.opened(BEFORE)
        for risk in ("R-01", "R-02"):
            cast.scored(risk, (5, 4, 3, 4), earlier)
        period = cast.opened()
        figure(None, classification="white")
        cast.scored("R-02", reason="More was found.")
        cast.scored("R-01", (5, 4, 2, 4))
        for risk in ("R-03", "R-04"):
            cast.scored(risk, (5, 4, 3, 4))

        told = {one.reference: (one.lead, one.rest) for one in sentences(register(cast.jo, period, earlier))}

        assert told["R-02"] == ("rose from 12 to 16.", "More was found.")
        assert told["R-01"][0] == "fell from 12 to 8."
        assert told["R-03"] == ("is on watch at 12.", "No indicator of it has landed a figure.")
        assert told["R-05"][0] == "has no score to show."

    def test_name_the_indicators_of_what_is_on_watch(self, cast: Cast) -> None:
        period = cast.opened()
        figure(None, classification="white")
        cast.scored("R-02", (5, 4, 3, 4))

        first = sentences(register(cast.jo, period, None))[0]

        assert (first.reference, first.rest) == ("R-02", "AREA-B is at 90.0%.")
