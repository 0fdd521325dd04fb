"""Every question there is to the policy, what must never be answered yes, and the policy without each rule.

An answer depends on ten facts. What a role has no grant on at all is a no whatever the rest; only the other
questions are asked one by one.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product
from math import prod

from tallystick.parties.policy.kinds import ADMINISTRATIVE, TYPES
from tallystick.parties.policy.predicates import ACTS, CLASSES, FACTORS, RELATIONS, ROLES, STATES, Ask
from tallystick.parties.policy.text import Policy

BOTH = (False, True)
REST: tuple[tuple[str | bool, ...], ...] = (CLASSES, RELATIONS, BOTH, BOTH, BOTH, STATES, FACTORS)
BLOCK = prod(map(len, REST))
CELLS = len(ROLES) * len(TYPES) * len(ACTS) * BLOCK
CONFIDENTIAL = ("amber", "red")
Never = Callable[[set[Ask], Ask], bool]


def blocks() -> Iterator[tuple[str, str, str]]:
    """Yield role, type and act, always in the same order."""
    return product(ROLES, sorted(TYPES), ACTS)


def questions(policy: Policy) -> Iterator[Ask]:
    """Yield every question on which the role has a grant."""
    for block in blocks():
        if policy.granted(*block):
            for rest in product(*REST):
                yield Ask._make((*block, *rest))


def allowed(policy: Policy) -> set[Ask]:
    return {ask for ask in questions(policy) if policy.allows(ask)}


def content(ask: Ask) -> bool:
    return ask.type not in ADMINISTRATIVE


def milder(ask: Ask) -> Ask:
    return ask._replace(cls=CLASSES[CLASSES.index(ask.cls) - 1])


# Each tells of a question answered yes whether it had to be a no. They are written from what must never
# happen, not from the rules.
NEVER: dict[str, Never] = {
    "I1 a stricter class never widens": lambda yes, ask: (
        content(ask) and ask.act != "c" and ask.cls != "white" and milder(ask) not in yes
    ),
    "I2 a conflict never widens": lambda yes, ask: (
        ask.conflicted and ask._replace(conflicted=False) not in yes
    ),
    "I3 a party sees no other's Amber or Red": lambda _, ask: (
        ask.role in ("party_delegate", "proposer")
        and ask.rel != "own"
        and not (ask.named or ask.on_body)
        and ask.cls in CONFIDENTIAL
        and ask.act != "c"
        and content(ask)
    ),
    "I3b nor a competitor's, even if named or on the body": lambda _, ask: (
        ask.role in ("party_delegate", "proposer")
        and ask.rel == "other"
        and ask.cls in CONFIDENTIAL
        and content(ask)
    ),
    "I4 the system administrator has no content": lambda _, ask: ask.role == "administrator" and content(ask),
    "I5 the public sees issued White only": lambda _, ask: (
        ask.role == "public"
        and content(ask)
        and (ask.cls != "white" or ask.state == "draft" or ask.act != "r")
    ),
    "I6 nobody votes with a conflict": lambda _, ask: (
        ask.conflicted and ask.type in ("ballot", "motion") and ask.act != "r"
    ),
    "I7 a second factor never narrows": lambda yes, ask: any(
        ask._replace(factor=more) not in yes for more in FACTORS[FACTORS.index(ask.factor) + 1 :]
    ),
    "I8 ingest only creates": lambda _, ask: ask.role == "ingest" and ask.act != "c",
    "I9 who changes the code has no cases": lambda _, ask: (
        ask.role in ("change_team", "proposer")
        and ask.type
        in (
            *("case", "case_message", "case_note", "case_source", "remedy", "course", "hold", "referral"),
            *("finding", "submission", "held_row", "exclusion"),
        )
    ),
    "I10 nobody reads Amber or Red on a password alone": lambda _, ask: (
        content(ask) and ask.act != "c" and ask.cls in CONFIDENTIAL and ask.factor == "none"
    ),
    "I11 nobody touches another party's things for a party": lambda _, ask: (
        ask.role in ("party_delegate", "proposer", "ingest") and ask.rel == "other" and ask.act != "r"
    ),
    "I12 a draft of a finding stays in the office": lambda _, ask: (
        ask.type in ("finding", "measure", "month", "run")
        and ask.state == "draft"
        and ask.role not in ("analyst", "secretary", "auditor", "change_team")
    ),
    "I13 a vote, and a right given, is never on an old factor": lambda _, ask: (
        ask.act != "r"
        and (
            (ask.type in ("ballot", "motion", "referral", "hold") and ask.factor != "fresh")
            or (ask.type in ("person", "body", "config") and ask.factor == "none")
        )
    ),
    "I14 nobody reads Amber or Red of a matter in which they stand with a side": lambda _, ask: (
        ask.conflicted
        and ask.rel != "own"
        and ask.act != "c"
        and ask.cls in CONFIDENTIAL
        and ask.type
        in (
            *("measure", "finding", "submission", "held_row", "exclusion", "case", "course", "hold"),
            *("case_message", "case_note", "case_source", "remedy"),
            *("motion", "decision", "minutes"),
        )
    ),
    "I15 what was decided does not change": lambda _, ask: (
        ask.type in ("motion", "minutes", "ballot", "decision", "referral")
        and ask.state in ("decided", "closed")
        and ask.act in ("u", "t")
    ),
    "I16 an open ballot is its voter's alone": lambda _, ask: (
        ask.type == "ballot" and ask.act == "r" and ask.rel != "own" and ask.state in ("draft", "issued")
    ),
    "I17 nothing Red leaves as a file": lambda _, ask: ask.type == "export" and ask.cls == "red",
    "I18 nobody outside sees a vote under way": lambda _, ask: (
        ask.role in ("public", "party_delegate", "proposer", "ingest")
        and ask.type in ("motion", "ballot")
        and (ask.act != "r" or ask.state in ("draft", "issued"))
    ),
    "I21 a draft of a score stays in the office and on the body it is before": lambda _, ask: (
        ask.type == "risk"
        and ask.state == "draft"
        and ask.act == "r"
        and ask.role not in ("analyst", "secretary", "auditor", "change_team")
        and not ask.on_body
    ),
    "I22 the office alone writes the register": lambda _, ask: (
        ask.type == "risk" and ask.act != "r" and ask.role not in ("analyst", "secretary")
    ),
    "I20 who told of it, and internal notes, stay in the office": lambda _, ask: (
        ask.type in ("case_note", "case_source") and ask.role not in ("analyst", "secretary", "auditor")
    ),
    "I19 the public and parties see no ballot": lambda _, ask: (
        ask.role in ("public", "party_delegate", "proposer", "ingest") and ask.type == "ballot"
    ),
}


def violations(yes: set[Ask]) -> Counter[str]:
    """Count the yes answers that each invariant objects to."""
    return Counter(name for ask in yes for name, broken in NEVER.items() if broken(yes, ask))


def mutants(policy: Policy) -> Iterator[tuple[str, Policy]]:
    """Yield the policy without each deny, and with each class readable by all."""
    for name, _ in policy.denies:
        rest = tuple(deny for deny in policy.denies if deny[0] != name)
        yield f"without {name}", replace(policy, denies=rest)
    for cls in CLASSES:
        yield f"{cls} readable by all", replace(policy, readable={**policy.readable, cls: lambda _: True})


def suspects(policy: Policy) -> dict[str, Ask]:
    """Return, for each rule, the first question that hangs on it alone; all found in one round."""
    found: dict[str, Ask] = {}
    for ask in questions(policy):
        hit = [name for name, test in policy.denies if test(ask)]
        is_readable = policy.readable_at_class(ask)
        if is_readable and len(hit) == 1:
            found.setdefault(f"without {hit[0]}", ask)
        elif not is_readable and not hit:
            found.setdefault(f"{ask.cls} readable by all", ask)
    return found


def digest(yes: set[Ask]) -> str:
    """Return the SHA-256 over all answers in order: any change of any answer changes it."""
    hashed = hashlib.sha256()
    seen = {ask[:3] for ask in yes}
    for block in blocks():
        some = block in seen
        hashed.update(
            bytes(Ask._make((*block, *rest)) in yes for rest in product(*REST)) if some else bytes(BLOCK)
        )
    return hashed.hexdigest()


def table(yes: Iterable[Ask]) -> list[str]:
    """Return one line a role, type and class: how many questions of each act are answered yes."""
    counts: Counter[tuple[str, str, str, str]] = Counter(
        (ask.role, ask.type, ask.cls, ask.act) for ask in yes
    )
    lines = []
    for role, kind, cls in product(ROLES, sorted(TYPES), CLASSES):
        numbers = [counts[role, kind, cls, act] for act in ACTS]
        if any(numbers):
            lines.append("\t".join([role, kind, cls, *map(str, numbers)]))
    return lines
