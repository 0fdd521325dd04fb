"""What an entry is about, and who acted: handles that tell nothing, and the words that go with them."""

from typing import NamedTuple


class Subject(NamedTuple):
    """The record that an act changed.

    `code` is empty for what belongs to the installation, such as people. `kind` is the type that the policy
    knows the record by. `classification` is the record's class after the act.
    """

    code: str
    kind: str
    handle: str
    classification: str


class Actor(NamedTuple):
    """Who acted, and the capacity in words. The handle is empty for the public and for the system."""

    handle: str
    capacity: str
