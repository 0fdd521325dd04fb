"""What a question of rights is made of, and what the names in the policy file mean.

Each name tests one fact against a set of its values, so nothing that stands in the file can compute anything.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from tallystick.parties.models import Role
from tallystick.parties.policy import kinds

PUBLIC = "public"
ROLES = (PUBLIC, *(role for role, _ in Role.ROLES))
CLASSES = ("white", "green", "amber", "red")  # from the widest readership to the narrowest
STATES = ("draft", "issued", "decided", "closed")
RELATIONS = ("own", "other", "none")
FACTORS = ("none", "session", "fresh")
ACTS = ("r", "c", "u", "t")


class Ask(NamedTuple):
    """One question: may somebody in this role do this to a thing in such a relation to them.

    `rel`: the thing is of the party they act for, of another, or of none. `factor`: whether a second factor
    was shown in the session, and lately.
    """

    role: str
    type: str
    act: str
    cls: str
    rel: str
    on_body: bool
    named: bool
    conflicted: bool
    state: str
    factor: str


class Predicate(NamedTuple):
    """True where the fact is one of the values."""

    fact: str
    values: Collection[str | bool]


def _is(fact: str, *values: str) -> Predicate:
    return Predicate(fact, frozenset(values))


PREDICATES: Mapping[str, Predicate] = {
    # who
    "public": _is("role", PUBLIC),
    "signed_in": _is("role", *(role for role in ROLES if role != PUBLIC)),
    "secretary": _is("role", "secretary"),
    "analyst": _is("role", "analyst"),
    "auditor": _is("role", "auditor"),
    "administrator": _is("role", "administrator"),
    "board": _is("role", "board_member", "chair"),
    "internal": _is("role", "secretary", "analyst", "board_member", "chair", "auditor"),
    "oversight": _is("role", "secretary", "analyst", "auditor", "observer"),
    "office": _is("role", "secretary", "analyst", "change_team", "auditor"),
    "for_a_party": _is("role", *kinds.FOR_A_PARTY),
    # how they stand to the thing
    "own": _is("rel", "own"),
    "others": _is("rel", "other"),
    "on_body": Predicate("on_body", frozenset({True})),
    "named": Predicate("named", frozenset({True})),
    "conflicted": Predicate("conflicted", frozenset({True})),
    "second_factor": _is("factor", "session", "fresh"),
    "fresh_factor": _is("factor", "fresh"),
    # what the thing is
    "white": _is("cls", "white"),
    "red": _is("cls", "red"),
    "confidential": _is("cls", "amber", "red"),
    "draft": _is("state", "draft"),
    "issued": _is("state", "issued", "decided", "closed"),
    "closed": _is("state", "decided", "closed"),
    "content": _is("type", *kinds.CONTENT),
    "of_the_matter": _is("type", *kinds.OF_THE_MATTER),
    "decision_record": _is("type", *kinds.BEFORE_A_BODY),
    "before_a_body": _is("type", *kinds.BEFORE_A_BODY),
    "brought": _is("type", *kinds.BROUGHT_BY_PARTIES),
    "voting": _is("type", "ballot", "motion"),
    "weighty": _is("type", *kinds.WEIGHTY),
    "of_rights": _is("type", "person", "body", "config"),
    "performance": _is("type", *kinds.OF_PERFORMANCE),
    "source": _is("type", "case_source"),
    "ballot": _is("type", "ballot"),
    "exclusion": _is("type", "exclusion"),
    "export": _is("type", "export"),
    "redaction": _is("type", "redaction"),
    # what is done
    "reading": _is("act", "r"),
    "creating": _is("act", "c"),
    "writing": _is("act", "c", "u", "t"),
    "changing": _is("act", "u", "t"),
}
