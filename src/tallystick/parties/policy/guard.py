"""A net below the doors: while a page is made, rows with a class are read through what somebody may see.

A condition that `scope` made leaves a trace in the SQL. A query that starts from a table of classified rows
and lacks it is stopped, however it came about: a forgotten `visible_to`, a lazy reference, a raw query. So is
one that reaches such rows from elsewhere; what a row that may be seen refers to may be fetched with it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

# Why an act reads past the policy.
BY_AN_ACT = "An act reads the rows it changes; whoever asked for it was let through by the door."
_STARTS_FROM = re.compile(r'\bFROM\s+"?(\w+)"?(?:\s+([A-Z]\d+)\b)?', re.IGNORECASE)
_REACHES = re.compile(r'(?:\bJOIN|,)\s+"?(\w+)"?', re.IGNORECASE)
_TRACE = '"classification" IS NOT NULL'
_WHY: ContextVar[str] = ContextVar("why", default="")
_OF_EVERYBODY: ContextVar[bool] = ContextVar("of_everybody", default=False)


class UnscopedQuery(Exception):
    """Rows with a class were to be read without asking who may see them."""


@contextmanager
def guarded() -> Iterator[None]:
    """Stop every query inside that reads rows with a class past the policy."""
    with connection.execute_wrapper(_checked):
        yield


@contextmanager
def unscoped(why: str, *, of_everybody: bool = False) -> Iterator[None]:
    """Let queries inside read rows whoever may see them. Say why: what leaves must tell of nobody.

    It is for figures of many, such as the middle of five or more parties; never for a row that is shown.
    Where the database has a second layer (`row_security`) that still holds, but for what is `of_everybody`.
    """
    if not why.strip():
        raise ValueError("Say why rows are read past the policy.")
    tokens = _WHY.set(why), _OF_EVERYBODY.set(of_everybody)
    try:
        yield
    finally:
        _WHY.reset(tokens[0])
        _OF_EVERYBODY.reset(tokens[1])


def is_of_everybody() -> bool:
    """Tell whether what is read just now is of everybody, as somebody said and said why."""
    return _OF_EVERYBODY.get()


def unasked_in(sql: str) -> str | None:
    """Return the first table of classified rows that the SQL reads past the policy, or None."""
    if not sql.lstrip().upper().startswith(("SELECT", "(SELECT", "WITH")):
        return None
    for table, alias in _STARTS_FROM.findall(sql):
        named = alias or f'"{table}"'
        if table in classified_tables() and f"{named}.{_TRACE}" not in sql:
            return str(table)
    reached = () if _TRACE in sql else _REACHES.findall(sql)
    return next((str(table) for table in reached if table in classified_tables()), None)


def _checked(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    table = None if _WHY.get() else unasked_in(str(sql))
    if table is not None:
        raise UnscopedQuery(
            f"{table} is read without asking who may see its rows. Use visible_to(acting), fetch what a row "
            "refers to with select_related, or say why in unscoped()."
        )
    return execute(sql, params, many, context)


@cache
def classified_tables() -> frozenset[str]:
    """Return the tables of rows with a class; `TYPE` is what `Classified` asks of each."""
    return frozenset(
        model._meta.db_table  # noqa: SLF001 - Django's documented way to a table's name
        for model in apps.get_models()
        if getattr(model, "TYPE", "")
    )
