"""Who stands at the door: a person, the one role they act in, and the day. Everything they may do follows."""

import datetime as dt
from dataclasses import dataclass

from tallystick.journal.subjects import Actor
from tallystick.parties.models import Body, Organisation, Person, Role

PUBLIC = "public"


@dataclass(frozen=True)
class Acting:
    """Somebody in one capacity: a person seconded from a competitor acts in one at a time, never in both.

    `person` and `role` are None for the public. `second_factor_at` is when a second factor was last shown in
    the session, None where none was. `stands_for` says in words who acts where nobody has signed in, such as
    whoever runs the installation's commands: it goes into the journal and gives no rights.
    """

    code: str
    day: dt.date
    person: Person | None = None
    role: Role | None = None
    second_factor_at: dt.datetime | None = None
    stands_for: str = ""

    @property
    def name(self) -> str:
        """The role's name as the policy file has it; `public` without one."""
        return self.role.role if self.role else PUBLIC

    @property
    def organisation(self) -> Organisation | None:
        return self.role.organisation if self.role else None

    @property
    def body(self) -> Body | None:
        return self.role.body if self.role else None

    @property
    def capacity(self) -> str:
        """The capacity in words, as the journal states it: `Board member, Operations Group`."""
        return str(self.role) if self.role else self.stands_for or "Public"

    @property
    def actor(self) -> Actor:
        """Who the journal says it was."""
        return Actor(self.person.handle if self.person else "", self.capacity)
