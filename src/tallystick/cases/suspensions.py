"""Which challenge suspends a step of a case, as rooms above tell of what was decided."""

from tallystick.cases.models import Case
from tallystick.processes.decided import stays_of
from tallystick.processes.queries import process_of


def suspended_by(case: Case) -> str | None:
    """Return the reference of the challenge that suspends a step of the ladder of a case, if one does.

    What was decided on the remedy itself holds nobody up: another version may be filed.
    """
    main = process_of(case.course).main
    suspending = (one for one in stays_of([case.course], case.code) if not one.is_for_good)
    return next((one.by for one in suspending if one.track != main), None)
