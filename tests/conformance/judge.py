"""Who may do what, worked out from the policy's own text by nothing of what the site uses.

The two YAML files are all that is shared. What their names mean is written down here a second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

POLICY = Path("src/tallystick/parties/policy")
SAFE = ("GET", "HEAD", "OPTIONS")
FOR_A_PARTY = {"party_delegate", "proposer", "ingest"}
MATTERS = {
    *("measure", "finding", "line_list", "submission", "held_row", "exclusion", "case", "remedy", "referral"),
    *("course", "hold", "case_message", "case_note", "case_source", "gap"),
    *("paper", "minutes", "motion", "ballot", "decision", "report", "history", "export"),
}
ASSURANCE = {"risk", "technique", "application", "part", "plan", "publication", "charge", "security_status"}
MATTERS |= ASSURANCE
CONTENT = MATTERS | {"run", "month", "clause", "obligation", "comment", "modification"}
BEFORE_A_BODY = {
    "minutes",
    "motion",
    "ballot",
    "decision",
    "referral",
    "risk",
    "plan",
    "publication",
    "charge",
}
BROUGHT = {"submission", "held_row", "remedy", "comment", "modification", "export"}
WEIGHTY = {"ballot", "motion", "decision", "referral", "minutes", "case", "hold", "publication", "charge"}
OF_PERFORMANCE = {"measure", "finding"}  # casework is for the body it is before
ISSUED = {"issued", "decided", "closed"}


@dataclass(frozen=True)
class Who:
    """Somebody in one role: for which party, on which body, and the parties they stand with besides."""

    name: str
    role: str = "public"
    party: str = ""
    body: str = ""
    near: frozenset[str] = frozenset()
    is_signed_in: bool = True


@dataclass(frozen=True)
class What:
    """What the policy has to know of a thing."""

    type: str
    cls: str = "white"
    party: str = ""
    body: str = ""
    state: str = "issued"

    def of(self, kind: str) -> "What":
        """Return the facts of something else that is marked the same."""
        return What(kind, self.cls, self.party, self.body, self.state)


@dataclass(frozen=True)
class Judge:
    """The policy and its routes as they are written."""

    policy: Mapping[str, Any]
    routes: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, folder: Path = POLICY) -> "Judge":
        return cls(_read(folder / "policy.yaml"), _read(folder / "routes.yaml"))

    @cached_property
    def _memo(self) -> dict[tuple[Who, str, What, str], bool]:
        return {}

    def grants(self, who: Who, kind: str, act: str) -> bool:
        return act in str(self.policy["roles"][who.role].get(kind, ""))

    def may(self, who: Who, act: str, what: What, factor: str = "fresh") -> bool:
        """Tell whether the act is granted, open at the thing's class, and denied by nothing."""
        key = (who, act, what, factor)
        if key not in self._memo:
            self._memo[key] = self._may(*key)
        return self._memo[key]

    def shows(self, who: Who, field: str, what: What) -> bool:
        """Tell whether a masked field is shown to somebody who may read the rest."""
        return _holds(self.policy["masks"][field], facts(who, "r", what, "session"))

    def is_let_in(self, who: Who, route: str, method: str) -> bool:
        """Tell whether the route is open to the role at all, whatever it then shows."""
        said = self.routes[route]
        if "type" not in said:
            return "public" in said or who.is_signed_in
        act = said["act"] if method in SAFE else said.get("post", said["act"])
        return self.grants(who, said["type"], act)

    def _may(self, who: Who, act: str, what: What, factor: str) -> bool:
        known = facts(who, act, what, factor)
        is_open = act == "c" or not known["content"] or _holds(self.policy["classes"][what.cls], known)
        denied = any(_holds(one["when"], known) for one in self.policy["denies"])
        return self.grants(who, what.type, act) and is_open and not denied


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text


def facts(who: Who, act: str, what: What, factor: str) -> dict[str, bool]:
    """Return what each name in the policy file says of somebody, something, and what is done."""
    return {**_of_who(who.role), **_between(who, what, factor), **_of_what(what), **_of_act(act)}


@lru_cache
def _of_who(role: str) -> dict[str, bool]:
    return {
        "public": role == "public",
        "signed_in": role != "public",
        "secretary": role == "secretary",
        "analyst": role == "analyst",
        "auditor": role == "auditor",
        "administrator": role == "administrator",
        "board": role in {"board_member", "chair"},
        "internal": role in {"secretary", "analyst", "board_member", "chair", "auditor"},
        "oversight": role in {"secretary", "analyst", "auditor", "observer"},
        "office": role in {"secretary", "analyst", "change_team", "auditor"},
        "for_a_party": role in FOR_A_PARTY,
    }


def _between(who: Who, what: What, factor: str) -> dict[str, bool]:
    is_own = bool(what.party) and who.role in FOR_A_PARTY and what.party == who.party
    has_interests = who.role not in FOR_A_PARTY | {"public", "administrator"}
    return {
        "own": is_own,
        "others": bool(what.party) and not is_own,
        "on_body": bool(what.body) and what.body == who.body,
        "named": False,
        "conflicted": has_interests and what.party in who.near,
        "second_factor": factor in {"session", "fresh"},
        "fresh_factor": factor == "fresh",
    }


@lru_cache
def _of_what(what: What) -> dict[str, bool]:
    return {
        "white": what.cls == "white",
        "red": what.cls == "red",
        "confidential": what.cls in {"amber", "red"},
        "draft": what.state == "draft",
        "issued": what.state in ISSUED,
        "closed": what.state in {"decided", "closed"},
        "content": what.type in CONTENT,
        "of_the_matter": what.type in MATTERS,
        "decision_record": what.type in BEFORE_A_BODY,
        "before_a_body": what.type in BEFORE_A_BODY,
        "brought": what.type in BROUGHT,
        "voting": what.type in {"ballot", "motion"},
        "weighty": what.type in WEIGHTY,
        "of_rights": what.type in {"person", "body", "config"},
        "performance": what.type in OF_PERFORMANCE,
        "ballot": what.type == "ballot",
        "source": what.type == "case_source",
        "exclusion": what.type == "exclusion",
        "redaction": what.type == "redaction",
        "export": what.type == "export",
    }


@lru_cache
def _of_act(act: str) -> dict[str, bool]:
    return {"reading": act == "r", "creating": act == "c", "writing": act != "r", "changing": act in "ut"}


def _holds(rule: Any, known: Mapping[str, bool]) -> bool:
    if isinstance(rule, str):
        return known[rule]
    [(word, inner)] = rule.items()
    if word == "not":
        return not _holds(inner, known)
    joined = (_holds(one, known) for one in inner)
    return all(joined) if word == "and" else any(joined)
