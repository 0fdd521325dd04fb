from tallystick.measures.count import count
from tallystick.rulebook.measures import Count
from tests.measures.conftest import MakeSource

RAISED = Count.model_validate(
    {
        "kind": "count",
        "key": "RAISED",
        "title": "Incidents raised",
        "clause": ["H9.1"],
        "obligation": "X",
        "source": "V6",
        "stream": "incidents",
        "at": "raised_at",
        "where": {"category": ["1", "2"]},
    }
)


class TestCount:
    def test_adds_rows_to_the_numerator_only(self, make_source: MakeSource) -> None:
        incident = {"responsible": "DCC", "raised_at": "2021-07-01T09:00:00Z", "status": "open"}
        rows = make_source(
            "incidents",
            [{**incident, "incident_id": str(category), "category": str(category)} for category in (1, 2, 3)],
        )

        table = count(rows, RAISED).to_pyarrow().to_pylist()

        assert sum(row["numerator__"] for row in table) == 2
        assert sum(row["denominator__"] for row in table) == 0
