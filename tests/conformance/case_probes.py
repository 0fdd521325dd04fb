"""The addresses of cases, and the answer that the policy lets expect at each: where there is none, none."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from tests.conformance.world import Made, World

READ, SEND = ("GET", "HEAD"), ("POST",)
BOTH = (*READ, "POST")
REFUSED = (422,)
# What the form of an act answers to whoever may see the case, and what it answers once it is sent.
ASKED_OF, SENT_TO = (200, 404), (302, 403, 404, 409, 422)
NOWHERE, NO_GAP, NOBODY = "CASE-ZZ9999999", "GAP-ZZ9999999", "ZZ9999999"
SHOWN = ("case", "case_lines")
ASKED = (
    "share_case_lines",
    "give_notice",
    "reply_to_notice",
    "name_case_leads",
    "name_case_cause",
    "file_remedy",
)
SENT = (
    *("add_case_finding", "satisfy_auditor"),
    *("send_case_message", "read_case_messages", "write_case_note"),
)
OF_A_GAP = ("hand_on_gap", "close_gap")
OF_A_VERSION = ("return_remedy", "accept_remedy", "warn_of_remedy", "recover_remedy")


def case_places(world: World, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the room; `place` makes one."""
    for made in world.rows["case"]:
        yield from _of_case(made, place)
    for made in world.rows["remedy"]:
        yield from _of_remedy(made, place)
    for made in world.rows["gap"]:
        yield from _of_gap(made, place)
    for made in world.rows["case_message"]:
        of_case = next(one for one in world.rows["case"] if one.row.pk == made.row.message.case_id)
        address = at("case_attachment", str(of_case.row), made.row.handle)
        yield place("case_attachment", address, needs=(of_case.what, made.what))
    yield from _of_none(place)


def _of_case(made: Made, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield what belongs to one case. Whether an act is for this role, and now, its own tests tell."""
    reference, needs = str(made.row), (made.what,)
    for name in SHOWN:
        yield place(name, at(name, reference), needs=needs)
    for name in (*ASKED, "hold_case"):
        yield place(name, at(name, reference), methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)
    for name in SENT:
        yield place(name, at(name, reference), methods=SEND, needs=needs, ok_sent=SENT_TO)
    for move in ("go_on", "escalate_to_panel"):
        address = at("take_case_step", reference, move)
        yield place("take_case_step", address, methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)
    for hold in made.row.course.holds.all():
        address = at("lift_case_hold", reference, hold.handle)
        yield place("lift_case_hold", address, methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)


def _of_remedy(made: Made, place: Callable[..., Any]) -> Iterator[Any]:
    reference, version, needs = str(made.row.case), made.row.version, (made.what,)
    yield place("remedy", at("remedy", reference, version), needs=needs)
    for name in OF_A_VERSION:
        address = at(name, reference, version)
        yield place(name, address, methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)
    address = at("meet_milestone", reference, version, 1)
    yield place("meet_milestone", address, methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)


def _of_gap(made: Made, place: Callable[..., Any]) -> Iterator[Any]:
    reference, needs = str(made.row), (made.what,)
    yield place("gap", at("gap", reference), needs=needs)
    for name in OF_A_GAP:
        yield place(name, at(name, reference), methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)


def _of_none(place: Callable[..., Any]) -> Iterator[Any]:
    yield place("cases", at("cases"))
    yield place("analysis", at("analysis"))
    yield place("analysis_as", at("analysis_as", "csv"))
    yield place("analysed_cases", at("analysed_cases") + "?of=open")
    yield place("open_case", at("open_case"), methods=BOTH, ok_sent=REFUSED)
    for key in ("case", "remedy"):
        yield place("process", at("process", key))
    yield place("process", at("process", "nothing"), exists=False)
    for name in SHOWN:
        yield place(name, at(name, NOWHERE), exists=False)
    for name in ASKED:
        yield place(name, at(name, NOWHERE), methods=BOTH, exists=False)
    for name in SENT:
        yield place(name, at(name, NOWHERE), methods=SEND, exists=False)
    yield place("holds", at("holds"))
    yield place("hold_market", at("hold_market"), methods=BOTH, ok_sent=REFUSED)
    yield place("lift_market_hold", at("lift_market_hold", NOBODY), methods=BOTH, exists=False)
    yield place("hold_case", at("hold_case", NOWHERE), methods=BOTH, exists=False)
    yield place("lift_case_hold", at("lift_case_hold", NOWHERE, NOBODY), methods=BOTH, exists=False)
    yield place("take_case_step", at("take_case_step", NOWHERE, "close"), methods=BOTH, exists=False)
    yield place("remedy", at("remedy", NOWHERE, 1), exists=False)
    yield place("case_attachment", at("case_attachment", NOWHERE, NOBODY), exists=False)
    for name in OF_A_VERSION:
        yield place(name, at(name, NOWHERE, 1), methods=BOTH, exists=False)
    yield place("gaps", at("gaps"))
    yield place("record_gap", at("record_gap"), methods=BOTH, ok_sent=REFUSED)
    yield place("gap", at("gap", NO_GAP), exists=False)
    for name in OF_A_GAP:
        yield place(name, at(name, NO_GAP), methods=BOTH, exists=False)
    yield place("meet_milestone", at("meet_milestone", NOWHERE, 1, 1), methods=BOTH, exists=False)


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])
