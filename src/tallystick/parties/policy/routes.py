"""Which right each address asks for before its page looks for itself. An address without a line has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.parties.policy import kinds
from tallystick.parties.policy.predicates import ACTS
from tallystick.parties.policy.text import UnableToReadPolicy, known, mapping_in

FILE = Path(__file__).with_name("routes.yaml")
YES = "yes"


@dataclass(frozen=True)
class Route:
    """Open to all, to whoever is signed in, or to roles that have an act on a type.

    `act` is what reading the page takes, `post` what sending it takes; by default the same.
    """

    is_public: bool = False
    asks_sign_in: bool = False
    type: str = ""
    act: str = ""
    post: str = ""

    def act_of(self, *, is_safe: bool) -> str:
        return self.act if is_safe else self.post


def load(file: Path = FILE) -> Mapping[str, Route]:
    """Read the routes by the name of their address.

    :raises UnableToReadPolicy: if the file says anything that is not known
    """
    return {name: _route(name, said) for name, said in mapping_in(file).items()}


def _route(name: str, said: Any) -> Route:
    where = f"routes.{name}"
    if said == {"public": YES}:
        return Route(is_public=True)
    if said == {"signed_in": YES}:
        return Route(asks_sign_in=True)
    if not (isinstance(said, dict) and {"type", "act"} <= set(said) <= {"type", "act", "post"}):
        raise UnableToReadPolicy(f"{where}: write public: yes, signed_in: yes, or type, act and perhaps post")
    known([said["type"]], kinds.TYPES, where)
    act, post = str(said["act"]), str(said.get("post", said["act"]))
    known([act, post], ACTS, where)
    return Route(type=said["type"], act=act, post=post)


ROUTES = load()
