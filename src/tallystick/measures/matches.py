"""Rows that must be on a list, or agree with a register, on their day."""

import ibis
from ibis import Table

from tallystick.measures.counted import atoms
from tallystick.measures.source import Source, marked, recoded
from tallystick.rulebook.measures import Matches


def matches(rows: Source, register: Source, measure: Matches) -> Table:
    """Return the rows with what each adds: whether the register holds it on the day of `at`.

    The register's last day is the one before `until`. With `same`, the register's columns must equal the
    row's, and a row whose key the register does not hold is held, since nothing says what is right.
    """
    listed = measure.register_
    here = rows.over(rows.table.filter(rows.meets(measure.where) & rows.has(measure.at)))
    dated = register.table.mutate(from__=register.day(listed.from_), until__=register.day(listed.until))
    pairs = {**listed.match, **measure.same}
    theirs = register.over(dated)
    dated = dated.select(
        "from__",
        "until__",
        **{f"{own}__listed": recoded(theirs, other, here, own) for own, other in pairs.items()},
    )
    mine = here.table.mutate(day__=here.day(measure.at))
    keys = [mine[own] == dated[f"{own}__listed"] for own in listed.match]
    in_force = [mine.day__ >= dated.from__, dated.until__.isnull() | (mine.day__ < dated.until__)]
    agreeing = [mine[own] == dated[f"{own}__listed"] for own in measure.same]
    place = here.place
    found = mine.semi_join(dated, [*keys, *in_force]).select(*place).mutate(found__=True)
    right = mine.semi_join(dated, [*keys, *in_force, *agreeing]).select(*place).mutate(right__=True)
    rows_marked = marked(marked(mine, found, place), right, place)
    is_found = rows_marked.found__.fill_null(False)
    if not measure.same:
        return atoms(here.over(rows_marked), measure.at, numerator=is_found, denominator=ibis.literal(True))
    is_right = rows_marked.right__.fill_null(False)
    return atoms(here.over(rows_marked), measure.at, numerator=is_right, denominator=is_found, held=~is_found)
