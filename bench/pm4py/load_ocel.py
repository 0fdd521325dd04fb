"""Load an event log of objects with PM4Py, and print what it found, in the peers' environment."""

import json
import sys

import pm4py  # type: ignore[import-not-found]

log = pm4py.read_ocel2_json(sys.argv[1])
flat = pm4py.ocel_flattening(log, sys.argv[2])
print(
    json.dumps(
        {
            "events": len(log.events),
            "objects": len(log.objects),
            "relations": len(log.relations),
            "types": sorted(pm4py.ocel_get_object_types(log)),
            "cases": int(flat["case:concept:name"].nunique()),
        }
    )
)
