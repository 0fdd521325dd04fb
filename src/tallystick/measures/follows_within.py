"""Duties over time: every trigger is followed by its response within a limit."""

import ibis
from ibis import Table

from tallystick.measures.counted import atoms
from tallystick.measures.limits import clock
from tallystick.measures.source import Asked, Source, marked, recoded
from tallystick.rulebook.measures import FollowsWithin
from tallystick.rulebook.rulebook import Rulebook

TRIGGER = "trigger__"
DISCHARGED = "discharged"
DISCHARGED_DAY = f"{DISCHARGED}__day"
RESPONSE = "response__"
RESPONSE_DAY = "response__day"
KEY = "__key"


def triggering(triggers: Source, measure: FollowsWithin) -> Source:
    """Return the rows that start a duty, with the instant they do (`trigger__`); the source is placed."""
    mine = triggers.over(triggers.table.filter(triggers.meets(measure.where)))
    return mine.over(mine.table.mutate(**{TRIGGER: mine.instant(measure.at)}))


def answering(responses: Source, measure: FollowsWithin) -> Source:
    """Return the rows that discharge a duty, with `response__` and `response__day`; the source is placed."""
    theirs = responses.over(responses.table.filter(responses.meets(measure.response.where)))
    at = measure.response.at
    return theirs.over(theirs.table.mutate(**{RESPONSE: theirs.instant(at), RESPONSE_DAY: theirs.day(at)}))


def discharged(triggers: Source, responses: Source, measure: FollowsWithin) -> Source:
    """Return the triggers with the instant and day of their first response, null where there is none.

    The first response is the earliest of the same key at the trigger's instant or after it. Both sources are
    placed.
    """
    mine = triggering(triggers, measure)
    theirs = answering(responses, measure)
    answers = theirs.table.select(
        RESPONSE,
        RESPONSE_DAY,
        **{f"{own}{KEY}": recoded(theirs, other, mine, own) for own, other in measure.match.items()},
    )
    keys = [mine.table[own] == answers[f"{own}{KEY}"] for own in measure.match]
    joined = mine.table.inner_join(answers, [*keys, answers[RESPONSE] >= mine.table[TRIGGER]])
    first = joined.group_by(*mine.place).aggregate(
        **{DISCHARGED: joined[RESPONSE].min(), DISCHARGED_DAY: joined[RESPONSE_DAY].argmin(joined[RESPONSE])}
    )
    return mine.over(marked(mine.table, first, mine.place))


def follows_within(
    triggers: Source, responses: Source, measure: FollowsWithin, rulebook: Rulebook, asked: Asked
) -> Table:
    """Return the triggers with what each adds to either side; both sources are placed."""
    return judged(discharged(triggers, responses, measure), measure, rulebook, asked)


def judged(duties: Source, measure: FollowsWithin, rulebook: Rulebook, asked: Asked) -> Table:
    """Return what each duty adds to either side.

    A duty counts in the month of its trigger once it is discharged or its limit has passed at the end of
    what is known; until then it is open and carried over. The source has the columns `trigger__`,
    `discharged` and `discharged__day`, and needs no others than those of the main file.
    """
    clocked = clock(duties, measure.limit, measure.at, measure.at, "limit__", rulebook)
    rows = clocked.source
    known = clocked.limit.notnull()
    done = rows.table[DISCHARGED].notnull()
    if clocked.elapsed:
        in_time = (rows.table[DISCHARGED] - rows.table[TRIGGER]) <= clocked.limit
        passed = rows.table[TRIGGER] + clocked.limit < asked.until
    else:
        in_time = clocked.within(measure.at, DISCHARGED)
        passed = clocked.passed(measure.at, asked)
    passed = passed.fill_null(False)
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
