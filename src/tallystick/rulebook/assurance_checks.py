"""Checks of risks, scoring methods, techniques and charges against the rest; each yields problems."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from tallystick.rulebook.drafts import Draft, Drafts
from tallystick.rulebook.naming import known_by, unknown
from tallystick.rulebook.problems import Problem
from tallystick.rulebook.techniques import ALL, Selects, Technique

BY_NOTHING = Selects(source="assumed", verified=False)


def risks_name_what_there_is(drafts: Drafts) -> Iterator[Problem]:
    """Check the areas, obligations, measures, people, drivers and mechanisms that risks name."""
    code = drafts.code.definition
    if code is None:
        return
    bodies = {one.name for one in drafts.bodies}
    who = {*code.providers, *code.roles, *code.categories, *bodies}
    known = {
        "area": ("area", code.areas),
        "obligations": ("obligation", {one.name for one in drafts.obligations}),
        "indicators": ("measure", {one.name for one in drafts.measures}),
        "caused_by": ("provider, role, category or body", who),
        "controlled_by": ("provider, role, category or body", who),
        "drivers": ("driver", code.drivers),
        "assurance": ("mechanism", code.assurance),
        "owner": ("body", bodies),
    }
    for draft in drafts.risks:
        yield from _named(draft, known)
        for index, factor in enumerate(draft.definition.factors if draft.definition else ()):
            if factor.obligation and factor.obligation not in known["obligations"][1]:
                path = ("factors", index, "obligation")
                yield unknown(draft, path, "obligation", factor.obligation, known["obligations"][1])


def techniques_name_what_there_is(drafts: Drafts) -> Iterator[Problem]:
    """Check the classes, techniques, measures, risks and categories that techniques name."""
    code = drafts.code.definition
    if code is None:
        return
    techniques = {one.name for one in drafts.techniques}
    risks, categories = {one.name for one in drafts.risks}, {ALL, *code.categories}
    known = {
        "classes": ("class of techniques", code.technique_classes),
        "needs": ("technique", techniques),
        "after": ("technique", techniques),
        "measures": ("measure", {one.name for one in drafts.measures}),
    }
    for draft in drafts.techniques:
        yield from _named(draft, known)
        for risk, shares in (draft.definition.effects if draft.definition else {}).items():
            if risk not in risks:
                yield unknown(draft, ("effects", risk), "risk", risk, risks)
            for category in shares:
                if category not in categories:
                    yield unknown(draft, ("effects", risk, category), "category", category, categories)


def techniques_select_by_what_there_is(drafts: Drafts) -> Iterator[Problem]:
    """Check the measures, categories and techniques by which techniques propose parties."""
    measures = known_by(drafts.measures).items()
    of_parties = {key for key, one in measures if "party" in getattr(one, "by", ())}
    techniques = {one.name for one in drafts.techniques}
    categories = set(drafts.code.definition.categories if drafts.code.definition else ())
    for draft in drafts.techniques:
        rule = (draft.definition and draft.definition.selects) or BY_NOTHING
        bounds = [(("more_than", at, "measure"), one.measure) for at, one in enumerate(rule.more_than)]
        of_category = [(("categories", at), one) for at, one in enumerate(rule.categories)]
        flags = [(("flagged_by", at), one) for at, one in enumerate(rule.flagged_by)]
        for noun, known, named in (
            ("measure of parties", of_parties, bounds),
            ("category", categories, of_category),
            ("technique", techniques, flags),
        ):
            for path, name in (one for one in named if one[1] not in known):
                yield unknown(draft, ("selects", *path), noun, name, known)


def techniques_wait_for_others(drafts: Drafts) -> Iterator[Problem]:
    """Check that no technique needs itself or has to come after itself, directly or in a circle."""
    techniques: dict[str, Technique] = known_by(drafts.techniques)
    for word in ("needs", "after"):
        ahead = {key: getattr(one, word) for key, one in techniques.items()}
        for draft in drafts.techniques:
            if draft.name in _reached(draft.name, ahead):
                what = f"{draft.name!r} waits for itself"
                yield draft.text.problem((word,), what, "Break the circle here.")


def methods_cite_listed_clauses(drafts: Drafts) -> Iterator[Problem]:
    """Check the clauses that single values of scoring methods cite."""
    known = {draft.name for draft in drafts.clauses}
    for draft in drafts.scoring:
        for day, value in (draft.definition.values if draft.definition else {}).items():
            for index, clause in enumerate(value.clause or ()):
                if clause not in known:
                    yield unknown(draft, ("values", str(day), "clause", index), "clause", clause, known)


def charges_name_what_there_is(drafts: Drafts) -> Iterator[Problem]:
    """Check the measure of a scheme of charges, and the clauses that its values cite."""
    measures, clauses = ({one.name for one in group} for group in (drafts.measures, drafts.clauses))
    for draft in drafts.charges:
        yield from _named(draft, {"measure": ("measure", measures)})
        for day, value in (draft.definition.values if draft.definition else {}).items():
            for index, clause in enumerate(value.clause or ()):
                if clause not in clauses:
                    yield unknown(draft, ("values", str(day), "clause", index), "clause", clause, clauses)


def _named(draft: Draft[Any], known: Mapping[str, tuple[str, Collection[str]]]) -> Iterator[Problem]:
    """Tell every name that a definition has under the keys and that is not known."""
    for key, (noun, names) in known.items():
        said = getattr(draft.definition, key, None)
        if isinstance(said, str):
            if said not in names:
                yield unknown(draft, (key,), noun, said, names)
            continue
        for index, name in enumerate(said or ()):
            if name not in names:
                yield unknown(draft, (key, index), noun, name, names)


def _reached(key: str, ahead: Mapping[str, Collection[str]]) -> set[str]:
    """Return what is reached from a key, which is among it only if a way leads back."""
    reached: set[str] = set()
    left = list(ahead.get(key, ()))
    while left:
        name = left.pop()
        if name not in reached:
            reached.add(name)
            left += ahead.get(name, ())
    return reached


CHECKS: tuple[Callable[[Drafts], Iterator[Problem]], ...] = (
    risks_name_what_there_is,
    techniques_name_what_there_is,
    techniques_select_by_what_there_is,
    techniques_wait_for_others,
    methods_cite_listed_clauses,
    charges_name_what_there_is,
)
