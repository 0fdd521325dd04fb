"""Count the two real logs again, straight from their files: pandas and an XML parser, none of the product.

`python -m bench.recount incident_desk FILE` prints JSON: `counts`, a list of [measure, month, group, part,
whole], where an empty group is the whole month; and how many cases there are, are finished and are in doubt.
Limits stand here as numbers, once more: a judge takes nothing from what it judges.
"""

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from lxml import etree

HOURS = {"Major": 24, "High": 72, "Medium": 120, "Low": 240}
MINUTES = {"Major": 15, "High": 60, "Medium": 240, "Low": 480}
CLOSING_DAYS = 14
WORKING_DAYS = {"General": 5, "Customer contact": 3, "Experts": 8}
# Weekdays off in the Netherlands within the log.
DAYS_OFF = [
    *("2011-04-22", "2011-04-25", "2011-06-02", "2011-06-13", "2011-12-26"),
    *("2012-04-06", "2012-04-09", "2012-04-30", "2012-05-17", "2012-05-28"),
]
OPENED_AND_RESOLVED, OPEN_AT_THE_END = "opened and resolved", "open at the end"
Counts = Iterator[tuple[str, str, str, int, int]]


def main() -> None:
    name, file = sys.argv[1:]
    recount = {"incident_desk": incident_desk, "permits": permits}[name]
    print(json.dumps(recount(Path(file))))


def incident_desk(file: Path) -> dict[str, Any]:
    """A case opens with its first event and is resolved by its last Completed that resolves."""
    events = pd.DataFrame(xes_events(file))
    events["at"] = pd.to_datetime(events["at"], utc=True, format="ISO8601").dt.tz_convert("Europe/Paris")
    completed = events["name"] == "Completed"
    resolving = events[completed & events["transition"].isin(["Resolved", "In Call"])]
    taken_up = events[(events["name"] == "Accepted") & (events["transition"] == "In Progress")]
    cases = events.groupby("case").agg(raised=("at", "first"), impact=("impact", "first"))
    cases["responded"] = taken_up.groupby("case")["at"].first()
    cases["resolved"] = resolving.groupby("case")["at"].last()
    cases["how"] = resolving.groupby("case")["transition"].last()
    cases["closed"] = events[completed & (events["transition"] == "Closed")].groupby("case")["at"].last()
    doubt = backwards(cases, "raised", "responded") | backwards(cases, "raised", "resolved")
    doubt |= backwards(cases, "resolved", "closed") | backwards(cases, "raised", "closed")
    return told(cases, doubt, "resolved", desk_counts(cases[~doubt].copy()))


def desk_counts(cases: Any) -> Counts:
    raised, resolved = month(cases["raised"]), month(cases["resolved"])
    hours, minutes = cases["impact"].map(HOURS), cases["impact"].map(MINUTES)
    cases["in_time"] = cases["resolved"] - cases["raised"] <= pd.to_timedelta(hours, unit="h")
    cases["prompt"] = cases["responded"] - cases["raised"] <= pd.to_timedelta(minutes, unit="min")
    last = cases["resolved"].dt.normalize().dt.tz_localize(None) + pd.Timedelta(days=CLOSING_DAYS)
    cases["tidy"] = cases["closed"].dt.normalize().dt.tz_localize(None) <= last
    cases["in_call"] = cases["how"] == "In Call"
    yield from counted("RAISED", cases, raised, "impact")
    yield from counted("RESPONDED", cases, raised, "impact", "prompt")
    yield from counted("IN-CALL", cases, resolved, "impact", "in_call")
    yield from counted("CLOSED", cases[cases["how"] == "Resolved"], resolved, "impact", "tidy")
    yield from counted("RESOLVED", cases, resolved, None, "in_time")
    for impact in HOURS:
        some = cases[cases["impact"] == impact]
        yield from counted(f"RESOLVED-{impact.upper()}", some, resolved, None, "in_time")
    yield from register(raised, resolved, resolved.dropna().max())


def permits(file: Path) -> dict[str, Any]:
    """A case opens at its start date and ends at its end date; its receipt is an event of its own."""
    events = pd.read_csv(file, dtype=str)
    for name in ("case:startdate", "case:enddate", "case:deadline", "time:timestamp"):
        told_at = pd.to_datetime(events[name], utc=True, format="ISO8601")
        events[name] = told_at.dt.tz_convert("Europe/Amsterdam")
    names = {"started": "case:startdate", "ended": "case:enddate", "deadline": "case:deadline"}
    names |= {"department": "case:department", "channel": "case:channel"}
    by_case = events.groupby("case:concept:name")
    cases = by_case.agg(**{own: (column, "first") for own, column in names.items()})
    for own, task in (
        ("received", "Confirmation of receipt"),
        ("sent", "T05 Print and send confirmation of receipt"),
    ):
        some = events[events["concept:name"] == task]
        cases[own] = some.groupby("case:concept:name")["time:timestamp"].first()
    doubt = backwards(cases, "started", "received") | backwards(cases, "received", "sent")
    doubt |= backwards(cases, "started", "ended")
    return told(cases, doubt, "ended", permit_counts(cases[~doubt].copy()))


def permit_counts(cases: Any) -> Counts:
    started = month(cases["started"])
    cases["in_time"] = cases["ended"].dt.date <= cases["deadline"].dt.date
    cases["online"] = cases["channel"] == "Internet"
    days = cases["received"].dt.tz_localize(None).to_numpy().astype("datetime64[D]")
    allowed = cases["department"].map(WORKING_DAYS).to_numpy()
    last = np.busday_offset(days, allowed, roll="preceding", holidays=DAYS_OFF)
    sent = cases["sent"].dt.tz_localize(None).to_numpy().astype("datetime64[D]")
    cases["confirmed"] = sent <= last
    yield from counted("STARTED", cases, started, "department")
    yield from counted("ONLINE", cases, started, "department", "online")
    yield from counted("DECIDED", cases, month(cases["deadline"]), "department", "in_time")
    yield from counted("CONFIRMED", cases, month(cases["received"]), "department", "confirmed")
    yield from register(started, month(cases["ended"]), month(cases["deadline"]).max())


def counted(measure: str, cases: Any, months: Any, group: str | None, part: str | None = None) -> Counts:
    """Yield a measure's counts in each month, whole and by group. Without a part, cases are just counted."""
    rows = cases.assign(month=months.reindex(cases.index)).dropna(subset="month")
    for by in (["month"], ["month", group]) if group else (["month"],):
        for key, some in rows.groupby(by):
            whole = len(some)
            label = key[1] if len(by) > 1 else ""
            yield measure, key[0], label, int(some[part].sum()) if part else whole, whole


def register(opened: Any, resolved: Any, last: str) -> Counts:
    """Yield for each month how many were opened and resolved, and how many were open at its end."""
    ended = resolved.dropna()
    for one in pd.period_range(opened.min(), last, freq="M").strftime("%Y-%m"):
        yield "OPEN", one, OPENED_AND_RESOLVED, int((opened == one).sum()), int((ended == one).sum())
        yield "OPEN", one, OPEN_AT_THE_END, int((opened <= one).sum() - (ended <= one).sum()), 0


def month(instants: Any) -> Any:
    return instants.dt.strftime("%Y-%m").where(instants.notna())


def backwards(cases: Any, earlier: str, later: str) -> Any:
    return cases[later] < cases[earlier]


def told(cases: Any, doubt: Any, finish: str, counts: Counts) -> dict[str, Any]:
    sure = cases[~doubt]
    numbers = {"cases": len(cases), "held": int(doubt.sum()), "finished": int(sure[finish].notna().sum())}
    return {**numbers, "counts": list(counts)}


def xes_events(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the events of each trace in the order of the log."""
    opened: Callable[..., Any] = gzip.open if file.suffix == ".gz" else open
    wanted = {"concept:name": "name", "lifecycle:transition": "transition", "time:timestamp": "at"}
    wanted |= {"impact": "impact"}
    with opened(file, "rb") as log:
        for _, trace in etree.iterparse(log, tag="{*}trace", resolve_entities=False, no_network=True):
            (case,) = [one.get("value") for one in trace if one.get("key") == "concept:name"]
            for event in trace.iterchildren("{*}event"):
                said = {one.get("key"): one.get("value") for one in event}
                yield {"case": case, **{own: said.get(key) for key, own in wanted.items()}}
            trace.clear()


if __name__ == "__main__":
    main()
