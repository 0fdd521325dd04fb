"""Decide: may somebody, in the capacity they act in, do this to that.

The answer follows from the policy file, from who is acting, and from facts that stand on the thing itself.
What is not known of a thing counts as what lets the fewest people see it.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from django.db.models import BooleanField, Value

from tallystick.parties.acting import Acting
from tallystick.parties.models import Membership, Organisation, Role, in_force
from tallystick.parties.policy import kinds, text
from tallystick.parties.policy.predicates import CLASSES, FACTORS, PUBLIC, RELATIONS, STATES, Ask

SESSION_FACTOR = dt.timedelta(hours=12)
FRESH_FACTOR = dt.timedelta(minutes=10)
NO_LATER_THAN = dt.timedelta(minutes=1)  # clocks of two machines may differ by so much
POLICY = text.load()


@dataclass(frozen=True)
class Facts:
    """What the policy has to know of a thing; by default, what lets the fewest people see it."""

    type: str
    classification: str = "red"
    rel: str = "none"
    on_body: bool = False
    named: bool = False
    conflicted: bool = False
    state: str = "draft"


def may(acting: Acting, act: str, asked: Any, *, now: dt.datetime | None = None) -> bool:
    """Tell whether somebody may do the act (r, c, u, t) to a row, or to a thing of which the facts are given.

    Without `now` a second factor of the session counts as shown, and never as shown lately.
    """
    if not isinstance(asked, Facts) and asked.code != acting.code:
        return False
    facts = asked if isinstance(asked, Facts) else facts_of(acting, asked)
    return POLICY.allows(ask_of(acting, act, facts, now))


def needs_factor(acting: Acting, act: str, asked: Any, *, now: dt.datetime) -> bool:
    """Tell whether a second factor, shown now, is all that is wanting: the door may then ask for one."""
    shown = replace(acting, second_factor_at=now)
    return not may(acting, act, asked, now=now) and may(shown, act, asked, now=now)


def masked(acting: Acting, kind: str, field: str, row: Any) -> bool:
    """Tell whether a field of a thing is hidden from somebody who may read the rest of it.

    :raises LookupError: if the policy has no mask of that name, so that a misspelt one hides nothing
    """
    facts = row if isinstance(row, Facts) else facts_of(acting, row)
    return not POLICY.shows(f"{kind}.{field}", ask_of(acting, "r", replace(facts, type=kind), None))


def is_granted(acting: Acting, kind: str, act: str) -> bool:
    """Tell whether the capacity has the act on the type at all, of whatever class."""
    return POLICY.granted(role_of(acting), kind, act)


@cache
def roles_that_need_a_factor() -> frozenset[str]:
    """Return the roles in which something is open only to those who show a second factor."""
    return frozenset(role for role in POLICY.grants if any(map(_hangs_on_factor, _questions(role))))


def _hangs_on_factor(ask: Ask) -> bool:
    return POLICY.allows(ask) and not POLICY.allows(ask._replace(factor="none"))


def _questions(role: str) -> list[Ask]:
    return [
        Ask(role, kind, act, cls, rel, on_body, named=False, conflicted=False, state=state, factor="fresh")
        for kind, acts in POLICY.grants[role].items()
        for act, cls, rel, on_body, state in product(acts, CLASSES, RELATIONS, (False, True), STATES)
    ]


def facts_of(acting: Acting, row: Any) -> Facts:
    """Return the facts of a row that carries a class (`parties.classified`), as they stand to somebody."""
    return facts(
        acting,
        row.TYPE,
        classification=row.classification,
        party=row.party_id,
        body=row.body_id,
        state=row.publicity,
    )


def facts(
    acting: Acting,
    kind: str,
    *,
    classification: str = "red",
    party: int | Organisation | None = None,
    body: int | None = None,
    state: str = "issued",
) -> Facts:
    """Return the facts of a thing that is no row, as they stand to somebody; party and body by their keys."""
    party = party.pk if isinstance(party, Organisation) else party
    return Facts(
        kind,
        classification=classification,
        rel=_relation(own_party(acting), party),
        on_body=body is not None and body == own_body(acting),
        conflicted=party is not None and (party in interests(acting) or may_stand_with_any(acting)),
        state=state,
    )


def ask_of(acting: Acting, act: str, facts: Facts, now: dt.datetime | None) -> Ask:
    """Return the question that the policy is asked.

    :raises LookupError: if the policy knows no such type
    """
    if facts.type not in kinds.TYPES:
        raise LookupError(f"The policy knows no type {facts.type!r}.")
    return Ask(
        role_of(acting),
        facts.type,
        act,
        facts.classification if facts.classification in CLASSES else "red",
        facts.rel if facts.rel in RELATIONS else "other",
        facts.on_body,
        facts.named,
        facts.conflicted,
        facts.state if facts.state in STATES else "draft",
        factor_of(acting, now),
    )


def role_of(acting: Acting) -> str:
    """Return the role that counts: one of another code, or that has ended, is none."""
    role = acting.role
    if role is None or role.code != acting.code or not role.is_in_force(acting.day):
        return PUBLIC
    return role.role


def factor_of(acting: Acting, now: dt.datetime | None) -> str:
    """Return whether a second factor was shown, and whether lately."""
    shown = acting.second_factor_at
    if shown is None:
        return FACTORS[0]
    if now is None:
        return FACTORS[1]
    age = now - shown
    if not -NO_LATER_THAN <= age <= SESSION_FACTOR:
        return FACTORS[0]
    return FACTORS[2] if age <= FRESH_FACTOR else FACTORS[1]


def own_party(acting: Acting) -> int | None:
    """Return the key of the party that somebody acts for; whoever acts for none owns nothing of a party."""
    if role_of(acting) not in kinds.FOR_A_PARTY or acting.organisation is None:
        return None
    key: int | None = acting.organisation.pk
    return key


def own_body(acting: Acting) -> int | None:
    """Return the key of the body that somebody acts on."""
    return acting.body.pk if acting.body is not None and role_of(acting) != PUBLIC else None


class Interests(NamedTuple):
    """The parties that somebody stands with besides their capacity; of some it is not known which."""

    parties: frozenset[int]
    any_party: bool


def interests(acting: Acting) -> frozenset[int]:
    """Return the keys of the parties that somebody is known to stand with, besides the capacity they act in.

    These are the employers of a member's terms and the parties the person is a delegate of.
    """
    return _stands_with(acting).parties


def may_stand_with_any(acting: Acting) -> bool:
    """Tell whether somebody acts on a body while nobody wrote down whom they work for: it may be any party.

    It is so without a term, and in a term that names no employer and does not say that there is none.
    """
    return _stands_with(acting).any_party


def _stands_with(acting: Acting) -> Interests:
    """Read it once for each `Acting`, which lives as long as one request."""
    role = role_of(acting)
    if acting.person is None or not acting.person.pk or role in kinds.WITHOUT_CONFLICT:
        return Interests(frozenset(), any_party=False)
    kept: dict[str, Any] = vars(acting)  # beside its fields, so that equal ones stay equal
    if "interests" not in kept:
        kept["interests"] = stands_with(acting.person.pk, acting.day, is_member=role in Role.ON_A_BODY)
    found: Interests = kept["interests"]
    return found


def stands_with(person: int, day: dt.date, *, is_member: bool = True) -> Interests:
    """Return the parties that a person stands with on a day, read anew; `is_member`: they act on a body."""
    terms = Membership.objects.filter(in_force(day), person=person)
    roles = Role.objects.filter(in_force(day), person=person, role__in=kinds.FOR_A_PARTY)
    # Of each term its employer and whether there is none, and of each role the party: in one query.
    found = terms.values_list("employer", "is_independent").union(
        roles.filter(organisation__isnull=False)
        .annotate(of_role=Value(None, BooleanField()))
        .values_list("organisation", "of_role"),
        all=True,
    )
    rows: list[tuple[int | None, bool | None]] = list(found)
    of_terms = [(party, is_independent) for party, is_independent in rows if is_independent is not None]
    is_known = bool(of_terms) and all(party or is_independent for party, is_independent in of_terms)
    return Interests(
        frozenset(party for party, _ in rows if party is not None), any_party=is_member and not is_known
    )


def _relation(own: int | None, party: int | None) -> str:
    if party is None:
        return "none"
    return "own" if party == own else "other"
