"""What bodies decided in a model, and what became of it: who may carry it out where, and how often."""

import datetime as dt
from dataclasses import dataclass, field

OUTCOMES = {"APPROVED": "agreed", "AGREED": "agreed", "REJECTED": "rejected", "NOTED": ""}


@dataclass
class Verdict:
    """What a body decided on a day without a vote, about the party or about nobody.

    `done` names the matters that carried it out. It is `stayed` while a query or an appeal of it runs that
    suspends it, and `changed` once one changed it. Once it was `served` it answers no query.
    """

    body: str
    at: dt.datetime
    outcome: str
    of_party: bool = True
    done: set[str] = field(default_factory=set)
    stayed: bool = False
    changed: bool = False
    served: bool = False

    @property
    def on(self) -> dt.date:
        return self.at.date()

    def waits(self, matter: str, body: str, since: dt.datetime | None, outcome: str = "agreed") -> bool:
        """Tell whether it can be carried out in a matter that is before a body since a moment."""
        is_its = (self.body, self.outcome) == (body, outcome) and since is not None and self.at >= since
        return is_its and matter not in self.done and not self.stayed and not self.changed
