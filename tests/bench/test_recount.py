import gzip
from pathlib import Path

from bench.recount import incident_desk, permits

EVENT = """<event><string key="concept:name" value="{}"/><string key="lifecycle:transition" value="{}"/>
<date key="time:timestamp" value="{}"/><string key="impact" value="High"/></event>"""


def log(path: Path, *cases: list[tuple[str, str, str]]) -> Path:
    traces = "".join(
        f'<trace><string key="concept:name" value="1-{number}"/>'
        + "".join(EVENT.format(*event) for event in events)
        + "</trace>"
        for number, events in enumerate(cases)
    )
    text = f'<log xmlns="http://www.xes-standard.org/">{traces}</log>'
    path.write_bytes(gzip.compress(text.encode()))
    return path


TAKEN_UP = ("Accepted", "In Progress", "2012-05-01T09:00:00+02:00")


class TestIncidentDesk:
    def test_counts_a_case_by_its_last_resolution(self, tmp_path: Path) -> None:
        resolved = [("Completed", "Resolved", f"2012-05-0{day}T09:00:01+02:00") for day in (2, 4)]

        found = incident_desk(log(tmp_path / "log.xes.gz", [TAKEN_UP, *resolved]))

        assert (found["cases"], found["held"], found["finished"]) == (1, 0, 1)
        assert ("RESOLVED-HIGH", "2012-05", "", 0, 1) in found["counts"]
        assert ("RESPONDED", "2012-05", "High", 1, 1) in found["counts"]

    def test_leaves_out_a_case_closed_before_it_was_resolved(self, tmp_path: Path) -> None:
        said = [("Closed", "11"), ("Resolved", "12")]
        events = [("Completed", how, f"2012-05-01T{hour}:00:00+02:00") for how, hour in said]

        found = incident_desk(log(tmp_path / "log.xes.gz", [TAKEN_UP, events[1]], [TAKEN_UP, *events]))

        assert (found["cases"], found["held"]) == (2, 1)
        assert ("RESOLVED", "2012-05", "", 1, 1) in found["counts"]


class TestPermits:
    def test_counts_the_day_of_the_deadline_as_in_time(self, tmp_path: Path) -> None:
        header = (
            "case:channel,case:concept:name,case:deadline,case:department,case:enddate,case:startdate,"
            "concept:name,time:timestamp"
        )
        row = (
            "Internet,case-1,2011-12-06 00:00:00+01:00,General,2011-12-06 13:00:00+01:00,"
            "2011-10-11 13:00:00+02:00,Confirmation of receipt,2011-10-11 13:45:00+02:00"
        )
        file = tmp_path / "receipt.csv"
        file.write_text(f"{header}\n{row}\n", encoding="utf-8")

        found = permits(file)

        assert ("DECIDED", "2011-12", "General", 1, 1) in found["counts"]
        assert ("CONFIRMED", "2011-10", "", 0, 1) in found["counts"]
