"""Motions, who could vote on each, the ballots, and what was decided without a vote.

What was opened is frozen, and what was closed never changes: the models refuse it, and the database does
(migration `0002_what_was_closed_stays`). Ballots, and what members declared, are written once.
"""

import secrets
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from tallystick.decisions.keeping import BeforeABody, Kept, UnableToChangeARecord
from tallystick.decisions.matters import BallotQuerySet, Barred, Declaration, MatterQuerySet
from tallystick.journal.governed import ALPHABET, Governed
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Membership, Person, Seat

__all__ = [
    "Ballot",
    "Barred",
    "Decision",
    "Declaration",
    "Motion",
    "Objection",
    "SeatAtMotion",
    "StoodAside",
    "VotePassed",
]
SUFFIX, KEY = 4, 64
OUTCOMES = ("carried", "not_carried", "deferred", "no_quorum")


def new_reference(kind: str, year: int) -> str:
    """Return a reference such as MOT-2021-7K3F, from which nobody can count the others."""
    return f"{kind}-{year}-{''.join(secrets.choice(ALPHABET) for _ in range(SUFFIX))}"


class Motion(BeforeABody):
    """A question put to a body, its vote, and the outcome.

    `does` is what approval would do. `rule` is the scheme as it was in force when the vote opened, with
    `edition` of the rulebook; `count` what came of it, `told` how that follows, in words. `opened_entry` and
    `closed_entry` are the numbers of the journal's entries: a ballot counts if its entry lies between them.
    `key` is that of the form by which the motion was put.
    """

    TYPE = "motion"
    MATTER = "pk"
    # What may go by an order of two persons, and by nothing else once the vote has opened.
    WORDS: ClassVar[frozenset[str]] = frozenset({"title", "question", "does", "because"})
    OPEN, WITHDRAWN = "open", "withdrawn"
    STATES_OF_ONE = [
        (Classified.DRAFT, "Draft"),
        (OPEN, "Open"),
        (Classified.CLOSED, "Closed"),
        (WITHDRAWN, "Withdrawn"),
    ]
    ENDED = (Classified.CLOSED, WITHDRAWN)
    OUTCOMES_OF_ONE = [(one, one.replace("_", " ").capitalize()) for one in OUTCOMES]

    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    question = models.TextField()
    does = models.TextField()
    scheme = models.CharField(max_length=60)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="motions_put")
    put_at = models.DateTimeField()
    key = models.CharField(max_length=KEY)
    state = models.CharField(max_length=10, choices=STATES_OF_ONE, default=Classified.DRAFT)
    # Frozen when the vote opens.
    rule = models.JSONField(default=dict, blank=True)
    edition = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    opened_entry = models.BigIntegerField(null=True, blank=True)
    # Frozen when it ends.
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_entry = models.BigIntegerField(null=True, blank=True)
    because = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=OUTCOMES_OF_ONE, blank=True)
    count = models.JSONField(default=dict, blank=True)
    told = models.JSONField(default=dict, blank=True)

    objects: ClassVar[Any] = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            *classed("motion"),
            models.UniqueConstraint(fields=["put_by", "key"], name="a_form_puts_one_motion"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(question="") & ~Q(does="") & ~Q(key=""),
                name="a_motion_asks_something",
            ),
            models.CheckConstraint(
                condition=Q(party=None) | Q(classification__in=["amber", "red"]),
                name="a_motion_about_a_party_is_confidential",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "closed"])
                | Q(
                    ~Q(edition=""),
                    opened_at__isnull=False,
                    closes_at__gt=F("opened_at"),
                    opened_entry__isnull=False,
                ),
                name="an_open_motion_has_its_rule_and_times",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="closed",
                    outcome__in=OUTCOMES,
                    closed_at__gte=F("opened_at"),
                    closed_entry__gt=F("opened_entry"),
                    publicity="decided",
                )
                | (~Q(state="closed") & ~Q(publicity="decided") & Q(outcome="", closed_entry=None)),
                name="a_closed_motion_has_its_outcome_and_no_other",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (~Q(because="") & Q(closed_at__isnull=False)),
                name="a_withdrawn_motion_says_why",
            ),
        ]
        indexes = [models.Index(fields=["code", "state", "closes_at"], name="motions_by_state")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._had_ended = False

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Motion":
        found: Motion = super().from_db(*args, **kwargs)
        found._had_ended = "state" in found.__dict__ and found.state in cls.ENDED
        return found

    def save(self, **options: Any) -> None:
        changed = options.get("update_fields")
        if self._had_ended and not (changed and set(changed) <= self.WORDS):
            raise UnableToChangeARecord(f"{self.reference} has ended and does not change.")
        super().save(**options)
        self._had_ended = self.state in self.ENDED

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        raise UnableToChangeARecord("Motions are never removed. Withdraw one instead.")


class SeatAtMotion(Kept, Governed):
    """A seat as it was when the vote opened: whose it was, who stood in, and whether it could vote.

    The journal knows it by the handle of `seat`. `must_declare`: nobody wrote down whom its holder works for
    and the motion is about a party, so that it counts as stood aside until they declare that they have none.
    """

    FILLED, VACANT, ASIDE = "filled", "vacant", "aside"
    STATES_OF_ONE = [(FILLED, "Filled"), (VACANT, "Vacant"), (ASIDE, "Stood aside")]

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="seats")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="at_motions")
    place = models.IntegerField()
    name = models.CharField(max_length=120)
    constituency = models.CharField(max_length=60)
    weight = models.BigIntegerField(default=1)
    holder = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="at_motions")
    alternates = models.ManyToManyField(Membership, related_name="stand_ins_at_motions", blank=True)
    state = models.CharField(max_length=6, choices=STATES_OF_ONE)
    must_declare = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motion", "seat"], name="a_seat_is_at_a_motion_once"),
            models.CheckConstraint(
                condition=Q(state="vacant", holder=None)
                | Q(state__in=["filled", "aside"], holder__isnull=False),
                name="only_a_vacant_seat_has_no_holder",
            ),
            models.CheckConstraint(condition=Q(weight__gte=0), name="a_vote_weighs_nothing_or_more"),
        ]

    def __str__(self) -> str:
        return self.name


class Ballot(Kept, BeforeABody):
    """One vote of one seat, or the chair's casting vote; of several of one seat, one stands.

    `right` is in whose right it was cast, `key` that of the form, `entry` its number in the journal. An open
    ballot becomes `decided` when the vote closes, a secret one never does: nobody else reads it.
    """

    TYPE = "ballot"
    MATTER = "motion"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"is_standing", "publicity"})
    HOLDER, ALTERNATE, PROXY, CASTING = "holder", "alternate", "proxy", "casting"
    RIGHTS = [
        (HOLDER, "Holder of the seat"),
        (ALTERNATE, "Alternate"),
        (PROXY, "Proxy"),
        (CASTING, "Casting vote"),
    ]

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(SeatAtMotion, models.PROTECT, null=True, blank=True, related_name="ballots")
    choice = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    cast_by = models.ForeignKey(Person, models.PROTECT, related_name="ballots")
    right = models.CharField(max_length=9, choices=RIGHTS)
    version = models.IntegerField(default=1)
    is_standing = models.BooleanField(default=True)
    key = models.CharField(max_length=KEY)
    at = models.DateTimeField()
    entry = models.BigIntegerField(unique=True)

    objects: ClassVar[Any] = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            *classed("ballot"),
            models.UniqueConstraint(
                fields=["motion", "seat"], condition=Q(is_standing=True), name="one_ballot_of_a_seat_stands"
            ),
            models.UniqueConstraint(
                fields=["motion"],
                condition=Q(is_standing=True, seat=None),
                name="one_casting_vote_stands",
            ),
            models.UniqueConstraint(
                fields=["motion", "seat", "version"], name="ballots_of_a_seat_are_numbered"
            ),
            models.UniqueConstraint(fields=["motion", "cast_by", "key"], name="a_form_casts_one_ballot"),
            models.CheckConstraint(
                condition=Q(right="casting", seat=None) | (~Q(right="casting") & Q(seat__isnull=False)),
                name="only_a_casting_vote_is_of_no_seat",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(choice=""), name="a_ballot_says_what_and_by_which_form"
            ),
        ]

    def __str__(self) -> str:
        return f"ballot {self.version} of {self.seat_id or 'the chair'} on {self.motion_id}"


class VotePassed(Kept, Governed):
    """That the holder of a seat lets another member of the body vote for it on this motion."""

    CHANGES: ClassVar[frozenset[str]] = frozenset({"taken_back_at"})

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="votes_passed")
    seat = models.ForeignKey(SeatAtMotion, models.PROTECT, related_name="passed")
    to = models.ForeignKey(Person, models.PROTECT, related_name="votes_held")
    passed_by = models.ForeignKey(Person, models.PROTECT, related_name="votes_passed")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(taken_back_at=None), name="a_vote_is_passed_to_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(to=F("passed_by")), name="a_vote_is_passed_to_another"),
        ]

    def __str__(self) -> str:
        return f"the vote of {self.seat_id} passed to {self.to_id}"


class StoodAside(Kept, BeforeABody):
    """That a seat has no vote on a motion: its holder declared a conflict, or it was told from their term.

    `why` is `unknown` where nobody wrote down whom the holder works for and they declared nothing either.
    """

    TYPE = "motion"
    MATTER = "motion"
    DECLARED, EMPLOYER, UNKNOWN, BARRED = "declared", "employer", "unknown", "barred"
    WHYS = [
        (DECLARED, "Declared a conflict"),
        (EMPLOYER, "Works for the party or stands for it"),
        (UNKNOWN, "Not known whom they work for, and no declaration"),
        (BARRED, "Decided before on what it is about"),
    ]

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="stood_aside")
    seat = models.OneToOneField(SeatAtMotion, models.PROTECT, related_name="stood_aside")
    person = models.ForeignKey(Person, models.PROTECT, related_name="stood_aside")
    why = models.CharField(max_length=8, choices=WHYS)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    entry = models.BigIntegerField(unique=True)

    objects: ClassVar[Any] = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            *classed("stood_aside"),
            models.CheckConstraint(
                condition=~Q(why="declared") | ~Q(words=""), name="who_stands_aside_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} stood aside"


class Decision(Kept, BeforeABody):
    """What a body decided without a vote, on a day; `motion` is one that it is about, if any."""

    TYPE = "decision"
    WORDS: ClassVar[frozenset[str]] = frozenset({"title", "text"})
    NOTED, AGREED, APPROVED, ENDORSED = "NOTED", "AGREED", "APPROVED", "ENDORSED"
    REJECTED, DEFERRED, REFERRED = "REJECTED", "DEFERRED", "REFERRED"
    VERBS = [
        (one, one.capitalize()) for one in (NOTED, AGREED, APPROVED, ENDORSED, REJECTED, DEFERRED, REFERRED)
    ]

    reference = models.CharField(max_length=20, unique=True)
    verb = models.CharField(max_length=8, choices=VERBS)
    title = models.CharField(max_length=200)
    text = models.TextField()
    on = models.DateField()
    motion = models.ForeignKey(Motion, models.PROTECT, null=True, blank=True, related_name="decisions")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="decisions_recorded")
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("decision"),
            models.UniqueConstraint(fields=["recorded_by", "key"], name="a_form_records_one_decision"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text="") & ~Q(key=""),
                name="a_decision_says_something",
            ),
            models.CheckConstraint(
                condition=Q(party=None) | Q(classification__in=["amber", "red"]),
                name="a_decision_about_a_party_is_confidential",
            ),
            models.CheckConstraint(
                condition=Q(
                    verb__in=["NOTED", "AGREED", "APPROVED", "ENDORSED", "REJECTED", "DEFERRED", "REFERRED"]
                ),
                name="a_decision_has_a_verb_of_the_code",
            ),
        ]
        indexes = [models.Index(fields=["code", "on"], name="decisions_by_day")]

    def __str__(self) -> str:
        return self.reference


class Objection(Kept, BeforeABody):
    """That a member objects to a decision without a vote, in their words."""

    TYPE = "decision"
    WORDS: ClassVar[frozenset[str]] = frozenset({"words"})

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="objections")
    person = models.ForeignKey(Person, models.PROTECT, related_name="objections")
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("objection"),
            models.UniqueConstraint(
                fields=["decision", "person"], name="a_member_objects_once_to_a_decision"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="an_objection_says_why"),
        ]

    def __str__(self) -> str:
        return f"objection of {self.person_id} to {self.decision_id}"
