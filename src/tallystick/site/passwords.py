"""What a new password may not be: one that leaked elsewhere, or made up of words of the trade.

`NotLeaked` and `NotOfTheTrade` are named in the settings beside Django's own rules.
"""

import contextlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from tallystick.parties.models import Body, Organisation, Person
from tallystick.rulebook.code import Code
from tallystick.runs.installation import UnableToFind, rulebook_of
from tallystick.site import leaked

# Of the product, and of what it is for; the rest is said by the rulebooks and the register.
OURS = (
    *("tallystick", "tally", "performance", "assurance", "measure", "measures", "report", "compliance"),
    *("password", "passphrase", "welcome", "secret", "login", "admin", "administrator", "letmein"),
)
SHORTEST_WORD = 3
LEAST_BESIDE = 8
# Figures and marks that stand for letters.
STANDS_FOR = str.maketrans("013457@$", "oieastas")
WORD = re.compile(r"[^\W_]+")


class NotLeaked:
    """Refuses passwords of the operator's list of leaked ones, where there is a list."""

    def validate(self, password: str, user: Person | None = None) -> None:  # noqa: ARG002 - Django's signature
        file: Path | None = settings.LEAKED_PASSWORDS
        if file is not None and leaked.holds(file, password):
            raise ValidationError("This password has leaked elsewhere. Choose another.", code="leaked")

    def get_help_text(self) -> str:
        return "It may not be one that leaked elsewhere."


class NotOfTheTrade:
    """Refuses passwords that are little more than words of the trade, of the code and of its companies."""

    def validate(self, password: str, user: Person | None = None) -> None:  # noqa: ARG002 - Django's signature
        if is_made_up_of(password, words()):
            raise ValidationError(
                "This password is made up of words of the trade, of the code or of its companies. "
                "Choose other words.",
                code="of_the_trade",
            )

    def get_help_text(self) -> str:
        return "It may not be made up of words of the trade or names of companies."


def is_made_up_of(password: str, names: frozenset[str]) -> bool:
    """Tell whether so little is left of a password without the names that they are what it consists of."""
    whole = "".join(WORD.findall(password.casefold().translate(STANDS_FOR)))
    left = _pattern(names).sub("", whole)
    return left != whole and len(left) < LEAST_BESIDE


def words() -> frozenset[str]:
    """Return the words that a password may not be made up of: ours, the codes', the companies'."""
    said = [*OURS, *Organisation.objects.values_list("name", flat=True)]
    said += [word for pair in Body.objects.values_list("key", "name") for word in pair]
    for code in settings.CODES:
        with contextlib.suppress(UnableToFind):  # a rulebook with problems is no reason to refuse a password
            said += _of_code(rulebook_of(code).code)
    return frozenset(
        word.casefold() for one in said for word in WORD.findall(one) if len(word) >= SHORTEST_WORD
    )


def _of_code(code: Code) -> list[str]:
    providers = [word for pair in code.providers.items() for word in pair]
    return [code.key, code.title, code.short, *code.roles, *providers, *code.categories.values()]


@lru_cache(maxsize=4)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Return what finds any of the names, the longest first; in them too figures stand for letters."""
    spelled = {name.translate(STANDS_FOR) for name in names}
    return re.compile("|".join(re.escape(one) for one in sorted(spelled, key=lambda one: (-len(one), one))))
