"""PostgreSQL's own policies on rows with a class: the second layer, below the condition of a query.

Each command has a policy of its own: one for all of them would let whoever may read a row remove it. They
look at settings that say who asks (`row_security`); where these are missing nothing is read or written. The
table's owner is held to them as well, and nobody is who is a superuser.
"""

from collections.abc import Callable
from itertools import chain

from tallystick.journal.steps import Statements, Tell

# How far somebody sees: the worker and the command line, those who look after a code, a party, the public.
EVERYTHING, CODE, PARTY, PUBLIC, NOTHING = "everything", "code", "party", "public", ""
SETTINGS = ("tally.reach", "tally.code", "tally.party", "tally.body")
# What a process says of itself where it answers nobody's requests.
DECLARED = f"-c tally.reach={EVERYTHING}"


def _said(setting: str) -> str:
    # asked once for each statement and not for each row; a setting that was undone is empty, not missing
    return f"(SELECT nullif(current_setting('{setting}', true), ''))"


_REACH, _CODE, _PARTY, _BODY = map(_said, SETTINGS)
_OWN = f"party_id = {_PARTY}::bigint"
_BEFORE_US = f"(party_id IS NULL AND body_id = {_BODY}::bigint)"
_ISSUED = "publicity IN ('issued', 'decided', 'closed')"

ALL_OF_IT = f"{_REACH} = '{EVERYTHING}'"
MAY_READ = (
    f"{ALL_OF_IT} OR code = {_CODE} AND CASE {_REACH} WHEN '{CODE}' THEN true "
    f"WHEN '{PARTY}' THEN classification IN ('white', 'green') OR {_OWN} OR {_BEFORE_US} "
    f"WHEN '{PUBLIC}' THEN classification = 'white' AND {_ISSUED} ELSE false END"
)
MAY_WRITE = (
    f"{ALL_OF_IT} OR code = {_CODE} AND CASE {_REACH} WHEN '{CODE}' THEN true "
    f"WHEN '{PARTY}' THEN {_OWN} ELSE false END"
)
POLICIES = {
    "reads": f"FOR SELECT USING ({MAY_READ})",
    "adds": f"FOR INSERT WITH CHECK ({MAY_WRITE})",
    "changes": f"FOR UPDATE USING ({MAY_WRITE}) WITH CHECK ({MAY_WRITE})",
    "removes": f"FOR DELETE USING ({ALL_OF_IT})",
}


def secured(*tables: str) -> Tell:
    """Return the step of a migration that puts tables of rows with a class under the policies."""

    def each(statements_for: Callable[[str], list[str]]) -> Statements:
        return lambda _, vendor: (
            chain.from_iterable(map(statements_for, tables)) if vendor == "postgresql" else ()
        )

    return Tell(each(securing), each(unsecuring))


def securing(table: str) -> list[str]:
    """Return the statements that put a table under the policies, also where older ones stand."""
    made = [f'CREATE POLICY {name} ON "{table}" {policy}' for name, policy in POLICIES.items()]
    forced = (f'ALTER TABLE "{table}" {word} ROW LEVEL SECURITY' for word in ("ENABLE", "FORCE"))
    return [*_dropping(table), *made, *forced]


def unsecuring(table: str) -> list[str]:
    freed = (f'ALTER TABLE "{table}" {word} ROW LEVEL SECURITY' for word in ("NO FORCE", "DISABLE"))
    return [*freed, *_dropping(table)]


def _dropping(table: str) -> list[str]:
    return [f'DROP POLICY IF EXISTS {name} ON "{table}"' for name in POLICIES]
