import datetime as dt
from fractions import Fraction

import pyarrow as pa

from tallystick.findings.sums import Measured, Sums, added, months
from tallystick.measures import counted
from tallystick.rulebook.periods import Span

JULY = Span.parse("2021-07")


def table(rows: list[tuple[str, int | None, int, int]]) -> pa.Table:
    schema = counted.empty(("party",)).schema
    cells = {name: [0] * len(rows) for name in schema.names}
    columns = {
        **cells,
        "day": [dt.date.fromisoformat(day) for day, _, _, _ in rows],
        "party": [party for _, party, _, _ in rows],
        "numerator": [part for _, _, part, _ in rows],
        "denominator": [whole for _, _, _, whole in rows],
        "changes_on": [None] * len(rows),
    }
    return pa.table(columns).cast(schema)


ROWS = table(
    [
        ("2021-06-30", 0, 5, 5),
        ("2021-07-01", 0, 90, 100),
        ("2021-07-02", 0, 990, 1000),
        ("2021-07-02", 1, 0, 0),
        ("2021-07-03", None, 1, 2),
    ]
)
MEASURED = Measured(ROWS, {"party": ("ALFA", "BRVO")})


class TestMeasured:
    def test_adds_counts_and_never_averages_percentages(self) -> None:
        assert MEASURED.total(JULY) == Sums(1081, 1102)

    def test_splits_by_day(self) -> None:
        days = MEASURED.by_day(JULY)

        assert days == {
            dt.date(2021, 7, 1): Sums(90, 100),
            dt.date(2021, 7, 2): Sums(990, 1000),
            dt.date(2021, 7, 3): Sums(1, 2),
        }
        assert added(days.values()) == MEASURED.total(JULY)

    def test_gives_the_mean_of_days_only_where_it_is_asked_for(self) -> None:
        two = Measured(ROWS.slice(1, 2), {"party": ("ALFA", "BRVO")})

        assert two.mean_of_days(JULY) == Fraction(945, 1000)
        assert two.total(JULY).share == Fraction(1080, 1100)

    def test_splits_by_label_and_keeps_those_without_one(self) -> None:
        assert MEASURED.by(JULY, ("party",)) == {
            (("party", ""),): Sums(1, 2),
            (("party", "ALFA"),): Sums(1080, 1100),
            (("party", "BRVO"),): Sums(0, 0),
        }

    def test_has_parts_that_add_up_to_the_whole(self) -> None:
        assert added(MEASURED.by(JULY, ("party",)).values()) == MEASURED.total(JULY)


class TestSums:
    def test_has_no_share_of_nothing(self) -> None:
        assert Sums().share is None


class TestMonths:
    def test_goes_back_to_the_first_day_and_no_further_than_asked(self) -> None:
        assert [str(one) for one in months(dt.date(2021, 5, 20), JULY, 25)] == [
            "2021-05",
            "2021-06",
            "2021-07",
        ]
        assert [str(one) for one in months(dt.date(2015, 5, 20), JULY, 2)] == ["2021-06", "2021-07"]
        assert [str(one) for one in months(dt.date(2021, 8, 20), JULY, 2)] == ["2021-07"]
