"""Every address of the site, asked in every way by everybody, and the answer that the policy lets expect."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.conformance.application_probes import application_places
from tests.conformance.assurances import HISTORIES as OF_ASSURANCE
from tests.conformance.case_probes import case_places
from tests.conformance.cases import KINDS as OF_CASES
from tests.conformance.cast import CAST
from tests.conformance.challenge_probes import challenge_places
from tests.conformance.coverage_probes import coverage_places
from tests.conformance.derogation_probes import derogation_places
from tests.conformance.field_probes import field_places
from tests.conformance.judge import FOR_A_PARTY, Judge, What, Who
from tests.conformance.money_probes import money_places
from tests.conformance.plan_probes import plan_places
from tests.conformance.risk_probes import risk_places
from tests.conformance.vote_probes import vote_places
from tests.conformance.votes import KINDS
from tests.conformance.world import JULY, Made, World

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
READ = ("GET", "HEAD")
SEND = ("POST",)
SHOWN, LED, UNKNOWN = (200,), (302,), (404,)
REFUSED_FORM = (422,)
ANYTHING = tuple(range(200, 500))
NOWHERE = "ZZ9999999"
HANDLE_OF_NOBODY = "0" * 20
# Stricter than the policy, which lets a party change what is nobody's: a file is decided on by its sender.
OF_ITS_SENDER = {"commit", "discard"}


@dataclass(frozen=True)
class Place:
    """One address, and what it leads to.

    `needs` is what has to be readable for there to be anything; `does` what has to be allowed besides.
    """

    name: str
    address: str
    methods: tuple[str, ...] = READ
    needs: tuple[What, ...] = ()
    does: tuple[str, What] | None = None
    exists: bool = True
    ok: tuple[int, ...] = SHOWN
    sent: dict[str, Any] = field(default_factory=dict, hash=False)
    ok_sent: tuple[int, ...] = LED

    @property
    def what(self) -> What:
        return self.needs[0] if self.needs else What("", "", state="")


@dataclass(frozen=True)
class Probe:
    """A place, asked by somebody in some way."""

    place: Place
    method: str
    who: Who

    @property
    def relation(self) -> str:
        party = self.place.what.party
        return "none" if not party else "own" if party == self.who.party else "other"


def expected(judge: Judge, probe: Probe) -> tuple[int, ...]:
    """Return the statuses that the policy lets expect, worked out by the judge alone."""
    place, who, method = probe.place, probe.who, probe.method
    route = judge.routes[place.name]
    if not judge.is_let_in(who, place.name, method):
        return UNKNOWN if "type" in route else LED
    if "type" not in route and place.ok == ANYTHING:
        return ANYTHING
    if method not in place.methods:
        return (405,)
    if not place.exists or _is_hidden(judge, probe):
        return UNKNOWN
    if place.does and method == "POST" and not judge.may(who, *place.does):
        return (403, 404)
    return place.ok_sent if method == "POST" else place.ok


def _is_hidden(judge: Judge, probe: Probe) -> bool:
    place, who = probe.place, probe.who
    if place.name in OF_ITS_SENDER and who.role in FOR_A_PARTY and place.what.party != who.party:
        return True
    return not all(judge.may(who, "r", what) for what in place.needs)


def names() -> set[str]:
    """Return the name of every address of the site."""
    return set(_names(get_resolver().url_patterns))


def _names(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns)
        else:
            assert one.name, one
            yield one.name


def places(world: World) -> list[Place]:
    return [
        *_open(),
        *_of_account(world),
        *_lists(world),
        *_rows(world),
        *_histories(world),
        *_months(world),
        *_people(world),
        *_journal(world),
        *vote_places(world, Place),
        *challenge_places(Place),
        *derogation_places(Place),
        *money_places(world, Place),
        *risk_places(world, Place),
        *coverage_places(Place),
        *application_places(world, Place),
        *field_places(world, Place),
        *plan_places(world, Place),
        *case_places(world, Place),
    ]


def probes(world: World) -> list[Probe]:
    return [Probe(place, method, who) for place in places(world) for who in CAST for method in METHODS]


def at(name: str, *args: str) -> str:
    return reverse(name, args=["sec", *args])


def _open() -> Iterator[Place]:
    yield Place("front", "/", ok=LED)
    yield Place("components", "/house/components")
    yield Place("home", at("home"))
    yield Place("search", at("search"))
    yield Place("waiting_count", at("waiting_count"))
    yield Place("changes", at("changes"))


def _of_account(world: World) -> Iterator[Place]:
    """Yield a person's own pages. What they answer depends on the person, and never on the policy."""
    others = world.crowd.roles["analyst"].handle
    args = {
        "capacity": [others],
        "welcome": [HANDLE_OF_NOBODY, "token"],
        "account_reset_password_from_key": ["1", "key"],
        "end_session": [HANDLE_OF_NOBODY],
        "mfa_edit_webauthn": ["mark"],
        "mfa_remove_webauthn": ["mark"],
    }
    for name in names():
        address = reverse(name, args=args.get(name)) if name in args or not _has_code(name) else ""
        if address.startswith("/account/"):
            yield Place(name, address, methods=METHODS, ok=ANYTHING)


def _has_code(name: str) -> bool:
    return any("code" in arguments for _, arguments in get_resolver().reverse_dict.getlist(name)[0][0])


def _lists(world: World) -> Iterator[Place]:
    both = (*READ, "POST")
    yield Place("performance", at("performance"), ok=LED)
    yield Place("measures", at("measures"))
    yield Place("findings", at("findings"))
    for form in ("csv", "xlsx", "json"):
        yield Place("findings_as", at("findings_as", form), exists=form != "json")
    yield Place("evidence", at("evidence"))
    for name in ("upload", "runs", "exclusions"):
        yield Place(name, at(name), methods=both, sent={"stream": "nothing"}, ok_sent=REFUSED_FORM)
    for name in ("check_exclusions", "take_back_checks"):
        yield Place(name, at(name), methods=SEND, sent={"answer": "confirm"}, ok_sent=LED)
    yield Place("parties", at("parties"))
    yield Place("bodies", at("bodies"))
    for slug in (*world.crowd.parties, NOWHERE):
        yield Place("party", at("party", slug), exists=slug != NOWHERE)
    yield Place("clauses", at("clauses"))
    yield Place("obligations", at("obligations"))
    for one in ("H13.4", NOWHERE):
        yield Place("clause", at("clause", one), exists=one != NOWHERE)
    for one in ("OBL-SERVICE-LEVELS", NOWHERE):
        yield Place("obligation", at("obligation", one), exists=one != NOWHERE)


OF_EXCLUSIONS = (
    ("check_exclusion", "u"),
    ("ask_about_exclusion", "u"),
    ("take_back_question", "u"),
    ("answer_question", "c"),
)


def _rows(world: World) -> Iterator[Place]:
    for kind, reads, acts in (
        ("submission", ("submission", "corrected"), (("commit", "t"), ("discard", "u"))),
        ("run", ("run",), (("cancel_run", "t"),)),
        ("exclusion", ("exclusion",), OF_EXCLUSIONS),
        ("finding", ("finding",), ()),
    ):
        for made in world.rows[kind]:
            for name in reads:
                yield Place(name, at(name, str(made.row)), needs=(made.what,))
            for name, act in acts:
                yield _act(name, act, made)
        for name in (*reads, *(name for name, _ in acts)):
            methods = SEND if name in dict(acts) else READ
            yield Place(name, at(name, NOWHERE), methods=methods, exists=False, sent={"answer": "confirm"})
    for finding, lines in zip(world.rows["finding"], world.rows["line_list"], strict=True):
        for form in ("csv", "xlsx", "json"):
            yield Place(
                "lines",
                at("lines", str(finding.row), form),
                needs=(finding.what, lines.what),
                exists=form != "json",
            )
    yield Place("lines", at("lines", NOWHERE, "csv"), exists=False)


def _act(name: str, act: str, made: Made) -> Place:
    sent = {"answer": "confirm"}
    return Place(
        name, at(name, str(made.row)), methods=SEND, needs=(made.what,), does=(act, made.what), sent=sent
    )


def _histories(world: World) -> Iterator[Place]:
    for kind in (
        "submission",
        "held_row",
        "run",
        "finding",
        "exclusion",
        *KINDS,
        *OF_CASES,
        "risk",
        *OF_ASSURANCE,
    ):
        for made in world.rows[kind]:
            for name in ("history", "history_receipt"):
                yield Place(name, at(name, made.what.type, made.row.handle), needs=(made.what,))
    party = next(iter(world.crowd.parties.values()))
    body = next(iter(world.crowd.bodies.values()))
    person = world.crowd.people["analyst"]
    for kind, row, what in (
        ("party", party, What("party")),
        ("body", body, What("body")),
        ("person", person, What("person", "amber")),
    ):
        for name in ("history", "history_receipt"):
            yield Place(name, at(name, kind, row.handle), needs=(what,))
    for name in ("history", "history_receipt"):
        yield Place(name, at(name, "run", HANDLE_OF_NOBODY), exists=False)
        yield Place(name, at(name, "nothing", party.handle), exists=False)


def _months(world: World) -> Iterator[Place]:
    yield from _month(JULY, What("run"), ("json", "csv", "xlsx"))
    for made in world.rows["run"]:
        if made.row.is_current:
            yield from _month(made.row.period, made.what, ("json",))
    yield Place("month", at("month", "1999-01"), exists=False)
    yield Place("measure", at("measure", "CPM1"), ok=LED)
    for made in world.rows["measure"]:
        key = made.row.measure
        yield Place("measure_month", at("measure_month", key, JULY), needs=(made.what,))
        yield Place("measure_month_as", at("measure_month_as", key, JULY, "csv"), needs=(made.what,))
    yield Place("measure_month", at("measure_month", "CPM1", JULY), needs=(What("measure"),))
    yield Place("measure_month", at("measure_month", NOWHERE, JULY), exists=False)


def _month(period: str, what: What, forms: tuple[str, ...]) -> Iterator[Place]:
    yield Place("month", at("month", period), needs=(what,))
    for form in forms:
        yield Place("month_as", at("month_as", period, form), needs=(what,))


def _people(world: World) -> Iterator[Place]:
    what = What("person", "amber")
    ada = world.crowd.people["party_delegate"]
    role, others = world.crowd.roles["party_delegate"], world.crowd.roles["analyst"]
    both = (*READ, "POST")
    yield Place("people", at("people"), needs=(what,))
    yield Place("invite", at("invite"), methods=both, does=("c", what), ok_sent=SHOWN)
    for handle in (ada.handle, HANDLE_OF_NOBODY):
        exists = handle == ada.handle
        yield Place("person", at("person", handle), needs=(what,), exists=exists)
        for name, act, done in (
            ("give_role", "u", REFUSED_FORM),
            ("invite_again", "c", LED),
            ("close_account", "t", LED),
            ("reopen_account", "t", LED),
            ("forget_factors", "t", LED),
        ):
            yield Place(name, at(name, handle), methods=SEND, does=(act, what), exists=exists, ok_sent=done)
    for handle in (role.handle, others.handle):
        yield Place(
            "end_role",
            at("end_role", ada.handle, handle),
            methods=SEND,
            does=("u", what),
            exists=handle == role.handle,
        )


def _journal(world: World) -> Iterator[Place]:
    yield Place("journal", at("journal"))
    yield Place("checker", at("checker"))
    for size in (str(world.signed), "99"):
        yield Place("checkpoint", at("checkpoint", size), exists=size != "99")
    what, both = What("redaction", "amber"), (*READ, "POST")
    yield Place(
        "redactions", at("redactions"), methods=both, needs=(what,), does=("c", what), ok_sent=REFUSED_FORM
    )
    for handle in (world.redaction.handle, HANDLE_OF_NOBODY):
        yield Place(
            "decide_redaction",
            at("decide_redaction", handle),
            methods=SEND,
            does=("t", what),
            exists=handle != HANDLE_OF_NOBODY,
            sent={"answer": "leave"},
        )
