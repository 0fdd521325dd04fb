import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from tallystick.derogations.beside import (
    figures_under,
    of_finding,
    of_measure,
    of_month,
    of_obligation,
    of_opening,
    of_own,
)
from tallystick.derogations.queries import derogation, terms_of
from tallystick.runs.models import Figure
from tests.cases.cast import landed
from tests.cases.promised import computed
from tests.derogations.cast import FORECASTS, Cast, on

pytestmark = pytest.mark.django_db
OCTOBER = "2021-10"
SHORT: dict[str, Any] = {"state": "below_minimum"}


def told(notes: Any) -> list[tuple[str, str, str]]:
    return [(one.lead, one.state, one.under) for one in notes]


def month(period: str = OCTOBER, numerator: int = 71) -> Any:
    """Return a month as somebody sees it who sees the figure of ALFA."""
    like = {"measure": "AREA-B", "obligation": "OBL-AREA-B", "period": period, "share": None, **SHORT}
    own = SimpleNamespace(**like, group={"party": "ALFA"}, numerator=numerator, denominator=100)
    finer = SimpleNamespace(**like, group={"party": "ALFA", "region": "north"}, numerator=0, denominator=1)
    return SimpleNamespace(period=period, figures=(finer, own))


class TestFinding:
    def test_shows_what_was_computed_and_what_is_allowed(self, cast: Cast) -> None:
        row = cast.granted()
        computed(cast.alfa, OCTOBER, 71, **SHORT)

        [note] = of_finding(cast.ada, landed(cast.alfa, OCTOBER))

        assert (note.lead, note.state, note.under) == ("71.00%", "below_minimum", "met")
        assert note.words == "70% allowed until 31 March 2022 under"
        assert (note.name, note.classification) == (row.reference, "amber")

    def test_leaves_the_state_where_the_level_is_not_reached(self, cast: Cast) -> None:
        cast.granted()
        computed(cast.alfa, OCTOBER, 69, **SHORT)

        [note] = of_finding(cast.ada, landed(cast.alfa, OCTOBER))

        assert (note.state, note.under) == ("below_minimum", "below_minimum")

    @pytest.mark.parametrize("period", ["2021-09", "2022-04"])
    def test_stands_alone_in_a_month_not_covered_throughout(self, cast: Cast, period: str) -> None:
        cast.granted()

        assert of_finding(cast.ada, landed(cast.alfa, period)) == []

    def test_of_another_party_or_to_a_rival_says_nothing(self, cast: Cast) -> None:
        cast.granted()
        computed(cast.alfa, OCTOBER, 71, **SHORT)

        assert of_finding(cast.jo, landed(cast.brvo, OCTOBER)) == []
        assert of_finding(cast.ben, landed(cast.alfa, OCTOBER)) == []

    def test_says_that_nobody_is_pursued(self, cast: Cast) -> None:
        row = cast.forborne()

        [note] = of_finding(
            cast.ben, landed(cast.brvo, "2021-09", obligation=FORECASTS, area="", measure="X")
        )

        assert note.lead == "Not pursued since 6 September 2021."
        assert note.words == "To be reviewed 31 January 2022; the obligation stands."
        assert note.name == row.reference


class TestMeasure:
    def test_names_who_has_leave_to_those_who_may_know(self, cast: Cast) -> None:
        cast.granted()
        computed(cast.alfa, OCTOBER, 71, **SHORT)

        seen = {
            name: told(of_measure(getattr(cast, name), ("AREA-B", month()))) for name in ("jo", "hal", "ben")
        }

        here = [("ALFA, 71.00%", "below_minimum", "met")]
        assert seen == {"jo": here, "hal": here, "ben": []}
        assert of_measure(cast.jo, ("AREA-A", month())) == []
        assert of_measure(cast.jo, ("NONE-SUCH", month())) == []

    def test_changes_no_figure(self, cast: Cast) -> None:
        cast.granted()
        computed(cast.alfa, OCTOBER, 71, **SHORT)

        before = list(Figure.objects.order_by("pk").values())

        of_measure(cast.jo, ("AREA-B", month()))

        assert list(Figure.objects.order_by("pk").values()) == before


class TestMonth:
    def test_has_every_figure_under_leave(self, cast: Cast) -> None:
        cast.granted()
        computed(cast.alfa, OCTOBER, 71, **SHORT)

        assert told(of_month(cast.jo, month())) == [("ALFA, AREA-B, 71.00%", "below_minimum", "met")]
        assert of_month(cast.jo, month("2021-09")) == []
        assert of_month(cast.ben, month()) == []
        assert of_month(cast.jo, month("soon")) == []


class TestOwn:
    def test_stands_beside_a_partys_own_figure(self, cast: Cast) -> None:
        cast.granted()
        figure: Any = SimpleNamespace(
            period=OCTOBER,
            measure="AREA-B",
            obligation="OBL-AREA-B",
            numerator=71,
            denominator=100,
            share=None,
            state="below_minimum",
        )

        assert [one.under for one in of_own(cast.ada, figure)] == ["met"]
        assert of_own(cast.ben, figure) == []
        assert of_own(cast.jo, figure) == []


class TestObligation:
    def test_says_what_stands_today(self, cast: Cast) -> None:
        cast.granted()
        cast.forborne()

        assert [one.lead for one in of_obligation(cast.jo, "OBL-AREA-B")] == ["ALFA"]
        assert [one.lead for one in of_obligation(cast.ben, FORECASTS)] == [
            "Not pursued since 6 September 2021."
        ]
        assert of_obligation(cast.ben, "OBL-AREA-B") == []

    def test_says_of_what_is_pursued_again_nothing_from_that_day_on(self, cast: Cast) -> None:
        day = dt.date(2021, 12, 6)
        cast.forbear(cast.forborne(), "end", day)

        assert of_obligation(on(cast.ben, day), FORECASTS) == []


class TestOpening:
    def test_warns_of_leave_and_of_forbearance_and_bars_nothing(self, cast: Cast) -> None:
        cast.granted()
        finding = landed(cast.alfa, OCTOBER)
        group = SimpleNamespace(party=cast.alfa, obligation="OBL-AREA-B", findings=[finding])

        [note] = of_opening(cast.jo, group)

        assert (note.lead, note.warns) == ("ALFA has leave.", True)
        assert "why a case is opened all the same" in note.words
        assert cast.opened(finding).reference

    def test_warns_where_nobody_is_pursued(self, cast: Cast) -> None:
        cast.forborne()
        group = SimpleNamespace(party=cast.alfa, obligation=FORECASTS, findings=[])

        assert [one.warns for one in of_opening(cast.jo, group)] == [True]
        assert (
            of_opening(cast.jo, SimpleNamespace(party=cast.alfa, obligation="OBL-AREA-B", findings=[])) == []
        )


class TestFiguresUnder:
    def test_are_the_months_since_it_was_granted(self, cast: Cast) -> None:
        row = cast.granted()
        for period in ("2021-08", "2021-09", OCTOBER):
            computed(cast.alfa, period, 71, **SHORT)
        seen = derogation(cast.ada, row.reference)
        assert seen is not None

        found = figures_under(cast.ada, seen, terms_of(cast.ada, seen))

        assert [(one.period, one.state, one.granted is None) for one in found] == [
            (OCTOBER, "met", False),
            ("2021-09", "below_minimum", True),
        ]
        assert figures_under(cast.ada, seen, []) == []
