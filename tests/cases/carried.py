"""A vote of the PAB about ALFA that carried."""

import datetime as dt
from typing import Any

from tallystick.decisions.models import Motion
from tests.cases.cast import CODE, NOTICED, Cast, at, key, person_of


def carried_motion(cast: Cast, day: dt.date = NOTICED, **told: Any) -> Motion:
    motion = Motion(
        **{
            "code": CODE,
            "classification": "amber",
            "publicity": "decided",
            "party": cast.alfa,
            "body": cast.pab,
            "reference": f"MOT-2021-{key()[-4:]}",
            "title": "Escalate to the Panel",
            "question": "Shall it be escalated?",
            "does": "The case goes to the Panel.",
            "scheme": "pab",
            "put_by": person_of(cast.sam),
            "put_at": at(day, 12),
            "key": key(),
            "state": Motion.CLOSED,
            "rule": {"counts": {}},
            "edition": "edition",
            "opened_at": at(day, 12),
            "closes_at": at(day, 13),
            "opened_entry": 1,
            "closed_at": at(day, 13),
            "closed_entry": 2,
            "outcome": "carried",
            "count": {"approve": 1},
            "told": {"says": "carried"},
            **told,
        }
    )
    motion.save(force_insert=True)
    return motion
