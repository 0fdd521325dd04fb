"""The entry and the row by which a seat stands aside: written by whichever act finds the conflict."""

import datetime as dt

from tallystick.decisions.models import Motion, SeatAtMotion, StoodAside
from tallystick.decisions.operations.entries import enter
from tallystick.parties.acting import Acting

SAID = {
    StoodAside.DECLARED: "declared a conflict and stood aside for {name} on {motion}",
    StoodAside.EMPLOYER: "put {name} aside on {motion}: its holder works or acts for the party",
    StoodAside.UNKNOWN: "put {name} aside on {motion}: not known whom its holder works for, nothing declared",
    StoodAside.BARRED: "put {name} aside on {motion}: its holder decided before on what it is about",
}


def put_aside(
    motion: Motion, seat: SeatAtMotion, why: str, by: Acting, at: dt.datetime, words: str = ""
) -> StoodAside:
    """Put a seat aside, with an entry of its own."""
    assert seat.holder is not None  # noqa: S101 - the database has no seat aside without a holder
    said = SAID[why].format(name=seat.name, motion=motion.reference)
    told = {"motion": motion.reference, "seat": seat.seat.handle}
    entry = enter("stand_aside", motion, by, at, said, **told)
    row = StoodAside(
        code=motion.code,
        classification=motion.classification,
        publicity=motion.publicity,
        party=motion.party,
        body=motion.body,
        motion=motion,
        seat=seat,
        person=seat.holder.person,
        why=why,
        words=words,
        at=at,
        entry=entry.seq,
    )
    row.save(force_insert=True)
    return row
