"""Which secrets somebody may find in an answer."""

from collections.abc import Iterator
from functools import cache

from tests.conformance.judge import Judge, What, Who
from tests.conformance.probes import Probe
from tests.conformance.world import World

OF_PEOPLE = {
    *("people", "person", "invite", "give_role", "end_role", "close_account", "reopen_account"),
    *("forget_factors", "invite_again"),
}
HISTORIES = {"history", "history_receipt"}
# Who acted on a record stands in its history, unless the policy hides who was behind it.
HIDES = {
    "submission": "submission.submitter",
    "exclusion": "exclusion.entered_by",
    "finding": "finding.party_name",
}

# Who cast a ballot, and who objected, is told to whoever may read ballots.
OF_MEMBERS = {"bodies", "record_decision"}
VOTED = {
    *("motion", "motion_as", "decision", "object_to", "cast_vote", "casting_vote"),
    *("open_vote", "close_vote", "withdraw_motion"),
}

# Who may lead a case: people of the office, and the delegates of its party.
LEADS = ("analyst", "secretary", "party_delegate", "newcomer")
SEATED = ("holder", "seconded", "board_member", "chair", "committee_member")


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
        return (
            self.texts(who) | own | set(self._people(probe)) | self._askers(probe) | self._voters(who, probe)
        )

    def _texts(self, who: Who) -> set[str]:
        return {
            said
            for said, secret in self.world.secrets.items()
            if any(self.judge.may(who, "r", what) for what in (secret.what, *self.world.also[said]))
        }

    def _askers(self, probe: Probe) -> set[str]:
        """Return who asked that words be removed, on the page that lists such requests."""
        may_read = self.judge.may(probe.who, "r", What("redaction", "amber"))
        return {self.names["doer"]} if probe.place.name == "redactions" and may_read else set()

    def _people(self, probe: Probe) -> Iterator[str]:
        who, route, what = probe.who, probe.place.name, probe.place.what
        person = What("person", "amber")
        if (route in OF_PEOPLE or (route in HISTORIES and what.type == "person")) and self.judge.may(
            who, "r", person
        ):
            yield from self.names.values()
            if self.judge.shows(who, "person.email", person):
                yield from self.mailboxes.values()
        if route in OF_MEMBERS and self.judge.may(who, "r", What("body")):
            yield from (self.names[one] for one in SEATED)
        if self.judge.shows(who, "exclusion.entered_by", What("exclusion")):
            yield self.names["enterer"]
        if route == "name_case_leads" and self.judge.may(who, "u", what):
            yield from (self.names[one] for one in LEADS)
        if self.judge.grants(who, "run", "c"):
            yield self.names["asker"]
        is_told = what.type not in HIDES or self.judge.shows(who, HIDES[what.type], what)
        if route in HISTORIES and is_told and self.judge.shows(who, "history.actor", what):
            yield self.names["doer"]

    def _voters(self, who: Who, probe: Probe) -> set[str]:
        """Return who cast a ballot or objected, which whoever may read ballots may know once it is over."""
        what = probe.place.what
        is_over = probe.place.name in VOTED and what.state == "decided"
        return {self.names["holder"]} if is_over and self.judge.may(who, "r", what.of("ballot")) else set()
