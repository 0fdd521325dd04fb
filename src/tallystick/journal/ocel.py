"""The process history as an object-centric event log: OCEL 2.0 in JSON, for tools that mine processes.

An event is an entry, an object a record by its handle, and the code it stands under. Nobody is named and no
words go along: of who acted there is the role alone, of what was done the act.
"""

import json
from collections.abc import Iterator
from typing import Any

from tallystick.journal.leaf import spelled
from tallystick.journal.models import Entry

AT_ONCE = 500
CLASSES = ("white", "green", "amber", "red")  # from the most readers to the fewest
OF_EVENT = [("role", "string"), ("class", "string"), ("entry", "integer")]
ON, UNDER = "on", "under"


def log_of(code: str, most: str) -> dict[str, Any]:
    """Return the log of a code, with entries of records up to a class.

    :param most: the strictest class whose words the exporter may read
    """
    entries = list(_entries(code, CLASSES[: CLASSES.index(most) + 1]))
    records = {(entry.kind, entry.handle): entry for entry in entries}
    kinds = sorted({kind for kind, _ in records} | {"code"})
    return {
        "objectTypes": [{"name": kind, "attributes": []} for kind in kinds],
        "eventTypes": [
            {"name": act, "attributes": [{"name": name, "type": kind} for name, kind in OF_EVENT]}
            for act in sorted({entry.act for entry in entries})
        ],
        "objects": [
            {"id": f"code:{code}", "type": "code", "attributes": [], "relationships": []},
            *(_object(kind, handle, code) for kind, handle in sorted(records)),
        ],
        "events": [_event(entry, code) for entry in entries],
    }


def _entries(code: str, classes: tuple[str, ...]) -> Iterator[Entry]:
    rows = Entry.objects.filter(code=code, classification__in=classes)
    return rows.select_related("payload").order_by("seq").iterator(AT_ONCE)


def _object(kind: str, handle: str, code: str) -> dict[str, Any]:
    under = [{"objectId": f"code:{code}", "qualifier": UNDER}]
    return {"id": f"{kind}:{handle}", "type": kind, "attributes": [], "relationships": under}


def _event(entry: Entry, code: str) -> dict[str, Any]:
    said = (_role(entry), entry.classification, entry.seq)
    return {
        "id": f"entry:{entry.seq}",
        "type": entry.act,
        "time": spelled(entry.at),
        "attributes": [
            {"name": name, "value": value} for (name, _), value in zip(OF_EVENT, said, strict=True)
        ],
        "relationships": [
            {"objectId": f"{entry.kind}:{entry.handle}", "qualifier": ON},
            {"objectId": f"code:{code}", "qualifier": UNDER},
        ],
    }


def _role(entry: Entry) -> str:
    """Return the capacity without what follows it: for whom or on which body somebody acted names others."""
    if not hasattr(entry, "payload"):
        return ""
    capacity: str = json.loads(entry.payload.text)["capacity"]
    return capacity.partition(",")[0]
