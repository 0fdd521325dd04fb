"""What somebody may do next on a case: as buttons of its head, and as a list with what opens later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tallystick.cases.models import Case
from tallystick.cases.operations.entries import is_of_party
from tallystick.cases.operations.ladder import ELSEWHERE
from tallystick.cases.remedy_shown import Shown
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.processes.engine import Offer
from tallystick.processes.holding import Shown as Held

# Two moves and the history are the buttons of a head.
MOST = 2
# Where a case takes a remedy that its party is asked for, and the moves by which one is accepted.
FILED_IN = ("remedy", "on_track")
ACCEPTS = tuple(name for name, words in ELSEWHERE.items() if words == "accept the remedy")
OWN_DOORS = {"give_notice": "give_notice", "reply": "reply_to_notice"}
# What leads a case on comes before what takes it aside.
FIRST = (
    *("reply", "file_remedy", *ACCEPTS, "return_remedy", "share", "give_notice", "go_on", "ask_for_remedy"),
    *("verify", "close", "persuade", "plan_remedy"),
)
HOLD = "hold"
ICONS = {
    "reply": "message-reply",
    "share": "files",
    "give_notice": "message",
    "file_remedy": "plus",
    HOLD: "clock-pause",
    "lift_hold": "player-play",
}


@dataclass(frozen=True)
class Way:
    """A next step: its name, its words, and the address that asks what it needs."""

    name: str
    title: str
    href: str
    body: str = ""
    opens_once: tuple[str, ...] = ()

    @property
    def is_solid(self) -> bool:
        """Tell whether it leads the case on: a hold does not, and is no button to press by the way."""
        return self.name != HOLD

    @property
    def icon(self) -> str:
        if self.name in (*ACCEPTS, "verify", "close"):
            return "check"
        return ICONS.get(self.name, "gavel" if self.body else "arrow-right")


@dataclass(frozen=True)
class Standing:
    """What next steps hang on: the stage, what the rule offers now and later, the remedy, lines to share.

    `holds` are those that hold the case or will, and `may_hold` whether the reader may put it on hold.
    """

    stage: str
    now: list[Offer]
    later: list[Offer]
    remedy: Shown | None
    to_share: int
    holds: Sequence[Held] = ()
    may_hold: bool = False


def ways_of(acting: Acting, case: Case, stands: Standing) -> tuple[list[Way], list[Way]]:
    """Return what somebody may do now, the next thing first, and what once conditions hold."""
    now, later, remedy, to_share = stands.now, stands.later, stands.remedy, stands.to_share
    has_shares = to_share > 0 and acting.name in Role.OFFICE and case.closed_at is None
    found = [_way(case, one, remedy) for one in now if not (has_shares and one.move == "inform")]
    if has_shares:
        found.append(Way("share", "Share the lines", _address(case, "share_case_lines")))
    if remedy is not None and remedy.waits and acting.name in Role.OFFICE:
        href = _address(case, "return_remedy", remedy.row.version)
        found.append(Way("return_remedy", "Return with reasons", href))
    if is_of_party(acting, case) and _is_asked_to_file(stands):
        title = "File a remedy" if remedy is None else f"File version {len(remedy.tabs) + 1}"
        found.append(Way("file_remedy", title, _address(case, "file_remedy")))
    found += _of_holds(case, stands)
    hidden = {"inform"} if has_shares else set()
    opens = [_way(case, one, remedy) for one in later if one.move not in hidden]
    return sorted((one for one in found if one.href), key=_place), opens


def buttons(found: Sequence[Way]) -> list[Way]:
    """Return the ways that the head of a page shows, the one that leads on last: it is the solid one."""
    return list(reversed(found[:MOST]))


def is_next(found: Iterable[Way], name: str) -> bool:
    return any(one.name == name for one in found)


def _place(one: Way) -> int:
    return FIRST.index(one.name) if one.name in FIRST else len(FIRST)


def _way(case: Case, offer: Offer, remedy: Shown | None) -> Way:
    if offer.move in OWN_DOORS:
        href = _address(case, OWN_DOORS[offer.move])
    elif offer.move in ACCEPTS:
        waits = remedy is not None and remedy.waits
        href = _address(case, "accept_remedy", remedy.row.version) if remedy is not None and waits else ""
    elif offer.move == "resume":
        href = ""
    else:
        href = _address(case, "take_case_step", offer.move)
    return Way(offer.move, offer.title, href, offer.body or "", offer.opens_once)


def _of_holds(case: Case, stands: Standing) -> list[Way]:
    """Return the ways out of the holds that hold it, or the one into a hold."""
    found = [
        Way(
            "lift_hold",
            "Let it go from the hold of the market" if one.is_of_market else "Lift the hold",
            _address(case, "lift_case_hold", one.hold.handle),
        )
        for one in stands.holds
        if one.may_lift
    ]
    if stands.may_hold and not stands.holds:
        found.append(Way(HOLD, "Put on hold", _address(case, "hold_case")))
    return found


def _is_asked_to_file(stands: Standing) -> bool:
    """Tell whether the party files a remedy now: where one is agreed on, and none of its versions waits."""
    return stands.stage in FILED_IN and not (stands.remedy is not None and stands.remedy.waits)


def _address(case: Case, name: str, *more: object) -> str:
    return reverse(name, args=[case.code, case.reference, *more])
