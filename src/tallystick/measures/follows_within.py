"""Duties over time: every trigger is followed by its response within a limit."""

import ibis
from ibis import Table

from tallystick.measures.counted import atoms
from tallystick.measures.limits import clock
from tallystick.measures.source import Asked, Source, marked, recoded
from tallystick.rulebook.measures import FollowsWithin
from tallystick.rulebook.rulebook import Rulebook

DISCHARGED = "discharged"


def discharged(triggers: Source, responses: Source, measure: FollowsWithin) -> Table:
    """Return the triggers with the instant and day of their first response (`discharged`, `discharged__day`).

    The first response is the earliest of the same key at the trigger's instant or after it; null where
    there is none. Both sources are placed.
    """
    mine = triggers.table.filter(triggers.meets(measure.where))
    here = triggers.over(mine)
    mine = mine.mutate(trigger__=here.instant(measure.at))
    theirs = responses.over(responses.table.filter(responses.meets(measure.response.where)))
    answers = theirs.table.select(
        response__=theirs.instant(measure.response.at),
        response__day=theirs.day(measure.response.at),
        **{f"{own}__key": recoded(theirs, other, here, own) for own, other in measure.match.items()},
    )
    keys = [mine[own] == answers[f"{own}__key"] for own in measure.match]
    joined = mine.inner_join(answers, [*keys, answers.response__ >= mine.trigger__])
    first = joined.group_by(*here.place).aggregate(
        **{DISCHARGED: joined.response__.min(), f"{DISCHARGED}__day": joined.response__day.min()}
    )
    return marked(mine, first, here.place)


def follows_within(
    triggers: Source, responses: Source, measure: FollowsWithin, rulebook: Rulebook, asked: Asked
) -> Table:
    """Return the triggers with what each adds to either side.

    A duty counts in the month of its trigger once it is discharged or its limit has passed at the end of
    what is known; until then it is open and carried over.
    """
    here = triggers.over(discharged(triggers, responses, measure))
    clocked = clock(here, measure.limit, measure.at, measure.at, "limit__", rulebook)
    rows = clocked.source
    known = clocked.limit.notnull()
    done = rows.table[DISCHARGED].notnull()
    if clocked.elapsed:
        in_time = (rows.table[DISCHARGED] - rows.table.trigger__) <= clocked.limit
    else:
        in_time = clocked.within(measure.at, DISCHARGED)
    passed = clocked.passed(measure.at, asked).fill_null(False)
    open_ = known & ~done & ~passed
    return atoms(
        rows,
        measure.at,
        numerator=known & (done & in_time).fill_null(False),
        denominator=known & (done | passed),
        open_=open_,
        held=~known,
        changes_on=ibis.cases((open_, clocked.passes_on(measure.at)), else_=ibis.null("date")),
        depends=known & ~done,
    )
