"""Read the policy file, and refuse whatever in it is not known.

The file holds names, joined by `and`, `or` and `not`; it is never evaluated as code. A name that is not
registered, an alias, a key written twice or an empty list is refused when the file is read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.parties.policy import kinds
from tallystick.parties.policy.predicates import ACTS, CLASSES, PREDICATES, ROLES, Ask
from tallystick.rulebook.problems import nearest
from tallystick.rulebook.text import Text

FILE = Path(__file__).with_name("policy.yaml")
Test = Callable[[Ask], bool]


class UnableToReadPolicy(ValueError):
    """The policy file says something that is not known."""


@dataclass(frozen=True)
class Policy:
    """Grants by role and type, a reading rule for each class, denies as written, and masks by type.field."""

    grants: Mapping[str, Mapping[str, str]]
    readable: Mapping[str, Test]
    denies: tuple[tuple[str, Test], ...]
    masks: Mapping[str, Test]

    def granted(self, role: str, kind: str, act: str) -> bool:
        """Tell whether the role has the act on the type at all."""
        return act in self.grants[role].get(kind, "")

    def allows(self, ask: Ask) -> bool:
        """Tell whether the act is granted, readable at its class, and not denied."""
        return (
            self.granted(ask.role, ask.type, ask.act)
            and self.readable_at_class(ask)
            and self.denied_by(ask) is None
        )

    def readable_at_class(self, ask: Ask) -> bool:
        """Apply the class's reading rule; what is created has no reader yet, administration no class."""
        return ask.act == "c" or ask.type in kinds.ADMINISTRATIVE or self.readable[ask.cls](ask)

    def denied_by(self, ask: Ask) -> str | None:
        """Return the first deny that removes the permission, or None."""
        return next((name for name, test in self.denies if test(ask)), None)

    def shows(self, field: str, ask: Ask) -> bool:
        """Tell whether a masked field, written `type.field`, is shown."""
        return self.masks[field](ask)


def load(file: Path = FILE) -> Policy:
    """Read the policy.

    :raises UnableToReadPolicy: if it says anything that is not known
    """
    said = mapping_in(file)
    _exactly(said, {"version", "roles", "classes", "denies", "masks"}, "policy")
    if said["version"] != "1":
        raise UnableToReadPolicy(f"policy: version {said['version']!r} is not known")
    _exactly(said["classes"], CLASSES, "classes")
    return Policy(
        grants=_grants(said["roles"]),
        readable={cls: _test(rule, f"classes.{cls}") for cls, rule in said["classes"].items()},
        denies=tuple(_denies(said["denies"])),
        masks=_masks(said["masks"]),
    )


def mapping_in(file: Path) -> dict[str, Any]:
    """Return the mapping that a file of the policy holds.

    :raises UnableToReadPolicy: if it cannot be read, or holds something else
    """
    text = Text(file)
    if text.problems:
        problem = text.problems[0]
        raise UnableToReadPolicy(f"line {problem.line}: {problem.what}. {problem.remedy}")
    return _mapping(text.value, file.stem)


def _grants(said: Any) -> dict[str, dict[str, str]]:
    roles = _mapping(said, "roles")
    _exactly(roles, ROLES, "roles")
    for role, grants in roles.items():
        known(_mapping(grants, f"roles.{role}"), kinds.TYPES, f"roles.{role}")
        for kind, acts in grants.items():
            known(acts or "", ACTS, f"roles.{role}.{kind}")
    return roles


def _denies(said: Any) -> Iterable[tuple[str, Test]]:
    seen: set[str] = set()
    for number, deny in enumerate(said if isinstance(said, list) else []):
        _exactly(_mapping(deny, f"denies.{number}"), {"id", "when"}, f"denies.{number}")
        if deny["id"] in seen:
            raise UnableToReadPolicy(f"denies.{deny['id']}: the id stands twice")
        seen.add(deny["id"])
        yield deny["id"], _test(deny["when"], f"denies.{deny['id']}")
    if not seen:
        raise UnableToReadPolicy("denies: write a list of them")


def _masks(said: Any) -> dict[str, Test]:
    masks = _mapping(said, "masks")
    known((field.partition(".")[0] for field in masks), kinds.TYPES, "masks")
    return {field: _test(rule, f"masks.{field}") for field, rule in masks.items()}


def _test(rule: Any, where: str) -> Test:
    """Turn names joined by and, or, not into one test."""
    if isinstance(rule, str):
        known([rule], PREDICATES, where)
        fact, values = PREDICATES[rule]
        position = Ask._fields.index(fact)
        return lambda ask: ask[position] in values
    if not (isinstance(rule, dict) and len(rule) == 1):
        raise UnableToReadPolicy(f"{where}: write a name, or one of and, or, not with what it joins")
    [(word, inner)] = rule.items()
    known([word], {"and", "or", "not"}, where)
    if word == "not":
        negated = _test(inner, where)
        return lambda ask: not negated(ask)
    if not (isinstance(inner, list) and inner):  # an empty list would allow all, or none, by accident
        raise UnableToReadPolicy(f"{where}: {word} needs a list of at least one name")
    tests = [_test(part, where) for part in inner]
    if word == "and":
        return lambda ask: all(test(ask) for test in tests)
    return lambda ask: any(test(ask) for test in tests)


def known(words: Iterable[str], names: Iterable[str], where: str) -> None:
    """Refuse a word that is not one of the names."""
    names = sorted(names)
    for word in words:
        if word not in names:
            meant = nearest(word, names)
            guess = f" Did you mean {meant!r}?" if meant else ""
            raise UnableToReadPolicy(f"{where}: {word!r} is not known.{guess}")


def _mapping(said: Any, where: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise UnableToReadPolicy(f"{where}: write names, each with what belongs to it")
    return said


def _exactly(said: Any, names: Iterable[str], where: str) -> None:
    names = list(names)
    known(_mapping(said, where), names, where)
    missing = [name for name in names if name not in said]
    if missing:
        raise UnableToReadPolicy(f"{where}: {', '.join(sorted(missing))} is missing")
