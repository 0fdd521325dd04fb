"""What acts on comparisons and charges share: the lock, the seal, and how they name what they changed."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from tallystick.assessments.models import ChargeRun, Publication
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import follow

LONGEST = 4000

Head = TypeVar("Head", bound=Publication | ChargeRun)


def locked(row: Head) -> Head:
    """Return a comparison or a run of charges as it stands, which nobody else can change meanwhile."""
    held = type(row).objects.select_for_update(of=("self",)).select_related("course", "body")
    return cast("Head", held.get(pk=row.pk))


def has_taken(row: Publication | ChargeRun, key: str) -> bool:
    """Tell whether the form took a step of the matter before."""
    return bool(row.course.steps.filter(key=key).exists())


def seal_of(lines: Iterable[Iterable[object]]) -> str:
    """Return the hash of what the lines of a sheet say, whatever their order."""
    told = json.dumps(sorted([str(one) for one in line] for line in lines), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def carry_along(row: Publication | ChargeRun, groups: Iterable[Any]) -> None:
    """Give what belongs to a matter, and its course, the body and the state that it has now."""
    for group in groups:
        for one in group.all():
            if (one.body_id, one.publicity) != (row.body_id, row.publicity):
                one.body_id, one.publicity = row.body_id, row.publicity
                one.save(update_fields=["body", "publicity"])
    follow(row.course, row)


def told_of(made: Step, decision: str) -> dict[str, object]:
    """Return the facts of a step for its entry."""
    return {"move": made.move, "stages": [made.from_stage, made.to_stage], "decision": decision.strip()}


def enter(
    act: str,
    row: Publication | ChargeRun,
    told: tuple[Acting, dt.datetime],
    said: str,
    facts: Mapping[str, object],
    of: Classified | None = None,
) -> Entry:
    """Write the entry of an act of this room.

    :param told: by whom and when
    :param of: the row that it is about, where not everybody who may read of the matter may read of that
    """
    by, at = told
    about = of or row
    subject = Subject(row.code, row.TYPE, about.handle, about.classification)
    facts = {row.TYPE: row.reference, **facts}
    return record(act=f"assessments.{act}", subject=subject, by=by.actor, at=at, said=said, facts=facts)
