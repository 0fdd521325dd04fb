import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tallystick.journal.models import Payload
from tallystick.journal.ocel import log_of
from tallystick.journal.operations import record
from tallystick.journal.subjects import Actor, Subject
from tests.journal.conftest import AT, JO, MONTH, OTHER, act
from tests.journal.guards import remove

pytestmark = pytest.mark.django_db
PEERS = Path("build/peers/bin/python")
TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")
TYPES = {"string", "time", "integer", "float", "boolean"}


def wrong_with(log: dict[str, Any]) -> list[str]:
    """Return what breaks the schema of OCEL 2.0 in JSON, and what its text asks besides."""
    return [*wrong_types(log), *wrong_objects(log), *wrong_events(log)]


def wrong_types(log: dict[str, Any]) -> Iterator[str]:
    if set(log) != {"objectTypes", "eventTypes", "objects", "events"}:
        yield f"keys: {sorted(log)}"
    for one in (*log["objectTypes"], *log["eventTypes"]):
        if set(one) != {"name", "attributes"} or not isinstance(one["name"], str):
            yield f"type: {one}"
        yield from (f"attribute: {part}" for part in one["attributes"] if part["type"] not in TYPES)


def ids(log: dict[str, Any], part: str) -> set[str]:
    return {one["id"] for one in log[part]}


def wrong_objects(log: dict[str, Any]) -> Iterator[str]:
    named = {one["name"] for one in log["objectTypes"]}
    if len(ids(log, "objects")) != len(log["objects"]):
        yield "an id stands twice"
    for one in log["objects"]:
        if set(one) != {"id", "type", "attributes", "relationships"} or one["type"] not in named:
            yield f"object: {one}"
        yield from related(one, ids(log, "objects"))


def wrong_events(log: dict[str, Any]) -> Iterator[str]:
    stated = {one["name"]: [part["name"] for part in one["attributes"]] for one in log["eventTypes"]}
    if len(ids(log, "events")) != len(log["events"]):
        yield "an id stands twice"
    for one in log["events"]:
        if set(one) != {"id", "type", "time", "attributes", "relationships"}:
            yield f"event: {one}"
        if not TIME.fullmatch(one["time"]) or not one["relationships"]:
            yield f"event: {one}"
        if [part["name"] for part in one["attributes"]] != stated.get(one["type"]):
            yield f"attributes: {one}"
        yield from related(one, ids(log, "objects"))


def related(one: dict[str, Any], objects: set[str]) -> Iterator[str]:
    for part in one["relationships"]:
        if set(part) != {"objectId", "qualifier"} or part["objectId"] not in objects:
            yield f"relationship: {part}"


@pytest.mark.usefixtures("log")
class TestLogOf:
    def test_keeps_to_the_schema(self) -> None:
        assert wrong_with(log_of("sec", "red")) == []

    def test_is_empty_and_sound_for_a_code_without_entries(self) -> None:
        log = log_of("retail", "red")

        assert wrong_with(log) == []
        assert log["events"] == []

    def test_has_an_event_for_each_entry_up_to_the_class(self) -> None:
        assert len(log_of("sec", "white")["events"]) == 6
        assert len(log_of("sec", "green")["events"]) == 6
        assert len(log_of("sec", "amber")["events"]) == 7

    def test_relates_events_to_their_record(self) -> None:
        event = log_of("sec", "amber")["events"][3]

        assert event["relationships"][0] == {"objectId": f"submission:{OTHER.handle}", "qualifier": "on"}
        assert (event["type"], event["time"]) == ("runs.try", "2021-09-20T09:03:00.000000Z")

    def test_names_nobody(self) -> None:
        with transaction.atomic():
            by = Actor(JO.handle, "Party delegate, Alderbrook Energy")
            said, facts = "asked Ada Quill", {"who": "Ada Quill"}
            record(act="runs.ask", subject=MONTH, by=by, at=AT, said=said, facts=facts)

        log = log_of("sec", "red")

        told = str(log)
        assert "Alderbrook" not in told
        assert "Quill" not in told
        assert JO.handle not in told
        assert log["events"][-1]["attributes"][0] == {"name": "role", "value": "Party delegate"}

    def test_has_no_role_where_words_were_removed(self) -> None:
        remove(Payload, entry=3)

        log = log_of("sec", "amber")
        assert wrong_with(log) == []
        assert log["events"][3]["attributes"][0]["value"] == ""

    def test_holds_one_object_for_a_record_however_often_it_changed(self) -> None:
        act(90, Subject("sec", "submission", OTHER.handle, "white"))

        ids = [one["id"] for one in log_of("sec", "amber")["objects"]]
        assert sorted(ids) == sorted(["code:sec", f"run:{MONTH.handle}", f"submission:{OTHER.handle}"])


class TestWrongWith:
    @pytest.mark.parametrize(
        ("part", "change"),
        [
            ("events", {"time": "yesterday"}),
            ("events", {"type": "unheard of"}),
            ("events", {"relationships": [{"objectId": "nothing", "qualifier": "on"}]}),
            ("objects", {"type": "unheard of"}),
            ("objects", {"id": "entry"}),
        ],
    )
    @pytest.mark.usefixtures("log")
    def test_sees_what_breaks_the_schema(self, part: str, change: dict[str, Any]) -> None:
        log = log_of("sec", "red")
        log[part][-1] |= change

        assert wrong_with(log) != []


@pytest.mark.skipif(
    not (PEERS.exists() and os.environ.get("TALLY_PEERS")),
    reason="asked for by make assurance, after make peers",
)
@pytest.mark.usefixtures("log")
class TestPm4py:
    def test_loads_it(self, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
        file, log = tmp_path / "log.json", log_of("sec", "red")
        file.write_text(json.dumps(log))

        done = subprocess.run(  # noqa: S603 - the peers' own environment
            [PEERS, "bench/pm4py/load_ocel.py", file, "run"], capture_output=True, text=True, check=False
        )

        assert done.returncode == 0, done.stderr[-2000:]
        found = json.loads(done.stdout.strip().splitlines()[-1])
        record_property("counted", f"PM4Py loads the OCEL 2.0 export: {found}")
        assert found == {
            "events": len(log["events"]),
            "objects": len(log["objects"]),
            "relations": sum(len(one["relationships"]) for one in log["events"]),
            "types": ["code", "run", "submission"],
            "cases": 1,
        }
