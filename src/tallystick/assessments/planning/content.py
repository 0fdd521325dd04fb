"""What a document says: gathered when it is frozen, and told in lines that can be compared."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tallystick.assessments.models import Document, Draft
from tallystick.assessments.planning import money, sources
from tallystick.assessments.planning.drawn import drawn_of
from tallystick.assessments.planning.names import title_of
from tallystick.assessments.planning.terms import NEVER
from tallystick.parties.acting import Acting
from tallystick.parties.readings import strictest
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.methods import value_of
from tallystick.rulebook.rulebook import Rulebook

SAID = ("title", "risk_that", "resulting_in")
JUDGED = ("control", "reason")
LABELS = {
    "title": "Title",
    "risk_that": "Risk that",
    "resulting_in": "Resulting in",
    "control": "What holds it",
    "reason": "Why so scored",
    "says": "What it is about",
}


@dataclass(frozen=True)
class Content:
    """What a document says: figures and keys, and words of people by what they are of."""

    figures: Mapping[str, Any]
    words: Mapping[str, str]

    @property
    def sha256(self) -> str:
        return hash_of(self.figures, self.words)


@dataclass(frozen=True)
class Line:
    """One line of a document: the part it stands in, what it is, and what it says."""

    part: str
    label: str
    text: str

    @property
    def place(self) -> tuple[str, str]:
        return self.part, self.label


@dataclass(frozen=True)
class Changed:
    """A line that is another than in the version before; empty where one of the two has none."""

    part: str
    label: str
    before: str
    after: str


def hash_of(figures: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """Return the SHA-256 of what a document says, as canonical JSON."""
    told = json.dumps({"content": figures, "words": words}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def contents_of(row: Document, acting: Acting) -> dict[str, Content]:
    """Return what a document says today, as the office sees it, by class.

    First comes what is as open as the document is; what is stricter, as risks that are Amber, comes apart.
    """
    if row.kind == Document.METHODOLOGY:
        return {row.classification: _methodology(row, acting)}
    if row.kind == Document.REGISTER:
        return _registers(row, acting)
    if row.draft is None:
        raise TypeError  # the database has no plan without a draft
    return {row.classification: of_draft(row.draft)}


def together(parts: Iterable[Content]) -> Content:
    """Return the parts of a document that somebody may read as one, the risks of a register in order."""
    several = list(parts)
    figures = dict(several[0].figures)
    if "risks" in figures:
        risks = [risk for one in several for risk in one.figures["risks"]]
        figures["risks"] = sorted(risks, key=lambda risk: str(risk["reference"]))
    return Content(figures, {key: said for one in several for key, said in one.words.items()})


def of_draft(draft: Draft) -> Content:
    """Return what a plan says: its draft as it was drawn."""
    figures = {
        "period": draft.period.name,
        "draft": draft.number,
        "asked": draft.asked,
        "engine": draft.engine,
        "edition": draft.edition,
        "terms": draft.terms,
        "exposure": draft.exposure,
        "result": draft.result,
    }
    words = {f"why {key}": why for key, why in draft.whys.items()}
    return Content(figures, {**({"says": draft.says} if draft.says else {}), **words})


def lines_of(kind: str, figures: Mapping[str, Any], words: Mapping[str, str], rules: Rulebook) -> list[Line]:
    """Return the lines of a document, in the order in which they are read."""
    told = {Document.METHODOLOGY: _of_methodology, Document.REGISTER: _of_register, Document.PLAN: _of_plan}
    return list(told[kind](figures, words, rules))


def changes(before: list[Line], after: list[Line]) -> list[Changed]:
    """Return the lines that differ, those of the later version in their order, then those that are gone."""
    old, new = {one.place: one.text for one in before}, {one.place: one.text for one in after}
    found = [
        Changed(*place, old.get(place, ""), text) for place, text in new.items() if old.get(place) != text
    ]
    return [*found, *(Changed(*place, text, "") for place, text in old.items() if place not in new)]


def _methodology(row: Document, acting: Acting) -> Content:
    period, rules = row.period, rulebook_of(row.code)
    known = value_of(row.code, period.method, acting.day)
    value = known[1].model_dump(mode="json", exclude_unset=True) if known else {}
    since = known[0].isoformat() if known else ""
    title = rules.scoring[period.method].title if period.method in rules.scoring else period.method
    figures = {"period": period.name, "method": period.method, "title": title, "since": since}
    return Content({**figures, "value": value, "edition": rules.edition}, {})


def _registers(row: Document, acting: Acting) -> dict[str, Content]:
    by_class: dict[str, list[sources.Stood]] = {row.classification: []}
    for one in sources.standing(acting, row.period):
        by_class.setdefault(strictest((row, one.words, one.score)), []).append(one)
    return {cls: _register(row, stood) for cls, stood in by_class.items()}


def _register(row: Document, stood: Iterable[sources.Stood]) -> Content:
    stood = list(stood)
    risks = [
        {
            **one.exposed.told,
            "wording": one.words.number,
            "clauses": list(one.words.clauses),
            "score": one.score.number,
            "method": one.score.method,
            "method_on": one.score.method_on.isoformat(),
            "inputs": one.score.inputs,
            **{name: f"{getattr(one.score, name):f}" for name in ("inherent", "appetite", "target")},
        }
        for one in stood
    ]
    words = {
        f"{one.exposed.reference} {name}": getattr(source, name)
        for one in stood
        for source, names in ((one.words, SAID), (one.score, JUDGED))
        for name in names
    }
    edition = rulebook_of(row.code).edition
    return Content({"period": row.period.name, "edition": edition, "risks": risks}, words)


def _of_methodology(figures: Mapping[str, Any], _: Mapping[str, str], __: Rulebook) -> Iterator[Line]:
    yield Line("Method", "Method", figures["title"])
    yield Line("Method", "In force since", _day(figures["since"]))
    yield Line("Method", "Edition of the rulebook", figures["edition"][:12])
    for name, value in figures["value"].items():
        if name not in ("note", "source", "verified"):
            yield from _flat(name.replace("_", " ").capitalize(), value)


def _flat(part: str, value: Any) -> Iterator[Line]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        for place, one in enumerate(value, start=1):
            yield Line(part, str(place), "; ".join(str(said) for said in one.values() if said is not None))
    else:
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield Line("Method", part, text)


def _of_register(figures: Mapping[str, Any], words: Mapping[str, str], _: Rulebook) -> Iterator[Line]:
    for risk in figures["risks"]:
        reference = risk["reference"]
        told = {name: words.get(f"{reference} {name}", "") for name in (*SAID, *JUDGED)}
        yield from (Line(reference, LABELS[name], told[name]) for name in SAID)
        yield Line(reference, "Net score", _short(risk["net"]))
        rest = (("Inherent score", "inherent"), ("Appetite", "appetite"), ("Target", "target"))
        yield from (Line(reference, label, _short(risk[name])) for label, name in rest)
        yield Line(reference, "Scored by", ", ".join(f"{name} {said}" for name, said in _inputs(risk)))
        yield from (Line(reference, LABELS[name], told[name]) for name in JUDGED)


def _inputs(risk: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), said) for name, said in risk["inputs"].items()]


def _of_plan(figures: Mapping[str, Any], words: Mapping[str, str], rules: Rulebook) -> Iterator[Line]:
    plan, terms = drawn_of(figures["result"]), figures["terms"]
    yield Line("Plan", "Draft", str(figures["draft"]))
    if "says" in words:
        yield Line("Plan", LABELS["says"], words["says"])
    yield Line("Plan", "Budget", money.thousands(plan.budget))
    yield Line("Plan", "Spent", money.thousands(plan.spent))
    yield Line("Plan", "Exposure covered", f"{plan.covered * 100:.1f}% of {plan.whole:.1f}")
    yield Line("Plan", "Gap", f"{plan.gap * 100:.2f}%")
    yield Line("Plan", "Drawn by", figures["engine"])
    by_key = {one.technique: one for one in plan.reasons}
    for key in sorted(plan.techniques, key=lambda one: title_of(rules, one)):
        yield Line("Techniques", title_of(rules, key), money.thousands(by_key[key].cost))
    for key, is_in in terms["fixed"].items():
        why = words.get(f"why {key}", "")
        yield Line("Decided by a person", title_of(rules, key), f"{'Put in' if is_in else 'Left out'}: {why}")
    for risk, level in terms["levels"].items():
        known = rules.code.assurance_levels.get(level)
        share = f"{known.title}: at least {known.share * 100:.0f}% taken off" if known else level
        yield Line("Level of assurance", risk, share)
    yield from _times(terms, rules)


def _times(terms: Mapping[str, Any], rules: Rulebook) -> Iterator[Line]:
    for category, hours in terms["hours"].items():
        name = rules.code.categories.get(category, category)
        yield Line("Most hours of a party in a quarter", name, f"{hours}")
    for key, quarter in terms["not_before"].items():
        yield Line("Not before", title_of(rules, key), quarter_of(quarter))
    for risk, quarter in terms["mature"].items():
        yield Line("Mature from", risk, quarter_of(quarter))
    for key, shares in terms.get("effects", {}).items():
        for risk, share in shares.items():
            yield Line("Effect from experience", f"{title_of(rules, key)} on {risk}", f"{Decimal(share):.0%}")
    if terms["tried"]:
        yield Line("Plan", "Tried before", ", ".join(title_of(rules, key) for key in terms["tried"]))


def quarter_of(number: int) -> str:
    return "not this year" if number == NEVER else f"quarter {number}"


def _day(written: str) -> str:
    """Return a day as it is read; nothing where none was known."""
    on = dt.date.fromisoformat(written) if written else None
    return f"{on.day} {on:%B %Y}" if on else ""


def _short(score: str) -> str:
    return score.removesuffix(".00")
