"""Which secrets somebody may find in an answer."""

from collections.abc import Iterator
from functools import cache

from tests.conformance.judge import Judge, What, Who
from tests.conformance.probes import Probe
from tests.conformance.world import World

OF_PEOPLE = {
    *("people", "person", "invite", "give_role", "end_role", "close_account", "reopen_account"),
    "forget_factors",
}
HISTORIES = {"history", "history_receipt"}
# Who acted on a record stands in its history, unless the policy hides who was behind it.
HIDES = {
    "submission": "submission.submitter",
    "exclusion": "exclusion.entered_by",
    "finding": "finding.party_name",
}


class Known:
    """What each person may know: the texts of what they may read, and names where the policy shows them."""

    def __init__(self, world: World, judge: Judge) -> None:
        self.judge, self.world = judge, world
        self.texts = cache(self._texts)
        people = world.crowd.people
        self.names = {label: person.name for label, person in people.items()}
        self.mailboxes = {label: person.email.partition("@")[0] for label, person in people.items()}

    def to(self, probe: Probe) -> set[str]:
        """Return every secret that the answer to the probe may hold."""
        who = probe.who
        own = {self.names[who.name], self.mailboxes[who.name]} if who.name in self.names else set()
        return self.texts(who) | own | set(self._people(probe))

    def _texts(self, who: Who) -> set[str]:
        return {said for said, secret in self.world.secrets.items() if self.judge.may(who, "r", secret.what)}

    def _people(self, probe: Probe) -> Iterator[str]:
        who, route, what = probe.who, probe.place.name, probe.place.what
        person = What("person", "amber")
        if (route in OF_PEOPLE or (route in HISTORIES and what.type == "person")) and self.judge.may(
            who, "r", person
        ):
            yield from self.names.values()
            if self.judge.shows(who, "person.email", person):
                yield from self.mailboxes.values()
        if route == "bodies" and self.judge.may(who, "r", What("body")):
            yield from (self.names["holder"], self.names["seconded"])
        if self.judge.shows(who, "exclusion.entered_by", What("exclusion")):
            yield self.names["enterer"]
        if self.judge.grants(who, "run", "c"):
            yield self.names["asker"]
        if route in HISTORIES and (what.type not in HIDES or self.judge.shows(who, HIDES[what.type], what)):
            yield self.names["doer"]
