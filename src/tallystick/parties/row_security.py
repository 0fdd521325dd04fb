"""Tell PostgreSQL who asks, so that its own policies hold where a query forgot to ask who may see its rows.

It is told inside the transaction, and forgets when that ends: a connection that serves somebody else next,
through whatever pool, knows of nobody and so shows nothing. On SQLite there is no second layer.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, transaction

from tallystick.parties.acting import PUBLIC, Acting
from tallystick.parties.models import Role
from tallystick.parties.policy import guard, kinds
from tallystick.parties.policy.decision import own_body, own_party, role_of
from tallystick.parties.row_policies import CODE, DECLARED, EVERYTHING, NOTHING, PARTY, SETTINGS
from tallystick.parties.row_policies import PUBLIC as OPEN_TO_ALL

BACK_TO_A_SAVEPOINT = "ROLLBACK TO"


class Standing(NamedTuple):
    """What the database is told of who asks, in the order of `SETTINGS`."""

    reach: str
    code: str = ""
    party: str = ""
    body: str = ""


SEES_EVERYTHING = Standing(EVERYTHING)


def standing(acting: Acting) -> Standing:
    """Return how far somebody sees at most: never less than the policy has it, and seldom more.

    For whoever acts for a party that is what is open and what is the party's own.
    """
    role = role_of(acting)
    if role == PUBLIC:
        return Standing(OPEN_TO_ALL, acting.code)
    if role == Role.ADMINISTRATOR:
        return Standing(NOTHING)
    if role not in kinds.FOR_A_PARTY:
        return Standing(CODE, acting.code)
    return Standing(PARTY, acting.code, *(str(key or "") for key in (own_party(acting), own_body(acting))))


@contextmanager
def seen_by(acting: Acting, *, in_one: bool = False) -> Iterator[None]:
    """Let what is asked of the database inside see no more rows than somebody may.

    A page that only reads is made `in_one` transaction, so that who asks has to be told once.
    """
    if connection.vendor != "postgresql":
        yield
        return
    teller = Teller(standing(acting))
    try:
        with (
            connection.execute_wrapper(teller),
            transaction.atomic(savepoint=False) if in_one else nullcontext(),
        ):
            yield
    finally:
        teller.take_back()


def declare() -> None:
    """Let this process see everything: it is the worker or the command line, and answers no requests."""
    if connection.vendor == "postgresql":
        options = connection.settings_dict.setdefault("OPTIONS", {})
        said = options.get("options", "")
        if DECLARED not in said:
            options["options"] = f"{said} {DECLARED}".strip()
            connection.close()


def is_wanting() -> bool:
    """Tell whether PostgreSQL does not hold this user to the policies, as it holds no superuser to them."""
    if connection.vendor != "postgresql":
        return False
    held = " AND ".join(["row_security_active(%s)"] * len(tables()))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {held}", tables())
        return not cursor.fetchone()[0]


def tables() -> list[str]:
    """Return the tables of rows with a class."""
    return sorted(guard.classified_tables())


class Teller:
    """Tells the database who asks before each statement that names rows with a class.

    It tells once for each transaction, and again where a savepoint took back what was told. A statement that
    stands alone gets a transaction of its own. Whatever it gets wrong shows less, not more.
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._told: Standing | None = None

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - as Django calls it
        if not _is_under_way() or str(sql).startswith(BACK_TO_A_SAVEPOINT):
            self._told = None
        if not _rows_with_a_class().search(str(sql)):
            return execute(sql, params, many, context)
        with nullcontext() if connection.in_atomic_block else transaction.atomic():
            self._tell(SEES_EVERYTHING if guard.is_of_everybody() else self._standing)
            return execute(sql, params, many, context)

    def _tell(self, standing: Standing) -> None:
        if standing != self._told:
            with connection.wrap_database_errors:
                connection.connection.execute(_TELLING, [*_pairs(standing)])
            self._told = standing

    def take_back(self) -> None:
        """Let a transaction that goes on, as one around a test does, know of nobody again."""
        if self._told is not None and connection.in_atomic_block and _is_under_way():
            for setting in SETTINGS:
                connection.connection.execute(f"SET LOCAL {setting} TO DEFAULT")


_TELLING = f"SELECT {', '.join(['set_config(%s, %s, true)'] * len(SETTINGS))}"


def _pairs(standing: Standing) -> Iterator[str]:
    for setting, value in zip(SETTINGS, standing, strict=True):
        yield from (setting, value)


def _is_under_way() -> bool:
    """Tell whether the server stands in a transaction that has not failed; asks nothing of it."""
    status = connection.connection.info.transaction_status
    return bool(status == status.INTRANS)


@cache
def _rows_with_a_class() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, tables()))})\b")
