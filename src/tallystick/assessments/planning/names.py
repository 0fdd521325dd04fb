"""How a plan names techniques: as the catalogue does, and by their key where a later edition dropped them."""

from tallystick.rulebook.rulebook import Rulebook


def title_of(rules: Rulebook, key: str) -> str:
    """Return the title of a technique."""
    return rules.techniques[key].title if key in rules.techniques else _worded(key)


def short_of(rules: Rulebook, key: str) -> str:
    """Return the short name of a technique, or its title where it has none."""
    known = rules.techniques.get(key)
    return known.short or known.title if known is not None else _worded(key)


def _worded(key: str) -> str:
    return key.replace("_", " ").capitalize()
