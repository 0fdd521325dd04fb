"""What was sent, what was computed from it, and what came of that: rows that pages read.

Evidence stays in the store; a row carries the class by which it is seen. What a run landed never changes.
"""

import secrets

from django.db import models
from django.db.models import F, Q

from tallystick.journal.governed import ALPHABET
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person
from tallystick.runs import looks, questions  # noqa: F401 - Django finds a room's tables through this file

SUFFIX = 6
MOST_PROBLEMS = 200


def _suffix() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(SUFFIX))


def new_submission_reference() -> str:
    """Return a reference such as E-7K3F2Q, from which nobody can count the others."""
    return f"E-{_suffix()}"


def new_held_reference() -> str:
    return f"HLD-{_suffix()}"


def new_exclusion_reference() -> str:
    return f"EXC-{_suffix()}"


def new_run_reference(known_on: str) -> str:
    """Return a reference such as RUN-2021-09-20-7K3F2Q."""
    return f"RUN-{known_on}-{_suffix()}"


class Submission(Classified):
    """One file that somebody sent: shown to them as it would be taken in, then taken in or not.

    `party` is the organisation that sent it, None where the office did. `evidence` is its name in the store.
    `filename` is for reading only: the file lies under its handle.
    """

    TYPE = "submission"
    PREVIEWED, COMMITTED, SUPERSEDED = "previewed", "committed", "superseded"
    REFUSED, NO_CHANGE, DISCARDED = "refused", "no_change", "discarded"
    STATES_OF_ONE = [
        (PREVIEWED, "Waiting to be taken in"),
        (COMMITTED, "Taken in"),
        (SUPERSEDED, "Superseded"),
        (REFUSED, "Refused"),
        (NO_CHANGE, "Nothing new"),
        (DISCARDED, "Discarded"),
    ]

    reference = models.CharField(max_length=20, unique=True, default=new_submission_reference)
    stream = models.SlugField(max_length=60)
    period = models.CharField(max_length=10, blank=True)
    filename = models.CharField(max_length=120)
    format = models.CharField(max_length=10, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    received_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="submissions")
    state = models.CharField(max_length=12, choices=STATES_OF_ONE)
    rows = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    days = models.IntegerField(default=0)
    changes = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)
    evidence = models.CharField(max_length=20, blank=True)
    has_file_to_correct = models.BooleanField(default=False)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            *classed("submission"),
            models.CheckConstraint(
                condition=Q(rows=F("accepted") + F("held") + F("refused")),
                name="every_row_of_a_submission_is_accounted_for",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["committed", "superseded"])
                | (~Q(evidence="") & Q(taken_in_at__isnull=False)),
                name="what_was_taken_in_stands_in_the_store",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="a_refused_submission_says_why"
            ),
            models.UniqueConstraint(
                fields=["code", "evidence"],
                condition=Q(state__in=["committed", "superseded"]),
                name="one_submission_of_one_evidence",
            ),
        ]
        indexes = [models.Index(fields=["code", "stream", "period"], name="submissions_of_a_period")]

    def __str__(self) -> str:
        return self.reference


class HeldRow(Classified):
    """A row that is plausible but in doubt: it counts once its sender sent it again, corrected."""

    TYPE = "held_row"

    reference = models.CharField(max_length=20, unique=True, default=new_held_reference)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="held_rows")
    row = models.BigIntegerField()
    column = models.CharField(max_length=60, blank=True)
    what = models.TextField()
    remedy = models.TextField()
    settled_by = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="settled_rows"
    )

    class Meta:
        constraints = [
            *classed("held_row"),
            models.UniqueConstraint(
                fields=["submission", "row", "column", "what"], name="a_doubt_about_a_row_is_said_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Run(Classified):
    """One computing of one period, by an edition of the rules from a snapshot of the evidence."""

    TYPE = "run"
    WAITING, RUNNING, LANDED, FAILED, CANCELLED = "waiting", "running", "landed", "failed", "cancelled"
    STATES_OF_ONE = [
        (WAITING, "Waiting"),
        (RUNNING, "Running"),
        (LANDED, "Landed"),
        (FAILED, "Failed"),
        (CANCELLED, "Cancelled"),
    ]
    UNDER_WAY = (WAITING, RUNNING)

    reference = models.CharField(max_length=40, unique=True)
    period = models.CharField(max_length=10)
    known_on = models.DateField()
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="runs")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES_OF_ONE, default=WAITING)
    is_current = models.BooleanField(default=False)
    # How far it is: told by the worker, at most once a second, without an entry.
    worker = models.CharField(max_length=60, blank=True)
    attempts = models.IntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    progress = models.CharField(max_length=120, blank=True)
    fraction = models.FloatField(default=0)
    reason = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What it came to, empty until it landed.
    edition = models.CharField(max_length=80, blank=True)
    snapshot = models.CharField(max_length=80, blank=True)
    engine = models.CharField(max_length=200, blank=True)
    code_title = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(blank=True)
    notes = models.JSONField(default=list, blank=True)
    received = models.JSONField(default=list, blank=True)
    reports = models.JSONField(default=list, blank=True)
    missing = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            *classed("run"),
            models.UniqueConstraint(
                fields=["code", "period"], condition=Q(is_current=True), name="one_current_run_of_a_period"
            ),
            models.UniqueConstraint(
                fields=["code", "period"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_run_of_a_period_under_way",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(state="landed"), name="only_a_landed_run_is_current"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(reason=""), name="a_failed_run_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="landed") | (~Q(edition="") & ~Q(snapshot="")),
                name="a_landed_run_names_its_rules_and_evidence",
            ),
            models.CheckConstraint(
                condition=Q(fraction__gte=0) & Q(fraction__lte=1), name="a_run_is_done_in_part_or_whole"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="runs_waiting")]

    def __str__(self) -> str:
        return self.reference


class Figure(Classified):
    """One figure that a run came to. `told` is all of it, `history` the months of a whole's past.

    The columns beside it are for finding and sorting. `group_key` is empty for a whole. One `is_of_parties`
    where parties add to it: what others may know of its past is only what was published (`runs.pasts`). Where
    such a whole is withheld from them, another row, keyed INSTEAD, has what they are told.
    """

    TYPE = "measure"
    INSTEAD = "instead="

    run = models.ForeignKey(Run, models.PROTECT, related_name="figures")
    place = models.IntegerField()
    period = models.CharField(max_length=10)
    measure = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    provider = models.CharField(max_length=60, blank=True)
    group = models.JSONField(default=dict, blank=True)
    group_key = models.CharField(max_length=300, blank=True)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    share = models.CharField(max_length=40, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    minimum = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    state = models.CharField(max_length=20)
    flags = models.JSONField(default=list, blank=True)
    verified = models.BooleanField(default=False)
    is_of_parties = models.BooleanField(default=True)
    told = models.JSONField()
    history = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            *classed("figure"),
            models.UniqueConstraint(
                fields=["run", "measure", "group_key"], name="one_figure_of_a_group_in_a_run"
            ),
        ]
        indexes = [models.Index(fields=["code", "measure", "period"], name="figures_of_a_measure")]

    def __str__(self) -> str:
        return f"{self.measure} {self.group_key or 'as a whole'} {self.period}"


class Finding(Classified):
    """A duty that a subject did not meet in a period. Each run that finds it again adds a version.

    `state` and `why` are those of the latest version of the current run; cases point here.
    """

    TYPE = "finding"
    WITHDRAWN = "withdrawn"

    reference = models.CharField(max_length=30)
    period = models.CharField(max_length=10)
    obligation = models.CharField(max_length=60)
    area = models.CharField(max_length=10, blank=True)
    measure = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    group = models.JSONField(default=dict, blank=True)
    first_seen = models.CharField(max_length=10)
    state = models.CharField(max_length=20)
    why = models.TextField()
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("finding"),
            models.UniqueConstraint(fields=["code", "reference"], name="one_finding_of_a_reference"),
        ]
        indexes = [models.Index(fields=["code", "period", "measure"], name="findings_of_a_period")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.WITHDRAWN


class FindingVersion(Classified):
    """What one run says of a finding. `number` grows when what is said changes, and else stays.

    It is 0 in a run of what was once known, which changes nothing. `told` is all that was said but the lines,
    and nothing where a run no longer finds it.
    """

    TYPE = "finding"

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="versions")
    run = models.ForeignKey(Run, models.PROTECT, related_name="findings")
    place = models.IntegerField()
    number = models.IntegerField()
    state = models.CharField(max_length=20)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    why = models.TextField()
    exceptions = models.BigIntegerField(default=0)
    told = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("finding_version"),
            models.UniqueConstraint(fields=["finding", "run"], name="one_version_of_a_finding_in_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.finding} version {self.number}"


class LineList(Classified):
    """The rows that failed, of one finding in one run: the few a report shows, and the first thousand.

    They have a class of their own: the keys of a provider's rows are other people's.
    """

    TYPE = "line_list"

    version = models.OneToOneField(FindingVersion, models.PROTECT, related_name="line_list")
    shown = models.JSONField(default=list)
    lines = models.JSONField(default=list)

    class Meta:
        constraints = classed("line_list")


class Exclusion(Classified):
    """That one row leaves both sides of every measure: entered by one person, confirmed by another."""

    TYPE = "exclusion"
    ENTERED, CONFIRMED, REFUSED = "entered", "confirmed", "refused"
    STATES_OF_ONE = [(ENTERED, "Waiting for a second check"), (CONFIRMED, "Confirmed"), (REFUSED, "Refused")]

    reference = models.CharField(max_length=20, unique=True, default=new_exclusion_reference)
    stream = models.SlugField(max_length=60)
    row_key = models.CharField(max_length=500)
    measure = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=10, blank=True)
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=STATES_OF_ONE, default=ENTERED)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="exclusions_entered")
    entered_at = models.DateTimeField()
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    # A run has begun to write the row out: what it is about to leave out, nobody takes back.
    claimed_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            *classed("exclusion"),
            models.CheckConstraint(
                condition=Q(state="entered") | (Q(checked_by__isnull=False) & Q(checked_at__isnull=False)),
                name="a_settled_exclusion_names_its_checker",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("entered_by")),
                name="nobody_checks_their_own_exclusion",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_exclusion_says_why"),
            models.UniqueConstraint(
                fields=["code", "stream", "row_key"],
                condition=~Q(state="refused"),
                name="one_exclusion_of_a_row",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
