"""Holds as pages show them: which hold a matter, of whom, for which days, and who lifts them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import may
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.models import Course, Hold
from tallystick.processes.operations.holds import is_before_own_body
from tallystick.processes.queries import Rows, process_of
from tallystick.rulebook.processes import ProcessValue

NOW, AHEAD, OVER = "now", "ahead", "over"


@dataclass(frozen=True)
class Shown:
    """A hold on a day: holding now, ahead or over; who lifts it in words, and whether the reader may."""

    hold: Hold
    state: str
    who_lifts: str
    may_lift: bool

    @property
    def is_of_market(self) -> bool:
        return self.hold.course_id is None


def state_of(hold: Hold, on: dt.date) -> str:
    """Return whether a hold holds on the day, begins later, or is over."""
    if hold.ends_on is not None and hold.ends_on <= on:
        return OVER
    return AHEAD if hold.from_on > on else NOW


def holding(acting: Acting, course: Course, rows: Rows, *, every: bool = False) -> list[Shown]:
    """Return the holds that hold a course today or will, without those that let it go; or `every` one."""
    let_go = {one.hold_id for one in rows.spells if one.until_on is not None}
    going = [one for one in rows.holds if one.pk not in let_go and state_of(one, acting.day) != OVER]
    if rows.ended_on is not None:
        going = []
    value = process_of(course)
    return [
        Shown(
            hold=one,
            state=state_of(one, acting.day),
            who_lifts=named([value], course),
            may_lift=may_hold(acting, course),
        )
        for one in (rows.holds if every else going)
        if may(acting, "r", one)
    ]


def may_hold(acting: Acting, course: Course) -> bool:
    """Tell whether the rule lets somebody hold a matter and let it go: the policy is asked besides."""
    return acting.name in process_of(course).holds and is_before_own_body(course, acting)


def named(values: Collection[ProcessValue], course: Course | None) -> str:
    """Return who lifts a hold, in words: the chair of the PAB or the secretary."""
    roles: Sequence[str] = sorted(set.intersection(*(set(one.holds) for one in values))) if values else ()
    body = course.body if course is not None else None
    told = [
        f"the chair of the {body.name}" if one == Role.CHAIR and body is not None else f"the {_word(one)}"
        for one in roles
        if one != Role.CHAIR or course is None or body is not None
    ]
    return " or ".join(told) or "nobody"


def _word(role: str) -> str:
    return role.replace("_", " ")


def processes_held_by(acting: Acting) -> dict[str, str]:
    """Return the processes whose every matter somebody may hold today, each with its title."""
    return {
        one.key: one.title
        for one in rulebook_of(acting.code).processes.values()
        if min(one.values) <= acting.day and acting.name in one.value_on(acting.day).holds
    }


def scope_of(hold: Hold) -> str:
    """Return what a hold of the market holds, in words."""
    titles = (rulebook_of(hold.code).processes[key].title for key in hold.keys)
    return "; ".join(titles)
