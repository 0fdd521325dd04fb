"""The world that rights are tried on."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.parties.policy.world import Thing, World, made


@pytest.fixture(scope="module")
def table_of_things(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make the table for one module's tests: left behind, PostgreSQL could not empty those it refers to."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Thing)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Thing)


@pytest.fixture
def world(table_of_things: None, db: None) -> World:
    return made()
